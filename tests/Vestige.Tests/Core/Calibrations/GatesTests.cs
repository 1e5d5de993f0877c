using Vestige.Calibrations;
using Vestige.Numerics;

namespace Vestige.Tests.Core.Calibrations;

/// <summary>The judge is judged: estimators of a known mean, right and wrong by design, must be told apart.</summary>
public sealed class GatesTests
{
    /// <summary>A normal mean of 0 with an interval of so many standard errors, off by a bias.</summary>
    private static Verdict Judge(double bias = 0, double width = 1.96, string? limit = null, double? target = null)
    {
        Outcome[] Run(ulong seed)
        {
            var rng = new Rng(seed);
            double estimate = bias + rng.NextNormal();
            return [new Outcome("mean", OutcomeKind.Value, estimate, 0, estimate - width, estimate + width, target, limit)];
        }

        return Run1(new Experiment("test", "test", 1, 1000, Run));
    }

    private static Verdict Run1(Experiment experiment) => Calibration.Run([experiment], 1, 3, 2, null, TestContext.Current.CancellationToken)[0].Verdict;

    [Fact]
    public void A_right_estimator_holds() => Assert.Equal(Verdict.Holds, Judge());

    [Fact]
    public void A_bias_of_a_fifth_of_the_spread_fails_in_a_thousand_runs() => Assert.Equal(Verdict.Fails, Judge(bias: 0.2, width: 2.2));

    [Fact]
    public void Intervals_that_are_too_short_fail() => Assert.Equal(Verdict.Fails, Judge(width: 1.7));

    [Fact]
    public void Intervals_that_are_too_wide_are_conservative() => Assert.Equal(Verdict.Conservative, Judge(width: 3));

    [Fact]
    public void A_stated_limit_explains_and_so_does_a_target_that_is_met()
    {
        Assert.Equal(Verdict.Explained, Judge(bias: 1, limit: "known"));
        Assert.Equal(Verdict.Explained, Judge(bias: 1, target: 1));
        Assert.Equal(Verdict.Fails, Judge(bias: 1, target: 2));
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
