using MathNet.Numerics.Distributions;

namespace Vestige.Tests.Core.Worlds;

/// <summary>What the tests of worlds judge samples by.</summary>
internal static class Statistics
{
    /// <summary>Asserts that counts follow the chances: Pearson's statistic under its 99.99 % quantile. Seeds are fixed, so the test is not
    /// flaky.</summary>
    public static void AssertFollow(IReadOnlyList<long> counts, IReadOnlyList<double> chances)
    {
        long total = counts.Sum();
        double statistic = 0;
        int cells = 0;
        double restCount = 0, restExpected = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            double expected = total * chances[i];
            if (expected < 10) // Pearson's approximation needs filled cells: the others are pooled.
            {
                restCount += counts[i];
                restExpected += expected;
                if (expected == 0) Assert.Equal(0, counts[i]);
                continue;
            }
            statistic += Math.Pow(counts[i] - expected, 2) / expected;
            cells++;
        }
        if (restExpected >= 10)
        {
            statistic += Math.Pow(restCount - restExpected, 2) / restExpected;
            cells++;
        }
        if (cells == 1) return; // One item has all the mass, and all the counts.
        Assert.InRange(statistic, 0, ChiSquared.InvCDF(cells - 1, 0.9999));
    }

    /// <summary>Asserts that the mean of <paramref name="values"/> is <paramref name="expected"/> to within 4.5 of its standard
    /// errors.</summary>
    public static void AssertMean(double expected, IReadOnlyList<double> values, double bias = 0)
    {
        double mean = values.Average();
        double error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1.0) / values.Count);
        Assert.True(error > 0, "the values do not vary, so their mean proves nothing");
        Assert.True(Math.Abs(mean - expected) <= (4.5 * error) + bias,
            $"mean {mean:F6}, expected {expected:F6}, standard error {error:F6}");
    }

    /// <summary>Asserts that <paramref name="what"/> is refused with a message that holds <paramref name="words"/>.</summary>
    public static void AssertRefused(string words, Func<object> what) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(what).Message, StringComparison.Ordinal);

    /// <summary>E1's U-statistic, plainly: mean over h of C(N-c, n)/C(N, n), c the count of h among the N references.</summary>
    public static double Missed(int[] queries, int[] references, int n)
    {
        Dictionary<int, int> counts = references.CountBy(x => x).ToDictionary();
        double sum = 0;
        foreach (int query in queries)
        {
            double chance = 1;
            for (int i = 0; i < counts.GetValueOrDefault(query); i++)
                chance *= (double)(references.Length - n - i) / (references.Length - i);
            sum += Math.Max(0, chance);
        }
        return sum / queries.Length;
    }

    /// <summary>Share of <paramref name="items"/> in <paramref name="set"/>.</summary>
    public static double ShareIn(int[] items, HashSet<int> set) => items.Count(set.Contains) / (double)items.Length;
}
