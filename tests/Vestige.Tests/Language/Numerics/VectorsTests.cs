using System.Runtime.Intrinsics;
using Vestige.Language.Numerics;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Numerics;

public sealed class VectorsTests
{
    [Fact]
    public void Exponential_is_within_two_units_in_the_last_place()
    {
        for (int i = -87_000; i <= 88_000; i += 7)
        {
            float x = i / 1000f;
            float found = Vectors.Exp(Vector256.Create(x))[3];
            double exact = Math.Exp(x);
            Assert.True(Math.Abs(found - exact) <= 2 * (MathF.BitIncrement((float)exact) - (float)exact), $"e^{x} is {exact}, not {found}.");
        }
    }

    [Fact]
    public void Exponential_stays_at_its_ends_and_lets_what_is_no_number_through()
    {
        Vector256<float> e = Vectors.Exp(Vector256.Create(float.NegativeInfinity, -1000, 1000, float.PositiveInfinity, float.NaN, 0, -0f, 1));
        Assert.Equal(1.6e-38, e[0], 1e-39);
        Assert.Equal(e[0], e[1]);
        Assert.Equal(1.65e38, e[2], 1e36);
        Assert.Equal(e[2], e[3]);
        Assert.True(float.IsNaN(e[4]));
        Assert.Equal(1, e[5]);
        Assert.Equal(1, e[6]);
    }

    [Fact]
    public void Sigmoid_is_right_on_both_sides()
    {
        for (float x = -80; x < 80; x += 0.37f)
        {
            double exact = 1 / (1 + Math.Exp(-x));
            // A rounding each of the exponential (twice), the sum and the quotient.
            Assert.Equal(exact, Vectors.Sigmoid(Vector256.Create(x))[0], 4 * 6e-8 * exact);
        }
    }

    [Fact]
    public void Sums_agree_with_plain_loops_at_all_lengths()
    {
        var rng = new Rng(1);
        for (int length = 0; length < 70; length++)
        {
            float[] x = [.. Enumerable.Range(0, length).Select(_ => (float)rng.NextNormal())], y = [.. x.Select(_ => (float)rng.NextNormal())];
            double dot = 0, squares = 0, size = 0;
            for (int i = 0; i < length; i++)
            {
                dot += (double)x[i] * y[i];
                size += Math.Abs((double)x[i] * y[i]);
                squares += (double)x[i] * x[i];
            }

            // As many roundings as terms, at most, each of half a unit.
            Assert.Equal(dot, Sums.Dot(x, y), length * 6e-8 * size);
            Assert.Equal(squares, Sums.Squares(x), 1e-14 * squares);
        }
    }

    [Fact]
    public void Elementwise_arithmetic_is_the_plain_loop_to_the_bit_at_all_lengths()
    {
        var rng = new Rng(2);
        for (int length = 0; length < 40; length++)
        {
            float[] x = [.. Enumerable.Range(0, length).Select(_ => (float)rng.NextNormal())], y = [.. x.Select(_ => (float)rng.NextNormal())];
            float[] added = [.. y], scaled = [.. y], combined = [.. y];
            Elementwise.Add(added, x);
            Elementwise.Scale(scaled, 0.3f);
            Elementwise.Combine(combined, 0.7f, x, -1.1f);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(y[i] + x[i], added[i]);
                Assert.Equal(y[i] * 0.3f, scaled[i]);
                float a = 0.7f * y[i], b = -1.1f * x[i];
                Assert.Equal(a + b, combined[i]);
            }
        }
    }
}
