using Vestige.Language.Numerics;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Comparisons;

/// <summary>Sums over two distributions, against sums written out.</summary>
public sealed class DistributionsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(256, 257)]
    [InlineData(515, 512)]
    public void Differences_are_those_of_sums_written_out(int ofP, int ofQ)
    {
        var rng = new Rng(7);
        var distributions = new Distributions();
        for (int trial = 0; trial < 50; trial++)
        {
            double scale = Math.Pow(10, (2 * rng.NextDouble()) - 1);
            float[] a = Logits(ofP, scale), b = Logits(ofQ, scale);
            int symbol = rng.NextInt(Math.Min(ofP, ofQ));
            Difference difference = distributions.Compare(a, b, symbol);
            (double[] p, double[] q) = (Probabilities(a, Math.Max(ofP, ofQ)), Probabilities(b, Math.Max(ofP, ofQ)));
            double lost = 0, forth = 0, back = 0, shared = 0;
            for (int i = 0; i < p.Length; i++)
            {
                lost += Math.Max(0, p[i] - q[i]);
                double m = (p[i] + q[i]) / 2;
                if (p[i] > 0) (forth, shared) = (forth + (p[i] * Math.Log2(p[i] / q[i])), shared + (p[i] * Math.Log2(p[i] / m) / 2));
                if (q[i] > 0) (back, shared) = (back + (q[i] * Math.Log2(q[i] / p[i])), shared + (q[i] * Math.Log2(q[i] / m) / 2));
            }
            Assert.Equal(lost, difference.Lost, 1e-9);
            Near(forth, difference.Divergence);
            Near(back, difference.Reverse);
            Assert.Equal(shared, difference.JensenShannon, 1e-9);
            Assert.Equal(Array.IndexOf(p, p.Max()) == Array.IndexOf(q, q.Max()), difference.SameTop);
            Near(Math.Log(p[symbol]), difference.LogP);
            Near(Math.Log(q[symbol]), difference.LogQ);
            Near(Math.Log(a.Sum(logit => Math.Exp(logit))), Distributions.LogSumExp(a));
        }

        float[] Logits(int count, double scale) => [.. Enumerable.Range(0, count).Select(i => (float)(scale * ((2 * rng.NextDouble()) - 1)))];
    }

    [Fact]
    public void What_one_never_gives_makes_its_divergence_infinite_and_nothing_else()
    {
        float[] p = [0, 0, 0, 0, 0], q = [0, 0, float.NegativeInfinity, 0, float.NegativeInfinity];
        Difference difference = new Distributions().Compare(p, q, 2);
        Assert.Equal(0.4, difference.Lost, 1e-12);
        Assert.Equal((double.PositiveInfinity, double.NegativeInfinity), (difference.Divergence, difference.LogQ));
        Assert.Equal(Math.Log2(5.0 / 3), difference.Reverse, 1e-12);
        Assert.InRange(difference.JensenShannon, 0.1, 0.4);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_probability_is_refused(float bad)
    {
        float[] sound = new float[9], damaged = new float[9];
        foreach (int at in (int[])[0, 5, 8])
        {
            damaged.AsSpan().Clear();
            damaged[at] = bad;
            Assert.Throws<InvalidDataException>(() => new Distributions().Compare(sound, damaged, 0));
            Assert.Throws<InvalidDataException>(() => Distributions.LogSumExp(damaged));
        }
        Assert.Throws<InvalidDataException>(() => Distributions.LogSumExp([float.NegativeInfinity, float.NegativeInfinity]));
    }

    private static double[] Probabilities(float[] logits, int count)
    {
        double sum = logits.Sum(logit => Math.Exp(logit));
        return [.. logits.Select(logit => Math.Exp(logit) / sum), .. new double[count - logits.Length]];
    }

    // Equal up to rounding in double, or infinite both.
    private static void Near(double expected, double actual)
    {
        if (double.IsInfinity(expected)) Assert.Equal(expected, actual);
        else Assert.Equal(expected, actual, 1e-9 * Math.Max(1, Math.Abs(expected)));
    }
}
