using Vestige.Numerics;
using Vestige.Numerics.Neighbours;

namespace Vestige.Tests.Core.Numerics.Neighbours;

/// <summary>The definitions, pair by pair, and points to try them on.</summary>
internal static class PlainNeighbours
{
    /// <summary>All references of a query but its own unit's, nearest first, at one distance by number.</summary>
    internal static (float SquaredDistance, int Index)[] Ranked(PointSet queries, int query, PointSet references, bool excludeOwnUnit) =>
        [.. Enumerable.Range(0, references.Count)
            .Where(r => !excludeOwnUnit || references.Units[r] != queries.Units[query])
            .Select(r => (PointSet.SquaredDistance(queries[query], references[r]), r))
            .Order()];

    /// <summary>Bits of the replicates in which a reference of another group than the one left out has the query in its ball.</summary>
    internal static uint Covered(PointSet queries, int query, PointSet references, float[] squaredRadii)
    {
        int replicates = references.GroupCount + 1;
        uint covered = 0;
        for (int j = 0; j < replicates; j++)
        {
            for (int r = 0; r < references.Count; r++)
            {
                if (references.Groups[r] == j) continue;
                if (PointSet.SquaredDistance(queries[query], references[r]) <= squaredRadii[(r * replicates) + j]) covered |= 1u << j;
            }
        }
        return covered;
    }

    /// <summary>Points in several kinds: normal; on the corners of a cube, with many ties and copies; with rare far coordinates; in tight clusters far apart.</summary>
    internal static PointSet Points(ref Rng rng, int kind, int count, int dimensions, int groups)
    {
        float[] values = new float[count * dimensions];
        int[] units = new int[count], groupOf = new int[count];
        for (int i = 0; i < count; i++)
        {
            units[i] = rng.NextInt((count / 2) + 1);
            groupOf[i] = units[i] % groups;
            int cluster = rng.NextInt(3);
            for (int t = 0; t < dimensions; t++)
            {
                values[(i * dimensions) + t] = kind switch
                {
                    0 => (float)rng.NextNormal(),
                    1 => t < 3 ? rng.NextInt(2) : 1,
                    2 => (float)(rng.NextNormal() * (rng.NextInt(20) == 0 ? 1000 : 1)),
                    _ => (float)((cluster * 100) + (1e-3 * rng.NextNormal())),
                };
            }
        }
        return new PointSet(values, dimensions, units, groupOf, groups);
    }
}
