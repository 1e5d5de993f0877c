using Vestige.Compressors;
using Vestige.Worlds.Oracles;

namespace Vestige.Worlds.Urns;

/// <summary>A compressor made to measure for an urn: its <c>q</c> differs from <c>p</c> as the options say.</summary>
/// <remarks>Memorizing is the only thing that depends on T. Invented items are the types <c>Types .. 2 Types - 1</c>, uniformly.</remarks>
internal sealed class UrnOracle : ICompressor<int>
{
    private readonly AliasTable _alias;

    /// <summary>The oracle for <paramref name="urn"/>.</summary>
    /// <exception cref="ArgumentException">The options leave nothing of this urn.</exception>
    public UrnOracle(Urn urn, OracleOptions options)
    {
        Urn = urn;
        Options = options;
        double[] baseline = BaseDistribution.Of(urn.Probabilities, options);
        Base = baseline;
        _alias = new AliasTable(baseline);
    }

    /// <summary>The world's distribution.</summary>
    public Urn Urn { get; }

    /// <summary>How q differs from p.</summary>
    public OracleOptions Options { get; }

    /// <summary>base(p) of each type of the urn.</summary>
    public IReadOnlyList<double> Base { get; }

    /// <inheritdoc/>
    public string Name => Options.Name;

    /// <inheritdoc/>
    public ICompressed<int> Compress(Training<int> training, IProgress<WorkProgress>? progress, CancellationToken cancel) =>
        Compress(training.ReadAll(cancel));

    /// <summary>q after the training items <paramref name="training"/>.</summary>
    /// <exception cref="ArgumentException">There is nothing to memorize, or an item is no type of the urn.</exception>
    public CompressedUrn Compress(int[] training) => new(this, _alias, training);
}
