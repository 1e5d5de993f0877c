using Vestige.Worlds.Exact;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Tests.Core.Worlds;

public sealed class ExactLedgerTests
{
    // Sums of four terms in double.
    private const double Rounding = 1e-14;

    private static readonly double[] s_p = [0.5, 0.3, 0.2, 0];
    private static readonly double[] s_q = [0.6, 0, 0.1, 0.3];
    private static readonly ExactLedger s_ledger = new(s_p, s_q, [2, 1, 0, 0]);

    [Fact]
    public void A_ledger_by_hand()
    {
        Assert.Equal(0.6, s_ledger.InTraining, Rounding);
        Assert.Equal(0.3, s_ledger.Hallucinated, Rounding);
        // Three draws hold an item of chance u with 1 - (1-u)^3: .875, .657, .488. T is items 0, 0 and 1.
        double seenP = (.5 * .875) + (.3 * .657) + (.2 * .488), luck = .8 - seenP, told = 1 - (((2 * .875) + .657) / 3) - luck;
        double memorized = (.6 - (.6 * .875) - (.1 * .488) - (.7 * luck)) / told;
        Assert.Equal(told, s_ledger.Distinguishable, Rounding);
        Assert.Equal(memorized, s_ledger.Memorized, 1e-12);
        Assert.Equal(.7 - memorized, s_ledger.Generalized, 1e-12);
        Assert.Equal(0.8, s_ledger.KnownToTraining, Rounding);
        Assert.Equal(0.3, s_ledger.SupportLoss, Rounding);
        Assert.Equal(double.PositiveInfinity, s_ledger.DivergencePq);
        Assert.Equal(double.PositiveInfinity, s_ledger.DivergenceQp);
        Assert.Equal((0.5 * 1) + (0.3 * Math.Log2(1 / 0.3)) + (0.2 * Math.Log2(5)), s_ledger.EntropyP, Rounding);
        Assert.Equal((0.6 * Math.Log2(1 / 0.6)) + (0.1 * Math.Log2(10)) + (0.3 * Math.Log2(1 / 0.3)), s_ledger.EntropyQ, Rounding);
    }

    [Fact]
    public void Divergences_of_full_supports_by_hand()
    {
        var ledger = new ExactLedger([0.5, 0.5], [0.25, 0.75], [1, 1]);
        Assert.Equal((0.5 * 1) + (0.5 * Math.Log2(2 / 3.0)), ledger.DivergencePq, Rounding);
        Assert.Equal((0.25 * -1) + (0.75 * Math.Log2(1.5)), ledger.DivergenceQp, Rounding);
        Assert.Equal(1, ledger.EntropyP, Rounding);
    }

    [Fact]
    public void At_one_the_hockey_stick_is_total_variation_and_at_its_ends_support()
    {
        double variation = s_p.Zip(s_q, (p, q) => Math.Abs(p - q)).Sum() / 2;
        Assert.Equal(variation, s_ledger.HockeyStickPq(1), Rounding);
        Assert.Equal(variation, s_ledger.HockeyStickQp(1), Rounding);
        Assert.Equal(1, s_ledger.HockeyStickPq(0), Rounding);
        Assert.Equal(s_ledger.SupportLoss, s_ledger.HockeyStickPq(1e9), Rounding);
        Assert.Equal(s_ledger.Hallucinated, s_ledger.HockeyStickQp(1e9), Rounding);
    }

    [Fact]
    public void The_hockey_stick_is_the_best_of_all_sets()
    {
        foreach (double t in new[] { 0.3, 1, 2.5 })
        {
            double best = Enumerable.Range(0, 16).Max(set => Enumerable.Range(0, 4).Sum(x => (set >> x & 1) * (s_p[x] - (t * s_q[x]))));
            Assert.Equal(best, s_ledger.HockeyStickPq(t), Rounding);
        }
    }

    [Fact]
    public void Lost_floor_and_invented_are_those_of_all_samples_of_n()
    {
        const int N = 4;
        Resolution four = Resolution.Independent(N);
        Assert.Equal(ByEnumeration(s_p, s_q), s_ledger.Lost(four), Rounding);
        Assert.Equal(ByEnumeration(s_p, s_p), s_ledger.Floor(four), Rounding);
        Assert.Equal(ByEnumeration(s_q, s_p), s_ledger.Invented(four), Rounding);

        // The chance that a draw of `from` is none of N draws of `reference`, over all 4^N samples.
        static double ByEnumeration(double[] from, double[] reference)
        {
            double missed = 0;
            for (int sample = 0; sample < 256; sample++)
            {
                int[] items = [sample & 3, sample >> 2 & 3, sample >> 4 & 3, sample >> 6];
                double chance = items.Aggregate(1.0, (product, x) => product * reference[x]);
                missed += chance * Enumerable.Range(0, 4).Except(items).Sum(x => from[x]);
            }
            return missed;
        }
    }

