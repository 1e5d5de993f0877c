using Vestige.Language.Numerics;

namespace Vestige.Language.Transformer.Training;

/// <summary>
/// Muon (Jordan et al. 2024): momentum, brought near an orthogonal matrix by Newton and Schulz's iteration, so that all
/// directions of a weight matrix learn at one pace.
/// </summary>
internal sealed class Muon
{
    internal const float Momentum = 0.95f;

    internal const int Iterations = 5;

    /// <summary>
    /// Root mean square of an update's elements, before the learning rate: about that of Adam's, so that both take one learning
    /// rate and one decay (Liu et al. 2025, equation 4).
    /// </summary>
    internal const float UpdateSize = 0.2f;

    // Coefficients of x ↦ a x + b x³ + c x⁵ that bring singular values from (0, 1] near 1 fastest (Jordan et al. 2024).
    private const float A = 3.4445f, B = -4.7750f, C = 2.0315f;

    private readonly Memory<float> _x, _result, _gram, _factor, _next, _product;
    private readonly Panels _panels;

    /// <summary>Scratch memory for matrices of the given shapes.</summary>
    internal Muon(IReadOnlyCollection<(int Rows, int Columns)> shapes)
    {
        int size = shapes.Max(shape => shape.Rows * shape.Columns);
        int side = shapes.Max(shape => Math.Min(shape.Rows, shape.Columns));
        _x = Aligned.Allocate(size);
        _result = Aligned.Allocate(size);
        _gram = Aligned.Allocate(side * side);
        _factor = Aligned.Allocate(side * side);
        _next = Aligned.Allocate(side * side);
        _product = Aligned.Allocate(side * side);
        _panels = new Panels(shapes.Max(shape => Math.Max(Panels.Size(shape.Rows, shape.Columns), Panels.Size(shape.Columns, shape.Rows))));
    }

    /// <summary>One step for a matrix of <paramref name="rows"/> rows.</summary>
    /// <param name="w">Parameters, in and out.</param>
    /// <param name="momentum">Running sum of gradients, in and out.</param>
    /// <param name="gradient">Gradient.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="gradientScale">Factor on the gradient, from clipping.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="keep">1 - learning rate x decay.</param>
    internal void Update(Span<float> w, Span<float> momentum, ReadOnlySpan<float> gradient, int rows, float gradientScale, float rate, float keep)
    {
        int columns = w.Length / rows;
        Span<float> x = _x.Span[..w.Length];
        Elementwise.Combine(momentum, Momentum, gradient, gradientScale);
        gradient.CopyTo(x);
        Elementwise.Combine(x, gradientScale, momentum, Momentum);
        Orthogonalize(x, rows, columns);
        float step = rate * UpdateSize * MathF.Sqrt(Math.Max(rows, columns));
        Elementwise.Combine(w, keep, x, -step);
    }

    /// <summary>Replaces <paramref name="x"/>, (rows, columns), by a matrix with the same singular vectors and singular values near 1.</summary>
    /// <remarks>
    /// The iteration x ← p(x xᵀ) x is carried out on G = x xᵀ alone, of the shorter side, where x becomes p(G) p(G) G and all
    /// factors commute and are symmetric: for a matrix four times as long as wide that is half the work.
    /// </remarks>
    internal void Orthogonalize(Span<float> x, int rows, int columns)
    {
        int m = Math.Min(rows, columns), n = Math.Max(rows, columns);
        bool tall = rows > columns;
        Elementwise.Scale(x, (float)(1 / (Math.Sqrt(Sums.Squares(x)) + 1e-7)));
        Span<float> gram = _gram.Span[..(m * m)], factor = _factor.Span[..(m * m)], next = _next.Span[..(m * m)], product = _product.Span[..(m * m)];
        Matrix wide = tall ? new Matrix(x, n, m, m).Transposed : new Matrix(x, m, n, n);
        Symmetric(gram, wide, wide.Transposed);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            // p(G) = a + b G + c G².
            var g = new Matrix(gram, m, m, m);
            Symmetric(factor, g, g);
            Elementwise.Combine(factor, C, gram, B);
            for (int i = 0; i < m; i++) factor[(i * m) + i] += A;

            var p = new Matrix(factor, m, m, m);
            if (iteration == 0)
            {
                factor.CopyTo(product);
            }
            else
            {
                Symmetric(next, p, new Matrix(product, m, m, m));
                next.CopyTo(product);
            }

            if (iteration == Iterations - 1) break;
            Symmetric(next, p, g);
            Symmetric(gram, new Matrix(next, m, m, m), p);
        }

        Span<float> result = _result.Span[..x.Length];
        if (tall)
        {
            _panels.Pack(new Matrix(product, m, m, m));
            Gemm.Multiply(result, m, new Matrix(x, n, m, m), _panels);
        }
        else
        {
            _panels.Pack(wide);
            Gemm.Multiply(result, n, new Matrix(product, m, m, m), _panels);
        }

        result.CopyTo(x);
    }

    // A product that is known to be symmetric: its lower half is computed.
    private void Symmetric(Span<float> result, Matrix a, Matrix b)
    {
        int m = a.Rows;
        _panels.Pack(b);
        Gemm.Multiply(result, m, a, _panels, triangle: Triangle.LowerResult);
        // In squares of 16, a cache line wide, so that each line is fetched once.
        for (int top = 0; top < m; top += 16)
        {
            for (int left = 0; left <= top; left += 16)
            {
                for (int i = top; i < Math.Min(top + 16, m); i++)
                {
                    for (int j = left; j < Math.Min(left + 16, i); j++) result[(j * m) + i] = result[(i * m) + j];
                }
            }
        }
    }
}
