using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Transformer;

/// <summary>Kernels against plain loops in double precision, where the whole model's gradients do not reach: odd lengths and ends.</summary>
public sealed class LayersTests
{
    [Fact]
    public void Softmax_of_a_row_is_the_plain_one_at_all_lengths_and_zero_beyond()
    {
        var rng = new Rng(1);
        for (int n = 1; n <= 40; n++)
        {
            float[] row = Random(n + 8, ref rng, 10);
            double[] exact = [.. row[..n].Select(score => Math.Exp(0.3 * (score - row[..n].Max())))];
            double sum = exact.Sum();
            Softmax.Scaled(row, n, 0.3f);
            // Some five roundings of single precision, and as many terms.
            for (int i = 0; i < n; i++) Assert.Equal(exact[i] / sum, row[i], 2e-6 * exact[i] / sum);
            Assert.All(row[n..], beyond => Assert.Equal(0, beyond));
        }
    }

    [Fact]
    public void Softmax_of_huge_scores_is_finite()
    {
        float[] row = [3e38f, -3e38f, 0, 0, 0, 0, 0, 0, 0, 0];
        Softmax.Scaled(row, 3, 1);
        Assert.Equal([1, 0, 0], row[..3].Select(p => Math.Round(p, 6)));
    }

    [Fact]
    public void Gradient_of_scores_is_that_of_finite_differences()
    {
        var rng = new Rng(2);
        for (int n = 1; n <= 20; n++)
        {
            float[] scores = Random(n + 8, ref rng, 2), weight = Random(n + 8, ref rng, 1);
            float[] p = [.. scores], d = [.. weight];
            Softmax.Scaled(p, n, 0.7f);
            float dot = 0;
            for (int i = 0; i < n; i++) dot += p[i] * d[i];
            Softmax.Backward(d, p, n, dot, 0.7f);
            for (int i = 0; i < n; i++)
            {
                double slope = (Value(i, 1e-5) - Value(i, -1e-5)) / 2e-5;
                // Single precision's roundings of terms of order one.
                Assert.Equal(slope, d[i], 1e-6);
            }

            Assert.All(d[n..], beyond => Assert.Equal(0, beyond));

            double Value(int moved, double by)
            {
                double[] e = [.. Enumerable.Range(0, n).Select(i => Math.Exp(0.7f * (scores[i] + (i == moved ? by : 0))))];
                return e.Select((value, i) => value * weight[i]).Sum() / e.Sum();
            }
        }
    }

    [Fact]
    public void Cross_entropy_is_minus_the_logarithm_of_the_probability()
    {
        var rng = new Rng(3);
        float[] logits = Random(256, ref rng, 5), gradient = [.. logits];
        double sum = logits.Sum(z => Math.Exp(z));
        Assert.Equal(Math.Log(sum) - logits[65], Softmax.CrossEntropy(gradient, 65, 0.5f), 1e-6);
        for (int i = 0; i < 256; i++) Assert.Equal(0.5 * ((Math.Exp(logits[i]) / sum) - (i == 65 ? 1 : 0)), gradient[i], 1e-6);
    }

    [Fact]
    public void Dropout_drops_its_share_and_keeps_the_mean()
    {
        float[] ones = new float[80_000], kept = new float[80_000];
        ones.AsSpan().Fill(1);
        DropoutMask mask = new DropoutMasks(0.3, 5)[1];
        mask.Apply(kept, ones);
        // The share's standard error is sqrt(.3 x .7 / 80000) = 0.0016; four of them.
        Assert.Equal(0.3, kept.Count(value => value == 0) / 80_000.0, 0.0065);
        Assert.All(kept, value => Assert.True(value == 0 || value == 1 / 0.7f));
        float[] again = new float[80_000], other = new float[80_000];
        mask.Apply(again, ones);
        new DropoutMasks(0.3, 5)[2].Apply(other, ones);
        Assert.Equal(kept, again);
        // Independent masks agree in .7² + .3² of the places.
        Assert.Equal(0.58, kept.Zip(other, (a, b) => a == b ? 1 : 0).Average(), 0.01);
    }

    [Fact]
    public void Turning_back_undoes_turning()
    {
        var rng = new Rng(4);
        var rotary = new Rotary(9, 32);
        float[] x = Random(96, ref rng, 1), turned = [.. x];
        rotary.Turn(turned, 8);
        Assert.NotEqual(x, turned);
        rotary.Turn(turned, 8, back: true);
        for (int i = 0; i < x.Length; i++) Assert.Equal(x[i], turned[i], 1e-6);
    }

    private static float[] Random(int length, ref Rng rng, double scale)
    {
        float[] values = new float[length];
        foreach (ref float value in values.AsSpan()) value = (float)(scale * rng.NextNormal());
        return values;
    }
}
