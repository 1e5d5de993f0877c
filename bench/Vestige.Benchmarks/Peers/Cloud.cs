using Vestige.Estimators.Points;

namespace Vestige.Benchmarks.Peers;

/// <summary>Points as the peers take them: each on its own, whatever document it is of.</summary>
internal sealed class Cloud
{
    private readonly float[] _values;

    internal Cloud(PointCloud points)
        : this([.. Enumerable.Range(0, points.Count).SelectMany(i => points.Points[i].ToArray())], points.Points.Dimensions)
    {
    }

    private Cloud(float[] values, int dimensions) => (_values, Dimensions) = (values, dimensions);

    internal int Dimensions { get; }

    internal int Count => _values.Length / Dimensions;

    internal ReadOnlySpan<float> this[int point] => _values.AsSpan(point * Dimensions, Dimensions);

    internal Cloud With(Cloud other) => new([.. _values, .. other._values], Dimensions);

    internal static double SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            float difference = a[j] - b[j];
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>(Count, other.Count) squared distances.</summary>
    internal float[][] To(Cloud other)
    {
        float[][] distances = new float[Count][];
        for (int i = 0; i < Count; i++)
        {
            distances[i] = new float[other.Count];
            for (int j = 0; j < other.Count; j++) distances[i][j] = (float)SquaredDistance(this[i], other[j]);
        }
        return distances;
    }

    /// <summary>(Count) squared distances to the k-th nearest other point of the cloud itself.</summary>
    internal static float[] Radii(float[][] toItself, int k) => [.. toItself.Select((row, i) =>
    {
        float[] others = [.. row.Where((_, j) => j != i)];
        Array.Sort(others);
        return others[k - 1];
    })];
}
