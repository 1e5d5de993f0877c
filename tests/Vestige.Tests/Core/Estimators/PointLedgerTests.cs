using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

public sealed class PointLedgerTests
{
    private const int Documents = 60, PerDocument = 8, D = 5;

    /// <summary>Two Gaussian modes 12 standard deviations apart; a document's points share a part of their offset.</summary>
    private static PointSample Draw(ulong seed, double weight = 0.5, double shift = 0)
    {
        var rng = new Rng(seed);
        var sample = new PointSample(D);
        float[] points = new float[PerDocument * D];
        for (int document = 0; document < Documents; document++)
        {
            double mode = rng.NextDouble() < weight ? 12 : 0;
            double[] offset = [.. Enumerable.Range(0, D).Select(_ => 0.5 * rng.NextNormal())];
            for (int i = 0; i < points.Length; i++) points[i] = (float)(shift + mode + offset[i % D] + (Math.Sqrt(0.75) * rng.NextNormal()));
            sample.Add(document, points);
        }
        return sample;
    }

    private static Ledger Audit(PointSample generated, bool paired = false) =>
        new PointGround(Draw(1), Draw(2), Draw(3), threads: 2).Audit(generated, new PointLedger.Plan("test", "point", paired, 1));

    [Fact]
    public void A_parrot_memorizes_all_and_loses_little()
    {
        Ledger ledger = Audit(Draw(1), paired: true);
        Assert.Equal(1, ledger.Memorized.Value!.Value, Math.Abs(ledger.Hallucinated.Value!.Value) + 1e-12);
        Assert.Equal(1, ledger.CopyingExcess!.Value);
        Assert.Equal(1 / 500.0, ledger.CopyingP);
        Assert.InRange(0, ledger.Lost.Low!.Value, ledger.Lost.High!.Value);
    }

    [Fact]
    public void A_fresh_real_sample_scores_zero_within_its_intervals()
    {
        Ledger ledger = Audit(Draw(4));
        Assert.InRange(0, ledger.Lost.Low!.Value, ledger.Lost.High!.Value);
        Assert.InRange(0, ledger.Hallucinated.Low!.Value, ledger.Hallucinated.High!.Value);
        Assert.True(ledger.CopyingP > 0.01);
        Assert.InRange(ledger.Memorized.Low!.Value, 0, 0);
    }

    [Fact]
    public void A_dropped_mode_is_lost()
    {
        Ledger ledger = Audit(Draw(4, weight: 0));
        // Half of the mass is dropped; H holds it within the binomial noise of 60 documents (0.065).
        Assert.InRange(0.5, ledger.Lost.Low!.Value - 0.1, ledger.Lost.High!.Value + 0.1);
        Assert.InRange(ledger.Lost.Value!.Value, 0.3, 0.7);
        Assert.InRange(ledger.Hallucinated.Value!.Value, -0.2, 0.2);
    }

    [Fact]
    public void What_lies_far_from_all_real_points_is_hallucinated()
    {
        Ledger ledger = Audit(Draw(5, shift: 100));
        Assert.Equal(1, ledger.Hallucinated.Value!.Value, 1e-6);
        Assert.Equal(1, ledger.Lost.Value!.Value, 1e-6);
        Assert.Equal(1, ledger.OffManifold!.Raw);
        Assert.Equal(0, ledger.Memorized.Value!.Value, 1e-6);
    }

    [Fact]
    public void The_account_of_q_is_whole()
    {
        foreach (PointSample g in new[] { Draw(1), Draw(4), Draw(6, shift: 0.7), Draw(7, weight: 0.1) })
        {
            Ledger ledger = Audit(g);
            Assert.Equal(1, ledger.Memorized.Value!.Value + ledger.Generalized.Value!.Value + ledger.Hallucinated.Value!.Value, 1e-12);
        }
    }

    [Fact]
    public void A_replicate_without_a_group_is_the_estimate_from_the_rest()
    {
        // The jackknife never recounts: it must give what a recount without the group's points gives, here for the radii and coverage.
        PointSample h = Draw(2), a = Draw(3);
        var ground = new PointGround(Draw(1), h, a, threads: 1);
        const int leave = 7;
        int groups = Jackknife.Groups(Documents);
        int[] kept = [.. Enumerable.Range(0, h.Count).Where(i => Jackknife.GroupOf(h.DocumentOf[i], groups) != leave)];
        float[] x = Whitening.Fit(Draw(1), h).Apply(h), y = Whitening.Fit(Draw(1), h).Apply(a);
        int uncovered = 0;
        foreach (int i in kept)
        {
            float[] distances = [.. kept.Where(j => h.UnitOf[j] != h.UnitOf[i]).Select(j => Square(x, i, x, j)).Order()];
            float nearest = Enumerable.Range(0, a.Count).Min(j => Square(x, i, y, j));
            uncovered += nearest > distances[PointLedger.K - 1] ? 1 : 0;
        }
        Assert.Equal((double)uncovered / kept.Length, ground.HeldOut.Uncovered(leave, ground.HeldOutToFloor, -1), 1e-12);

        int outside = 0;
        for (int i = 0; i < a.Count; i++)
        {
            bool held = kept.Any(j =>
            {
                float radius = kept.Where(m => h.UnitOf[m] != h.UnitOf[j]).Select(m => Square(x, j, x, m)).Order().ElementAt(PointLedger.K - 1);
                return Square(y, i, x, j) <= radius;
            });
            outside += held ? 0 : 1;
        }
        Assert.Equal((double)outside / a.Count, ground.Floor.Outside(-1, ground.FloorInBalls, leave, groups), 1e-12);
    }

    private static float Square(float[] x, int i, float[] y, int j)
    {
        float sum = 0;
        for (int k = 0; k < D; k++)
        {
            float difference = x[(i * D) + k] - y[(j * D) + k];
            sum = MathF.FusedMultiplyAdd(difference, difference, sum);
        }
        return sum;
    }
}
