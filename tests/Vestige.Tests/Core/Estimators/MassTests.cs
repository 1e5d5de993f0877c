using Vestige.Figures;

namespace Vestige.Tests.Core.Estimators;

public sealed class MassTests
{
    private static Figure Of(double value, double half) => new() { Value = value, Low = value - half, High = value + half };

    [Theory]
    [InlineData(0.5, 0.1, 1, 0.5)]
    [InlineData(1.05, 0.1, 1, 1.05)]
    [InlineData(1.4, 0.2, 1, 1.1)]
    [InlineData(-0.4, 0.2, 1, -0.1)]
    [InlineData(0.99, 0.01, 0.71, 0.71035714285714285)]
    [InlineData(0.75, 0.1, 0.7, 0.75)]
    public void What_is_outside_by_more_than_its_error_is_drawn_back(double value, double half, double most, double expected) =>
        Assert.Equal(expected, Mass.Within(Of(value, half), most).Value!.Value, 1e-12);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(-0.1, 0.1)]
    [InlineData(-0.2, 0.05)]
    [InlineData(-0.5, 0.02)]
    public void Where_nothing_is_left_there_may_be_something_by_the_error_that_there_is(double raw, double half)
    {
        Figure rest = Mass.Rest(Of(0, 0.1), Of(0.9, 0.1), Of(0.1, 0.02), raw);
        Assert.Equal(0, rest.Value!.Value, 1e-12);
        Assert.Equal(half, rest.High!.Value, 1e-12);
    }
}
