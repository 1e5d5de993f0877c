using Vestige.Images.Copies;
using Vestige.Numerics;
using Vestige.Tests.Images.Views;

namespace Vestige.Tests.Images.Copies;

public sealed class GridAlignmentTests
{
    private const int Side = GridAlignment.Side, Fine = PictureGrid.Side;

    /// <summary>Parts at the starts, at the ends of what is searched, and in between.</summary>
    private static IEnumerable<GridAlignment.Part> Parts()
    {
        foreach (GridAlignment.Part start in GridAlignment.Starts) yield return start;
        const float most = GridAlignment.MostCut;
        yield return new GridAlignment.Part(most, most, most, most);
        yield return new GridAlignment.Part(most, 0, 0, most);
        var rng = new Rng(7);
        for (int i = 0; i < 40; i++) yield return new GridAlignment.Part(Cut(ref rng), Cut(ref rng), Cut(ref rng), Cut(ref rng));

        static float Cut(ref Rng rng) => most * (float)rng.NextDouble();
    }

    [Fact]
    public void Samples_are_those_of_the_plain_sums()
    {
        var grid = PictureGrid.Of(Drawn.Noise(64, 48, 3));
        foreach (GridAlignment.Part part in Parts())
        {
            float[] fast = new float[Side * Side];
            GridAlignment.Sample(grid, part, fast);
            double[] plain = Sample(grid, part);
            // 16 products of a float's error, of cells up to 255.
            for (int i = 0; i < fast.Length; i++) Assert.Equal(plain[i], fast[i], 16 * 255 * 6e-8);
        }
    }

    [Fact]
    public void Detail_is_that_of_the_plain_sums()
    {
        var rng = new Rng(8);
        float[] cells = [.. Enumerable.Range(0, Side * Side).Select(_ => 255 * (float)rng.NextDouble())], fast = [.. cells];
        GridAlignment.Detail(fast);
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                double sum = 0;
                int count = 0;
                for (int v = Math.Max(0, y - 1); v <= Math.Min(Side - 1, y + 1); v++)
                    for (int u = Math.Max(0, x - 1); u <= Math.Min(Side - 1, x + 1); u++, count++) sum += cells[(v * Side) + u];
                // Ten roundings of sums up to 9 x 255.
                Assert.Equal(cells[(y * Side) + x] - (sum / count), fast[(y * Side) + x], 10 * 9 * 255 * 6e-8);
            }
    }

    [Theory]
    [MemberData(nameof(ChildProcess.LesserProcessors), MemberType = typeof(ChildProcess))]
    public void Every_processor_finds_the_same(string lesser) => Assert.Equal(Similarities(), ChildProcess.Run(Similarities, lesser));

    private static string Similarities()
    {
        PictureGrid[] grids = [.. Enumerable.Range(0, 4).Select(i => PictureGrid.Of(Drawn.Noise(40 + i, 37, (ulong)i / 2)))];
        return string.Join(' ', grids.SelectMany(a => grids.Select(b => BitConverter.SingleToUInt32Bits(GridAlignment.Similarity(a, b)))));
    }

    /// <summary>Four places in each cell, each between four cells of the grid.</summary>
    private static double[] Sample(PictureGrid grid, GridAlignment.Part part)
    {
        double[] into = new double[Side * Side];
        for (int y = 0; y < Fine; y++)
            for (int x = 0; x < Fine; x++)
            {
                double down = Place(y, part.Top, part.Bottom), along = Place(x, part.Left, part.Right);
                int top = (int)down, left = (int)along, bottom = Math.Min(top + 1, Fine - 1), right = Math.Min(left + 1, Fine - 1);
                double upper = Between(along - left, Cell(top, left), Cell(top, right)), lower = Between(along - left, Cell(bottom, left), Cell(bottom, right));
                into[(y / 2 * Side) + (x / 2)] += 0.25 * Between(down - top, upper, lower);
            }
        return into;

        double Cell(int row, int column) => grid.Cells[(row * Fine) + column];

        static double Between(double weight, double first, double second) => first + (weight * (second - first));

        // In floats, as it is there: a place that falls on a cell must do so here.
        static float Place(int i, float before, float after) => Math.Clamp((before * Fine) + ((i + 0.5f) * (1 - before - after)) - 0.5f, 0, Fine - 1);
    }
}
