using Vestige.Compressors;
using Vestige.Numerics;

namespace Vestige.Worlds.Mixtures;

/// <summary>The <c>q</c> of an oracle for one drawn T; its documents are clustered as the world's are.</summary>
internal sealed class CompressedMixture : IMixtureLaw, IGenerator<float[]>
{
    private readonly MixtureOracle _oracle;
    private readonly AliasTable _modes;
    private readonly float[][] _training;

    /// <summary>Made by <see cref="MixtureOracle"/>.</summary>
    internal CompressedMixture(MixtureOracle oracle, AliasTable modes, float[][] training)
    {
        oracle.Options.CheckTraining(training.Length);
        int dimensions = oracle.Mixture.Options.Dimensions;
        if (training.FirstOrDefault(point => point.Length != dimensions) is { } other)
        {
            throw new ArgumentException(
                $"T holds a point of {other.Length} coordinates, the oracle's world has {dimensions}; train the oracle on its own world.",
                nameof(training));
        }
        _oracle = oracle;
        _modes = modes;
        _training = training;
    }

    /// <inheritdoc/>
    public Mixture World => _oracle.Mixture;

    /// <inheritdoc/>
    public long? DescriptionBytes => null;

    /// <inheritdoc/>
    public int DrawComponent(ref Rng rng) =>
        rng.NextDouble() < _oracle.Options.Memorize ? MixtureSampling.Copied : _modes.Draw(ref rng);

    /// <inheritdoc/>
    public float[] DrawCopy(ref Rng rng) => [.. _training[rng.NextInt(_training.Length)]];

    /// <inheritdoc/>
    /// <remarks>The points are those of <see cref="MixtureSampling.Draw"/> with the same seed.</remarks>
    public IEnumerable<IReadOnlyList<float[]>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        int documents = World.Options.Clusters.DocumentsFor(units);
        var rng = new Rng(seed);
        for (int i = 0; i < documents; i++)
        {
            cancel.ThrowIfCancellationRequested();
            yield return this.DrawDocument(ref rng);
        }
    }
}
