using System.Runtime.Intrinsics;

namespace Vestige.Numerics.Neighbours;

/// <summary>Two sets of points rounded to one grid of 16-bit integers: distances there are exact integers, twice as fast to compute, and bound the true ones.</summary>
/// <remarks>
/// A point x is at c + s(a + e), where a is its grid point and |e| at most <c>_error</c> of its set. So for two points
/// | |x - y| / s - |a - b| | is at most the sum of both errors, here <c>_slack</c>, and a pair whose grid distance is beyond a limit by
/// more than that needs no look at its coordinates. |a - b|^2 = |a|^2 + |b|^2 - 2ab loses nothing: all of it is below 2^31.
/// </remarks>
internal sealed class Grid
{
    /// <summary>Key of a fill-in reference: farther than any pair of points.</summary>
    private const int Far = int.MaxValue / 2;

    /// <summary>Up to it, the squared distance of two points is below 2^31.</summary>
    private const int MaxSquaredNorm = (1 << 29) - 1;

    /// <summary>Half ranges between which no square overflows or underflows in float.</summary>
    private const double MinRange = 1e-10, MaxRange = 1e10;

    private readonly double _step;
    private readonly double _slack;
    private readonly double _rounding;

    private Grid(PointSet queries, PointSet references, float[] centre, double range, int threads)
    {
        int steps = queries.Dimensions;
        int largest = (int)Math.Min(short.MaxValue / 2, Math.Sqrt(MaxSquaredNorm / (double)steps));
        _step = range / largest;
        // Each coordinate of both points is off by one half and the roundings on the way, of numbers below 2^14 that keep 24 bits.
        _slack = 2 * 0.51 * Math.Sqrt(steps);
        // A distance in float is off by one rounding for each difference, square and sum.
        _rounding = (steps + 4) * Math.Pow(2, -24);
        Queries = Round(queries, Tile.Rows, -2, centre, (float)(1 / _step), threads);
        References = Round(references, Tile.Lanes, 1, centre, (float)(1 / _step), threads);
        Array.Fill(References.Offsets, Far, references.Count, References.Offsets.Length - references.Count);
    }

    /// <summary>Minus twice the grid points of the queries; an offset is a squared norm.</summary>
    internal Panels Queries { get; }

    /// <summary>The grid points of the references; an offset is a squared norm.</summary>
    internal Panels References { get; }

    /// <summary>The finest grid that holds both sets.</summary>
    /// <returns>Null if the coordinates are too large or too small for bounds in float.</returns>
    internal static Grid? Of(PointSet queries, PointSet references, int threads)
    {
        int steps = queries.Dimensions;
        float[] centre = new float[steps];
        double range = 0;
        for (int t = 0; t < steps; t++)
        {
            float low = Math.Min(queries.Low[t], references.Low[t]), high = Math.Max(queries.High[t], references.High[t]);
            centre[t] = (low / 2) + (high / 2);
            range = Math.Max(range, Math.Max((double)high - centre[t], (double)centre[t] - low));
        }
        return range is >= MinRange and <= MaxRange ? new Grid(queries, references, centre, range, threads) : null;
    }

    /// <summary>Where the neighbours lie: no pair among the m nearest has a grid distance above this if m have one of at most <paramref name="key"/>.</summary>
    /// <returns>A squared grid distance, at most <see cref="int.MaxValue"/> - 1.</returns>
    /// <remarks>
    /// The m-th smallest of numbers that move by at most the slack moves by at most the slack: it is once off for the m-th true distance,
    /// and once more for each pair within that.
    /// </remarks>
    internal int Reach(int key) => Square(((1 + (3 * _rounding)) * (Math.Sqrt(key) + _slack)) + _slack);

    /// <summary>No pair within <paramref name="squaredRadius"/> has a grid distance above this.</summary>
    /// <returns>A squared grid distance, at most <see cref="int.MaxValue"/> - 1.</returns>
    internal int Ball(float squaredRadius) => Square(((1 + (3 * _rounding)) * Math.Sqrt(squaredRadius) / _step) + _slack);

    private static int Square(double length) => (int)Math.Min(int.MaxValue - 1, (length * length) + 1);

    /// <summary>Rounds a set to the grid and interleaves it.</summary>
    private static Panels Round(PointSet points, int width, int factor, float[] centre, float scale, int threads)
    {
        Panels panels = Panels.Empty(points.Count, (points.Dimensions + 1) / 2, width);
        Blocks.Run(threads, panels.Count, panel =>
        {
            for (int i = panel * width; i < Math.Min((panel + 1) * width, points.Count); i++)
                panels.Offsets[i] = Round(points[i], panels.CellsOf(i), width, factor, centre, scale);
        });
        return panels;
    }

    /// <summary>Rounds one point to the grid.</summary>
    /// <returns>The squared norm of its grid point.</returns>
    private static int Round(ReadOnlySpan<float> point, Span<int> cells, int stride, int factor, float[] centre, float scale)
    {
        const int pairs = 8;
        int squaredNorm = 0, t = 0;
        for (; t <= point.Length - (2 * pairs); t += 2 * pairs)
        {
            Vector256<int> low = Round(point[t..], centre.AsSpan(t), scale), high = Round(point[(t + pairs)..], centre.AsSpan(t + pairs), scale);
            squaredNorm += Vector256.Sum((low * low) + (high * high));
            Vector256<int> both = (Vector256.Narrow(low, high) * (short)factor).AsInt32();
            for (int i = 0; i < pairs; i++) cells[((t / 2) + i) * stride] = both[i];
        }
        for (; t < point.Length; t++)
        {
            int rounded = (int)MathF.Round((point[t] - centre[t]) * scale);
            squaredNorm += rounded * rounded;
            cells[t / 2 * stride] |= (ushort)(factor * rounded) << (t % 2 * 16);
        }
        return squaredNorm;
    }

    private static Vector256<int> Round(ReadOnlySpan<float> point, ReadOnlySpan<float> centre, float scale) =>
        Vector256.ConvertToInt32(Vector256.Round((Vector256.Create(point) - Vector256.Create(centre)) * scale));
}
