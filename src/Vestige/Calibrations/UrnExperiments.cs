using System.Numerics;
using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Worlds.Exact;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Calibrations;

/// <summary>The discrete estimators on <c>world:urn</c>.</summary>
internal static class UrnExperiments
{
    /// <summary>Names of the point of E4 within strata.</summary>
    internal const string GeneralizedByStrata = "generalized, by strata", HallucinatedByStrata = "hallucinated, by strata";

    private const int Seeds = 1000;

    /// <summary>All oracles on one urn at one size.</summary>
    internal static IEnumerable<Experiment> Over(UrnOptions options, int units)
    {
        var urn = new Urn(options);
        foreach (OracleOptions oracle in Oracles())
        {
            var compressor = new UrnOracle(urn, oracle);
            yield return new Experiment(options.Name, oracle.Name, units, Seeds, seed => Run(urn, compressor, units, seed));
        }
    }

    internal static IEnumerable<OracleOptions> Oracles() =>
    [
        new(),
        new(drop: 0.2),
        new(truncate: 0.7),
        new(truncate: 0.9),
        new(temper: 1.3),
        new(temper: 0.7),
        new(invent: 0.2),
        new(memorize: 0.3),
        new(memorize: 1),
        new(invent: 0.2, memorize: 0.3),
        new(drop: 0.2, temper: 1.3, invent: 0.1, memorize: 0.1),
    ];

    private static Outcome[] Run(Urn urn, UrnOracle oracle, int units, ulong seed)
    {
        int[] training = urn.Draw(units, Rng.Mix(seed, "T"));
        CompressedUrn compressed = oracle.Compress(training);
        AtomSample t = urn.ToSample(training), h = urn.ToSample(urn.Draw(units, Rng.Mix(seed, "H")));
        AtomSample a = urn.ToSample(urn.Draw(units, Rng.Mix(seed, "A"))), g = compressed.ToSample(compressed.Draw(units, Rng.Mix(seed, "G")));
        int n = ResolutionN.For(t.Units, h.Units, a.Units, g.Units);
        Ledger ledger = AtomLedger.Estimate(t, h, a, g, new AtomLedger.Plan("type", "type", n, Paired: false, Splits: true, seed, Stratum: type => Stratum(type, urn.Options.Types)));

        ExactLedger truth = compressed.Truth();
        SampleShape shape = SampleShape.Of(units, urn.Clusters);
        Resolution resolution = shape.At(n);
        SplitEstimand split = truth.Split(shape);
        double floor = truth.Floor(resolution);
        // At rho = 1 the clip keeps half of the noise: it is a limit of the design's definition, and its size shrinks with the sample.
        string? clip = split.Unclipped > 0.8 ? "rho is clipped at 1, which keeps one half of its noise" : null;
        (double generalized, double hallucinated) = truth.SplitByStrata(shape, type => Stratum((ulong)type, urn.Options.Types));
        const string strata = "a stratum spans an octave of p, strata with few hits are pooled, and sums are clipped";
        const string unseen = "an entropy of a heavy tail can only be bounded from below";
        var outcomes = new List<Outcome>
        {
            Of("lost", ledger.Lost, truth.Lost(resolution) - floor),
            Of("invented", ledger.Invented!, truth.Invented(resolution) - floor),
            Of("memorized", ledger.Memorized, truth.Memorized),
            Of("generalized", ledger.Generalized, truth.Generalized, split.Generalized, clip),
            Of("hallucinated", ledger.Hallucinated, truth.Hallucinated, split.Hallucinated, clip),
            Of(GeneralizedByStrata, ledger.GeneralizedByStrata!, truth.Generalized, generalized, strata),
            Of(HallucinatedByStrata, ledger.HallucinatedByStrata!, truth.Hallucinated, hallucinated, strata),
            new("hallucinated, upper limit", OutcomeKind.UpperLimit, ledger.AtMost?.Value ?? double.NaN, truth.Hallucinated),
            Of("copying excess", ledger.CopyingExcess!, oracle.Options.Memorize),
            Of("missing mass", ledger.MissingMass!, truth.MissingMass(shape)),
            Of("entropy of p, bits", ledger.EntropyBefore!, truth.EntropyP, limit: unseen),
            Of("entropy of q, bits", ledger.EntropyAfter!, truth.EntropyQ, limit: unseen),
        };
        outcomes.AddRange(Curve(ledger, truth.HockeyStickPq, truth.HockeyStickQp));
        // A pure parrot has nothing novel.
        if (oracle.Options.Memorize < 1) outcomes.Add(new("rho, before its clip", OutcomeKind.Bias, Rho(ledger), split.Unclipped));
        if (oracle.Options.Memorize == 0) outcomes.Add(new("copying, p-value", OutcomeKind.Null, ledger.CopyingP!.Value));
        return [.. outcomes];
    }

    /// <summary>The certified bounds at both ends of the curve, against its exact values.</summary>
    internal static IEnumerable<Outcome> Curve(Ledger ledger, Func<double, double> lost, Func<double, double> invented)
    {
        foreach (CurvePoint point in new[] { ledger.Curve[0], ledger.Curve[^1] })
        {
            yield return new($"E_{point.T:0}(p||q), lower limit", OutcomeKind.LowerLimit, point.Lost.Low ?? double.NaN, lost(point.T));
            yield return new($"E_{point.T:0}(q||p), lower limit", OutcomeKind.LowerLimit, point.Invented.Low ?? double.NaN, invented(point.T));
        }
    }

    /// <summary>The best score that there can be: the octave of a type's rank. What is invented is spread over them as types are.</summary>
    private static byte Stratum(ulong type, int types) => (byte)BitOperations.Log2((type % (ulong)types) + 1);

    /// <summary>hit(G)/hit(A) from what the ledger says of both.</summary>
    private static double Rho(Ledger ledger)
    {
        if (!ledger.Hallucinated.IsMeasured) return double.NaN;
        double novelG = 1 - ledger.Memorized.Value!.Value, novelA = 1 - ledger.Memorized.Floor!.Value;
        double hitG = 1 - (ledger.Hallucinated.Raw!.Value / novelG), hitA = 1 - (ledger.Hallucinated.Floor!.Value / novelA);
        return hitG / hitA;
    }

    /// <summary>An outcome of a figure; one that was not measurable has no estimate.</summary>
    internal static Outcome Of(string estimand, Figure figure, double truth, double? target = null, string? limit = null) =>
        new(estimand, OutcomeKind.Value, figure.Value ?? double.NaN, truth, figure.Low, figure.High, target, limit);
}
