using BenchmarkDotNet.Attributes;
using Vestige.Numerics;
using Vestige.Numerics.Neighbours;

namespace Vestige.Benchmarks;

/// <summary>One tile of 6 x 48 pairs at every width, and whole searches as the estimators make them.</summary>
[MemoryDiagnoser]
public class NeighbourBenchmarks
{
    private readonly Tile _tile = new();
    private readonly int[] _limits = new int[Tile.Lanes];
    private PointSet _queries = null!, _references = null!;
    private DirectPanels _direct = null!;
    private Grid _grid = null!;
    private float[] _radii = null!;

    /// <summary>Coordinates of a point.</summary>
    [Params(2, 16, 64)]
    public int Dimensions { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var rng = new Rng(1);
        _queries = Points(ref rng);
        _references = Points(ref rng);
        _direct = DirectPanels.Of(_queries, _references);
        _grid = Grid.Of(_queries, _references, threads: 1)!;
        _radii = NearestNeighbours.Find(_references, _references, 5, excludeOwnUnit: true, threads: 1).SquaredRadii(5);
    }

    [Benchmark]
    public void DirectTile512() => _tile.Compare512<DirectArithmetic, RowTest>(_direct.Queries[0], _direct.References[0], _direct.References.OffsetsOf(0), _limits, _limits);

    [Benchmark]
    public void DirectTile256() => _tile.Compare256<DirectArithmetic, RowTest>(_direct.Queries[0], _direct.References[0], _direct.References.OffsetsOf(0), _limits, _limits);

    [Benchmark]
    public void GridTile512() => _tile.Compare512<GridArithmetic, RowTest>(_grid.Queries[0], _grid.References[0], _grid.References.OffsetsOf(0), _limits, _limits);

    [Benchmark]
    public void GridTile256() => _tile.Compare256<GridArithmetic, RowTest>(_grid.Queries[0], _grid.References[0], _grid.References.OffsetsOf(0), _limits, _limits);

    /// <summary>2,000 x 2,000 points, k = 5, without own unit, ready for a jackknife over 25 groups.</summary>
    [Benchmark]
    public object Find() => NearestNeighbours.Find(_references, _references, 5, excludeOwnUnit: true, threads: 1);

    /// <summary>2,000 x 2,000 points in 26 replicates.</summary>
    [Benchmark]
    public object Covered() => NearestNeighbours.Covered(_queries, _references, _radii, threads: 1);

    private PointSet Points(ref Rng rng)
    {
        const int count = 2000, groups = 25;
        float[] values = new float[count * Dimensions];
        for (int i = 0; i < values.Length; i++) values[i] = (float)rng.NextNormal();
        int[] units = [.. Enumerable.Range(0, count).Select(i => i / 4)];
        return new PointSet(values, Dimensions, units, [.. units.Select(unit => unit % groups)], groups);
    }
}
