using System.Runtime.Intrinsics;

namespace Vestige.Numerics.Neighbours;

/// <summary>Two sets of points rounded to one grid of 16-bit integers: distances there are exact integers, twice as fast to compute, and bound the true ones.</summary>
/// <remarks>
/// With x = c + s(a + e) for a point x, its grid point a and a remainder e of known length, | |x - y| / s - |a - b| | is at most the sum
/// of two such lengths, here <c>_slack</c>: a pair whose grid distance is beyond a limit by more than that needs no look at its
/// coordinates. |a - b|^2 = |a|^2 + |b|^2 - 2ab loses nothing here, for all of it is exact modulo 2^32 and the result is below 2^31.
/// </remarks>
internal sealed class Grid
{
    /// <summary>Largest squared norm: a squared distance is at most four times it, and a key at most that and once more, both below 2^31.</summary>
    private const int MaxSquaredNorm = int.MaxValue / 5;

    /// <summary>Largest coordinate: the sum of one and twice another has 16 bits.</summary>
    private const int MaxCoordinate = short.MaxValue / 3;

    /// <summary>Half ranges between which no square overflows or underflows in float.</summary>
    private const double MinRange = 1e-10, MaxRange = 1e10;

    private readonly double _step;
    private readonly double _slack;
    private readonly double _rounding;

    private Grid(PointSet queries, PointSet references, float[] centre, double range, int threads)
    {
        int dimensions = queries.Dimensions;
        _step = range / (int)Math.Min(MaxCoordinate, Math.Sqrt(MaxSquaredNorm / (double)dimensions));
        // Each coordinate of both points is off by one half and by the roundings on the way, of numbers below 2^14 that keep 24 bits.
        _slack = 2 * 0.51 * Math.Sqrt(dimensions);
        // A distance in float is off by one rounding for each difference, square and sum.
        _rounding = (dimensions + 4) * Math.Pow(2, -24);
        Queries = Round(queries, Enumerable.Range(0, queries.Count).ToArray(), Tile.Rows, -2, centre, (float)(1 / _step), threads);
        References = Round(references, references.Order, Tile.Lanes, 1, centre, (float)(1 / _step), threads);
    }

    /// <summary>The queries in their own order: a squared grid distance is a key plus the query's offset.</summary>
    internal Panels Queries { get; }

    /// <summary>The references in the order of <see cref="PointSet.Order"/>: a key starts from the reference's offset.</summary>
    internal Panels References { get; }

    /// <summary>The finest grid that holds both sets.</summary>
    /// <returns>Null if the coordinates are too large or too small for bounds in float.</returns>
    internal static Grid? Of(PointSet queries, PointSet references, int threads)
    {
        float[] centre = new float[queries.Dimensions];
        double range = 0;
        for (int t = 0; t < centre.Length; t++)
        {
            float low = Math.Min(queries.Low[t], references.Low[t]), high = Math.Max(queries.High[t], references.High[t]);
            centre[t] = (low / 2) + (high / 2);
            range = Math.Max(range, Math.Max((double)high - centre[t], (double)centre[t] - low));
        }
        return range is >= MinRange and <= MaxRange ? new Grid(queries, references, centre, range, threads) : null;
    }

    /// <summary>Where the neighbours lie: none of the m nearest has a squared grid distance above this, if m references have one of at most
    /// <paramref name="squaredDistance"/>.</summary>
    /// <returns>At most <see cref="int.MaxValue"/> - 1.</returns>
    /// <remarks>
    /// The m-th smallest of numbers that move by at most the slack moves by at most the slack: it is once off for the m-th true distance,
    /// and once more for each pair within that.
    /// </remarks>
    internal int Reach(int squaredDistance) => Square(((1 + (3 * _rounding)) * (Math.Sqrt(squaredDistance) + _slack)) + _slack);

    /// <summary>No pair within <paramref name="squaredRadius"/> has a squared grid distance above this.</summary>
    /// <returns>At most <see cref="int.MaxValue"/> - 1.</returns>
    internal int Ball(float squaredRadius) => Square(((1 + (3 * _rounding)) * Math.Sqrt(squaredRadius) / _step) + _slack);

    private static int Square(double length) => (int)Math.Min(int.MaxValue - 1, (length * length) + 1);

    /// <summary>Rounds a set to the grid and lays it out for <see cref="GridArithmetic"/>.</summary>
    /// <param name="points">The set.</param>
    /// <param name="order">Which of its points comes where.</param>
    /// <param name="width">Points of a panel.</param>
    /// <param name="factor">Of the coordinates: -2 for queries, 1 for references.</param>
    /// <param name="centre">Origin of the grid.</param>
    /// <param name="scale">Grid steps in one unit of the coordinates.</param>
    /// <param name="threads">At least 1.</param>
    private static Panels Round(PointSet points, int[] order, int width, int factor, float[] centre, float scale, int threads)
    {
        Panels panels = Panels.Empty(order.Length, (points.Dimensions + 3) / 4 * 2, width);
        Blocks.Run(threads, panels.Count, panel =>
        {
            for (int i = panel * width; i < Math.Min((panel + 1) * width, order.Length); i++)
                panels.Offsets[i] = Round(points[order[i]], panels.CellsOf(i), width, factor, centre, scale);
        });
        return panels;
    }

    /// <summary>Rounds one point.</summary>
    /// <returns>Its offset: the squared norm, less the products of its own that <see cref="GridArithmetic"/> adds to a key.</returns>
    private static int Round(ReadOnlySpan<float> point, Span<int> cells, int width, int factor, ReadOnlySpan<float> centre, float scale)
    {
        const int chunk = 16;
        Span<int> a = stackalloc int[chunk];
        int offset = 0, even = factor == 1 ? width : 0, odd = width - even;
        for (; point.Length > 0; point = point[Math.Min(chunk, point.Length)..], centre = centre[Math.Min(chunk, centre.Length)..])
        {
            if (point.Length < chunk)
            {
                a.Clear();
                for (int t = 0; t < point.Length; t++) a[t] = (int)MathF.Round((point[t] - centre[t]) * scale);
            }
            else
            {
                for (int t = 0; t < chunk; t += Vector256<float>.Count)
                    Vector256.ConvertToInt32(Vector256.Round((Vector256.Create(point[t..]) - Vector256.Create(centre[t..])) * scale)).CopyTo(a[t..]);
            }
            for (int t = 0; t < Math.Min(chunk, point.Length); t += 4)
            {
                offset += (a[t] * a[t]) + (a[t + 1] * a[t + 1]) + (a[t + 2] * a[t + 2]) + (a[t + 3] * a[t + 3]);
                offset -= factor * factor * ((a[t] * a[t + 1]) + (a[t + 2] * a[t + 3]));
                cells[even] = (ushort)(factor * a[t]) | (factor * a[t + 2] << 16);
                cells[odd] = (ushort)(factor * a[t + 1]) | (factor * a[t + 3] << 16);
                cells = cells[Math.Min(2 * width, cells.Length)..];
            }
        }
        return offset;
    }
}
