namespace Vestige.Figures;

/// <summary>What two samples do only together, counted once: for a figure that is a mean over the points of one sample, each held against another.</summary>
/// <remarks>The jackknife over the points that are counted tells all that varies given the references. The jackknife over the references tells their own
/// effect and, once more, their interplay with the counted points. Leaving out a group of both at once measures the interplay (the second order of
/// Efron and Stein 1981), which is taken off. Where q = p the references have no effect of their own on a difference of shares, and without this
/// intervals would be a quarter wider than they should be.</remarks>
internal static class Interplay
{
    /// <summary>Replicates of the references whose variance is that of their own effect: drawn together about their mean.</summary>
    /// <param name="replicates">The figure with each group of the references left out.</param>
    /// <param name="interplay">From <see cref="Variance"/>, of all samples whose points are counted.</param>
    internal static double[] Without(double[] replicates, double interplay)
    {
        double variance = Jackknife.Variance(replicates);
        if (!(variance > 0)) return replicates;
        double own = Math.Sqrt(Math.Max(0, 1 - (interplay / variance))), mean = replicates.Average();
        return [.. replicates.Select(x => mean + (own * (x - mean)))];
    }

    /// <summary>The jackknife's variance of what two samples do only together.</summary>
    /// <param name="n">Groups of the one.</param>
    /// <param name="m">Groups of the other.</param>
    /// <param name="figure">The figure without a group of the one and a group of the other; -1 for none.</param>
    internal static double Variance(int n, int m, Func<int, int, double> figure)
    {
        double whole = figure(-1, -1), mean = 0;
        double[] one = [.. Enumerable.Range(0, n).Select(i => figure(i, -1))], other = [.. Enumerable.Range(0, m).Select(j => figure(-1, j))];
        double[] both = new double[n * m], byOne = new double[n], byOther = new double[m];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
            {
                double x = whole - one[i] - other[j] + figure(i, j);
                both[(i * m) + j] = x;
                byOne[i] += x / m;
                byOther[j] += x / n;
                mean += x / (n * m);
            }
        double sum = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
            {
                double x = both[(i * m) + j] - byOne[i] - byOther[j] + mean;
                sum += x * x;
            }
        return sum * (n - 1.0) / n * (m - 1.0) / m;
    }
}
