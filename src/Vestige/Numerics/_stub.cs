namespace Vestige.Numerics;

internal sealed class PointSet
{
    internal PointSet(float[] values, int dimensions, ReadOnlySpan<int> units, int[] groupOf, int groups)
    {
        V = values; D = dimensions; U = units.ToArray(); G = groupOf; Groups = groups;
    }

    internal float[] V; internal int D; internal int[] U; internal int[] G; internal int Groups;

    internal int N => U.Length;

    internal static float Dist(PointSet q, int i, PointSet r, int j)
    {
        float s = 0;
        for (int d = 0; d < q.D; d++) { float x = q.V[(i * q.D) + d] - r.V[(j * q.D) + d]; s = MathF.FusedMultiplyAdd(x, x, s); }
        return s;
    }
}

internal static class Neighbours
{
    internal static float[] PerGroup(PointSet q, PointSet r, int k, bool excludeOwnUnit, int threads)
    {
        float[] res = new float[q.N * r.Groups * k]; Array.Fill(res, float.PositiveInfinity);
        Parallel.For(0, q.N, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            for (int j = 0; j < r.N; j++)
            {
                if (excludeOwnUnit && q.U[i] == r.U[j]) continue;
                float d = PointSet.Dist(q, i, r, j);
                Span<float> l = res.AsSpan(((i * r.Groups) + r.G[j]) * k, k);
                if (d >= l[k - 1]) continue;
                int p = k - 1;
                for (; p > 0 && l[p - 1] > d; p--) l[p] = l[p - 1];
                l[p] = d;
            }
        });
        return res;
    }

    internal static uint[] Covered(PointSet q, PointSet r, float[] rad, int threads)
    {
        uint[] res = new uint[q.N];
        Parallel.For(0, q.N, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            for (int j = 0; j < r.N; j++)
            {
                float d = PointSet.Dist(q, i, r, j);
                for (int g = 0; g <= r.Groups; g++) if (g != r.G[j] && d <= rad[(j * (r.Groups + 1)) + g]) res[i] |= 1u << g;
            }
        });
        return res;
    }
}
