using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Worlds.Urns;

/// <summary><c>world:urn</c> as a source: documents of draws from an urn, made when they are read.</summary>
internal sealed class UrnWorld : ISource<int>
{
    private readonly ulong _seed;

    /// <summary>A world of <paramref name="documents"/> documents.</summary>
    /// <param name="urn">Its distribution.</param>
    /// <param name="documents">How many documents.</param>
    /// <param name="seed">The same seed gives the same documents.</param>
    /// <exception cref="ArgumentException">The number of documents is out of range.</exception>
    public UrnWorld(Urn urn, int documents, ulong seed)
    {
        Urn = urn;
        Documents = new NumberedDocuments(urn.Options.Name, documents, urn.Clusters.Size);
        Medium = new Medium("draw", "draws", "draw", Math.Log2(urn.Options.Types));
        _seed = Rng.Mix(seed, "world:urn");
    }

    /// <summary>The distribution <c>p</c>.</summary>
    public Urn Urn { get; }

    /// <inheritdoc/>
    public string Name => Urn.Options.Name;

    /// <inheritdoc/>
    public Medium Medium { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Document> Documents { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Read(int document)
    {
        int[] items = new int[Documents[document].Units];
        var rng = new Rng(Rng.Mix(_seed, (ulong)document));
        Urn.FillDocument(items, ref rng);
        return items;
    }

    /// <inheritdoc/>
    public long SizeOf(int item) => 1;
}
