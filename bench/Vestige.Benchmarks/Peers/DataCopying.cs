namespace Vestige.Benchmarks.Peers;

/// <summary>The data-copying test C_T (Meehan, Chaudhuri and Dasgupta 2020): within cells of T, whether points of G are nearer to T than held-out ones are, as
/// a z-score of Mann and Whitney's U, averaged by the cells' shares of the held-out points. Under -3 it says copying, over 3 underfitting.</summary>
internal static class DataCopying
{
    private const int CellCount = 3;

    /// <summary>Points of either sample without which a cell is left out.</summary>
    private const int Fewest = 5;

    internal static double Of(Cloud training, Cloud heldOut, Cloud made, ulong seed)
    {
        var cells = new Cells(training, CellCount, seed);
        int[] ofTraining = cells.Of(training);
        (double[][] real, double[][] copied) = (Distances(heldOut), Distances(made));
        double sum = 0, weight = 0;
        for (int c = 0; c < CellCount; c++)
        {
            if (real[c].Length < Fewest || copied[c].Length < Fewest) continue;
            sum += real[c].Length * Score(copied[c], real[c]);
            weight += real[c].Length;
        }
        return sum / weight;

        double[][] Distances(Cloud points)
        {
            int[] of = cells.Of(points);
            double Nearest(int point, int cell) => Enumerable.Range(0, training.Count).Where(t => ofTraining[t] == cell)
                .Select(t => Cloud.SquaredDistance(points[point], training[t])).DefaultIfEmpty(double.MaxValue).Min();
            return [.. Enumerable.Range(0, CellCount).Select(c => Enumerable.Range(0, of.Length).Where(i => of[i] == c).Select(i => Nearest(i, c)).ToArray())];
        }
    }

    /// <summary>z of U of the first against the second; ties one half.</summary>
    private static double Score(double[] first, double[] second)
    {
        double[] sorted = [.. second.Order()];
        double u = 0;
        foreach (double x in first)
        {
            int below = LowerBound(sorted, x), notAbove = below;
            while (notAbove < sorted.Length && sorted[notAbove] == x) notAbove++;
            u += (below + notAbove) / 2.0;
        }
        double n = first.Length, m = second.Length;
        return (u - (n * m / 2)) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }

    private static int LowerBound(double[] sorted, double x)
    {
        int at = Array.BinarySearch(sorted, x);
        if (at < 0) return ~at;
        while (at > 0 && sorted[at - 1] == x) at--;
        return at;
    }
}
