using MathNet.Numerics.Distributions;
using Vestige.Numerics;
using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Oracles;

namespace Vestige.Tests.Core.Worlds;

public sealed class MixtureLedgerTests
{
    [Fact]
    public void The_chance_that_own_points_come_first_is_that_of_all_orders()
    {
        // 4 own and 3 others: of C(7,3) = 35 orders, those whose first two places are own.
        int orders = 0, first = 0;
        for (int order = 0; order < 128; order++)
        {
            if (int.PopCount(order) != 4) continue;
            orders++;
            if ((order & 3) == 3) first++;
        }
        Assert.Equal((double)first / orders, CoverageLaw.AllOwn(2, 4, 3), 1e-15);
    }

    [Fact]
    public void The_mean_over_binomial_numbers_is_the_plain_double_sum()
    {
        double expected = 0;
        for (int a = 0; a <= 20; a++)
            for (int b = 0; b <= 10; b++)
                expected += Binomial.PMF(0.4, 20, a) * Binomial.PMF(0.3, 10, b) * CoverageLaw.AllOwn(3, a, b);
        Assert.Equal(expected, CoverageLaw.MeanAllOwn(3, (20, 0.4), (10, 0.3))[3], 1e-11);
    }

    [Theory]
    [InlineData(0, 1, 1, 0, 0)]
    [InlineData(0.2, 1, 1, 0, 0)]
    [InlineData(0, 0.7, 1, 0, 0)]
    [InlineData(0, 1, 1, 0.2, 0)]
    [InlineData(0, 1, 2, 0, 0)]
    [InlineData(0.2, 1, 1, 0.1, 0.5)]
    public void The_parts_and_divergences_say_what_the_oracle_does(
        double drop, double truncate, double temper, double invent, double memorize)
    {
        var oracle = new MixtureOracle(new Mixture(new MixtureOptions(2)), new OracleOptions(drop, truncate, temper, invent, memorize));
        var ledger = new MixtureLedger(oracle);
        Assert.Equal(1, ledger.Memorized + ledger.Generalized + ledger.Hallucinated, 1e-12);
        Assert.Equal(invent, ledger.Hallucinated, 1e-12);
        Assert.Equal(memorize > 0 ? 0 : drop + 1 - truncate, ledger.Lost, 0.0375); // Half of the heaviest mode, 3/40.
        Assert.Equal(ledger.HockeyStickPq(1), ledger.HockeyStickQp(1), 1e-12);
        Assert.Equal(invent + memorize, ledger.HockeyStickQp(1e9), 1e-6);
    }

    public static TheoryData<int, double, double, double, double> Cells => new()
    {
        { 1, 0, 1, 0, 0 },
        { 2, 0.2, 1, 0, 0 },
        { 2, 0, 2, 0.2, 0 },
        { 4, 0.1, 1, 0.1, 0.3 },
        { 2, 0, 1, 0, 1 },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Expected_coverage_is_the_mean_of_plain_nearest_neighbours(
        int dimensions, double drop, double temper, double invent, double memorize)
    {
        const int K = 5, Training = 200, HeldOut = 300, Generated = 400, Replicates = 30;
        var mixture = new Mixture(new MixtureOptions(dimensions, modes: 8));
        var oracle = new MixtureOracle(mixture, new OracleOptions(drop, 1, temper, invent, memorize));
        CoverageEstimand expected = new MixtureLedger(oracle).Coverage(K, Training, HeldOut, Generated);
        var lost = new List<double>();
        var hallucinated = new List<double>();
        for (ulong seed = 0; seed < Replicates; seed++)
        {
            float[][] generated = oracle.Compress(mixture.Draw(Training, Rng.Mix(seed, "T"))).Draw(Generated, Rng.Mix(seed, "G"));
            float[][] heldOut = mixture.Draw(HeldOut, Rng.Mix(seed, "H"));
            lost.Add(Uncovered(heldOut, generated, K));
            hallucinated.Add(Uncovered(generated, heldOut, K));
        }
        // Exact without copies. With them the number of places in a mode is taken as binomial: a variance off by some tenths of itself.
        double bias = memorize > 0 ? 0.003 : 0;
        Statistics.AssertMean(expected.LostRaw, lost, bias);
        Statistics.AssertMean(expected.HallucinatedRaw, hallucinated, bias);
    }

    [Fact]
    public void In_large_samples_the_solve_finds_what_is_dropped_and_what_is_invented()
    {
        Assert.Equal(0, Large(new OracleOptions()).Lost, Limit);
        Assert.Equal(0, Large(new OracleOptions()).Hallucinated, Limit);
        var drop = new OracleOptions(drop: 0.2);
        Assert.Equal(new MixtureLedger(new MixtureOracle(s_mixture, drop)).Lost, Large(drop).Lost, Limit);
        Assert.Equal(0.2, Large(new OracleOptions(invent: 0.2)).Hallucinated, Limit);
    }

    [Fact]
    public void In_large_samples_neither_loss_reads_as_the_other_but_tempering_reads_as_both()
    {
        Assert.Equal(0, Large(new OracleOptions(drop: 0.2)).Hallucinated, Limit);
        Assert.Equal(0, Large(new OracleOptions(invent: 0.2)).Lost, Limit);
        CoverageEstimand sharp = Large(new OracleOptions(temper: 4));
        Assert.True(sharp.Lost > 0.1 && sharp.Hallucinated > 0.01);
    }

    private static readonly Mixture s_mixture = new(new MixtureOptions(2));

    // The numbers in a mode, 250 at least, vary by 1/sqrt(250) of themselves, which enters by its square and k(k+1)/2 of the floor.
    private const double Limit = 0.002;

    private static CoverageEstimand Large(OracleOptions options) =>
        new MixtureLedger(new MixtureOracle(s_mixture, options)).Coverage(5, 10_000, 10_000, 10_000);

    /// <summary>Share of queries that no reference is at most as far from as the k-th other query.</summary>
    private static double Uncovered(float[][] queries, float[][] references, int k)
    {
        int uncovered = 0;
        for (int i = 0; i < queries.Length; i++)
        {
            double nearest = references.Min(r => Square(queries[i], r));
            int nearer = 0; // Other queries nearer than every reference; with k of them the ball ends before the reference.
            for (int j = 0; j < queries.Length && nearer < k; j++)
                if (j != i && Square(queries[i], queries[j]) < nearest) nearer++;
            if (nearer == k) uncovered++;
        }
        return (double)uncovered / queries.Length;
    }

    private static double Square(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return sum;
    }
}
