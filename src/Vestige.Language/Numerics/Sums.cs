using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Language.Numerics;

/// <summary>Sums in a written order: eight lanes, then the lanes in halves, then what does not fill a vector, one by one.</summary>
internal static class Sums
{
    /// <summary>Σ x y, rounded once for each multiply-add.</summary>
    internal static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        V sum = V.Zero;
        int i = 0;
        for (; i <= x.Length - Vectors.Lanes; i += Vectors.Lanes)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x0, (nuint)i), Vector256.LoadUnsafe(ref y0, (nuint)i), sum);
        }

        float result = Vectors.Sum(sum);
        for (; i < x.Length; i++) result = MathF.FusedMultiplyAdd(x[i], y[i], result);
        return result;
    }

    /// <summary>Σ x² in double precision.</summary>
    internal static double Squares(ReadOnlySpan<float> x)
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        Vector256<double> low = Vector256<double>.Zero, high = Vector256<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Vectors.Lanes; i += Vectors.Lanes)
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(Vector256.LoadUnsafe(ref x0, (nuint)i));
            low += a * a;
            high += b * b;
        }

        Vector256<double> sum = low + high;
        double result = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        for (; i < x.Length; i++) result += (double)x[i] * x[i];
        return result;
    }
}
