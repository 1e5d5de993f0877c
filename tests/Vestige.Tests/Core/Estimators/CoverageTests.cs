using Vestige.Estimators;

namespace Vestige.Tests.Core.Estimators;

public sealed class CoverageTests
{
    [Fact]
    public void The_floor_of_equal_large_samples_is_one_in_two_to_the_k() =>
        // Exact limit 2^-5 = 0.03125; at M = 10^7 the product differs by about k^2 / M.
        Assert.Equal(1 / 32.0, Coverage.IndependentFloor(1e7, 1e7, 5), 1e-5);

    [Theory]
    [InlineData(1000, 1000, 5, 0.0)]
    [InlineData(1000, 1000, 3.2, 0.3)]
    [InlineData(500, 2000, 4.1, 0.95)]
    [InlineData(800, 700, 2.5, -0.2)]
    public void Solving_undoes_the_law(double others, double covering, double k, double lost)
    {
        double raw = lost + ((1 - lost) * Math.Pow(others / (others + (covering / (1 - lost))), k));
        Assert.Equal(lost, Coverage.Lost(raw, others, covering, k), 1e-9);
    }

    [Fact]
    public void What_A_shows_is_a_floor_of_zero()
    {
        double k = Coverage.EffectiveK(0.1, 900, 1000);
        Assert.Equal(0, Coverage.Lost(0.1, 900, 1000, k), 1e-12);
        Assert.True(Coverage.Lost(0.11, 900, 1000, k) > 0);
        Assert.True(Coverage.Lost(0.09, 900, 1000, k) < 0);
    }

    [Fact]
    public void All_uncovered_is_all_lost() => Assert.Equal(1, Coverage.Lost(1, 1000, 1000, 4), 1e-9);

    [Fact]
    public void A_floor_of_zero_leaves_the_raw_share() => Assert.Equal(0.25, Coverage.Lost(0.25, 100, 100, Coverage.EffectiveK(0, 100, 100)));
}
