using MathNet.Numerics.LinearAlgebra;
using Vestige.Images.Imagining;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Planes;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Imagining;

public sealed class BoxCellsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void The_mean_and_what_is_open_are_those_of_the_Gaussian_given_the_squares(int scale)
    {
        var random = new Rng((ulong)scale);
        float[] variances = [.. Enumerable.Range(0, 64).Select(_ => (float)(1 + (100 * random.NextDouble())))];
        var prior = new BlockPrior([1], variances, [1], [1]);
        int side = 8 / scale;
        var small = new Plane(side, side);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) small.Row(y)[x] = (float)(30 * random.NextNormal());
        var cells = new BoxCells(prior, small, 8, 8, scale);
        float[] mean = new float[64], logs = [0];
        double open = cells.Mean(0, [1], mean);
        cells.Score(0, logs);

        // The same with matrices: squares = A x for coefficients x; the first is free, which a variance beyond all does.
        double[] spread = [1e9, .. variances.Skip(1).Select(v => (double)v)];
        Matrix<double> a = Matrix<double>.Build.Dense(side * side, 64, (s, k) => Enumerable.Range(0, 64)
            .Where(i => i / 8 / scale == s / side && i % 8 / scale == s % side).Sum(i => Wave(k / 8, i / 8) * Wave(k % 8, i % 8)) / (scale * scale));
        Matrix<double> covariance = Matrix<double>.Build.DenseOfDiagonalArray(spread), gain = covariance * a.Transpose() * (a * covariance * a.Transpose()).Inverse();
        Vector<double> known = Vector<double>.Build.Dense(side * side, s => small.Row(s / side)[s % side]), exact = gain * known;
        Matrix<double> left = covariance - (gain * a * covariance);
        // The free mean's variance of 1e9 costs seven digits.
        for (int k = 0; k < 64; k++) Assert.Equal(exact[k], mean[k], 0.01);
        Assert.Equal(Enumerable.Range(1, 63).Sum(k => left[k, k]), open, 0.01 * open);

        var draws = new NormalTable(1);
        double[] sums = new double[64], squares = new double[64];
        const int count = 4000;
        float[] drawn = new float[64];
        for (int i = 0; i < count; i++)
        {
            cells.Draw(0, 0, ref draws, drawn);
            for (int k = 0; k < 64; k++)
            {
                sums[k] += drawn[k];
                squares[k] += (drawn[k] - exact[k]) * (drawn[k] - exact[k]);
            }
            // Each draw has the squares' means.
            Vector<double> again = a * Vector<double>.Build.Dense(64, k => drawn[k]);
            for (int s = 0; s < again.Count; s++) Assert.Equal(known[s], again[s], 0.001);
        }
        for (int k = 1; k < 64; k++)
        {
            // Five standard errors.
            double deviation = Math.Sqrt(Math.Max(0, left[k, k]));
            Assert.Equal(exact[k], sums[k] / count, (5 * deviation / Math.Sqrt(count)) + 0.001);
            Assert.Equal(left[k, k], squares[k] / count, (5 * left[k, k] * Math.Sqrt(2.0 / count)) + 0.01);
        }
    }

    private static double Wave(int u, int x) => (u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(Math.PI * u * ((2 * x) + 1) / 16);

    [Fact]
    public void Kinds_are_told_by_the_density_of_the_squares()
    {
        float[] variances = [.. Enumerable.Repeat(1f, 64), .. Enumerable.Repeat(100f, 64)];
        var prior = new BlockPrior([0.5f, 0.5f], variances, [1, 1, 1, 1], [1, 1, 1, 1]);
        Plane flat = new(4, 4), rough = new(4, 4);
        for (int i = 0; i < 16; i++) rough.Row(i / 4)[i % 4] = i % 3 == 0 ? 20 : -10;
        float[] quiet = [0, 0], loud = [0, 0];
        new BoxCells(prior, flat, 8, 8, 2).Score(0, quiet);
        new BoxCells(prior, rough, 8, 8, 2).Score(0, loud);
        // 15 folded frequencies, each of ten times the deviation: ln 10 each.
        Assert.Equal(15 * Math.Log(10), quiet[0] - quiet[1], 0.01);
        Assert.True(loud[1] > loud[0] + 10);
    }
}
