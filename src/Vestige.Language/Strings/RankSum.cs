using System.Numerics;
using MathNet.Numerics.Distributions;

namespace Vestige.Language.Strings;

/// <summary>The one-sided test of ranks by Mann and Whitney (1947): whether scores are higher than those of a reference.</summary>
internal static class RankSum
{
    // Up to so many scores the distribution is counted out: of one score the normal law makes a p of .042 where first of 513 is .0019.
    private const int MostExact = 20;

    /// <summary>The chance of pairs won as often or more, were all of one kind. A tie counts as lost where it is exact, and as half a pair where it is not.</summary>
    internal static double P(IReadOnlyList<double> scores, IReadOnlyList<double> reference)
    {
        double pairs = (double)scores.Count * reference.Count;
        if (scores.Count <= MostExact) return Exact(scores.Count, reference.Count, scores.Sum(score => reference.Count(other => !(score > other))));
        double won = scores.Sum(score => reference.Sum(other => score > other ? 1 : score == other ? 0.5 : 0));
        // U has mean mn/2 and, among scores of which hardly any are equal, variance mn (m + n + 1)/12; half a unit for what is not continuous.
        double error = Math.Sqrt(pairs * (scores.Count + reference.Count + 1) / 12);
        return Math.Clamp(1 - Normal.CDF(0, 1, (won - (pairs / 2) - 0.5) / error), 0, 1);
    }

    /// <summary>The chance that so many pairs or fewer are lost: the orders of n and m that lose u pairs are the coefficients of the Gaussian binomial.</summary>
    private static double Exact(int n, int m, int lost)
    {
        var orders = new BigInteger[lost + 1];
        orders[0] = 1;
        for (int i = 1; i <= n; i++)
        {
            for (int u = lost; u >= m + i; u--) orders[u] -= orders[u - m - i];
            for (int u = i; u <= lost; u++) orders[u] += orders[u - i];
        }
        BigInteger all = 1, some = 0;
        for (int i = 1; i <= n; i++) all = all * (m + i) / i;
        foreach (BigInteger of in orders) some += of;
        return (double)some / (double)all;
    }
}
