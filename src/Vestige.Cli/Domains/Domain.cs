using Vestige.Audits.Comparisons;
using Vestige.Audits.Rates;
using Vestige.Audits.Reading;
using Vestige.Cli.Faults;
using Vestige.Compressors;
using Vestige.Copies;
using Vestige.Exhibits;
using Vestige.Files;
using Vestige.Language.Sources;
using Vestige.Language.Strings;
using Vestige.Pairs;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Views;

namespace Vestige.Cli.Domains;

/// <summary>A kind of items from end to end, as the command needs it: images, text.</summary>
internal abstract record Domain(string Name)
{
    /// <summary>Its compressors.</summary>
    internal abstract IReadOnlyList<CompressorRow> Rows { get; }

    /// <summary>What a source of this kind starts with that no path does ("world:urn"); null where sources are paths.</summary>
    internal string? SourcePrefix { get; init; }

    /// <summary>Whether a file of this name is of this kind; a world has none.</summary>
    internal Func<string, bool> Takes { get; init; } = _ => false;

    /// <summary>Its views, as (name, description); the first is the headline.</summary>
    internal abstract IReadOnlyList<(string Name, string Description)> ViewRows { get; }

    /// <summary>Whether its models can be held against another.</summary>
    internal abstract bool Compares { get; }

    /// <summary>What is measured of a reconstruction beside its original; empty for a kind that does not compare one by one.</summary>
    internal abstract IReadOnlyList<PairedMeasure> PairedMeasures { get; }

    /// <summary>What rates are divided by: "pixel", "byte".</summary>
    internal required string SizeUnit { get; init; }

    /// <summary>Why there is no such view, with those there are; null where there is one.</summary>
    internal abstract string? ViewFault(string name);

    /// <summary>Runs what needs the type of item.</summary>
    internal abstract T Accept<T>(IDomainVisitor<T> visitor);
}

/// <summary>What is done with a domain once its type of item is known.</summary>
internal interface IDomainVisitor<out T>
{
    T Visit<TItem>(Domain<TItem> domain);
}

/// <summary>A kind of items with its registries.</summary>
internal sealed record Domain<TItem>(string Name) : Domain(Name)
{
    /// <summary>The compressors.</summary>
    internal required IReadOnlyList<CompressorRow<TItem>> Compressors { get; init; }

    /// <summary>The views; the first is the headline.</summary>
    internal required IReadOnlyList<IView<TItem>> Views { get; init; }

    /// <summary>The same views for a source that decides what they look like; null where none does.</summary>
    internal Func<ISource<TItem>, IReadOnlyList<IView<TItem>>>? ViewsOf { get; init; }

    /// <summary>The look-up table.</summary>
    internal required Parrot<TItem> Parrot { get; init; }

    /// <summary>Name and version of what reads items and stores them without loss; work done by another version is not taken up.</summary>
    internal required Func<string> Version { get; init; }

    /// <summary>Lossless coders that stand beside the rows; null for a kind that has none.</summary>
    internal ICoderPeers<TItem>? Peers { get; init; }

    /// <summary>Puts the parts of an item in random order; null for a kind whose items have none.</summary>
    internal Shuffle<TItem>? Shuffle { get; init; }

    /// <summary>Compares reconstructions with their originals; null for a kind that does not compare one by one.</summary>
    internal IPairing<TItem>? Pairing { get; init; }

    /// <summary>Shows items; null for a kind that is shown otherwise.</summary>
    internal IExhibitor<TItem>? Exhibitor { get; init; }

    /// <summary>Reads items closely, on so many threads; null for a kind that is not read.</summary>
    internal Func<int, ExtractionPlan, ICloseReading<TItem>>? CloseReading { get; init; }

    /// <summary>Documents to plant in what is trained on; null for a kind that has none.</summary>
    internal Func<ExtractionPlan, IReadOnlyList<Entry<TItem>>>? Planted { get; init; }

    /// <summary>Finds near-copies; null for a kind that has none.</summary>
    internal INearCopies<TItem>? NearCopies { get; init; }

    /// <summary>True where the first view is the headline; false where it is chosen among the discrete ones.</summary>
    internal bool FirstViewLeads { get; init; } = true;

