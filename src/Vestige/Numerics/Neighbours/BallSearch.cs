using System.Numerics;

namespace Vestige.Numerics.Neighbours;

/// <summary>Finds which balls each query lies in.</summary>
internal sealed class BallSearch : Search
{
    private readonly Balls _balls;
    private readonly Grid? _grid;
    private readonly DirectPanels? _direct;
    private readonly uint[] _covered;

    /// <summary>A workspace: with a grid, or else with the coordinates.</summary>
    internal BallSearch(PointSet queries, PointSet references, Balls balls, uint[] covered, Grid? grid, DirectPanels? direct)
        : base(queries, references)
    {
        _balls = balls;
        _covered = covered;
        _grid = grid;
        _direct = direct;
    }

    /// <inheritdoc/>
    internal override void Run(int first, int end)
    {
        if (_grid is null)
        {
            Array.Clear(RowLimits);
            Sweep<DirectArithmetic, LaneTest>(_direct!.Queries, _direct.References, _balls.Limits, first, end);
        }
        else
        {
            _grid.Queries.Offsets.AsSpan(first * Tile.Rows, (end - first) * Tile.Rows).CopyTo(RowLimits);
            Sweep<GridArithmetic, LaneTest>(_grid.Queries, _grid.References, _balls.Limits, first, end);
        }
    }

    /// <inheritdoc/>
    protected override void Found(int query, ReadOnlySpan<int> references, ulong lanes, ReadOnlySpan<int> keys)
    {
        for (; lanes != 0 && _covered[query] != _balls.All; lanes &= lanes - 1)
        {
            int reference = references[BitOperations.TrailingZeroCount(lanes)];
            _covered[query] |= _balls.Replicates(reference, PointSet.SquaredDistance(Queries[query], References[reference]));
        }
    }
}
