using Vestige.Estimators.Points;
using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Tests.Core.Estimators;

public sealed class WhiteningTests
{
    [Fact]
    public void Whitened_points_have_zero_mean_and_the_covariance_that_the_ridge_leaves()
    {
        var rng = new Rng(1);
        var sample = new PointSample(2);
        for (int i = 0; i < 5000; i++)
        {
            double a = rng.NextNormal(), b = rng.NextNormal();
            sample.Add(i, [(float)(100 + (1000 * a)), (float)((500 * a) + (300 * b))]);
        }
        float[] white = Whitening.Fit(sample).Apply(sample);
        double r = Correlation(i => sample.Values[i * 2], i => sample.Values[(i * 2) + 1]);
        double[,] covariance = new double[2, 2];
        for (int i = 0; i < 5000; i++)
        {
            for (int j = 0; j < 2; j++)
                for (int k = 0; k < 2; k++) covariance[j, k] += white[(i * 2) + j] * (double)white[(i * 2) + k] / 5000;
        }
        // The eigenvalues of R are 1 ± r; those of the whitened covariance (1 ± r) / (1 ± r + ridge). A rotation keeps trace and determinant.
        double high = (1 + r) / (1 + r + Whitening.Ridge), low = (1 - r) / (1 - r + Whitening.Ridge);
        double determinant = (covariance[0, 0] * covariance[1, 1]) - (covariance[0, 1] * covariance[1, 0]);
        // Points are rounded to float: 6e-8 of their size each.
        Assert.Equal(high + low, covariance[0, 0] + covariance[1, 1], 1e-6);
        Assert.Equal(high * low, determinant, 1e-6);
        Assert.Equal(0, Enumerable.Range(0, 5000).Sum(i => (double)white[i * 2]) / 5000, 1e-6);
    }

    private static double Correlation(Func<int, float> x, Func<int, float> y)
    {
        double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < 5000; i++)
        {
            mx += x(i) / 5000.0;
            my += y(i) / 5000.0;
        }
        for (int i = 0; i < 5000; i++)
        {
            xx += (x(i) - mx) * (x(i) - mx);
            yy += (y(i) - my) * (y(i) - my);
            xy += (x(i) - mx) * (y(i) - my);
        }
        return xy / Math.Sqrt(xx * yy);
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
