using Vestige.Estimators;

namespace Vestige.Tests.Core.Estimators;

public sealed class CoverageTests
{
    [Fact]
    public void The_floor_of_equal_large_samples_is_one_in_two_to_the_k() =>
        // Exact limit 2^-5 = 0.03125; at M = 10^7 the product differs by about k^2 / M.
        Assert.Equal(1 / 32.0, Coverage.IndependentFloor(1e7, 1e7, 5), 1e-5);

    private static double Raw(double mass, double other, double others, double covering, double k) =>
        mass + ((1 - mass) * Math.Pow(others * (1 - mass) / ((others * (1 - mass)) + (covering * (1 - other))), k));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 0)]
    [InlineData(0, 0.2)]
    [InlineData(0.5, 0.4)]
    [InlineData(0.95, 0.97)]
    [InlineData(-0.1, 0.05)]
    public void Solving_undoes_the_law_on_both_sides(double lost, double hallucinated)
    {
        const double k = 3.7, j = 4.2, mh = 900, mg = 950, h = 1000, g = 1040;
        var sideH = new Coverage.Side(Raw(lost, hallucinated, mh, g, k), mh, g, k);
        var sideG = new Coverage.Side(Raw(hallucinated, lost, mg, h, j), mg, h, j);
        (double l, double n) = Coverage.Solve(sideH, sideG);
        // The iteration stops at steps of 1e-13; near 1 an error in the shares is enlarged by up to 1 / (1 - mass)^2, 1e3 here.
        Assert.Equal(lost, l, 1e-9);
        Assert.Equal(hallucinated, n, 1e-9);
        Assert.Equal((n, l), Coverage.Solve(sideG, sideH));
    }

    [Fact]
    public void What_A_shows_is_a_floor_of_zero()
    {
        Coverage.Side Side(double raw) => new(raw, 900, 1000, Coverage.EffectiveK(0.1, 900, 1000));
        Assert.Equal(0, Coverage.Solve(Side(0.1), Side(0.1)).Lost, 1e-12);
        Assert.True(Coverage.Solve(Side(0.11), Side(0.1)).Lost > 0);
        Assert.True(Coverage.Solve(Side(0.09), Side(0.1)).Lost < 0);
    }

    [Fact]
    public void All_uncovered_is_all_lost()
    {
        var side = new Coverage.Side(1, 1000, 1000, 4);
        (double lost, double hallucinated) = Coverage.Solve(side, side);
        // The iteration stops at steps of 1e-13.
        Assert.Equal(1, lost, 1e-12);
        Assert.Equal(1, hallucinated, 1e-12);
    }

    [Fact]
    public void A_floor_of_zero_leaves_the_raw_share()
    {
        var side = new Coverage.Side(0.25, 100, 100, Coverage.EffectiveK(0, 100, 100));
        Assert.Equal(0.25, Coverage.Solve(side, side).Lost, 1e-12);
    }
}
