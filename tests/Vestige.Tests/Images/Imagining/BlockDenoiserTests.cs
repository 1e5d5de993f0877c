using Vestige.Images.Imagining;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Planes;
using Vestige.Images.Views;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Imagining;

public sealed class BlockDenoiserTests
{
    private const float Noise = 6;

    private static readonly BlockPrior s_prior = Gallery.Tables.Prior.Luma;

    private static Plane Noisy(int width, int height)
    {
        var random = new Rng(11);
        var plane = new Plane(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) plane.Row(y)[x] = (float)((20 * Math.Sin(x / 5.0)) + (Noise * random.NextNormal()));
        return plane;
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(9, 17, 3, 6)]
    [InlineData(64, 8, 0, 0)]
    [InlineData(131, 23, 7, 1)]
    public void The_mean_is_what_the_mixture_says_block_by_block(int width, int height, int dx, int dy)
    {
        Plane plane = Noisy(width, height), fast = new(width, height);
        new BlockDenoiser(s_prior, Noise).AddMean(plane, fast, dx, dy);
        for (int y0 = dy - 8; y0 < height; y0 += 8)
            for (int x0 = dx - 8; x0 < width; x0 += 8)
            {
                double[] block = new double[64];
                for (int i = 0; i < 64; i++) block[i] = plane.Row(Math.Clamp(y0 + (i / 8), 0, height - 1))[Math.Clamp(x0 + (i % 8), 0, width - 1)];
                double[] mean = Inverse(Plain(block));
                for (int i = 0; i < 64; i++)
                {
                    (int y, int x) = (y0 + (i / 8), x0 + (i % 8));
                    // Kinds below e^-12 of the best are passed over; of single precision the logs of densities, sums of 63 terms up to 100, are off by .0005.
                    if (y >= 0 && x >= 0 && y < height && x < width) Assert.Equal(mean[i], fast.Row(y)[x], 0.03);
                }
            }
    }

    private static double[] Plain(double[] block)
    {
        BlockQuantizer.Transform(block);
        double[] logs = new double[s_prior.Kinds], mean = new double[64];
        for (int c = 0; c < logs.Length; c++)
        {
            logs[c] = Math.Log(s_prior.Weights[c]);
            for (int k = 1; k < 64; k++)
            {
                double variance = s_prior.Variances[(c * 64) + k] + (Noise * Noise);
                logs[c] -= 0.5 * (Math.Log(variance) + (block[k] * block[k] / variance));
            }
        }
        double best = logs.Max(), total = logs.Sum(log => Math.Exp(log - best));
        mean[0] = block[0];
        for (int c = 0; c < logs.Length; c++)
            for (int k = 1; k < 64; k++)
                mean[k] += Math.Exp(logs[c] - best) / total * block[k] * s_prior.Variances[(c * 64) + k] / (s_prior.Variances[(c * 64) + k] + (Noise * Noise));
        return mean;
    }

    /// <summary>The DCT's inverse is its transpose.</summary>
    private static double[] Inverse(double[] coefficients)
    {
        double[] samples = new double[64];
        for (int i = 0; i < 64; i++)
            for (int k = 0; k < 64; k++)
                samples[i] += coefficients[k] * Wave(k / 8, i / 8) * Wave(k % 8, i % 8);
        return samples;
    }

    private static double Wave(int u, int x) => (u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(Math.PI * u * ((2 * x) + 1) / 16);

    [Fact]
    public void A_draw_repeats_by_its_seed_and_spreads_about_the_mean()
    {
        Plane noisy = Noisy(128, 64), mean = new(128, 64);
        new BlockDenoiser(s_prior, Noise).AddMean(noisy, mean, 0, 0);
        Plane one = Noisy(128, 64), same = Noisy(128, 64), other = Noisy(128, 64);
        var denoiser = new BlockDenoiser(s_prior, Noise);
        denoiser.Draw(one, 0, 0, 1);
        denoiser.Draw(same, 0, 0, 1);
        denoiser.Draw(other, 0, 0, 2);
        Assert.Equal(one.Samples, same.Samples);
        Assert.NotEqual(one.Samples, other.Samples);
        // A block's mean is left as it was.
        for (int y = 0; y < 64; y += 8)
            for (int x = 0; x < 128; x += 8) Assert.Equal(Average(noisy, x, y), Average(one, x, y), 0.001);
    }

    private static double Average(Plane plane, int x0, int y0)
    {
        double sum = 0;
        for (int y = y0; y < y0 + 8; y++)
            for (int x = x0; x < x0 + 8; x++) sum += plane.Row(y)[x];
        return sum / 64;
    }
}
