using Vestige.Estimators.Atoms;

namespace Vestige.Tests.Core.Estimators;

/// <summary>The split of what is new, on shares by hand.</summary>
public sealed class NoveltyTests
{
    private const double Many = 1e6;

    // What A shows: .10 in neither T nor H, .05, .02 and .03 in one, two and more units of H.
    private static readonly double[] s_real = [.10, .05, .02, .03];

    private static double[] Times(double scale, double junk = 0) => [(scale * .10) + junk, scale * .05, scale * .02, scale * .03];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(.4, .2)]
    [InlineData(0, .3)]
    public void Where_q_weighs_new_things_as_p_does_both_read_the_junk(double scale, double junk)
    {
        double[] g = Times(scale, junk);
        Assert.Equal(junk, Novelty.AtOneRate(g, s_real), 1e-12);
        Assert.Equal(junk, Novelty.AtItsSlope(g, s_real, Many, Many), 1e-12);
        Assert.Equal(0, Novelty.Slope(Times(Math.Max(scale, .1), junk), s_real, Many, Many), 1e-12);
    }

    [Fact]
    public void A_rate_that_falls_with_j_is_gone_on_with_half_of_the_way()
    {
        // R_1 = 2, R_2 = 1, R_3+ = 1: found .15 of .10 at one rate; R_0 = 2 sqrt 2.
        double[] g = [.30, .10, .02, .03];
        Assert.Equal(.30 - (.10 * 1.5), Novelty.AtOneRate(g, s_real), 1e-12);
        Assert.Equal(.30 - (.10 * 2 * Math.Sqrt(2)), Novelty.AtItsSlope(g, s_real, Many, Many), 1e-12);
        Assert.Equal(Math.Log(2), Novelty.Slope(g, s_real, Many, Many), 1e-12);
    }

    [Fact]
    public void A_slope_is_trusted_beyond_two_errors_and_never_by_counts_of_nothing()
    {
        double Trust(double slope, double? error, double[] g, double incidences) => Novelty.Trust(slope, error, g, s_real, incidences, incidences);
        Assert.Equal(0, Trust(.2, .1, Times(1), Many));
        Assert.Equal(.75, Trust(.4, .1, Times(1), Many), 1e-12);
        Assert.Equal(0, Trust(.4, null, Times(1), Many));
        // No incidence found once, in every replicate: the jackknife sees no error, the count does.
        Assert.InRange(Trust(-3, 0, [.1, 0, 0, .05], 1000), 0, .2);
    }

    [Fact]
    public void Nothing_new_is_nothing_made_up_and_nothing_found_of_A_says_nothing()
    {
        Assert.Equal(0, Novelty.AtOneRate([0, 0, 0, 0], [.1, 0, 0, 0]));
        Assert.Equal(double.NaN, Novelty.AtOneRate([.1, 0, 0, 0], [.1, 0, 0, 0]));
    }

    [Fact]
    public void The_limit_takes_off_the_least_that_must_be_real()
    {
        Assert.Equal(.30 - (9 / 10.0 * .01 / .04), Novelty.AtMost([.30, .10, .02, 0], 10), 1e-12);
        Assert.Equal(.30, Novelty.AtMost([.30, .10, 0, 0], 10));
    }
}
