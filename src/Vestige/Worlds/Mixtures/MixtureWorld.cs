using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Worlds.Mixtures;

/// <summary><c>world:mixture</c> as a source: documents of points, made when they are read.</summary>
internal sealed class MixtureWorld : ISource<float[]>
{
    private readonly ulong _seed;

    /// <summary>A world of <paramref name="documents"/> documents.</summary>
    /// <param name="mixture">Its distribution.</param>
    /// <param name="documents">How many documents.</param>
    /// <param name="seed">The same seed gives the same documents.</param>
    /// <exception cref="ArgumentException">The number of documents is out of range.</exception>
    public MixtureWorld(Mixture mixture, int documents, ulong seed)
    {
        Mixture = mixture;
        Documents = new NumberedDocuments(mixture.Options.Name, documents, mixture.Options.Clusters.Size);
        _seed = Rng.Mix(seed, "world:mixture");
    }

    /// <summary>The distribution <c>p</c>.</summary>
    public Mixture Mixture { get; }

    /// <inheritdoc/>
    public string Name => Mixture.Options.Name;

    /// <inheritdoc/>
    public Medium Medium { get; } = new("point", "points", "coordinate", 8 * sizeof(float));

    /// <inheritdoc/>
    public IReadOnlyList<Document> Documents { get; }

    /// <inheritdoc/>
    public IReadOnlyList<float[]> Read(int document)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(document);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(document, Documents.Count);
        var rng = new Rng(Rng.Mix(_seed, (ulong)document));
        return Mixture.DrawDocument(ref rng);
    }

    /// <inheritdoc/>
    public long SizeOf(float[] item) => item.Length;
}
