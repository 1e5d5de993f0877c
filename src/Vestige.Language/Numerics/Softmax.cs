using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Language.Numerics;

/// <summary>Softmax over rows: of attention scores, and of the output.</summary>
internal static class Softmax
{
    /// <summary><c>p[0..n) = softmax(scale p[0..n))</c>, and zeros in the rest of <paramref name="p"/>, which reaches to a multiple of 8 at least.</summary>
    internal static void Scaled(Span<float> p, int n, float scale)
    {
        int end = (n + Vectors.Lanes - 1) / Vectors.Lanes * Vectors.Lanes;
        // e^-87 beside a sum of at least 1 is nothing.
        p[n..end].Fill(float.NegativeInfinity);
        ref float p0 = ref MemoryMarshal.GetReference(p);
        V max = Vector256.Create(float.NegativeInfinity);
        for (nuint i = 0; i < (nuint)end; i += Vectors.Lanes) max = Vector256.Max(max, Vector256.LoadUnsafe(ref p0, i));
        V s = Vector256.Create(scale), shift = Vector256.Create(-scale * Vectors.Max(max)), sum = V.Zero;
        for (nuint i = 0; i < (nuint)end; i += Vectors.Lanes)
        {
            V e = Vectors.Exp(Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref p0, i), s, shift));
            e.StoreUnsafe(ref p0, i);
            sum += e;
        }

        V inverse = Vector256.Create(1 / Vectors.Sum(sum));
        for (nuint i = 0; i < (nuint)end; i += Vectors.Lanes) (Vector256.LoadUnsafe(ref p0, i) * inverse).StoreUnsafe(ref p0, i);
        p[n..].Clear();
    }

    /// <summary>The gradient of the unscaled scores: <c>d[i] = scale p[i] (d[i] - dot)</c>, with dot = Σ p d; zeros where p is zero.</summary>
    /// <param name="d">In: the gradient of p; out: that of the scores. As long as <paramref name="p"/>, a multiple of 8.</param>
    /// <param name="p">What <see cref="Scaled"/> gave.</param>
    /// <param name="n">Scores in the row; those beyond get zero.</param>
    /// <param name="dot">Σ p d.</param>
    /// <param name="scale">As in <see cref="Scaled"/>.</param>
    internal static void Backward(Span<float> d, ReadOnlySpan<float> p, int n, float dot, float scale)
    {
        int end = (n + Vectors.Lanes - 1) / Vectors.Lanes * Vectors.Lanes;
        d[n..].Clear();
        ref float d0 = ref MemoryMarshal.GetReference(d[..end]);
        ref float p0 = ref MemoryMarshal.GetReference(p[..end]);
        V shift = Vector256.Create(dot), s = Vector256.Create(scale);
        for (nuint i = 0; i < (nuint)end; i += Vectors.Lanes)
        {
            (s * Vector256.LoadUnsafe(ref p0, i) * (Vector256.LoadUnsafe(ref d0, i) - shift)).StoreUnsafe(ref d0, i);
        }
    }

    /// <summary>
    /// The loss of one prediction, <c>-ln softmax(logits)[target]</c> in nats; the logits become its gradient times
    /// <paramref name="scale"/>.
    /// </summary>
    /// <param name="logits">(256) in; gradient out.</param>
    /// <param name="target">The byte that came.</param>
    /// <param name="scale">Weight of this prediction in the whole loss.</param>
    internal static double CrossEntropy(Span<float> logits, int target, float scale)
    {
        float shifted = logits[target];
        (float max, float sum) = Exponentials(logits);
        shifted -= max;
        ref float p = ref MemoryMarshal.GetReference(logits);
        V factor = Vector256.Create(scale / sum);
        for (nuint i = 0; i < (nuint)logits.Length; i += Vectors.Lanes) (Vector256.LoadUnsafe(ref p, i) * factor).StoreUnsafe(ref p, i);
        logits[target] -= scale;
        return Math.Log(sum) - shifted;
    }

    /// <summary><c>x[i] = e^(x[i] - max)</c>; gives the greatest x and the sum. The length is a multiple of 8.</summary>
    internal static (float Max, float Sum) Exponentials(Span<float> x)
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        V max = Vector256.Create(float.NegativeInfinity);
        for (nuint i = 0; i < (nuint)x.Length; i += Vectors.Lanes) max = Vector256.Max(max, Vector256.LoadUnsafe(ref x0, i));
        float greatest = Vectors.Max(max);
        V shift = Vector256.Create(greatest), sum = V.Zero;
        for (nuint i = 0; i < (nuint)x.Length; i += Vectors.Lanes)
        {
            V e = Vectors.Exp(Vector256.LoadUnsafe(ref x0, i) - shift);
            e.StoreUnsafe(ref x0, i);
            sum += e;
        }

        return (greatest, Vectors.Sum(sum));
    }
}
