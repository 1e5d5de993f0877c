using Vestige.Calibrations;
using Vestige.Numerics;

namespace Vestige.Tests.Core.Calibrations;

/// <summary>The judge is judged: estimators of a known mean, right and wrong by design, must be told apart.</summary>
public sealed class GatesTests
{
    private const double Spread = 0.02;

    /// <summary>A normal mean of 1 with an interval of so many standard errors, off by a bias.</summary>
    private static Verdict Judge(double bias = 0, double width = 1.96, string? limit = null, bool? bounded = null)
    {
        Outcome[] Run(ulong seed)
        {
            var rng = new Rng(seed);
            double error = Spread * rng.NextNormal(), estimate = 1 + bias + error;
            return [new Outcome("mean", OutcomeKind.Value, estimate, 1, estimate - (Spread * width), estimate + (Spread * width), limit, bounded)];
        }

        return Run1(new Experiment("test", "test", 1, 1000, Run));
    }

    private static Verdict Run1(Experiment experiment) => Calibration.Run([experiment], 1, 3, 2, null, TestContext.Current.CancellationToken)[0].Verdict;

    [Fact]
    public void A_right_estimator_holds() => Assert.Equal(Verdict.Holds, Judge());

    [Fact]
    public void A_bias_of_a_fifth_of_the_spread_fails_in_a_thousand_runs() => Assert.Equal(Verdict.Fails, Judge(bias: 0.2 * Spread, width: 2.2));

    [Fact]
    public void Intervals_that_are_too_short_fail() => Assert.Equal(Verdict.Fails, Judge(width: 1.7));

    [Fact]
    public void Intervals_that_are_too_wide_are_conservative_and_fail_where_they_are_half_as_wide_again()
    {
        Assert.Equal(Verdict.Conservative, Judge(width: 2.6));
        Assert.Equal(Verdict.Fails, Judge(width: 3.5));
    }

    [Fact]
    public void A_stated_limit_explains_a_small_error_and_a_large_one_only_if_the_result_bounds_it()
    {
        Assert.Equal(Verdict.Fails, Judge(bias: .03));
        Assert.Equal(Verdict.Explained, Judge(bias: .03, limit: "known"));
        Assert.Equal(Verdict.Fails, Judge(bias: .3, limit: "known"));
        Assert.Equal(Verdict.Explained, Judge(bias: .3, limit: "known", bounded: true));
        Assert.Equal(Verdict.Fails, Judge(bias: .3, limit: "known", bounded: false));
        Assert.Equal(Verdict.Fails, Judge(bias: .3, bounded: true));
    }

    [Theory]
    [InlineData(0.05, Verdict.Holds)]
    [InlineData(0.10, Verdict.Fails)]
    [InlineData(0.01, Verdict.Conservative)]
    public void A_null_must_reject_one_time_in_twenty(double rejects, Verdict expected)
    {
        Outcome[] Run(ulong seed) => [new Outcome("p", OutcomeKind.Null, new Rng(seed).NextDouble() < rejects ? 0.01 : 0.5)];
        Assert.Equal(expected, Run1(new Experiment("test", "test", 1, 1000, Run)));
    }

    [Fact]
    public void A_limit_that_the_truth_exceeds_too_often_fails()
    {
        Outcome[] Run(ulong seed) => [new Outcome("limit", OutcomeKind.UpperLimit, new Rng(seed).NextDouble(), 0.1)];
        Assert.Equal(Verdict.Fails, Run1(new Experiment("test", "test", 1, 1000, Run)));
    }
}