    [Theory]
    [InlineData(0, 1, 1, 0, 0)]
    [InlineData(0.2, 1, 1, 0, 0)]
    [InlineData(0, 0.7, 1, 0, 0)]
    [InlineData(0, 1, 0.7, 0, 0)]
    [InlineData(0, 1, 1, 0.2, 0.3)]
    [InlineData(0, 1, 1, 0, 1)]
    public void The_parts_add_up_to_one_and_say_what_the_oracle_does(
        double drop, double truncate, double temper, double invent, double memorize)
    {
        var urn = new Urn(new UrnOptions());
        int[] training = urn.Draw(5000, seed: 1);
        ExactLedger ledger = new UrnOracle(urn, new OracleOptions(drop, truncate, temper, invent, memorize)).Compress(training).Truth();
        // 40,000 terms of rounding 1e-16.
        Assert.Equal(1, ledger.Memorized + ledger.Generalized + ledger.Hallucinated, 1e-11);
        Assert.Equal(invent, ledger.Hallucinated, 1e-11);
        // Whole types only: those at the cut weigh under 1e-3.
        if (memorize == 0) Assert.Equal(drop + (1 - truncate), ledger.SupportLoss, 1e-3);
        if (memorize == 1) Assert.Equal(1, ledger.InTraining, 1e-11);
        // A mixture of T, p and what is outside p reads its weights, whatever T is.
        if (drop == 0 && truncate == 1 && temper == 1) Assert.Equal(memorize, ledger.Memorized, 1e-9);
        Assert.Equal(training.Distinct().Sum(x => urn.Probabilities[x]), ledger.KnownToTraining, 1e-11);
    }

    [Fact]
    public void Mixtures_read_their_weights_exactly()
    {
        var urn = new Urn(new UrnOptions(types: 500));
        int[] training = urn.Draw(300, seed: 1);
        for (int a = 0; a <= 10; a++)
        {
            for (int c = 0; a + c <= 10; c++)
            {
                ExactLedger ledger = new UrnOracle(urn, new OracleOptions(invent: c / 10.0, memorize: a / 10.0)).Compress(training).Truth();
                Assert.Equal(a / 10.0, ledger.Memorized, 1e-9);
                Assert.Equal((10 - a - c) / 10.0, ledger.Generalized, 1e-9);
                Assert.Equal(c / 10.0, ledger.Hallucinated, 1e-9);
            }
        }
    }

    [Fact]
    public void What_does_not_depend_on_T_has_no_memory_of_it_in_the_mean()
    {
        var urn = new Urn(new UrnOptions(types: 500));
        var memorized = new List<double>();
        for (ulong seed = 0; seed < 200; seed++)
            memorized.Add(new UrnOracle(urn, new OracleOptions(temper: 0.6, drop: 0.2)).Compress(urn.Draw(300, seed)).Truth().Memorized);
        Statistics.AssertMean(0, memorized);
    }

    [Fact]
    public void Where_T_holds_everything_memory_is_not_a_number()
    {
        var ledger = new ExactLedger([1, 0], [.5, .5], [4, 0]);
        Assert.Equal(0, ledger.Distinguishable);
        Assert.Equal(double.NaN, ledger.Memorized);
    }

    [Fact]
    public void The_split_is_the_truth_where_q_weighs_unseen_real_items_as_p_does()
    {
        var urn = new Urn(new UrnOptions());
        ExactLedger ledger = new UrnOracle(urn, new OracleOptions(invent: 0.2, memorize: 0.3)).Compress(urn.Draw(5000, seed: 1)).Truth();
        SplitEstimand split = ledger.Split(SampleShape.Of(5000, urn.Clusters));
        Assert.Equal(ledger.Hallucinated, split.Hallucinated, 1e-11);
        Assert.Equal(1 - ledger.InTraining - ledger.Hallucinated, split.Generalized, 1e-11);
        Assert.True(split.NeitherRatio > 1);
    }

    [Fact]
    public void The_split_of_a_flat_q_calls_rare_real_items_hallucinated()
    {
        var urn = new Urn(new UrnOptions());
        ExactLedger ledger = new UrnOracle(urn, new OracleOptions(temper: 0.7)).Compress(urn.Draw(5000, seed: 1)).Truth();
        Assert.Equal(0, ledger.Hallucinated);
        Assert.InRange(ledger.Split(SampleShape.Of(5000, urn.Clusters)).Hallucinated, 0.1, 1);
    }

    [Fact]
    public void Where_nothing_is_novel_nothing_is_hallucinated()
    {
        var ledger = new ExactLedger([0.5, 0.5], [0.5, 0.5], [1, 1]);
        SplitEstimand split = ledger.Split(SampleShape.Of(10, new Vestige.Worlds.Clusters(1, 0)));
        Assert.Equal(1, split.Rho);
        Assert.Equal(0, split.Hallucinated);
    }

    [Fact]
    public void Distributions_that_are_none_are_refused()
    {
        Statistics.AssertRefused("add up to 0.9", () => new ExactLedger([0.9], [1], [1]));
        Statistics.AssertRefused("0 or more", () => new ExactLedger([1, 0], [1.5, -0.5], [1, 0]));
        Statistics.AssertRefused("p cannot produce", () => new ExactLedger([1, 0], [1, 0], [1, 1]));
        Statistics.AssertRefused("same items", () => new ExactLedger([1], [1, 0], [1]));
    }
}
