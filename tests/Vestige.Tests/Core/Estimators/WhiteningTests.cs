using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

public sealed class WhiteningTests
{
    [Fact]
    public void Whitened_points_have_zero_mean_and_nearly_unit_covariance()
    {
        var rng = new Rng(1);
        var sample = new PointSample(3);
        for (int i = 0; i < 5000; i++)
        {
            double a = rng.NextNormal(), b = rng.NextNormal(), c = rng.NextNormal();
            sample.Add(i, [(float)(100 + (1000 * a)), (float)((500 * a) + (300 * b)), (float)(1e-3 * (b + c))]);
        }
        float[] white = Whitening.Fit(sample).Apply(sample);
        for (int j = 0; j < 3; j++)
        {
            for (int k = 0; k <= j; k++)
            {
                double sum = 0;
                for (int i = 0; i < 5000; i++) sum += white[(i * 3) + j] * (double)white[(i * 3) + k];
                // The ridge takes at most Ridge over the smallest eigenvalue of the correlation (0.07 here) off the unit.
                Assert.Equal(j == k ? 1 : 0, sum / 5000, Whitening.Ridge / 0.07);
            }
        }
    }

    [Fact]
    public void A_constant_feature_becomes_zero()
    {
        var sample = new PointSample(2);
        for (int i = 0; i < 10; i++) sample.Add(i, [i, 0.1f]);
        float[] white = Whitening.Fit(sample).Apply(sample);
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(0, white[(i * 2) + 1]));
    }
}
