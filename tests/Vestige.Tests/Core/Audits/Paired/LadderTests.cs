using Vestige.Audits.Paired;

namespace Vestige.Tests.Core.Audits.Paired;

public sealed class LadderTests
{
    private static double? Difference((double, double)[] of, (double, double)[] less) => Ladder.MeanDifference(Ladder.ByBytes(of), Ladder.ByBytes(less));

    [Fact]
    public void A_curve_that_stands_one_above_another_differs_by_one_over_the_range_of_both()
    {
        (double, double)[] lower = [(0, 0), (4, 8)], upper = [(1, 3), (2, 5), (6, 13)];
        Assert.Equal(1.0, Difference(upper, lower)!.Value, 1e-12);
        Assert.Equal(-1.0, Difference(lower, upper)!.Value, 1e-12);
    }

    [Fact]
    public void Between_settings_values_are_interpolated_and_the_mean_is_that_of_the_area()
    {
        // 0 to 2 and back on [0, 2] beside 0: a triangle of area 2 over a length of 2.
        Assert.Equal(1.0, Difference([(0, 0), (1, 2), (2, 0)], [(-1, 0), (3, 0)])!.Value, 1e-12);
        // One setting beside a ladder: the difference there.
        Assert.Equal(0.5, Difference([(1, 3)], [(0, 2), (2, 3)])!.Value, 1e-12);
        Assert.Null(Difference([(5, 3)], [(0, 2), (2, 3)]));
        Assert.Null(Difference([], [(0, 2), (2, 3)]));
        Assert.Null(Difference([(double.NaN, 1)], [(0, 2), (2, 3)]));
    }

    [Fact]
    public void By_quality_only_what_is_worth_its_bytes_counts()
    {
        // The setting of 30 bits costs more than that of 20 and is worse.
        var of = Ladder.ByQuality([(10, 1), (20, 2), (30, 1.5), (40, 3)]);
        Assert.Equal(15 - 5, Ladder.MeanDifference(of, Ladder.ByQuality([(5, 1.5)]))!.Value, 1e-12);
    }
}
