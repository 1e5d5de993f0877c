using System.Numerics;
using System.Runtime.Intrinsics;

namespace Vestige.Numerics.Neighbours;

/// <summary>Finds neighbours by computing the distances of those pairs alone that the grid cannot rule out.</summary>
internal sealed class GridSearch : Search
{
    /// <summary>Limit of a query that was given up: nothing passes it.</summary>
    private const int GivenUp = int.MinValue;

    private readonly bool _excludeOwnUnit;
    private readonly NeighbourTable _table;
    private readonly Grid _grid;
    private readonly DirectSearch _direct;
    private readonly Shortlist _rough, _nearest;
    private readonly int _room;
    private readonly long[] _candidates;
    private readonly int[] _counts;
    private int _first;

    internal GridSearch(PointSet queries, PointSet references, bool excludeOwnUnit, NeighbourTable table, Grid grid, DirectSearch direct)
        : base(queries, references)
    {
        _excludeOwnUnit = excludeOwnUnit;
        _table = table;
        _grid = grid;
        _direct = direct;
        _rough = new Shortlist(RowLimits.Length, table.Depth, table.K);
        _nearest = new Shortlist(1, table.Depth, table.K);
        _room = (8 * table.Depth) + 128;
        _candidates = new long[RowLimits.Length * _room];
        _counts = new int[RowLimits.Length];
    }

    /// <inheritdoc/>
    internal override void Run(int first, int end)
    {
        _first = first * Tile.Rows;
        _rough.Clear();
        Array.Clear(_counts);
        Array.Fill(RowLimits, int.MaxValue);
        Sweep<GridArithmetic, RowTest>(_grid.Queries, _grid.References, _grid.References.Offsets, first, end);
        for (int panel = first; panel < end; panel++)
        {
            if (RowLimits.AsSpan((panel - first) * Tile.Rows, Tile.Rows).Contains(GivenUp)) _direct.Run(panel, panel + 1);
            else for (int query = panel * Tile.Rows; query < Math.Min((panel + 1) * Tile.Rows, Queries.Count); query++) Finish(query);
        }
    }

    /// <inheritdoc/>
    protected override void Found(int query, ReadOnlySpan<int> references, ulong lanes, ReadOnlySpan<int> keys)
    {
        int row = query - _first;
        long last = _rough.Last(row), before = last;
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes), reference = references[lane];
            if (_excludeOwnUnit && Queries.Units[query] == References.Units[reference]) continue;
            if (_counts[row] == _room && !MakeRoom(row)) return;
            long entry = Shortlist.Entry(keys[lane], reference);
            _candidates[(row * _room) + _counts[row]++] = entry;
            if (entry < last && _rough.Offer(row, entry, References.Groups)) last = _rough.Last(row);
        }
        if (last == before) return;
        // A key is a squared grid distance less the query's own offset.
        int offset = _grid.Queries.Offsets[query];
        RowLimits[row] = (int)Math.Min(int.MaxValue, (long)_grid.Reach(Shortlist.Key(last) + offset) - offset + 1);
    }

    /// <summary>Drops the candidates that are out of reach by now. A query that keeps most of them, among duplicates say, is given up.</summary>
    private bool MakeRoom(int row)
    {
        _counts[row] = KeepWithinReach(row);
        if (_counts[row] <= _room / 2) return true;
        RowLimits[row] = GivenUp;
        return false;
    }

    private int KeepWithinReach(int row)
    {
        Span<long> candidates = _candidates.AsSpan(row * _room, _counts[row]);
        int kept = 0;
        foreach (long candidate in candidates)
            if (Shortlist.Key(candidate) < RowLimits[row]) candidates[kept++] = candidate;
        return kept;
    }

    private void Finish(int query)
    {
        int row = query - _first, kept = KeepWithinReach(row);
        Span<long> candidates = _candidates.AsSpan(row * _room, kept);
        Span<int> references = stackalloc int[Vector256<float>.Count];
        _nearest.Clear();
        for (; candidates.Length > 0; candidates = candidates[Math.Min(candidates.Length, references.Length)..])
        {
            for (int i = 0; i < references.Length; i++) references[i] = Shortlist.Reference(candidates[Math.Min(i, candidates.Length - 1)]);
            Vector256<float> distances = References.SquaredDistances(Queries[query], references);
            for (int i = 0; i < Math.Min(candidates.Length, references.Length); i++)
                _nearest.Offer(0, Shortlist.Entry(BitConverter.SingleToInt32Bits(distances[i]), references[i]), References.Groups);
        }
        _table.Fill(query, _nearest[0]);
    }
}
