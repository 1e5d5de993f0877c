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

    private readonly Memory<float> _x, _next, _gram, _square;
    private readonly Panels _panels;

    /// <summary>Scratch memory for matrices of the given shapes.</summary>
    internal Muon(IReadOnlyCollection<(int Rows, int Columns)> shapes)
    {
        int size = shapes.Max(shape => shape.Rows * shape.Columns);
        int side = shapes.Max(shape => Math.Min(shape.Rows, shape.Columns));
        _x = Aligned.Allocate(size);
        _next = Aligned.Allocate(size);
        _gram = Aligned.Allocate(side * side);
        _square = Aligned.Allocate(side * side);
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
    internal void Orthogonalize(Span<float> x, int rows, int columns)
    {
        // The iteration works on a Gram matrix: that of the shorter side.
        int m = Math.Min(rows, columns), n = Math.Max(rows, columns);
        bool tall = rows > columns;
        Elementwise.Scale(x, (float)(1 / (Math.Sqrt(Sums.Squares(x)) + 1e-7)));
        Span<float> gram = _gram.Span[..(m * m)], square = _square.Span[..(m * m)], next = _next.Span[..x.Length];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            // G = x xᵀ, P = b G + c G², x ← a x + P x; for a tall x, with xᵀ in its place.
            Matrix wide = tall ? new Matrix(x, rows, columns, columns).Transposed : new Matrix(x, rows, columns, columns);
            _panels.Pack(wide.Transposed);
            Gemm.Multiply(gram, m, wide, _panels, triangle: Triangle.LowerResult);
            Mirror(gram, m);
            var symmetric = new Matrix(gram, m, m, m);
            _panels.Pack(symmetric);
            Gemm.Multiply(square, m, symmetric, _panels, triangle: Triangle.LowerResult);
            Mirror(square, m);
            Elementwise.Combine(square, C, gram, B);

            var polynomial = new Matrix(square, m, m, m);
            if (tall)
            {
                _panels.Pack(polynomial);
                Gemm.Multiply(next, m, new Matrix(x, n, m, m), _panels);
            }
            else
            {
                _panels.Pack(new Matrix(x, m, n, n));
                Gemm.Multiply(next, n, polynomial, _panels);
            }

            Elementwise.Combine(x, A, next, 1);
        }
    }

    private static void Mirror(Span<float> square, int m)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = i + 1; j < m; j++) square[(i * m) + j] = square[(j * m) + i];
        }
    }
}
