using Vestige.Language.Numerics;

namespace Vestige.Language.Transformer.Layers;

/// <summary>Normalizes queries and keys, head by head, to a root mean square of one (Henry et al. 2020).</summary>
internal static class HeadNorm
{
    /// <summary><c>x ← x s</c> with s = 1 / sqrt(mean x² + ε) for each head.</summary>
    /// <param name="x">(H D) in and out.</param>
    /// <param name="scale">(H) out: s.</param>
    internal static void Forward(Span<float> x, Span<float> scale)
    {
        int D = x.Length / scale.Length;
        for (int h = 0; h < scale.Length; h++)
        {
            Span<float> head = x.Slice(h * D, D);
            scale[h] = 1 / MathF.Sqrt((Sums.Dot(head, head) / D) + Norms.Epsilon);
            Elementwise.Scale(head, scale[h]);
        }
    }

    /// <summary>The gradient before normalization from that after it: <c>d ← s (d - z mean(d z))</c>.</summary>
    /// <param name="d">(H D) in and out.</param>
    /// <param name="z">(H D): what <see cref="Forward"/> gave. A rotation of both alike changes nothing.</param>
    /// <param name="scale">(H): s.</param>
    internal static void Backward(Span<float> d, ReadOnlySpan<float> z, ReadOnlySpan<float> scale)
    {
        int D = d.Length / scale.Length;
        for (int h = 0; h < scale.Length; h++)
        {
            Span<float> head = d.Slice(h * D, D);
            ReadOnlySpan<float> normal = z.Slice(h * D, D);
            float along = Sums.Dot(head, normal) / D;
            for (int i = 0; i < D; i++) head[i] = scale[h] * (head[i] - (along * normal[i]));
        }
    }
}
