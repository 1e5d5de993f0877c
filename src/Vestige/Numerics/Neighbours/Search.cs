using System.Numerics;

namespace Vestige.Numerics.Neighbours;

/// <summary>Goes with a block of queries through all references, tile by tile, and looks at the pairs that pass a test.</summary>
/// <remarks>References are the outer loop: a tile of them stays in the first cache while all queries of the block pass it.</remarks>
internal abstract class Search
{
    /// <summary>Most panels of queries in a block.</summary>
    internal const int MaxPanels = 24;

    private readonly Tile _tile = new();

    /// <summary>A workspace for queries of a set.</summary>
    protected Search(PointSet queries, PointSet references)
    {
        Queries = queries;
        References = references;
    }

    /// <summary>Points whose neighbours are sought.</summary>
    protected PointSet Queries { get; }

    /// <summary>Points among which they are sought.</summary>
    protected PointSet References { get; }

    /// <summary>The limit of each query of the block in the test.</summary>
    protected int[] RowLimits { get; } = new int[MaxPanels * Tile.Rows];

    /// <summary>Does the queries of panels <paramref name="first"/> .. <paramref name="end"/> - 1.</summary>
    internal abstract void Run(int first, int end);

    /// <summary>Takes what passed of one query in one tile.</summary>
    /// <param name="query">The query.</param>
    /// <param name="references">(48) the references of the tile; fewer in the last.</param>
    /// <param name="lanes">Bits of those that passed.</param>
    /// <param name="keys">(48) keys.</param>
    protected abstract void Found(int query, ReadOnlySpan<int> references, ulong lanes, ReadOnlySpan<int> keys);

    /// <summary>Sweeps panels <paramref name="first"/> .. <paramref name="end"/> - 1 of the queries.</summary>
    protected void Sweep<TArithmetic, TTest>(Panels queries, Panels references, int[] laneLimits, int first, int end)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        for (int r = 0; r < references.Count; r++)
        {
            int place = r * Tile.Lanes;
            ReadOnlySpan<int> cells = references[r], start = references.OffsetsOf(r), lanes = laneLimits.AsSpan(place, Tile.Lanes);
            ReadOnlySpan<int> points = References.Order.AsSpan(place, Math.Min(Tile.Lanes, References.Count - place));
            ulong filled = ulong.MaxValue >> (64 - points.Length);
            for (int q = first; q < end; q++)
            {
                ReadOnlySpan<int> limits = RowLimits.AsSpan((q - first) * Tile.Rows, Tile.Rows);
                _tile.Compare<TArithmetic, TTest>(queries[q], cells, start, limits, lanes);
                for (uint rows = _tile.PassedRows; rows != 0; rows &= rows - 1)
                {
                    int row = BitOperations.TrailingZeroCount(rows), query = (q * Tile.Rows) + row;
                    if (query < Queries.Count) Found(query, points, _tile.PassedLanes<TTest>(row, limits[row], lanes) & filled, _tile.Keys(row));
                }
            }
        }
    }
}
