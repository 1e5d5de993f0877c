using Vestige.Compressors;
using Vestige.Exhibits;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Views;

namespace Vestige.Worlds;

/// <summary>A world as the command line names it: a source with settings, and the oracles and views for its items.</summary>
/// <typeparam name="TItem">A draw of the world.</typeparam>
public sealed record World<TItem>
{
    private readonly Func<Spec, ulong, ISource<TItem>> _open;
    private readonly SpecRow _row;

    /// <summary>A row of the registry.</summary>
    /// <param name="name">What stands after <c>world:</c>.</param>
    /// <param name="options">Its settings; how many documents it has is added.</param>
    /// <param name="open">Opens it with settings and a seed; an <see cref="ArgumentException"/> says what is wrong with them.</param>
    public World(string name, OptionTable options, Func<Spec, ulong, ISource<TItem>> open)
    {
        Name = name;
        _open = open;
        _row = new SpecRow("world", name, options.Summary) { Options = [.. options.Options, NumberedDocuments.Option] };
    }

    /// <summary>Its name after <c>world:</c>.</summary>
    public string Name { get; }

    /// <summary>How it is written, with ranges.</summary>
    public string Usage => "world:" + _row.Usage;

    /// <summary>One line for help.</summary>
    public string Description => _row.Description;

    /// <summary>The compressors made to measure.</summary>
    public required IReadOnlyList<CompressorRow<TItem>> Compressors { get; init; }

    /// <summary>The views of an opened world.</summary>
    public required Func<ISource<TItem>, IReadOnlyList<IView<TItem>>> Views { get; init; }

    /// <summary>Puts the parts of an item in random order; null for a world whose items have none.</summary>
    public Shuffle<TItem>? Shuffle { get; init; }

    /// <summary>Shows items as files; null for a world whose items are shown otherwise.</summary>
    public IExhibitor<TItem>? Exhibitor { get; init; }

    /// <summary>Bytes of an item as the parrot stores it.</summary>
    public required Func<TItem, long> StoredBytes { get; init; }

    /// <summary>Opens the world.</summary>
    /// <param name="text">What follows <c>world:</c>, as <c>urn:types=5000</c>.</param>
    /// <param name="seed">The same seed gives the same documents.</param>
    /// <exception cref="SpecException">A setting is unknown or out of range; the message says what is allowed.</exception>
    public ISource<TItem> Open(string text, ulong seed)
    {
        IReadOnlyList<Spec> specs = Spec.Parse(text, [_row]);
        if (specs.Count != 1) throw new SpecException($"\"world:{text}\" stands for {specs.Count} worlds; an audit is of one.");
        try
        {
            return _open(specs[0], seed);
        }
        catch (ArgumentException e)
        {
            throw new SpecException(e.Message, e);
        }
    }
}
