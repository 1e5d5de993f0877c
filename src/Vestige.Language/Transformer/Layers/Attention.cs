using System.Runtime.Intrinsics;
using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Layers;

/// <summary>Causal attention of one sequence, head by head: <c>y = softmax(scale q kᵀ) v</c>.</summary>
/// <remarks>
/// Probabilities are not kept for the backward pass but computed again: T x T of them for each head and block would leave the
/// cache, and the products that give them cost less than reading them back.
/// </remarks>
internal sealed class Attention
{
    // Room for the zeros that triangular products want beyond a row's end.
    private const int Margin = 8;

    private readonly int _width, _heads, _size, _stride;
    private readonly GptOptions _options;
    private readonly Memory<float> _scores, _gradient;
    private readonly Panels _keysTransposed, _valuesTransposed, _right;

    /// <summary>Scratch memory for one sequence.</summary>
    internal Attention(GptOptions options)
    {
        int context = options.Context;
        (_options, _width, _heads, _size) = (options, options.Width, options.Heads, options.Width / options.Heads);
        _stride = ((context + Vectors.Lanes - 1) / Vectors.Lanes * Vectors.Lanes) + Margin;
        _scores = Aligned.Allocate(context * _stride);
        _gradient = Aligned.Allocate(context * _stride);
        _keysTransposed = new Panels(_size, context);
        _valuesTransposed = new Panels(_size, context);
        _right = new Panels(context, _size);
    }

    /// <summary>Attends.</summary>
    /// <param name="y">(T, C) out, heads side by side.</param>
    /// <param name="qkv">(T, 3 C): queries, keys, values, each with heads side by side.</param>
    /// <param name="temperature">(H): the logarithm of a factor on each head's scores, or empty.</param>
    internal void Forward(Span<float> y, ReadOnlySpan<float> qkv, ReadOnlySpan<float> temperature)
    {
        int T = y.Length / _width;
        float[] scales = Scales(_options, temperature);
        for (int h = 0; h < _heads; h++)
        {
            Probabilities(qkv, h, T, scales[h]);
            _right.Pack(Part(qkv, 2, h, T));
            Gemm.Multiply(y[(h * _size)..], _width, Lower(_scores, T), _right, triangle: Triangle.LowerLeft);
        }
    }

    /// <summary>The gradient of queries, keys and values from that of the output.</summary>
    /// <param name="dQkv">(T, 3 C) out.</param>
    /// <param name="dTemperature">(H) in and out, or empty.</param>
    /// <param name="dy">(T, C).</param>
    /// <param name="y">(T, C), from the forward pass.</param>
    /// <param name="qkv">(T, 3 C).</param>
    /// <param name="temperature">(H), or empty.</param>
    internal void Backward(
        Span<float> dQkv, Span<float> dTemperature, ReadOnlySpan<float> dy, ReadOnlySpan<float> y, ReadOnlySpan<float> qkv, ReadOnlySpan<float> temperature)
    {
        int C = _width, T = y.Length / C;
        float[] scales = Scales(_options, temperature);
        for (int h = 0; h < _heads; h++)
        {
            Probabilities(qkv, h, T, scales[h]);
            var dOut = new Matrix(dy[(h * _size)..], T, _size, C);

            // y = p v: dv = pᵀ dy, dp = dy vᵀ.
            _right.Pack(dOut);
            Gemm.Multiply(dQkv[((2 * C) + (h * _size))..], 3 * C, Lower(_scores, T).Transposed, _right, triangle: Triangle.UpperLeft);
            _valuesTransposed.Pack(Part(qkv, 2, h, T).Transposed);
            Gemm.Multiply(_gradient.Span, _stride, dOut, _valuesTransposed, triangle: Triangle.LowerResult);

            // Σ p dp of a row is dy y of that row, since y = p v.
            Span<float> d = _gradient.Span, p = _scores.Span;
            for (int t = 0; t < T; t++)
            {
                int at = (t * C) + (h * _size);
                float dot = Sums.Dot(dy.Slice(at, _size), y.Slice(at, _size));
                int end = Math.Min(t + 1 + Margin, _stride);
                Softmax.Backward(d.Slice(t * _stride, _stride)[..end], p.Slice(t * _stride, _stride)[..end], t + 1, dot, scales[h]);
            }

            // scores = scale q kᵀ: dq = ds k, dk = dsᵀ q, the scale being in ds.
            Span<float> dq = dQkv[(h * _size)..], dk = dQkv[(C + (h * _size))..];
            _right.Pack(Part(qkv, 1, h, T));
            Gemm.Multiply(dq, 3 * C, Lower(_gradient, T), _right, triangle: Triangle.LowerLeft);
            _right.Pack(Part(qkv, 0, h, T));
            Gemm.Multiply(dk, 3 * C, Lower(_gradient, T).Transposed, _right, triangle: Triangle.UpperLeft);
            if (temperature.IsEmpty) continue;

            // The scale is e^temperature / sqrt(D), so this gradient is Σ scores ds = Σ q dq.
            for (int t = 0; t < T; t++)
            {
                int at = (t * 3 * C) + (h * _size);
                dTemperature[h] += Sums.Dot(qkv.Slice(at, _size), dQkv.Slice(at, _size));
            }
        }
    }

    /// <summary>(H): the factors on the scores, e^temperature / sqrt(D).</summary>
    /// <param name="options">Width and heads.</param>
    /// <param name="temperature">(H), or empty.</param>
    internal static float[] Scales(GptOptions options, ReadOnlySpan<float> temperature)
    {
        float[] scales = new float[options.Heads];
        for (int h = 0; h < scales.Length; h++)
        {
            scales[h] = 1 / MathF.Sqrt(options.Width / options.Heads);
            if (!temperature.IsEmpty) scales[h] *= Vectors.Exp(Vector256.Create(temperature[h]))[0];
        }

        return scales;
    }

    private void Probabilities(ReadOnlySpan<float> qkv, int head, int T, float scale)
    {
        _keysTransposed.Pack(Part(qkv, 1, head, T).Transposed);
        Span<float> p = _scores.Span;
        Gemm.Multiply(p, _stride, Part(qkv, 0, head, T), _keysTransposed, triangle: Triangle.LowerResult);
        for (int t = 0; t < T; t++) Softmax.Scaled(p.Slice(t * _stride, Math.Min(t + 1 + Margin, _stride)), t + 1, scale);
    }

    // Queries (0), keys (1) or values (2) of a head, (T, D).
    private Matrix Part(ReadOnlySpan<float> qkv, int part, int head, int T) => new(qkv[((part * _width) + (head * _size))..], T, _size, 3 * _width);

    private Matrix Lower(Memory<float> scores, int T) => new(scores.Span, T, T, _stride);
}
