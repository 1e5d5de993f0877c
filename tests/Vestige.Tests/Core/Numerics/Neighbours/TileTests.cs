using System.Runtime.Intrinsics;
using Vestige.Numerics;
using Vestige.Numerics.Neighbours;

namespace Vestige.Tests.Core.Numerics.Neighbours;

public sealed class TileTests
{
    [Fact]
    public void Direct_keys_are_the_same_bits_at_every_width() => AssertWidthsAgree<DirectArithmetic>(
        vectors: true, (ref rng) => BitConverter.SingleToInt32Bits((float)rng.NextNormal()));

    [Fact]
    public void Grid_keys_are_the_same_bits_at_every_width() => AssertWidthsAgree<GridArithmetic>(
        GridArithmetic.IsAccelerated, static (ref rng) => (ushort)(rng.NextInt(20_001) - 10_000) | ((rng.NextInt(20_001) - 10_000) << 16));

    [Fact]
    public void A_grid_key_is_the_squared_distance_of_the_rounded_points()
    {
        var rng = new Rng(3);
        var tile = new Tile();
        for (int dimensions = 1; dimensions <= 70; dimensions++)
        {
            // Whole coordinates that reach both ends of the grid, whose step is then a whole number of them: nothing is rounded.
            int largest = (int)Math.Min(short.MaxValue / 3, Math.Sqrt(int.MaxValue / 5 / dimensions));
            var (queries, references) = (WholePoints(ref rng, 11, dimensions, largest), WholePoints(ref rng, 13, dimensions, largest));
            Grid grid = Grid.Of(queries, references, 1)!;
            tile.CompareScalar<GridArithmetic, RowTest>(grid.Queries[0], grid.References[0], grid.References.OffsetsOf(0), new int[Tile.Rows], new int[Tile.Lanes]);
            for (int q = 0; q < Tile.Rows; q++)
            {
                for (int r = 0; r < references.Count; r++)
                {
                    long expected = 0;
                    for (int t = 0; t < dimensions; t++)
                    {
                        long difference = (long)queries[q][t] - (long)references[r][t];
                        expected += difference * difference;
                    }
                    Assert.Equal(expected, tile.Keys(q)[r] + grid.Queries.Offsets[q]);
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_grid_rules_out_no_pair_within_a_radius(int kind)
    {
        var rng = new Rng(4);
        var tile = new Tile();
        for (int dimensions = 1; dimensions <= 70; dimensions++)
        {
            PointSet points = PlainNeighbours.Points(ref rng, kind, Tile.Rows, dimensions, 1);
            Grid grid = Grid.Of(points, points, 1)!;
            tile.CompareScalar<GridArithmetic, RowTest>(grid.Queries[0], grid.References[0], grid.References.OffsetsOf(0), new int[Tile.Rows], new int[Tile.Lanes]);
            for (int q = 0; q < points.Count; q++)
            {
                for (int r = 0; r < points.Count; r++)
                {
                    int distance = tile.Keys(q)[r] + grid.Queries.Offsets[q];
                    Assert.InRange(distance, 0, grid.Ball(PointSet.SquaredDistance(points[q], points[r])));
                    Assert.InRange(grid.Reach(distance), distance, int.MaxValue - 1);
                }
            }
        }
    }

    private delegate int Cell(ref Rng rng);

    private static void AssertWidthsAgree<TArithmetic>(bool vectors, Cell cell)
        where TArithmetic : IArithmetic
    {
        var rng = new Rng(2);
        for (int depth = 0; depth <= 70; depth += 2)
        {
            int[] Cells(int width)
            {
                int[] cells = new int[depth * width];
                for (int i = 0; i < cells.Length; i++) cells[i] = cell(ref rng);
                return cells;
            }
            int[] queries = Cells(Tile.Rows), references = Cells(Tile.Lanes), start = new int[Tile.Lanes];
            var plain = new Tile();
            plain.CompareScalar<TArithmetic, RowTest>(queries, references, start, new int[Tile.Rows], start);
            // Limits among the keys themselves: some lanes pass, some are on the edge, and rows differ.
            int[] rowLimits = [.. Enumerable.Range(0, Tile.Rows).Select(row => plain.Keys(row).ToArray().Order().ElementAt(row * row))];
            int[] laneLimits = [.. Enumerable.Range(0, Tile.Lanes).Select(lane => plain.Keys(lane % Tile.Rows)[lane] - (lane % 3))];
            AssertAgree<RowTest>(rowLimits);
            AssertAgree<LaneTest>([0, 1, 0, -1, 0, 2]);

            void AssertAgree<TTest>(int[] limits)
                where TTest : ITest
            {
                Tile narrow = new(), wide = new();
                plain.CompareScalar<TArithmetic, TTest>(queries, references, start, limits, laneLimits);
                if (vectors) narrow.Compare256<TArithmetic, TTest>(queries, references, start, limits, laneLimits);
                else narrow = plain;
                if (vectors && Vector512.IsHardwareAccelerated) wide.Compare512<TArithmetic, TTest>(queries, references, start, limits, laneLimits);
                else wide = plain;
                foreach (Tile other in (Tile[])[narrow, wide])
                {
                    Assert.Equal(plain.PassedRows, other.PassedRows);
                    for (int row = 0; row < Tile.Rows; row++)
                    {
                        Assert.Equal(plain.Keys(row), other.Keys(row));
                        ulong expected = 0;
                        for (int lane = 0; lane < Tile.Lanes; lane++)
                            if (TTest.Passes(plain.Keys(row)[lane], limits[row], laneLimits[lane])) expected |= 1UL << lane;
                        Assert.Equal(expected, other.PassedLanes<TTest>(row, limits[row], laneLimits));
                        Assert.Equal(expected != 0, (plain.PassedRows & (1u << row)) != 0);
                    }
                }
            }
        }
    }

    private static PointSet WholePoints(ref Rng rng, int count, int dimensions, int largest)
    {
        float[] values = new float[count * dimensions];
        for (int i = 0; i < values.Length; i++) values[i] = rng.NextInt((2 * largest) + 1) - largest;
        // The farthest corners, where sums are largest.
        values.AsSpan(0, dimensions).Fill(largest);
        values.AsSpan(dimensions, dimensions).Fill(-largest);
        return new PointSet(values, dimensions);
    }
}
