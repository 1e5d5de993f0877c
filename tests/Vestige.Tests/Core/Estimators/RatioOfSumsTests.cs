using Vestige.Figures;
using Vestige.Numerics;

namespace Vestige.Tests.Core.Estimators;

public sealed class RatioOfSumsTests
{
    [Fact]
    public void It_is_the_sum_over_the_sum_and_certain_where_all_documents_agree()
    {
        Figure figure = RatioOfSums.Of([.. Enumerable.Range(1, 30).Select(i => 2.0 * i)], [.. Enumerable.Range(1, 30).Select(i => 1.0 * i)]);
        Assert.Equal((2, 2, 2), (figure.Value, figure.Low, figure.High));
    }

    [Fact]
    public void It_has_no_interval_of_few_documents_and_no_value_of_nothing()
    {
        Assert.Null(RatioOfSums.Of([1, 2, 3], [1, 1, 1]).Low);
        Assert.False(RatioOfSums.Of([], []).IsMeasured);
        Assert.False(RatioOfSums.Of([0, 0], [0, 0]).IsMeasured);
    }

    /// <summary>Parts are their wholes times a share with mean 0.3: 1,000 samples of 100 documents.</summary>
    [Fact]
    public void Its_interval_covers_the_truth_as_often_as_it_says()
    {
        int covered = 0;
        for (ulong seed = 0; seed < 1000; seed++)
        {
            var rng = new Rng(seed);
            double[] wholes = [.. Enumerable.Range(0, 100).Select(_ => 1 + rng.NextDouble())];
            Figure figure = RatioOfSums.Of([.. wholes.Select(whole => whole * 0.6 * rng.NextDouble())], wholes);
            if (figure.Low <= 0.3 && figure.High >= 0.3) covered++;
        }
        // Binomial 99 % limits of 950 in 1,000.
        Assert.InRange(covered, 931, 967);
    }
}
