namespace Vestige.Benchmarks.Peers;

/// <summary>Measures of fidelity and coverage by balls of nearest neighbours, written from their papers.</summary>
/// <param name="Precision">Share of G in the ball (k = 3) of a real point (Kynkäänniemi et al. 2019).</param>
/// <param name="Recall">Share of the real points in the ball of a point of G.</param>
/// <param name="Density">Real balls (k = 5) that a point of G lies in, over k (Naeem et al. 2020).</param>
/// <param name="Coverage">Share of the real points in whose ball there is a point of G.</param>
/// <param name="ClippedDensity">Density with radii of at most their median and each point's share at most 1, over that of the real points themselves (Salvy et
/// al. 2025).</param>
/// <param name="ClippedCoverage">The real points' counts of G's in their balls, over k, at most 1, brought to the share of good points that is
/// expected to give as much.</param>
internal sealed record NeighbourPeers(double Precision, double Recall, double Density, double Coverage, double ClippedDensity, double ClippedCoverage)
{
    private const int OfPrecision = 3, OfDensity = 5;

    internal static NeighbourPeers Of(Cloud real, Cloud made)
    {
        float[][] within = real.To(real), across = real.To(made), ofMade = made.To(made);
        float[] radii3 = Cloud.Radii(within, OfPrecision), radii = Cloud.Radii(within, OfDensity), made3 = Cloud.Radii(ofMade, OfPrecision);
        float[] sorted = [.. radii.Order()];
        float median = sorted[sorted.Length / 2];
        int n = real.Count, m = made.Count;
        bool[] isIn = new bool[m];
        double[] balls = new double[m], clipped = new double[m], own = new double[n];
        int recalled = 0, covered = 0;
        double clippedCoverage = 0;
        for (int i = 0; i < n; i++)
        {
            int count = 0;
            bool found = false;
            float small = Math.Min(radii[i], median);
            for (int j = 0; j < m; j++)
            {
                float d = across[i][j];
                isIn[j] |= d <= radii3[i];
                found |= d <= made3[j];
                count += d <= radii[i] ? 1 : 0;
                balls[j] += d <= radii[i] ? 1 : 0;
                clipped[j] += d <= small ? 1 : 0;
            }
            for (int j = 0; j < n; j++) own[j] += j != i && within[i][j] <= small ? 1 : 0;
            recalled += found ? 1 : 0;
            covered += count > 0 ? 1 : 0;
            clippedCoverage += Math.Min(1, (double)count / OfDensity) / n;
        }
        static double Capped(double[] counts) => counts.Average(c => Math.Min(1, c / OfDensity));
        return new NeighbourPeers(isIn.Count(x => x) / (double)m, recalled / (double)n, balls.Sum() / (OfDensity * (double)m), covered / (double)n,
            Math.Min(1, Capped(clipped) / Capped(own)), Calibrated(clippedCoverage, n, m));
    }

    /// <summary>The share x of m points, good ones among bad that are nowhere near, whose expected clipped coverage is the one seen.</summary>
    private static double Calibrated(double seen, int n, int m)
    {
        int low = 0, high = m;
        if (Expected(n, m) <= seen) return 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Expected(n, middle) <= seen) low = middle;
            else high = middle;
        }
        double below = Expected(n, low), above = Expected(n, high);
        return (low + ((seen - below) / (above - below))) / m;
    }

    /// <summary>Mean of min(1, c/k) where c of m points come before the k-th of n - 1 others of the same law: c is negative hypergeometric,
    /// P(c = j) = C(j+k-1, j) C(m-j+n-1-k, m-j) / C(m+n-1, m).</summary>
    private static double Expected(int n, int m)
    {
        const int k = OfDensity;
        double mean = 0, left = 1;
        // P(0), then by ratios of neighbours.
        double chance = 1;
        for (int i = 0; i < k; i++) chance *= (n - 1.0 - i) / (m + n - 1.0 - i);
        for (int j = 0; j < k && j <= m; j++)
        {
            mean += chance * j / k;
            left -= chance;
            chance *= (double)(j + k) / (j + 1) * (m - j) / (m - j + n - 1.0 - k);
        }
        return m == 0 ? 0 : mean + Math.Max(0, left);
    }
}