    /// <summary>Opens a source; what is wrong with it is a <see cref="DataException"/>.</summary>
    internal required Func<SourceRequest, IProgress<WorkProgress>, CancellationToken, ISource<TItem>> Open { get; init; }

    /// <summary>Compressors that stand in the table of a source although nobody named them; none where it gives no reason.</summary>
    internal Func<ISource<TItem>, IReadOnlyList<CompressorRow<TItem>>> Added { get; init; } = _ => [];

    /// <summary>What the source noticed and did not stop at.</summary>
    internal required Func<ISource<TItem>, IReadOnlyList<string>> Notices { get; init; }

    internal override IReadOnlyList<CompressorRow> Rows => [.. Compressors, SamplesRow.Row];

    /// <summary>Holds models against another; null for a kind that has no models of which each item's probability is known.</summary>
    internal IComparison<TItem>? Comparison { get; init; }

    internal override bool Compares => Comparison is not null;

    internal override IReadOnlyList<PairedMeasure> PairedMeasures => Pairing?.Measures ?? [];

    internal override IReadOnlyList<(string Name, string Description)> ViewRows => [.. Views.Select(v => (v.Name, v.Description))];

    /// <summary>Makes a view that is not among <see cref="Views"/> from its name, or throws <see cref="SpecException"/>; null where there are no others.</summary>
    internal Func<string, IView<TItem>>? OtherView { get; init; }

    internal override string? ViewFault(string name)
    {
        string[] names = [.. Views.Select(v => v.Name)];
        if (names.Contains(name)) return null;
        try
        {
            if (OtherView?.Invoke(name) is not null) return null;
        }
        catch (SpecException e)
        {
            return e.Message.TrimEnd('.');
        }
        return $"there is no such view of {Name}.{Suggestion.For(name, names)} There are: {string.Join(", ", names)}";
    }

    /// <summary>The views with one of them in front, made where it is none of them.</summary>
    internal IReadOnlyList<IView<TItem>> ViewsLedBy(string? name, IReadOnlyList<IView<TItem>> views) =>
        name is null || views.Any(v => v.Name == name) ? [.. views.OrderBy(v => v.Name != name)] : OtherView is { } other ? [other(name), .. views] : views;

    internal override T Accept<T>(IDomainVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>The compressor that is none: what somebody else drew from q, in a folder. Every kind of items has it.</summary>
internal sealed record SamplesRow() : CompressorRow("samples", "what a generator wrote, in a folder or a file of records; honest with --train and --heldout only")
{
    internal static readonly SamplesRow Row = new() { PathLabel = "DIR|FILE" };
}

/// <summary>A source as the user named it.</summary>
/// <param name="Path">Folder or file.</param>
/// <param name="Scale">Reduction of images, or null.</param>
/// <param name="Seed">Seed of what a world draws.</param>
internal sealed record SourceRequest(string Path, string? Scale, ulong Seed)
{
    /// <summary>How text is read.</summary>
    internal TextFormat Text { get; init; } = new();

    /// <summary>What all pictures that are open at once may take; null for no limit.</summary>
    internal MemoryBudget? Memory { get; init; }

    /// <summary>Of a source of more documents so many are kept.</summary>
    internal int MostDocuments { get; init; } = ContentSample.Usual;

    /// <summary>What a plan knows of the files of its sources, so that they are not read again to know it; null for nothing.</summary>
    internal FileListing? Known { get; init; }

    /// <summary>Whether these are real documents, which are dealt; not what a generator wrote.</summary>
    internal bool IsReal { get; init; } = true;

    /// <summary>Refuses options of text, for kinds of items that have no passages.</summary>
    /// <param name="kind">What the items are.</param>
    /// <param name="inFolders">Whether they may be dealt by folder all the same.</param>
    internal void RefuseText(string kind, bool inFolders = false)
    {
        if (inFolders && Text.Group is { } by)
        {
            if (by != TextOptions.ByFolder)
                throw new UsageException($"--group {by}: {kind} are dealt by themselves, or with those of their folder: --group {TextOptions.ByFolder}");
            (this with { Text = Text with { Group = null } }).RefuseText(kind);
            return;
        }
        if (Text.FirstSaid is { } said) throw new UsageException($"{said}: only text is read so, and this audit is of {kind}");
    }
}
