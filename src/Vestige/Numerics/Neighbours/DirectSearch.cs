using System.Numerics;

namespace Vestige.Numerics.Neighbours;

/// <summary>Finds neighbours by computing every distance.</summary>
internal sealed class DirectSearch : Search
{
    private readonly bool _excludeOwnUnit;
    private readonly NeighbourTable _table;
    private readonly Lazy<DirectPanels> _panels;
    private readonly Shortlist _nearest;
    private int _first;

    internal DirectSearch(PointSet queries, PointSet references, bool excludeOwnUnit, NeighbourTable table, Lazy<DirectPanels> panels)
        : base(queries, references)
    {
        _excludeOwnUnit = excludeOwnUnit;
        _table = table;
        _panels = panels;
        _nearest = new Shortlist(RowLimits.Length, table.Depth, table.K);
    }

    /// <inheritdoc/>
    internal override void Run(int first, int end)
    {
        _first = first * Tile.Rows;
        _nearest.Clear();
        Array.Fill(RowLimits, int.MaxValue);
        DirectPanels panels = _panels.Value;
        Sweep<DirectArithmetic, RowTest>(panels.Queries, panels.References, panels.References.Offsets, first, end);
        for (int query = _first; query < Math.Min(end * Tile.Rows, Queries.Count); query++) _table.Fill(query, _nearest[query - _first]);
    }

    /// <inheritdoc/>
    protected override void Found(int query, ReadOnlySpan<int> references, ulong lanes, ReadOnlySpan<int> keys)
    {
        int row = query - _first;
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes), reference = references[lane];
            if (_excludeOwnUnit && Queries.Units[query] == References.Units[reference]) continue;
            _nearest.Offer(row, Shortlist.Entry(keys[lane], reference), References.Groups);
        }
        // One more than the last key: another as far may have the lower number.
        if (_nearest.Last(row) != Shortlist.Empty) RowLimits[row] = Shortlist.Key(_nearest.Last(row)) + 1;
    }
}
