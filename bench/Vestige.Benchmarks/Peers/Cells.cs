using Vestige.Numerics;

namespace Vestige.Benchmarks.Peers;

/// <summary>Cells by k-means: Lloyd's steps from places chosen as k-means++ does.</summary>
internal sealed class Cells
{
    private const int Steps = 30;

    private readonly float[][] _centres;

    internal Cells(Cloud points, int count, ulong seed)
    {
        var rng = new Rng(seed);
        _centres = [points[rng.NextInt(points.Count)].ToArray()];
        double[] nearest = [.. Enumerable.Repeat(double.PositiveInfinity, points.Count)];
        while (_centres.Length < count)
        {
            for (int i = 0; i < nearest.Length; i++) nearest[i] = Math.Min(nearest[i], Cloud.SquaredDistance(points[i], _centres[^1]));
            double at = rng.NextDouble() * nearest.Sum();
            int chosen = 0;
            while (chosen < nearest.Length - 1 && (at -= nearest[chosen]) > 0) chosen++;
            _centres = [.. _centres, points[chosen].ToArray()];
        }
        int[] before = [];
        for (int step = 0; step < Steps; step++)
        {
            int[] now = Of(points);
            if (now.AsSpan().SequenceEqual(before)) break;
            before = now;
            double[][] sums = [.. _centres.Select(c => new double[c.Length])];
            int[] counts = new int[count];
            for (int i = 0; i < now.Length; i++)
            {
                counts[now[i]]++;
                for (int j = 0; j < points.Dimensions; j++) sums[now[i]][j] += points[i][j];
            }
            for (int c = 0; c < count; c++)
                if (counts[c] > 0) _centres[c] = [.. sums[c].Select(x => (float)(x / counts[c]))];
        }
    }

    internal int Count => _centres.Length;

    /// <summary>The cell of each point.</summary>
    internal int[] Of(Cloud points)
    {
        int[] cells = new int[points.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            double least = double.PositiveInfinity;
            for (int c = 0; c < _centres.Length; c++)
                if (Cloud.SquaredDistance(points[i], _centres[c]) is var d && d < least) (least, cells[i]) = (d, c);
        }
        return cells;
    }
}
