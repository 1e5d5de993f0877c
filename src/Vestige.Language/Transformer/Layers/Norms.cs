using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Language.Numerics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Language.Transformer.Layers;

/// <summary>Layer and root-mean-square normalization of rows. C is a multiple of 8.</summary>
/// <remarks>Both are <c>y = (x - m) s gain + bias</c>; root mean square has m = 0.</remarks>
internal static class Norms
{
    /// <summary>Keeps the scale of a row of zeros finite; PyTorch's default.</summary>
    internal const float Epsilon = 1e-5f;

    /// <summary>Finds m and s of each row.</summary>
    /// <param name="mean">(R) out; zero where not centred.</param>
    /// <param name="scale">(R) out: 1 / sqrt(mean of (x - m)² + ε).</param>
    /// <param name="x">(R, C).</param>
    /// <param name="centred">Layer normalization.</param>
    /// <param name="C">Width.</param>
    internal static void Measure(Span<float> mean, Span<float> scale, ReadOnlySpan<float> x, bool centred, int C)
    {
        for (int r = 0; r < mean.Length; r++)
        {
            ReadOnlySpan<float> row = x.Slice(r * C, C);
            float m = centred ? Sum(row) / C : 0;
            mean[r] = m;
            scale[r] = 1 / MathF.Sqrt((SumOfSquares(row, m) / C) + Epsilon);
        }
    }

    /// <summary><c>y[r] = (x[r] - mean[r]) scale[r] gain + bias</c>.</summary>
    /// <param name="y">(R, C) out.</param>
    /// <param name="x">(R, C).</param>
    /// <param name="mean">(R).</param>
    /// <param name="scale">(R).</param>
    /// <param name="gain">(C).</param>
    /// <param name="bias">(C), or empty.</param>
    internal static void Apply(Span<float> y, ReadOnlySpan<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias)
    {
        int C = gain.Length;
        ref float g0 = ref MemoryMarshal.GetReference(gain);
        ref float b0 = ref MemoryMarshal.GetReference(bias);
        for (int r = 0; r < mean.Length; r++)
        {
            ref float x0 = ref MemoryMarshal.GetReference(x.Slice(r * C, C));
            ref float y0 = ref MemoryMarshal.GetReference(y.Slice(r * C, C));
            V m = Vector256.Create(mean[r]), s = Vector256.Create(scale[r]);
            for (nuint i = 0; i < (nuint)C; i += Vectors.Lanes)
            {
                V value = (Vector256.LoadUnsafe(ref x0, i) - m) * s * Vector256.LoadUnsafe(ref g0, i);
                if (!bias.IsEmpty) value += Vector256.LoadUnsafe(ref b0, i);
                value.StoreUnsafe(ref y0, i);
            }
        }
    }

    /// <summary>Adds the gradients through <see cref="Apply"/> and <see cref="Measure"/>.</summary>
    /// <param name="dx">(R, C) in and out.</param>
    /// <param name="dGain">(C) in and out.</param>
    /// <param name="dBias">(C) in and out, or empty.</param>
    /// <param name="dy">(R, C).</param>
    /// <param name="x">(R, C).</param>
    /// <param name="mean">(R).</param>
    /// <param name="scale">(R).</param>
    /// <param name="gain">(C).</param>
    /// <param name="centred">Layer normalization.</param>
    internal static void Backward(
        Span<float> dx, Span<float> dGain, Span<float> dBias, ReadOnlySpan<float> dy, ReadOnlySpan<float> x,
        ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, ReadOnlySpan<float> gain, bool centred)
    {
        int C = gain.Length;
        ref float g0 = ref MemoryMarshal.GetReference(gain);
        ref float dg0 = ref MemoryMarshal.GetReference(dGain);
        ref float db0 = ref MemoryMarshal.GetReference(dBias);
        for (int r = 0; r < mean.Length; r++)
        {
            ref float x0 = ref MemoryMarshal.GetReference(x.Slice(r * C, C));
            ref float dy0 = ref MemoryMarshal.GetReference(dy.Slice(r * C, C));
            ref float dx0 = ref MemoryMarshal.GetReference(dx.Slice(r * C, C));
            V m = Vector256.Create(mean[r]), s = Vector256.Create(scale[r]);
            V sum = V.Zero, product = V.Zero;
            for (nuint i = 0; i < (nuint)C; i += Vectors.Lanes)
            {
                V z = (Vector256.LoadUnsafe(ref x0, i) - m) * s;
                V d = Vector256.LoadUnsafe(ref dy0, i);
                (Vector256.LoadUnsafe(ref dg0, i) + (d * z)).StoreUnsafe(ref dg0, i);
                if (!dBias.IsEmpty) (Vector256.LoadUnsafe(ref db0, i) + d).StoreUnsafe(ref db0, i);
                V dz = d * Vector256.LoadUnsafe(ref g0, i);
                sum += dz;
                product += dz * z;
            }

            // z has mean zero (where centred) and mean square one: its gradient loses its parts along 1 and along z.
            V along1 = Vector256.Create(centred ? Vectors.Sum(sum) / C : 0);
            V alongZ = Vector256.Create(Vectors.Sum(product) / C);
            for (nuint i = 0; i < (nuint)C; i += Vectors.Lanes)
            {
                V z = (Vector256.LoadUnsafe(ref x0, i) - m) * s;
                V dz = Vector256.LoadUnsafe(ref dy0, i) * Vector256.LoadUnsafe(ref g0, i);
                (Vector256.LoadUnsafe(ref dx0, i) + (s * (dz - along1 - (z * alongZ)))).StoreUnsafe(ref dx0, i);
            }
        }
    }

    private static float Sum(ReadOnlySpan<float> row)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        V sum = V.Zero;
        for (nuint i = 0; i < (nuint)row.Length; i += Vectors.Lanes) sum += Vector256.LoadUnsafe(ref x, i);
        return Vectors.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumOfSquares(ReadOnlySpan<float> row, float mean)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        V m = Vector256.Create(mean), sum = V.Zero;
        for (nuint i = 0; i < (nuint)row.Length; i += Vectors.Lanes)
        {
            V centred = Vector256.LoadUnsafe(ref x, i) - m;
            sum += centred * centred;
        }

        return Vectors.Sum(sum);
    }
}
