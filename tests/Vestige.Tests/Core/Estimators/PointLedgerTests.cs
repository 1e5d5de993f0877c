using Vestige.Estimators.Points;
using Vestige.Figures;
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
        new PointReferences(Draw(1), Draw(2), Draw(3), threads: 2).Audit(generated, paired, new PointLedger.Plan("test", "point", 1));

    [Fact]
    public void A_codec_without_loss_reads_exactly_nothing_lost_and_nothing_made_up()
    {
        Ledger ledger = Audit(Draw(1), paired: true);
        foreach (Figure figure in new[] { ledger.Lost, ledger.Hallucinated, ledger.Generalized })
            Assert.Equal((0.0, 0.0, 0.0), (figure.Value!.Value, figure.Low!.Value, figure.High!.Value));
        Assert.Equal(1, ledger.Memorized.Value);
        Assert.Equal(1 / 500.0, ledger.CopyingP);
    }

    /// <summary>Photographs cut out on white, and drawn among a few signs: some points are the same in most documents, some in two or three.</summary>
    private static PointSample OnWhite(ulong seed, int documents)
    {
        var rng = new Rng(seed);
        var sample = new PointSample(D);
        float[] points = new float[PerDocument * D];
        for (int document = 0; document < documents; document++)
        {
            for (int i = 0; i < PerDocument; i++)
            {
                int sign = rng.NextInt(60);
                for (int d = 0; d < D; d++) points[(i * D) + d] = i < 2 ? 1 : i < 5 ? (float)new Rng((ulong)((100 * sign) + d)).NextNormal() : (float)rng.NextNormal();
            }
            sample.Add(document, points);
        }
        return sample;
    }

    [Fact]
    public void A_spot_of_noise_that_one_document_of_T_is_nearest_to_is_not_said_to_be_memorized()
    {
        int hallucinated = 0, memorized = 0;
        const int deals = 40;
        for (ulong deal = 0; deal < deals; deal++)
        {
            var rng = new Rng(deal);
            var spot = new PointSample(D);
            for (int document = 0; document < Documents; document++)
                spot.Add(document, [.. Enumerable.Range(0, PerDocument * D).Select(i => (float)((i % 2 == 0 ? 2 : -2) + (0.3 * rng.NextNormal())))]);
            Ledger ledger = new PointReferences(Draw((3 * deal) + 100, 0), Draw((3 * deal) + 101, 0), Draw((3 * deal) + 102, 0), threads: 2)
                .Audit(spot, paired: false, new PointLedger.Plan("test", "point", 1));
            hallucinated += ledger.Hallucinated.Low > 0 ? 1 : 0;
            memorized += ledger.Memorized.Low > 0 ? 1 : 0;
        }
        // A spot hangs on one or two documents, which a jackknife alone does not see: it claims 3, and where the room alone gives the interval 9.
        Assert.InRange(hallucinated, 1, deals);
        Assert.InRange(memorized, 0, 1);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(40, 120)]
    [InlineData(120, 40)]
    public void Points_that_T_and_H_share_are_no_evidence_of_T_and_T_is_all_memorized(int inTraining, int inHeldOut)
    {
        PointSample training = OnWhite(1, inTraining);
        var references = new PointReferences(training, OnWhite(2, inHeldOut), OnWhite(3, 60), threads: 2);
        var plan = new PointLedger.Plan("test", "point", 1);
        Assert.Equal(1, references.Audit(training, true, plan).Memorized.Value!.Value, 1e-9);
        // Not paired, it leaves room for what of it is by chance farther out than A.
        Assert.InRange(references.Audit(training, false, plan).Memorized.Value!.Value, 0.95, 1.02);
        // The mean of fresh samples over deals is 0 at any two sizes, which it is not where ties are left out: of 120 documents and 40 three in four signs tie.
        double sum = 0;
        const int deals = 24;
        for (ulong deal = 0; deal < deals; deal++)
        {
            ulong seed = 10 + (10 * deal);
            sum += new PointReferences(OnWhite(seed, inTraining), OnWhite(seed + 1, inHeldOut), OnWhite(seed + 2, 60), threads: 2)
                .Audit(OnWhite(seed + 3, 60), false, plan).Memorized.Value!.Value;
        }
        // One deal scatters by .1: three errors of the mean of 24.
        Assert.InRange(sum / deals, -0.06, 0.06);
    }

    /// <summary>Shots of one scene: H and A are six clouds of a few points each, of which T has none. A fresh G
    /// lies nearer to T by that alone.</summary>
    [Fact]
    public void Memory_is_not_told_where_what_is_held_out_holds_a_few_things_several_times()
    {
        static PointSample Shots(ulong seed)
        {
            var rng = new Rng(seed);
            var sample = new PointSample(D);
            for (int document = 0; document < Documents; document++)
            {
                var scene = new Rng((ulong)(1000 + (document % 6)));
                double[] at = [.. Enumerable.Range(0, PerDocument * D).Select(_ => scene.NextNormal())];
                sample.Add(document, [.. at.Select(x => (float)(x + (0.01 * rng.NextNormal())))]);
            }
            return sample;
        }

        var references = new PointReferences(Draw(1, weight: 0), Shots(2), Shots(3), threads: 2);
        Ledger fresh = references.Audit(Draw(4, weight: 0), false, new PointLedger.Plan("test", "point", 1));
        Assert.Null(fresh.Memorized.Value);
        Assert.Contains("not alike enough", fresh.Memorized.Why, StringComparison.Ordinal);
        Assert.InRange(fresh.Memorized.Floor!.Value, -10, -0.5);
        Assert.False(fresh.Generalized.IsMeasured);
        // What is made of T is held against T itself.
        Assert.Equal(1, references.Audit(Draw(1, weight: 0), true, new PointLedger.Plan("test", "point", 1)).Memorized.Value);
    }

    [Fact]
    public void A_fresh_real_sample_scores_zero_within_its_intervals()
    {
        Ledger ledger = Audit(Draw(4));
        Assert.InRange(0, ledger.Lost.Low!.Value, ledger.Lost.High!.Value);
        Assert.InRange(0, ledger.Hallucinated.Low!.Value, ledger.Hallucinated.High!.Value);
        Assert.InRange(0, ledger.Memorized.Low!.Value, ledger.Memorized.High!.Value);
        Assert.True(ledger.CopyingP > 0.01);
    }

    [Fact]
    public void Exchanging_what_is_audited_with_what_sets_the_floor_turns_every_sign_over()
    {
        // So the mean over samples of one distribution is 0, whatever thresholds they choose.
        PointSample t = Draw(1), h = Draw(2), a = Draw(3), g = Draw(4, weight: 0.6);
        var plan = new PointLedger.Plan("test", "point", 1);
        Ledger one = new PointReferences(t, h, a, threads: 1).Audit(g, false, plan), other = new PointReferences(t, h, g, threads: 1).Audit(a, false, plan);
        Assert.NotEqual(0, one.Lost.Value);
        Assert.Equal(one.Lost.Value!.Value, -other.Lost.Value!.Value, 1e-12);
        Assert.Equal(one.Hallucinated.Value!.Value, -other.Hallucinated.Value!.Value, 1e-12);
    }

    [Fact]
    public void What_lies_nearer_to_the_real_than_real_things_do_makes_nothing_up_and_the_rest_is_no_more_than_all()
    {
        // Every document drawn in to its mode by half: no mass is farther out than p's, and the excess of p beyond any distance is no negative mass of q.
        PointSample real = Draw(4), inner = new(D);
        float[] points = new float[PerDocument * D];
        for (int document = 0; document < Documents; document++)
        {
            for (int i = 0; i < points.Length; i++)
            {
                float x = real.Values[(document * points.Length) + i], mode = x > 6 ? 12 : 0;
                points[i] = mode + ((x - mode) / 2);
            }
            inner.Add(document, points);
        }
        Ledger ledger = Audit(inner);
        Figure hallucinated = ledger.Hallucinated, generalized = ledger.Generalized;
        Assert.InRange(0, hallucinated.Low!.Value, hallucinated.High!.Value);
        Assert.True(hallucinated.High!.Value - hallucinated.Low!.Value > 0.05, $"{hallucinated.Low} to {hallucinated.High}");
        Assert.InRange(1, generalized.Low!.Value, generalized.High!.Value);
        Assert.Equal(1, ledger.Memorized.Value!.Value + generalized.Value!.Value + hallucinated.Value!.Value, 1e-12);
    }

    [Fact]
    public void Of_three_documents_over_and_over_no_more_is_made_up_than_three_vouch_for()
    {
        PointSample training = Draw(1), few = new(D);
        float[] points = new float[PerDocument * D];
        for (int document = 0; document < Documents; document++)
        {
            for (int i = 0; i < points.Length; i++) points[i] = training.Values[(document % 3 * points.Length) + i];
            few.Add(document, points);
        }
        Ledger ledger = Audit(few);
        Assert.Null(ledger.Hallucinated.Low);
        Assert.Contains("3 different documents", ledger.Hallucinated.Why, StringComparison.Ordinal);
        Assert.InRange(ledger.Hallucinated.Value!.Value, 0, 0.05);
        Assert.InRange(ledger.Memorized.Value!.Value, 0.9, 1);
    }

    [Fact]
    public void Three_fresh_documents_over_and_over_that_chance_has_nearer_to_T_are_not_called_memorized()
    {
        // Whether each of the three is nearer to T is the toss of a coin: two of three would read .33.
        for (ulong seed = 50; seed < 60; seed++)
        {
            PointSample fresh = Draw(seed), few = new(D);
            for (int document = 0; document < Documents; document++)
                few.Add(document, fresh.Values.Slice(document % 3 * PerDocument * D, PerDocument * D));
            Ledger ledger = Audit(few);
            Assert.Null(ledger.Memorized.Low);
            Assert.InRange(ledger.Memorized.Value!.Value, 0, 0.25);
        }
    }

    [Fact]
    public void A_dropped_mode_is_lost()
    {
        Ledger ledger = Audit(Draw(4, weight: 0));
        // Half of the mass is dropped; H holds it within the binomial noise of 60 documents (0.065).
        Assert.InRange(ledger.Lost.Value!.Value, 0.3, 0.7);
        Assert.InRange(ledger.Hallucinated.Value!.Value, -0.2, 0.2);
    }

    [Fact]
    public void What_lies_far_from_all_real_points_is_hallucinated_and_is_nobody_s_copy()
    {
        Ledger ledger = Audit(Draw(5, shift: 100));
        Assert.Equal(1, ledger.Hallucinated.Value!.Value, 1e-12);
        Assert.Equal(1, ledger.Lost.Value!.Value, 1e-12);
        Assert.Equal(0, ledger.Memorized.Value!.Value, 1e-12);
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
    public void Copies_of_a_source_weigh_its_points_and_are_no_references()
    {
        // A twin of every document changes nothing; and a weight is as good as a twin where points are counted.
        PointSample Twice(PointSample sample)
        {
            var twice = new PointSample(D);
            for (int document = 0; document < Documents; document++)
                twice.Add(document, sample.Values.Slice(document * PerDocument * D, PerDocument * D), copies: 2);
            return twice;
        }

        var plan = new PointLedger.Plan("test", "point", 1);
        Ledger once = new PointReferences(Draw(1), Draw(2), Draw(3), 1).Audit(Draw(4, weight: 0.3), false, plan);
        Ledger twice = new PointReferences(Twice(Draw(1)), Twice(Draw(2)), Twice(Draw(3)), 1).Audit(Twice(Draw(4, weight: 0.3)), false, plan);
        Assert.Equal(once.Lost, twice.Lost);
        Assert.Equal(once.Memorized.Value!.Value, twice.Memorized.Value!.Value, 1e-12);
        Assert.Equal(once.Hallucinated, twice.Hallucinated);
    }

    [Fact]
    public void What_cannot_be_told_is_said()
    {
        var one = new PointSample(D);
        PointSample fresh = Draw(4);
        for (int document = 0; document < 20; document++) one.Add(document, fresh.Values[..(PerDocument * D)]);
        Ledger alike = Audit(one);
        Assert.False(alike.Lost.IsMeasured || alike.Memorized.IsMeasured || alike.Generalized.IsMeasured || alike.Hallucinated.IsMeasured);
        Assert.Contains("20 times", alike.Lost.Why, StringComparison.Ordinal);

        var few = new PointSample(D);
        for (int document = 0; document < 5; document++) few.Add(document, fresh.Values.Slice(document * PerDocument * D, PerDocument * D));
        Ledger five = Audit(few);
        Assert.True(five.Lost.IsMeasured && five.Lost.Low is null);
        Assert.Contains("5 different documents", five.Lost.Why, StringComparison.Ordinal);

        var flat = new PointSample(D);
        for (int document = 0; document < Documents; document++) flat.Add(document, new float[D]);
        Ledger constant = new PointReferences(flat, Draw(2), Draw(3), 1).Audit(fresh, false, new PointLedger.Plan("test", "point", 1));
        Assert.Contains("equal", constant.Hallucinated.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_without_a_group_are_those_of_a_recount_from_the_definition()
    {
        PointSample h = Draw(2), g = Draw(5, weight: 0.3, shift: 1);
        var references = new PointReferences(Draw(1), h, Draw(3), threads: 2);
        var against = new PointReferences.Row(references, g, paired: false);
        var whitening = Whitening.Fit(Draw(1));
        float[] x = whitening.Apply(h), y = whitening.Apply(g);
        int groups = Jackknife.Groups(Documents);
        float[] radii = [.. Enumerable.Range(0, h.Count).Select(i =>
            Enumerable.Range(0, h.Count).Where(j => h.UnitOf[j] != h.UnitOf[i]).Select(j => Square(x, i, x, j)).Order().ElementAt(PointLedger.K - 1))];
        const int leave = 7, leaveReferences = 3;
        var scores = new List<float>();
        var covers = new List<float>();
        for (int i = 0; i < g.Count; i++)
        {
            if (Jackknife.GroupOf(g.DocumentOf[i], groups) == leave) continue;
            // The second nearest document, each as near as its nearest point.
            scores.Add(Enumerable.Range(0, Documents).Where(d => Jackknife.GroupOf(d, groups) != leaveReferences)
                .Select(d => Enumerable.Range(d * PerDocument, PerDocument).Min(j => Square(y, i, x, j) / radii[j])).Order().ElementAt(1));
        }
        for (int i = 0; i < h.Count; i++)
        {
            if (Jackknife.GroupOf(h.DocumentOf[i], groups) == leave) continue;
            covers.Add(Enumerable.Range(0, g.Count).Where(j => Jackknife.GroupOf(g.DocumentOf[j], groups) != leaveReferences).Min(j => Square(x, i, y, j)) / radii[i]);
        }
        for (int t = 0; t < ReachShares.Thresholds; t++)
        {
            Assert.Equal(scores.Average(s => ReachShares.ThresholdOf(s) >= t ? 1.0 : 0), against.GeneratedScores.At(t, leave, leaveReferences), 1e-12);
            Assert.Equal(covers.Average(s => ReachShares.ThresholdOf(s) >= t ? 1.0 : 0), against.GeneratedCovers.At(t, leave, leaveReferences), 1e-12);
        }
    }

    [Fact]
    public void A_larger_sample_of_q_covers_no_more_than_one_of_the_size_of_the_floor()
    {
        var rng = new Rng(8);
        PointSample Many(int documents)
        {
            var sample = new PointSample(2);
            for (int document = 0; document < documents; document++) sample.Add(document, [(float)rng.NextNormal(), (float)rng.NextNormal()]);
            return sample;
        }

        double sum = 0;
        for (int seed = 0; seed < 20; seed++)
            sum += new PointReferences(Many(40), Many(100), Many(40), 1).Audit(Many(60), false, new PointLedger.Plan("test", "point", 1)).Lost.Value!.Value;
        // A half more points would cover a half more: -0.1. The mean over 20 has a standard error of about 0.02.
        Assert.InRange(sum / 20, -0.06, 0.06);
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
