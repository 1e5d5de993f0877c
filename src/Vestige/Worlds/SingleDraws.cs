using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Worlds;

/// <summary>What worlds have in common whose documents are single draws, made when they are read.</summary>
/// <typeparam name="TItem">A draw.</typeparam>
public abstract class SingleDraws<TItem>
{
    private readonly ulong _seed;

    /// <summary>A world of <paramref name="documents"/> documents.</summary>
    /// <param name="kind">"world:facts".</param>
    /// <param name="name">The same with its settings.</param>
    /// <param name="documents">How many.</param>
    /// <param name="seed">The same seed gives the same documents.</param>
    /// <exception cref="ArgumentException">The number of documents is out of range.</exception>
    protected SingleDraws(string kind, string name, int documents, ulong seed)
    {
        _seed = Rng.Mix(seed, kind);
        Name = name;
        Documents = new NumberedDocuments(name, documents, 1, identity: Rng.Mix(_seed, name));
    }

    /// <inheritdoc cref="ISource{TItem}.Name"/>
    public string Name { get; }

    /// <inheritdoc cref="ISource{TItem}.Documents"/>
    public IReadOnlyList<Document> Documents { get; }

    /// <inheritdoc cref="ISource{TItem}.Read"/>
    public IReadOnlyList<TItem> Read(int document)
    {
        var rng = new Rng(Rng.Mix(_seed, (ulong)document));
        return [Draw(ref rng)];
    }

    /// <summary>One draw of p.</summary>
    protected abstract TItem Draw(ref Rng rng);
}
