using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Specs;
using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Worlds.Numbers;

/// <summary>The worlds whose draws are numbers: the registry of this project.</summary>
public static class NumberWorlds
{
    /// <summary>Draws from an urn of types by Zipf's law.</summary>
    public static World<int> Urn { get; } = new("urn", UrnOptions.Table, (spec, seed) => new UrnWorld(
        new Urn(new UrnOptions(spec.WholeNumber("types"), spec.Number("s"), spec.WholeNumber("cluster"), spec.Number("stick"))), spec.WholeNumber("documents"), seed))
    {
        Compressors = [Oracle<int>((options, training) => new UrnOracle(((UrnWorld)training.Documents[0].Source).Urn, options))],
        Views = _ => [new UrnView()],
        StoredBytes = _ => sizeof(int),
    };

    /// <summary>Points of well separated Gaussians.</summary>
    public static World<float[]> Mixture { get; } = new("mixture", MixtureOptions.Table, (spec, seed) => new MixtureWorld(
        new Mixture(new MixtureOptions(spec.WholeNumber("dimensions"), spec.WholeNumber("modes"), spec.WholeNumber("cluster"), spec.Number("stick"), spec.Number("share"))),
        spec.WholeNumber("documents"), seed))
    {
        Compressors = [Oracle<float[]>((options, training) => new MixtureOracle(((MixtureWorld)training.Documents[0].Source).Mixture, options))],
        Shuffle = static (float[] point, ref Rng rng) =>
        {
            float[] shuffled = [.. point];
            rng.Shuffle<float>(shuffled);
            return shuffled;
        },
        Views = source => [new MixtureView(((MixtureWorld)source).Mixture.Options.Dimensions)],
        StoredBytes = point => point.Length * sizeof(float),
    };

    private static CompressorRow<TItem> Oracle<TItem>(Func<OracleOptions, Training<TItem>, ICompressor<TItem>> bind) =>
        new("oracle", OracleOptions.Table.Summary, spec => new DeferredOracle<TItem>(Options(spec), bind))
        {
            Options = OracleOptions.Table.Options,
        };

    private static OracleOptions Options(Spec spec)
    {
        try
        {
            return new OracleOptions(spec.Number("drop"), spec.Number("truncate"), spec.Number("temper"), spec.Number("invent"), spec.Number("memorize"));
        }
        catch (ArgumentException e)
        {
            throw new SpecException(e.Message, e);
        }
    }

    /// <summary>An oracle knows its world only once it is given a training sample of it.</summary>
    private sealed class DeferredOracle<TItem>(OracleOptions options, Func<OracleOptions, Training<TItem>, ICompressor<TItem>> bind) : ICompressor<TItem>
    {
        public string Name => options.Name;

        public ICompressed<TItem> Compress(Training<TItem> training, IProgress<WorkProgress>? progress, CancellationToken cancel) =>
            bind(options, training).Compress(training, progress, cancel);
    }
}
