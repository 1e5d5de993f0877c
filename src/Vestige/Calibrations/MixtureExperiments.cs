using Vestige.Estimators.Points;
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

    /// <summary>All oracles on one mixture at one size.</summary>
    internal static IEnumerable<Experiment> Over(MixtureOptions options, int points)
    {
        var mixture = new Mixture(options);
        foreach (OracleOptions oracle in Oracles())
        {
            var compressor = new MixtureOracle(mixture, oracle);
            var truth = new MixtureLedger(compressor);
            var aims = new Lazy<PointAims>(() =>
                oracle.Name == new OracleOptions().Name ? default : PointDeal.Aims(seed => Deal(mixture, compressor, points, seed)));
            yield return new Experiment(options.Name, oracle.Name, points, Seeds, seed => Run(mixture, compressor, truth, aims.Value, points, seed));
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

    private static PointDeal Deal(Mixture mixture, MixtureOracle oracle, int points, ulong seed)
    {
        float[][] training = mixture.Draw(points, Rng.Mix(seed, "T"));
        CompressedMixture compressed = oracle.Compress(training);
        PointSample Sample(float[][] drawn) => Documents(drawn, mixture.Options);
        return new PointDeal(Sample(training), Sample(mixture.Draw(points, Rng.Mix(seed, "H"))), Sample(mixture.Draw(points, Rng.Mix(seed, "A"))),
            Sample(compressed.Draw(points, Rng.Mix(seed, "G"))));
    }

    private static Outcome[] Run(Mixture mixture, MixtureOracle oracle, MixtureLedger truth, PointAims aims, int points, ulong seed)
    {
        PointDeal deal = Deal(mixture, oracle, points, seed);
        Ledger ledger = deal.References().Audit(deal.Generated, paired: false, new PointLedger.Plan("point", "point", seed));
        // At q = p nothing is off; elsewhere the largest of many differences keeps some of its noise, and what it aims at is simulated.
        bool isNull = oracle.Options.Name == new OracleOptions().Name;
        string? noise = isNull ? null : "the largest difference over all thresholds, which keeps some of its noise";
        string? room = isNull ? null : "memorized leaves room for what is hallucinated, which keeps one half of its noise";
        // Another law on the places of p has nothing outside p and may yet lie farther out than p does: E7 tells the latter.
        double hallucinated = oracle.Options is { Truncate: 1, Temper: 1 } ? truth.Hallucinated : aims.Hallucinated;
        var outcomes = new List<Outcome>
        {
            // A mode that q has less of is farther from it, at the size of the samples, than from p: lost is told at that resolution.
            UrnExperiments.Of("lost, at the resolution of the samples", ledger.Lost, aims.Lost, limit: noise),
            UrnExperiments.Of("hallucinated", ledger.Hallucinated, hallucinated, noise),
            UrnExperiments.Of("memorized", ledger.Memorized, truth.Memorized, limit: room),
            UrnExperiments.Of("generalized", ledger.Generalized, 1 - truth.Memorized - hallucinated, limit: room),
        };
        // Copies are not among the modes that the exact curve sums over.
        if (oracle.Options.Memorize == 0)
        {
            outcomes.AddRange(UrnExperiments.Curve(ledger, truth.HockeyStickPq, truth.HockeyStickQp));
            outcomes.Add(new("hallucinated, no more than E_1(q||p)", OutcomeKind.LowerLimit, ledger.Hallucinated.Low ?? double.NaN, truth.HockeyStickQp(1)));
        }
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
