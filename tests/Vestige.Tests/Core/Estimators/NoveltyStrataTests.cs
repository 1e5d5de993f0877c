using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

public sealed class NoveltyStrataTests
{
    private const int Units = 20_000, Types = 40_000;

    /// <summary>Type x of p is uniform in each of two bands; q takes the bands as it likes, and invents.</summary>
    private static AtomSample Draw(ulong seed, double rare, double invented)
    {
        var rng = new Rng(seed);
        var sample = new AtomSample();
        for (int unit = 0; unit < Units; unit++)
        {
            ulong atom = rng.NextDouble() < rare ? 10_000 + (ulong)rng.NextInt(Types - 10_000) : (ulong)rng.NextInt(10_000);
            if (rng.NextDouble() < invented) atom += Types;
            sample.Add(unit, atom);
        }
        return sample;
    }

    private static Ledger Audit(AtomSample generated, Func<ulong, byte>? stratum) => AtomLedger.Estimate(
        Draw(1, 0.5, 0), Draw(2, 0.5, 0), Draw(3, 0.5, 0), generated,
        new AtomLedger.Plan("test", "atom", ResolutionN.For(Units), Paired: false, Splits: true, Seed: 1, Stratum: stratum));

    private static byte Band(ulong atom) => atom % Types < 10_000 ? (byte)0 : (byte)1;

    [Fact]
    public void Where_q_prefers_one_band_strata_find_what_is_invented_and_the_plain_point_does_not()
    {
        // Most of G is of the band whose novelty is seldom found in H again: E4 takes that for hallucination.
        Ledger ledger = Audit(Draw(4, 0.9, 0.2), Band);
        Figure strata = ledger.HallucinatedByStrata!;
        Assert.InRange(0.2, strata.Low!.Value, strata.High!.Value);
        Assert.True(ledger.Hallucinated.Low > 0.2, $"{ledger.Hallucinated}");
        Assert.Equal(1, ledger.Memorized.Value!.Value + ledger.GeneralizedByStrata!.Value!.Value + strata.Value!.Value, 1e-12);
    }

    [Fact]
    public void One_stratum_is_the_plain_point()
    {
        Ledger ledger = Audit(Draw(4, 0.6, 0.2), _ => 7);
        // The same quotient in another order of operations.
        Assert.Equal(ledger.Generalized.Value!.Value, ledger.GeneralizedByStrata!.Value!.Value, 1e-12);
        Assert.Equal(ledger.Hallucinated.Low!.Value, ledger.HallucinatedByStrata!.Low!.Value, 1e-12);
    }

    [Fact]
    public void A_stratum_with_few_hits_is_pooled_with_its_neighbour()
    {
        // Atom 0 alone makes up a stratum, at either end: its ratio would rest on a hit or none.
        Ledger plain = Audit(Draw(4, 0.6, 0.2), _ => 1);
        foreach (Func<ulong, byte> stratum in new Func<ulong, byte>[] { atom => atom == 0 ? (byte)0 : (byte)9, atom => atom == 0 ? (byte)255 : (byte)9 })
            Assert.Equal(plain.GeneralizedByStrata!.Value!.Value, Audit(Draw(4, 0.6, 0.2), stratum).GeneralizedByStrata!.Value!.Value, 1e-12);
    }

    [Fact]
    public void Without_a_score_there_is_no_such_figure()
    {
        Ledger ledger = Audit(Draw(4, 0.6, 0.2), null);
        Assert.Null(ledger.GeneralizedByStrata);
        Assert.Null(ledger.HallucinatedByStrata);
    }

    /// <summary>Of two bands drawn from as p draws and one as it does not: in the mean the sum that is known in closed form.</summary>
    [Fact]
    public void The_exact_sum_by_strata_is_the_truth_where_each_stratum_is_drawn_from_as_p_draws()
    {
        double[] p = [0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0], q = [0.05, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3];
        var ledger = new Vestige.Worlds.Exact.ExactLedger(p, q, [3, 0, 1, 0, 0, 0, 0, 0, 0]);
        var shape = Vestige.Worlds.Exact.SampleShape.Of(5, new Vestige.Worlds.Clusters(1, 0));
        (double generalized, double hallucinated) = ledger.SplitByStrata(shape, x => x < 2 ? (byte)0 : (byte)1);
        Assert.Equal(ledger.Generalized, generalized, 1e-12);
        Assert.Equal(ledger.Hallucinated, hallucinated, 1e-12);
        Assert.NotEqual(ledger.Generalized, ledger.Split(shape).Generalized, 1e-3);
    }
}
