using System.Numerics;

namespace Vestige.Numerics.Neighbours;

/// <summary>Finds which balls each query lies in.</summary>
internal sealed class BallSearch : Search
{
    /// <summary>One pair in so many may need its distance; where more do, computing them all is faster.</summary>
    private const int PairsForOneDistance = 64;

    private readonly Balls _balls;
    private readonly Grid? _grid;
    private readonly Lazy<DirectPanels> _panels;
    private readonly uint[] _covered;
    private bool _keysAreDistances;
    private long _distancesLeft;

    /// <summary>A workspace: with a grid, or without.</summary>
    internal BallSearch(PointSet queries, PointSet references, Balls balls, uint[] covered, Grid? grid, Lazy<DirectPanels> panels)
        : base(queries, references)
    {
        _balls = balls;
        _covered = covered;
        _grid = grid;
        _panels = panels;
    }

    /// <inheritdoc/>
    internal override void Run(int first, int end)
    {
        if (_grid is not null)
        {
            _keysAreDistances = false;
            _distancesLeft = (long)(end - first) * Tile.Rows * References.Count / PairsForOneDistance;
            _grid.Queries.Offsets.AsSpan(first * Tile.Rows, (end - first) * Tile.Rows).CopyTo(RowLimits);
            Sweep<GridArithmetic, LaneTest>(_grid.Queries, _grid.References, _balls.GridLimits, first, end);
            if (_distancesLeft >= 0) return;
        }
        _keysAreDistances = true;
        Array.Clear(RowLimits);
        Sweep<DirectArithmetic, LaneTest>(_panels.Value.Queries, _panels.Value.References, _balls.Limits, first, end);
    }

    /// <inheritdoc/>
    protected override void Found(int query, ReadOnlySpan<int> references, ulong lanes, ReadOnlySpan<int> keys)
    {
        for (; lanes != 0 && _covered[query] != _balls.All; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            if (!_keysAreDistances && --_distancesLeft < 0) return;
            float distance = _keysAreDistances ? BitConverter.Int32BitsToSingle(keys[lane]) : PointSet.SquaredDistance(Queries[query], References[references[lane]]);
            _covered[query] |= _balls.Replicates(references[lane], distance);
        }
    }
}
