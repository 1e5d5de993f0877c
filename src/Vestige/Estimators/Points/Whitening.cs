using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Vestige.Samples;

namespace Vestige.Estimators.Points;

/// <summary>The affine map that centres T, gives all features one scale and takes their correlations out, so that no feature's unit
/// and no repetition of a feature decides who is near.</summary>
/// <remarks>
/// Each feature is divided by its standard deviation; then <c>R + Ridge I</c>, R the correlation matrix, is undone by its Cholesky factor:
/// any square root gives the same distances. With a ridge of 1 no direction is enlarged beyond its standardized scale, so a combination
/// of features that hardly varies in real items is not blown up into the one that decides (docs/decisions/0002-texture-view.md). Constant
/// features become 0. In double, in a written order: the same on every machine.
/// </remarks>
internal sealed class Whitening
{
    /// <summary>Added to the diagonal of the correlation matrix; 0 would whiten fully.</summary>
    internal const double Ridge = 1;

    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly Matrix<double> _factor;

    private Whitening(double[] mean, double[] scale, Matrix<double> factor)
    {
        _mean = mean;
        _scale = scale;
        _factor = factor;
    }

    /// <summary>Leaves points as they are.</summary>
    internal static Whitening None(int dimensions) =>
        new(new double[dimensions], [.. Enumerable.Repeat(1.0, dimensions)], DenseMatrix.CreateIdentity(dimensions));

    /// <summary>Fits the map to the points of all samples together.</summary>
    /// <exception cref="ArgumentException">Fewer than two points.</exception>
    internal static Whitening Fit(params ReadOnlySpan<PointSample> samples)
    {
        int d = samples[0].Dimensions;
        long n = 0;
        double[] mean = new double[d];
        foreach (PointSample sample in samples)
        {
            n += sample.Count;
            ReadOnlySpan<float> values = sample.Values;
            for (int i = 0; i < values.Length; i++) mean[i % d] += values[i];
        }
        if (n < 2) throw new ArgumentException($"{n} points cannot be whitened; at least 2 are needed.", nameof(samples));
        for (int j = 0; j < d; j++) mean[j] /= n;

        double[] covariance = new double[d * d];
        double[] x = new double[d];
        foreach (PointSample sample in samples)
        {
            ReadOnlySpan<float> values = sample.Values;
            for (int start = 0; start < values.Length; start += d)
            {
                for (int j = 0; j < d; j++) x[j] = values[start + j] - mean[j];
                for (int j = 0; j < d; j++)
                {
                    for (int k = 0; k <= j; k++) covariance[(j * d) + k] += x[j] * x[k];
                }
            }
        }
        double[] scale = new double[d];
        for (int j = 0; j < d; j++)
        {
            double deviation = Math.Sqrt(covariance[(j * d) + j] / n);
            // Below a millionth of its mean a feature's spread is the rounding of its floats.
            scale[j] = deviation > 1e-6 * Math.Abs(mean[j]) && deviation > 0 ? 1 / deviation : 0;
        }
        Matrix<double> correlation = DenseMatrix.Create(d, d, (j, k) =>
            j == k ? 1 + Ridge : covariance[(Math.Max(j, k) * d) + Math.Min(j, k)] / n * scale[j] * scale[k]);
        return new Whitening(mean, scale, correlation.Cholesky().Factor);
    }

    /// <summary>The sample's points in the whitened space, (Count, Dimensions).</summary>
    internal float[] Apply(PointSample sample)
    {
        int d = _mean.Length;
        float[] whitened = new float[sample.Values.Length];
        ReadOnlySpan<float> values = sample.Values;
        double[] y = new double[d];
        for (int start = 0; start < values.Length; start += d)
        {
            // Forward substitution: L y = scaled x.
            for (int j = 0; j < d; j++)
            {
                double sum = (values[start + j] - _mean[j]) * _scale[j];
                for (int k = 0; k < j; k++) sum -= _factor[j, k] * y[k];
                y[j] = sum / _factor[j, j];
                whitened[start + j] = (float)y[j];
            }
        }
        return whitened;
    }
}
