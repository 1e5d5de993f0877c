namespace Vestige.Estimators.Atoms;

/// <summary>E1: masses at resolution n, unbiased for any p and q.</summary>
/// <remarks>
/// <c>lost_n = sum p (1-q)^n</c>, estimated by the U-statistic <c>mean over h of C(N-c(h), n) / C(N, n)</c>: the share of draws of
/// n units from the N of the reference that do not hold h (Smith and Grassle 1977 for rarefaction; two-sample form).
/// </remarks>
internal static class ResolutionN
{
    /// <summary>The resolution for samples of these sizes: half the smallest, rounded down to a power of two; 0 when the smallest is under 2.</summary>
    internal static int For(params ReadOnlySpan<int> units)
    {
        int smallest = int.MaxValue;
        foreach (int size in units) smallest = Math.Min(smallest, size);
        int half = smallest / 2;
        return half == 0 ? 0 : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)half + 1) / 2;
    }

    /// <summary>Mean over queries of the share of n-subsets of the reference that miss the query's atom; NaN without queries.</summary>
    /// <param name="queriesByCount">[c]: queries whose atom stands in c units of the reference.</param>
    /// <param name="reference">N, units of the reference.</param>
    /// <param name="n">Resolution, at most N; between whole numbers the product interpolates.</param>
    internal static double Missing(ReadOnlySpan<long> queriesByCount, int reference, double n)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, reference);
        long queries = 0;
        double sum = 0, weight = 1;
        for (int c = 0; c < queriesByCount.Length; c++)
        {
            queries += queriesByCount[c];
            sum += queriesByCount[c] * weight;
            weight = Next(weight, c, reference, n);
        }
        return queries == 0 ? double.NaN : sum / queries;
    }

    /// <summary>The same, not a number where the reference has fewer than n units.</summary>
    internal static double MissingOrNaN(ReadOnlySpan<long> queriesByCount, int reference, double n) =>
        n > reference ? double.NaN : Missing(queriesByCount, reference, n);

    /// <summary>[c]: the share of n-subsets of the reference that miss an atom of c of its units.</summary>
    internal static double[] MissingByCount(int reference, double n, int most)
    {
        double[] missing = new double[most + 1];
        missing[0] = 1;
        for (int c = 0; c < most; c++) missing[c + 1] = Next(missing[c], c, reference, n);
        return missing;
    }

    /// <summary>From c units to c + 1: C(N-c-1, n) / C(N-c, n) = (N-c-n) / (N-c), which is 0 once fewer than n units are without the atom.</summary>
    private static double Next(double weight, int c, int reference, double n) => reference - c > n ? weight * (reference - c - n) / (reference - c) : 0;
}
