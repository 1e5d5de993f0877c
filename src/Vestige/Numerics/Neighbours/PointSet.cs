using System.Runtime.Intrinsics;

namespace Vestige.Numerics.Neighbours;

/// <summary>Points among which neighbours are sought: coordinates, and of which unit and jackknife group each point is.</summary>
internal sealed class PointSet
{
    /// <summary>Most groups of a set: the replicates of a jackknife, and the whole, are the bits of a <see cref="uint"/>.</summary>
    internal const int MaxGroups = 31;

    private readonly float[] _values;
    private readonly int[] _units;
    private readonly int[] _groups;

    /// <summary>Copies the points.</summary>
    /// <param name="values">(n, dimensions), row-major, finite.</param>
    /// <param name="dimensions">At least 1.</param>
    /// <param name="units">(n) unit of each point; units are compared between sets, so both must number them alike.</param>
    /// <param name="groups">(n) jackknife group of each point, 0 .. <paramref name="groupCount"/> - 1.</param>
    /// <param name="groupCount">1 .. <see cref="MaxGroups"/>.</param>
    /// <exception cref="ArgumentException">Lengths disagree, a coordinate is not finite, or a group is out of range.</exception>
    internal PointSet(ReadOnlySpan<float> values, int dimensions, ReadOnlySpan<int> units, ReadOnlySpan<int> groups, int groupCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groupCount, MaxGroups);
        if (values.Length != (long)units.Length * dimensions || units.Length != groups.Length)
        {
            throw new ArgumentException(
                $"{values.Length} coordinates, {units.Length} units and {groups.Length} groups are not of the same points in {dimensions} dimensions.",
                nameof(values));
        }
        foreach (int group in groups)
        {
            if ((uint)group >= (uint)groupCount)
                throw new ArgumentException($"A point is of group {group}; groups are 0 .. {groupCount - 1}.", nameof(groups));
        }
        Dimensions = dimensions;
        GroupCount = groupCount;
        _values = values.ToArray();
        _units = units.ToArray();
        _groups = groups.ToArray();
        Order = TakeTurns();
        Low = new float[dimensions];
        High = new float[dimensions];
        if (Count == 0) return;
        FindRange();
        // What is not finite ends up as an extreme.
        for (int t = 0; t < dimensions; t++)
        {
            if (!float.IsFinite(Low[t]) || !float.IsFinite(High[t]))
                throw new ArgumentException($"Coordinate {t} of a point is {(float.IsFinite(Low[t]) ? High[t] : Low[t])}; coordinates must be finite.", nameof(values));
        }
    }

    /// <summary>Points of one group, each a unit of its own.</summary>
    /// <inheritdoc cref="PointSet(ReadOnlySpan{float}, int, ReadOnlySpan{int}, ReadOnlySpan{int}, int)"/>
    internal PointSet(ReadOnlySpan<float> values, int dimensions)
        : this(values, dimensions, Enumerable.Range(0, values.Length / dimensions).ToArray(), new int[values.Length / dimensions], 1)
    {
    }

    /// <summary>Number of points.</summary>
    internal int Count => _units.Length;

    /// <summary>Coordinates of a point.</summary>
    internal int Dimensions { get; }

    /// <summary>Number of jackknife groups.</summary>
    internal int GroupCount { get; }

    /// <summary>Unit of each point.</summary>
    internal ReadOnlySpan<int> Units => _units;

    /// <summary>Group of each point.</summary>
    internal ReadOnlySpan<int> Groups => _groups;

    /// <summary>(Count) the points in the order in which they are searched: groups take turns, so that a search soon has neighbours of several.</summary>
    internal int[] Order { get; }

    /// <summary>(Dimensions) smallest of each coordinate; zeros if there is no point.</summary>
    internal float[] Low { get; }

    /// <summary>(Dimensions) largest of each coordinate; zeros if there is no point.</summary>
    internal float[] High { get; }

    /// <summary>Coordinates of one point.</summary>
    internal ReadOnlySpan<float> this[int point] => _values.AsSpan(point * Dimensions, Dimensions);

    /// <summary>The distance that every kernel computes: the squares added one by one, in the order of the dimensions, each with one rounding.</summary>
    internal static float SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        float sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float difference = x[i] - y[i];
            sum = MathF.FusedMultiplyAdd(difference, difference, sum);
        }
        return sum;
    }

    /// <summary>Distances from <paramref name="x"/> to eight points of this set at once: their coordinates come from far apart in memory, and arrive together.</summary>
    /// <param name="x">Coordinates.</param>
    /// <param name="points">(8) points.</param>
    internal Vector256<float> SquaredDistances(ReadOnlySpan<float> x, ReadOnlySpan<int> points)
    {
        ReadOnlySpan<float> a = this[points[0]], b = this[points[1]], c = this[points[2]], d = this[points[3]];
        ReadOnlySpan<float> e = this[points[4]], f = this[points[5]], g = this[points[6]], h = this[points[7]];
        Vector256<float> sum = default;
        for (int i = 0; i < x.Length; i++)
        {
            Vector256<float> difference = Vector256.Create(x[i]) - Vector256.Create(a[i], b[i], c[i], d[i], e[i], f[i], g[i], h[i]);
            sum = Vector256.FusedMultiplyAdd(difference, difference, sum);
        }
        return sum;
    }

    /// <summary>Points that a list needs which holds, whichever group is left out, the <paramref name="k"/> nearest of the others, and no more than k of one group.</summary>
    internal int PlacesFor(int k)
    {
        int[] sizes = new int[GroupCount];
        foreach (int group in _groups) sizes[group]++;
        return Math.Max(1, (int)Math.Min(2L * k, sizes.Sum(size => Math.Min((long)k, size))));
    }

    private int[] TakeTurns()
    {
        int[] order = Enumerable.Range(0, Count).ToArray();
        if (GroupCount == 1) return order;
        int[] seen = new int[GroupCount];
        long[] turns = Array.ConvertAll(_groups, group => ((long)seen[group]++ * GroupCount) + group);
        Array.Sort(turns, order);
        return order;
    }

    private void FindRange()
    {
        this[0].CopyTo(Low);
        this[0].CopyTo(High);
        for (int i = 1; i < Count; i++)
        {
            ReadOnlySpan<float> point = this[i];
            int t = 0;
            for (; t <= Dimensions - Vector256<float>.Count; t += Vector256<float>.Count)
            {
                var values = Vector256.Create(point[t..]);
                Vector256.Min(Vector256.Create(Low, t), values).CopyTo(Low, t);
                Vector256.Max(Vector256.Create(High, t), values).CopyTo(High, t);
            }
            for (; t < Dimensions; t++)
            {
                Low[t] = Math.Min(Low[t], point[t]);
                High[t] = Math.Max(High[t], point[t]);
            }
        }
    }
}
