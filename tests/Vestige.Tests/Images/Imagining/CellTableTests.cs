using Vestige.Images.Imagining;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;

namespace Vestige.Tests.Images.Imagining;

public sealed class CellTableTests
{
    private const float Variance = 90;

    private static readonly BlockPrior s_prior = new([1], [.. Enumerable.Repeat(Variance, 64)], [1], [1]);

    private static CellTable Table(int step, int magnitude) => new CellTable.Set(s_prior).Of(5, step, magnitude);

    [Theory]
    [InlineData(3, 0)]
    [InlineData(16, 0)]
    [InlineData(200, 0)]
    [InlineData(3, 2)]
    [InlineData(16, 1)]
    [InlineData(16, 3)]
    public void Mass_mean_and_square_are_the_integrals(int step, int magnitude)
    {
        CellTable table = Table(step, magnitude);
        double from = (magnitude - 0.5) * step, width = step, mass = 0, mean = 0, square = 0;
        const int parts = 20_000;
        for (int i = 0; i < parts; i++)
        {
            double x = from + (width * (i + 0.5) / parts), density = Math.Exp(-x * x / (2 * Variance)) / Math.Sqrt(2 * Math.PI * Variance) * width / parts;
            (mass, mean, square) = (mass + density, mean + (x * density), square + (x * x * density));
        }
        // Midpoints of 20,000 parts: off by less than (width / parts)^2 of a smooth integrand; the tables are of single precision, 6e-8.
        Assert.Equal(Math.Log(mass), table.LogMass[0], 1e-5);
        Assert.Equal(mean / mass, table.Mean[0], 1e-4 * Math.Max(1, mean / mass));
        Assert.Equal(square / mass, table.Square[0], 1e-4 * Math.Max(1, square / mass));
    }

    [Theory]
    [InlineData(16, 0)]
    [InlineData(16, 1)]
    [InlineData(16, 4)]
    [InlineData(4, 9)]
    public void Draws_have_the_cells_mean_and_stay_in_it(int step, int magnitude)
    {
        CellTable table = Table(step, magnitude);
        var random = new NormalTable(7);
        double sum = 0, square = 0;
        const int draws = 40_000;
        for (int i = 0; i < draws; i++)
        {
            double drawn = table.Draw(0, ref random);
            Assert.InRange(drawn, Math.Max(0, (magnitude - 0.5) * step), (magnitude + 0.5) * step);
            (sum, square) = (sum + drawn, square + (drawn * drawn));
        }
        double spread = Math.Sqrt(table.Square[0] / draws);
        // Five standard errors, and what quantiles instead of the law move a mean by: 1/8,192 of a deviation.
        if (magnitude > 0) Assert.Equal(table.Mean[0], sum / draws, (5 * spread) + 0.002);
        Assert.Equal(table.Square[0], square / draws, 5 * table.Square[0] * Math.Sqrt(2.0 / draws) + (0.002 * table.Square[0]));
    }

    [Fact]
    public void A_cell_beyond_all_the_mass_is_its_near_edge()
    {
        CellTable table = Table(100, 40);
        var random = new NormalTable(1);
        Assert.Equal(3950, table.Mean[0]);
        Assert.Equal(3950, table.Draw(0, ref random));
        Assert.Equal(-3950.0 * 3950 / (2 * Variance), table.LogMass[0], 1);
    }

    [Fact]
    public void Normal_numbers_are_normal()
    {
        var random = new NormalTable(3);
        const int draws = 100_000;
        double sum = 0, square = 0, fourth = 0;
        for (int i = 0; i < draws; i++)
        {
            double x = random.Next();
            (sum, square, fourth) = (sum + x, square + (x * x), fourth + (x * x * x * x));
        }
        // Five standard errors: sqrt(1/n), sqrt(2/n), sqrt(96/n); the table's own fourth moment is 2.98.
        Assert.Equal(0, sum / draws, 0.016);
        Assert.Equal(1, square / draws, 0.023);
        Assert.Equal(3, fourth / draws, 0.18);
    }

    [Fact]
    public void Ever_new_steps_do_not_fill_memory()
    {
        var set = new CellTable.Set(s_prior);
        CellTable first = set.Of(1, 1, 0);
        Assert.Same(first, set.Of(1, 1, 0));
        for (int step = 1; step <= 21_000; step++) _ = set.Of(2, step, 0);
        Assert.NotSame(first, set.Of(1, 1, 0));
    }
}
