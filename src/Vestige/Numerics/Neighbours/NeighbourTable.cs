namespace Vestige.Numerics.Neighbours;

/// <summary>The nearest references of each query: the k nearest of all, and the k nearest without any one group of references.</summary>
/// <remarks>
/// A list holds the k nearest references where they are of one group, else 2k, at most k of any one group, so that k are left whichever
/// group is left out.
/// </remarks>
internal sealed class NeighbourTable
{
    private readonly int[] _groups;

    /// <summary>A table of nothing.</summary>
    /// <param name="queries">Number of queries.</param>
    /// <param name="k">Neighbours wanted of each.</param>
    /// <param name="references">Where they come from.</param>
    internal NeighbourTable(int queries, int k, PointSet references)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        _groups = references.Groups.ToArray();
        K = k;
        GroupCount = references.GroupCount;
        Count = queries;
        Depth = references.PlacesFor(k);
        SquaredDistances = new float[checked(queries * Depth)];
        Indices = new int[SquaredDistances.Length];
        Array.Fill(SquaredDistances, float.PositiveInfinity);
        Array.Fill(Indices, -1);
    }

    /// <summary>Neighbours sought of each query.</summary>
    internal int K { get; }

    /// <summary>Jackknife groups of the references.</summary>
    internal int GroupCount { get; }

    /// <summary>Number of queries.</summary>
    internal int Count { get; }

    /// <summary>Places of a list: no more than there can be entries.</summary>
    internal int Depth { get; }

    /// <summary>(Count, Depth) squared distances, ascending; infinite in places that are empty.</summary>
    internal float[] SquaredDistances { get; }

    /// <summary>(Count, Depth) numbers of the references, at one distance the lower first; -1 in places that are empty.</summary>
    internal int[] Indices { get; }

    /// <summary>Writes the list of one query, whose keys are the bits of squared distances.</summary>
    internal void Fill(int query, ReadOnlySpan<long> list)
    {
        for (int i = 0; i < list.Length && list[i] != Shortlist.Empty; i++)
        {
            SquaredDistances[(query * Depth) + i] = BitConverter.Int32BitsToSingle(Shortlist.Key(list[i]));
            Indices[(query * Depth) + i] = Shortlist.Reference(list[i]);
        }
    }

    /// <summary>Squared distance to the k-th nearest reference.</summary>
    /// <param name="query">0 .. <see cref="Count"/> - 1.</param>
    /// <param name="k">1 .. <see cref="K"/>.</param>
    /// <param name="without">Group of references that is left out; <see cref="GroupCount"/> for none.</param>
    /// <returns>Infinite where there are fewer than <paramref name="k"/>.</returns>
    internal float SquaredDistance(int query, int k, int without)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, K);
        ArgumentOutOfRangeException.ThrowIfNegative(without);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(without, GroupCount);
        for (int i = query * Depth; i < (query + 1) * Depth; i++)
            if (Indices[i] >= 0 && _groups[Indices[i]] != without && --k == 0) return SquaredDistances[i];
        return float.PositiveInfinity;
    }

    /// <summary>Squared distances to the k-th nearest, (Count, GroupCount + 1): without each group in turn, then without none.</summary>
    /// <param name="k">1 .. <see cref="K"/>.</param>
    internal float[] SquaredRadii(int k)
    {
        int replicates = GroupCount + 1;
        float[] radii = new float[checked(Count * replicates)];
        for (int i = 0; i < radii.Length; i++) radii[i] = SquaredDistance(i / replicates, k, i % replicates);
        return radii;
    }
}
