namespace Vestige.Numerics.Neighbours;

/// <summary>Finds neighbours by computing the distances of those pairs alone that the grid cannot rule out.</summary>
internal sealed class GridSearch : Search
{
    private readonly bool _excludeOwnUnit;
    private readonly NeighbourTable _table;
    private readonly Grid _grid;
    private readonly DirectSearch _direct;
    private readonly Shortlist _rough, _nearest;
    private readonly int[] _reach;
    private readonly int _room;
    private readonly int[] _keys, _references, _counts;
    private int _first;

    internal GridSearch(PointSet queries, PointSet references, bool excludeOwnUnit, NeighbourTable table, Grid grid, DirectSearch direct)
        : base(queries, references)
    {
        _excludeOwnUnit = excludeOwnUnit;
        _table = table;
        _grid = grid;
        _direct = direct;
        int rows = RowLimits.Length;
        _rough = new Shortlist(rows, table.Depth, table.K);
        _nearest = new Shortlist(1, table.Depth, table.K);
        _reach = new int[rows];
        _counts = new int[rows];
        _room = (8 * table.Depth) + 128;
        _keys = new int[rows * _room];
        _references = new int[rows * _room];
    }

    /// <inheritdoc/>
    internal override void Run(int first, int end)
    {
        _first = first * Tile.Rows;
        _rough.Clear();
        Array.Clear(_counts);
        for (int row = 0; row < (end - first) * Tile.Rows; row++) SetReach(row, int.MaxValue - 1);
        Sweep<GridArithmetic, RowTest>(_grid.Queries, _grid.References, _grid.References.Offsets, first, end);
        for (int panel = first; panel < end; panel++)
        {
            int row = (panel - first) * Tile.Rows;
            if (_reach.AsSpan(row, Tile.Rows).Contains(-1)) _direct.Run(panel, panel + 1);
            else for (int query = panel * Tile.Rows; query < Math.Min((panel + 1) * Tile.Rows, Queries.Count); query++) Finish(query);
        }
    }

    /// <inheritdoc/>
    protected override void Found(int query, int reference, int key)
    {
        if (_excludeOwnUnit && Queries.Units[query] == References.Units[reference]) return;
        int row = query - _first;
        int distance = key + _grid.Queries.Offsets[query];
        if (distance > _reach[row]) return;
        if (_counts[row] == _room && !Compact(row)) return;
        int at = (row * _room) + _counts[row]++;
        _keys[at] = distance;
        _references[at] = reference;
        if (_rough.Offer(row, distance, reference, References.Groups) && _rough.IsFull(row)) SetReach(row, _grid.Reach(_rough.Keys(row)[^1]));
    }

    /// <summary>Sets the largest grid distance that may matter to a query; nothing does at -1.</summary>
    private void SetReach(int row, int reach)
    {
        _reach[row] = reach;
        RowLimits[row] = reach < 0 ? int.MinValue : reach + 1 - _grid.Queries.Offsets[_first + row];
    }

    /// <summary>Drops candidates that are out of reach by now. A query that keeps most of its own, among duplicates say, is given up.</summary>
    private bool Compact(int row)
    {
        int kept = row * _room;
        for (int i = row * _room; i < (row + 1) * _room; i++)
        {
            if (_keys[i] > _reach[row]) continue;
            (_keys[kept], _references[kept]) = (_keys[i], _references[i]);
            kept++;
        }
        _counts[row] = kept - (row * _room);
        if (_counts[row] <= _room / 2) return true;
        SetReach(row, -1);
        return false;
    }

    private void Finish(int query)
    {
        int row = query - _first;
        ReadOnlySpan<float> point = Queries[query];
        _nearest.Clear();
        for (int i = row * _room; i < (row * _room) + _counts[row]; i++)
        {
            if (_keys[i] > _reach[row]) continue;
            float distance = PointSet.SquaredDistance(point, References[_references[i]]);
            _nearest.Offer(0, BitConverter.SingleToInt32Bits(distance), _references[i], References.Groups);
        }
        _table.Fill(query, _nearest, 0);
    }
}
