using Vestige.Estimators.Atoms;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Worlds.Exact;
using Vestige.Worlds.Urns;

namespace Vestige.Calibrations;

/// <summary>The discrete estimators on <c>world:urn</c>.</summary>
internal static class UrnExperiments
{
    private const string HeavyTail = "an entropy of a heavy tail can only be bounded from below";

    /// <summary>Of so few the normal law is no guide.</summary>
    private const int FewIncidences = 20;

    /// <summary>All oracles on one urn at one size.</summary>
    internal static IEnumerable<Experiment> Over(UrnOptions options, int units) =>
        Over(options, UrnSizes.Equal(units), [.. UrnCases.Oracles.Select(UrnCases.Of)]);

    /// <summary>Some compressors on one urn at some sizes.</summary>
    internal static IEnumerable<Experiment> Over(UrnOptions options, UrnSizes sizes, IReadOnlyList<UrnCase> cases)
    {
        var urn = new Urn(options);
        return cases.Select(made => new Experiment(options.Name + sizes.Words, made.Name, sizes.Training, sizes.Seeds, seed => Run(urn, made, sizes, seed)));
    }

    private static Outcome[] Run(Urn urn, UrnCase made, UrnSizes sizes, ulong seed)
    {
        int[] training = urn.Draw(sizes.Training, Rng.Mix(seed, "T"));
        var q = new UrnLaw(made.Law(urn, training), urn.Clusters);
        AtomSample Sample(int[] items) => Units(items, urn.Clusters.Size, sizes.Copies);
        AtomSample t = Sample(training), h = Sample(urn.Draw(sizes.HeldOut, Rng.Mix(seed, "H")));
        AtomSample a = Sample(urn.Draw(sizes.Floor, Rng.Mix(seed, "A"))), g = Sample(q.Draw(sizes.Generated, Rng.Mix(seed, "G")));
        int n = ResolutionN.For(t.Units, h.Units, a.Units, g.Units);
        Ledger ledger = AtomLedger.Estimate(t, h, a, g, new AtomLedger.Plan("type", "type", n, Paired: false, Splits: true, seed));

        ExactLedger truth = q.Truth(urn, training);
        SampleShape Shape(AtomSample sample) => SampleShape.Of(sample.Units, urn.Clusters);
        // Those of one cluster come together.
        bool Few(double share) => share * sizes.Generated / urn.Clusters.Size < FewIncidences;
        double floor = truth.Floor(Shape(a).At(n)), lost = truth.Lost(Shape(g).At(n));
        var outcomes = new List<Outcome>
        {
            Of("lost", ledger.Lost, lost - floor),
            Of("invented", ledger.Invented!, truth.Invented(Shape(h).At(n)) - truth.Floor(Shape(h).At(n))),
            Of("in T", ledger.InTraining!, truth.InTraining, Few(truth.InTraining) || Few(1 - truth.InTraining) ? "a share of a few incidences" : null),
        };
        // What does not depend on T has no memory of it, whatever this T is.
        outcomes.AddRange(Account(ledger, made.Learns ? truth.Memorized : 0, truth.Hallucinated, made.Uneven));
        outcomes.AddRange(
        [
            Of("missing mass", ledger.MissingMass!, truth.MissingMass(Shape(h))),
            Of("entropy of p, bits", ledger.EntropyBefore!, truth.EntropyP, HeavyTail) with { Scale = truth.EntropyP, Bounded = Open(ledger.EntropyBefore!, truth.EntropyP) },
            Of("entropy of q, bits", ledger.EntropyAfter!, truth.EntropyQ, HeavyTail) with { Scale = truth.EntropyQ, Bounded = Open(ledger.EntropyAfter!, truth.EntropyQ) },
        ]);
        outcomes.AddRange(Curve(ledger, truth.HockeyStickPq, truth.HockeyStickQp));
        if (!made.Learns) outcomes.Add(new("copying, p-value", OutcomeKind.Null, ledger.CopyingP!.Value));
        return [.. outcomes];
    }

    /// <summary>The account of q and its limit.</summary>
    /// <param name="ledger">As estimated.</param>
    /// <param name="memorized">As it is.</param>
    /// <param name="hallucinated">As it is.</param>
    /// <param name="uneven">Why the split is off; null where it should not be.</param>
    /// <param name="wide">Why the interval of memorized is wider than draws of q ask; null where it should not be.</param>
    internal static IEnumerable<Outcome> Account(Ledger ledger, double memorized, double hallucinated, string? uneven, string? wide = null)
    {
        double limit = ledger.AtMost?.Value ?? double.NaN;
        bool bounded = limit >= hallucinated - 1e-12;
        yield return Of("memorized", ledger.Memorized, memorized, wide);
        yield return Of("generalized", ledger.Generalized, 1 - memorized - hallucinated, uneven) with { Bounded = bounded };
        yield return Of("hallucinated", ledger.Hallucinated, hallucinated, uneven) with { Bounded = bounded };
        yield return new("hallucinated, at most", OutcomeKind.UpperLimit, limit, hallucinated);
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

    /// <summary>Whether a figure that says that it is a lower limit is one; null where it does not say so.</summary>
    private static bool? Open(Figure figure, double truth) => figure.High is null && figure.Low is { } low ? low <= truth : null;

    /// <summary>An outcome of a figure; one that was not measurable has no estimate.</summary>
    internal static Outcome Of(string estimand, Figure figure, double truth, string? limit = null) =>
        new(estimand, OutcomeKind.Value, figure.Value ?? double.NaN, truth, figure.Low, figure.High, limit);

    private static AtomSample Units(int[] items, int cluster, int copies)
    {
        var sample = new AtomSample();
        for (int i = 0; i < items.Length; i++) sample.Add(i / cluster, [(ulong)items[i]], copies);
        return sample;
    }

    /// <summary>Any distribution over the types of an urn and as many that it does not have.</summary>
    private sealed class UrnLaw(double[] q, Worlds.Clusters clusters) : IUrnLaw
    {
        private readonly Worlds.AliasTable _draw = new(q);

        public Worlds.Clusters Clusters => clusters;

        public int DrawOne(ref Rng rng) => _draw.Draw(ref rng);

        internal ExactLedger Truth(Urn urn, int[] training)
        {
            int[] counts = new int[q.Length];
            foreach (int x in training) counts[x]++;
            return new ExactLedger([.. urn.Probabilities, .. new double[urn.Options.Types]], q, counts, SampleShape.Of(training.Length, clusters));
        }
    }
}
