using Vestige.Language.Transformer.Training;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Transformer;

public sealed class OptimizerTests
{
    [Fact]
    public void Adam_is_its_formula_at_all_lengths()
    {
        var rng = new Rng(1);
        for (int length = 1; length <= 25; length++)
        {
            float[] w = Random(length, ref rng), m = Random(length, ref rng), g = Random(length, ref rng);
            float[] v = [.. Random(length, ref rng).Select(Math.Abs)];
            float[] w1 = [.. w], m1 = [.. m], v1 = [.. v];
            Adam.Update(w1, m1, v1, g, new AdamStep(0.5f, 0.99f, 0.01f, 2));
            for (int i = 0; i < length; i++)
            {
                double half = 0.5 * g[i], first = (0.9 * m[i]) + (0.1 * half), second = (0.95 * v[i]) + (0.05 * half * half);
                // A few roundings of numbers of order one; β and 1 - β are rounded, too.
                Assert.Equal(first, m1[i], 1e-6);
                Assert.Equal(second, v1[i], 1e-6);
                Assert.Equal((0.99 * w[i]) - (0.01 * first / ((2 * Math.Sqrt(second)) + 1e-8)), w1[i], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(16, 48)]
    [InlineData(48, 16)]
    [InlineData(33, 37)]
    public void Orthogonalization_is_the_plain_iteration(int rows, int columns)
    {
        var rng = new Rng(2);
        float[] x = Random(rows * columns, ref rng);
        double[] plain = [.. x.Select(value => (double)value)];
        double norm = Math.Sqrt(plain.Sum(value => value * value));
        for (int i = 0; i < plain.Length; i++) plain[i] /= norm;
        for (int iteration = 0; iteration < Muon.Iterations; iteration++)
        {
            // x ← a x + b (x xᵀ) x + c (x xᵀ)² x, whichever way round x lies.
            double[] once = Times(Gram(plain, rows, columns), plain, rows, columns);
            double[] twice = Times(Gram(plain, rows, columns), once, rows, columns);
            for (int i = 0; i < plain.Length; i++) plain[i] = (3.4445 * plain[i]) - (4.7750 * once[i]) + (2.0315 * twice[i]);
        }

        new Muon([(rows, columns)]).Orthogonalize(x, rows, columns);
        // Five iterations that enlarge roundings of 6e-8 up to 3.4 times each.
        for (int i = 0; i < x.Length; i++) Assert.Equal(plain[i], x[i], 1e-4);

        // Singular values near 1: the Gram matrix of the shorter side is near the identity.
        double[] gram = rows <= columns ? Gram(plain, rows, columns) : Gram(Transposed(plain, rows, columns), columns, rows);
        int side = Math.Min(rows, columns);
        for (int i = 0; i < side; i++) Assert.InRange(gram[(i * side) + i], 0.3, 1.7);
    }

    private static double[] Gram(double[] x, int rows, int columns)
    {
        double[] gram = new double[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                for (int k = 0; k < columns; k++) gram[(i * rows) + j] += x[(i * columns) + k] * x[(j * columns) + k];
            }
        }

        return gram;
    }

    private static double[] Times(double[] square, double[] x, int rows, int columns)
    {
        double[] product = new double[x.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < rows; k++)
            {
                for (int j = 0; j < columns; j++) product[(i * columns) + j] += square[(i * rows) + k] * x[(k * columns) + j];
            }
        }

        return product;
    }

    private static double[] Transposed(double[] x, int rows, int columns)
    {
        return [.. Enumerable.Range(0, x.Length).Select(i => x[(i % rows * columns) + (i / rows)])];
    }

    private static float[] Random(int length, ref Rng rng)
    {
        float[] values = new float[length];
        foreach (ref float value in values.AsSpan()) value = (float)rng.NextNormal();
        return values;
    }
}
