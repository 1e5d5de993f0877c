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
        foreach (float value in values)
            if (!float.IsFinite(value)) throw new ArgumentException($"A coordinate is {value}; coordinates must be finite.", nameof(values));
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

    /// <summary>All coordinates, (Count, Dimensions).</summary>
    internal ReadOnlySpan<float> Values => _values;

    /// <summary>Unit of each point.</summary>
    internal ReadOnlySpan<int> Units => _units;

    /// <summary>Group of each point.</summary>
    internal ReadOnlySpan<int> Groups => _groups;

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

    /// <summary>Distances from <paramref name="x"/> to four points, side by side: one alone waits for each sum before the next.</summary>
    internal static (float, float, float, float) SquaredDistances(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y0, ReadOnlySpan<float> y1, ReadOnlySpan<float> y2, ReadOnlySpan<float> y3)
    {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float d0 = x[i] - y0[i], d1 = x[i] - y1[i], d2 = x[i] - y2[i], d3 = x[i] - y3[i];
            s0 = MathF.FusedMultiplyAdd(d0, d0, s0);
            s1 = MathF.FusedMultiplyAdd(d1, d1, s1);
            s2 = MathF.FusedMultiplyAdd(d2, d2, s2);
            s3 = MathF.FusedMultiplyAdd(d3, d3, s3);
        }
        return (s0, s1, s2, s3);
    }
}
