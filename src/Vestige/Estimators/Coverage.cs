namespace Vestige.Estimators;

/// <summary>E5: from a share of uncovered points to a lost mass, by the law of coverage.</summary>
internal static class Coverage
{
    /// <summary>The share left uncovered by an independent sample of the same distribution, exact in any dimension.</summary>
    /// <param name="others">M: points that a query's radius is made of.</param>
    /// <param name="covering">|G|: points that may cover it.</param>
    /// <param name="k">Which neighbour the radius is.</param>
    /// <returns><c>prod_{i&lt;k} (M-i) / (M+|G|-i)</c> (negative hypergeometric: all of the k nearest of the pooled M + |G| are of the M).</returns>
    internal static double IndependentFloor(double others, double covering, int k)
    {
        double floor = 1;
        for (int i = 0; i < k; i++) floor *= (others - i) / (others + covering - i);
        return floor;
    }

    /// <summary>The effective k that a real sample shows: points of one image are not independent.</summary>
    /// <param name="raw">Share uncovered by A.</param>
    /// <param name="others">M.</param>
    /// <param name="covering">|A|.</param>
    internal static double EffectiveK(double raw, double others, double covering) => Math.Log(raw) / Math.Log(others / (others + covering));

    /// <summary>Solves <c>raw = L + (1-L) [M / (M + |G|/(1-L))]^k</c> for L: mass L is gone and the rest is as dense as before, in less mass.</summary>
    /// <returns>L, at most 1, negative where more is covered than A covers; at least -10.</returns>
    /// <remarks>The right side grows with L: its derivative is <c>1 - X^k (1 + k(1-X)) >= 0</c> with X the bracket, by Bernoulli.</remarks>
    internal static double Lost(double raw, double others, double covering, double k)
    {
        if (double.IsNaN(raw) || double.IsNaN(k)) return double.NaN;
        if (double.IsPositiveInfinity(k)) return raw;
        double low = -10, high = 1;
        // 60 halvings of an interval of 11 reach the last bit of a double near 0.
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            double rest = 1 - middle;
            double x = others * rest / ((others * rest) + covering);
            if (middle + (rest * Math.Pow(x, k)) < raw) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
