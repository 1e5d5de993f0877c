using Vestige.Compressors;
using Vestige.Worlds.Oracles;

namespace Vestige.Worlds.Mixtures;

/// <summary>A compressor made to measure for a mixture: drops, truncates, tempers and invents modes, and memorizes points.</summary>
internal sealed class MixtureOracle : ICompressor<float[]>
{
    private readonly AliasTable _modes;

    /// <summary>The oracle for <paramref name="mixture"/>.</summary>
    /// <exception cref="ArgumentException">The options leave nothing of this mixture.</exception>
    public MixtureOracle(Mixture mixture, OracleOptions options)
    {
        Mixture = mixture;
        Options = options;
        double[] baseline = BaseDistribution.Of(mixture.Weights, options);
        double[] weights = new double[baseline.Length + Mixture.InventedModes];
        for (int m = 0; m < weights.Length; m++)
            weights[m] = m < baseline.Length ? options.Base * baseline[m] : options.Invent / Mixture.InventedModes;
        ModeMasses = weights;
        // A pure memorizer never asks for a mode.
        _modes = new AliasTable(options.Memorize < 1 ? weights : baseline);
    }

    /// <summary>The world's distribution.</summary>
    public Mixture Mixture { get; }

    /// <summary>How q differs from p.</summary>
    public OracleOptions Options { get; }

    /// <summary>Mass of q that is drawn from each mode, the invented ones last; adds up to 1 less
    /// <see cref="OracleOptions.Memorize"/>.</summary>
    public IReadOnlyList<double> ModeMasses { get; }

    /// <inheritdoc/>
    public string Name => Options.Name;

    /// <inheritdoc/>
    public ICompressed<float[]> Compress(Training<float[]> training, IProgress<WorkProgress>? progress, CancellationToken cancel) =>
        Compress(training.ReadAll(cancel));

    /// <summary>q after the training points <paramref name="training"/>.</summary>
    /// <exception cref="ArgumentException">There is nothing to memorize, or a point has other dimensions than the mixture.</exception>
    public CompressedMixture Compress(float[][] training) => new(this, _modes, training);
}
