namespace Vestige.Estimators;

/// <summary>E5: from shares of uncovered points to masses, by the law of coverage.</summary>
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

    /// <summary>Lost and hallucinated mass together, from the two shares left uncovered.</summary>
    /// <param name="lost">Of H by G.</param>
    /// <param name="hallucinated">Of G by H.</param>
    /// <returns>L and N that solve, with <c>k</c> the effective k of each side,
    /// <c>raw_H = L + (1-L) [M_H (1-L) / (M_H (1-L) + |G| (1-N))]^k</c> and
    /// <c>raw_G = N + (1-N) [M_G (1-N) / (M_G (1-N) + |H| (1-L))]^k</c>; each at most 1 and negative where more is covered than A covers.</returns>
    /// <remarks>
    /// What is left of p, 1-L, is where the G that is not hallucinated lies, 1-N of it. Solving for one with the other taken as 0 (design
    /// 3.3) reads a q that dropped three tenths of p as 5 % hallucinated, because in the modes that are left G is denser than H.
    /// The two are updated together and by halves, so that swapping the samples swaps the answers exactly.
    /// </remarks>
    internal static (double Lost, double Hallucinated) Solve(Side lost, Side hallucinated)
    {
        double l = 0, n = 0;
        for (int i = 0; i < 200; i++)
        {
            double nextL = (l + Mass(lost, n)) / 2, nextN = (n + Mass(hallucinated, l)) / 2;
            bool settled = Math.Abs(nextL - l) + Math.Abs(nextN - n) < 1e-13;
            (l, n) = (nextL, nextN);
            if (settled || double.IsNaN(l + n)) break;
        }
        return (l, n);
    }

    /// <summary>One direction of coverage.</summary>
    /// <param name="Raw">Share left uncovered.</param>
    /// <param name="Others">M: points that a radius is made of.</param>
    /// <param name="Covering">Points that may cover.</param>
    /// <param name="K">Effective k.</param>
    internal readonly record struct Side(double Raw, double Others, double Covering, double K);

    /// <summary>The mass x for which <c>raw = x + (1-x) [M(1-x) / (M(1-x) + C(1-other))]^k</c>.</summary>
    /// <remarks>The right side grows with x: its derivative is <c>1 - X^k (1 + k(1-X)) >= 0</c> with X the bracket, by Bernoulli.</remarks>
    private static double Mass(Side side, double other)
    {
        if (double.IsNaN(side.Raw) || double.IsNaN(side.K)) return double.NaN;
        // All uncovered is all gone; and a floor of 0 leaves nothing to correct.
        if (side.Raw >= 1 || double.IsPositiveInfinity(side.K)) return side.Raw;
        double covering = side.Covering * (1 - Math.Min(other, 1));
        double low = -10, high = 1;
        // 60 halvings of an interval of 11 reach the last bits of a double near 0.
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            double rest = 1 - middle;
            double x = side.Others * rest / ((side.Others * rest) + covering);
            if (middle + (rest * Math.Pow(x, side.K)) < side.Raw) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
