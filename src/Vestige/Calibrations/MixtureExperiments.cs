using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Oracles;

namespace Vestige.Calibrations;

/// <summary>The continuous estimators on <c>world:mixture</c>.</summary>
/// <remarks>As with photographs, a unit is a document: points of one document are never among each other's neighbours.</remarks>
internal static class MixtureExperiments
{
    private const int Seeds = 200;

    /// <summary>With fewer points of a sample in a mode than this, on average, a k-th neighbour is hardly of its own mode.</summary>
    private const int MinPerMode = 20;

    /// <summary>All oracles on one mixture at one size.</summary>
    internal static IEnumerable<Experiment> Over(MixtureOptions options, int points)
    {
        var mixture = new Mixture(options);
        foreach (OracleOptions oracle in Oracles())
        {
            var compressor = new MixtureOracle(mixture, oracle);
            var truth = new MixtureLedger(compressor);
            yield return new Experiment(options.Name, oracle.Name, points, Seeds, seed => Run(mixture, compressor, truth, points, seed));
        }
    }

    internal static IEnumerable<OracleOptions> Oracles() =>
    [
        new(),
        new(drop: 0.1),
        new(drop: 0.3),
        new(truncate: 0.7),
        new(temper: 2),
        new(invent: 0.2),
        new(memorize: 0.3),
        new(memorize: 1),
        new(drop: 0.2, invent: 0.2, memorize: 0.2),
    ];

    private static Outcome[] Run(Mixture mixture, MixtureOracle oracle, MixtureLedger truth, int points, ulong seed)
    {
        float[][] training = mixture.Draw(points, Rng.Mix(seed, "T"));
        CompressedMixture compressed = oracle.Compress(training);
        // Known only by simulation: in clusters the few themes of a mode decide together.
        string? clustered = mixture.Options.Clusters.Size > 1 ? "in clusters a mode is left with few documents, and the law of coverage holds less well" : null;
        PointSample Sample(float[][] drawn) => Documents(drawn, mixture.Options);
        var ground = new PointGround(Sample(training), Sample(mixture.Draw(points, Rng.Mix(seed, "H"))),
            Sample(mixture.Draw(points, Rng.Mix(seed, "A"))), threads: 1);
        Ledger ledger = ground.Audit(Sample(compressed.Draw(points, Rng.Mix(seed, "G"))), paired: false, new PointLedger.Plan("point", "point", seed));
        OracleOptions options = oracle.Options;
        string? coverage = options.Memorize > 0 ? "copies share places, which G then has fewer of"
            : options.Temper != 1 ? "densities are compared at the resolution of k neighbours"
            : points < MinPerMode * mixture.Options.Modes ? "modes are left with few points"
            : options.Truncate != 1 || options.Drop > 0 || options.Invent > 0 ? clustered : null;
        const string clip = "clipped to lie between 0 and what is not hallucinated, which keeps one half of its noise";
        var outcomes = new List<Outcome>
        {
            UrnExperiments.Of("lost", ledger.Lost, truth.Lost, coverage),
            UrnExperiments.Of("hallucinated", ledger.Hallucinated, truth.Hallucinated, coverage),
            UrnExperiments.Of("memorized", ledger.Memorized, truth.Memorized, limit: clip),
            UrnExperiments.Of("generalized", ledger.Generalized, truth.Generalized, limit: clip),
        };
        // Copies are not among the modes that the exact curve sums over.
        if (oracle.Options.Memorize == 0) outcomes.AddRange(UrnExperiments.Curve(ledger, truth.HockeyStickPq, truth.HockeyStickQp));
        if (oracle.Options.Memorize == 0) outcomes.Add(new("copying, p-value", OutcomeKind.Null, ledger.CopyingP!.Value));
        return [.. outcomes];
    }

    private static PointSample Documents(float[][] points, MixtureOptions options)
    {
        var sample = new PointSample(options.Dimensions);
        int size = options.Clusters.Size;
        float[] document = new float[size * options.Dimensions];
        for (int d = 0; d < points.Length / size; d++)
        {
            for (int i = 0; i < size; i++) points[(d * size) + i].CopyTo(document, i * options.Dimensions);
            sample.Add(d, document);
        }
        return sample;
    }
}
