using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Language.Numerics;

/// <summary>Arithmetic on whole spans. Each element is rounded as by the plain loop.</summary>
internal static class Elementwise
{
    /// <summary><c>y += x</c>.</summary>
    internal static void Add(Span<float> y, ReadOnlySpan<float> x)
    {
        ref float y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        ref float x0 = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= x.Length - Vectors.Lanes; i += Vectors.Lanes)
        {
            (Vector256.LoadUnsafe(ref y0, (nuint)i) + Vector256.LoadUnsafe(ref x0, (nuint)i)).StoreUnsafe(ref y0, (nuint)i);
        }

        for (; i < x.Length; i++) y[i] += x[i];
    }

    /// <summary><c>y *= factor</c>.</summary>
    internal static void Scale(Span<float> y, float factor)
    {
        ref float y0 = ref MemoryMarshal.GetReference(y);
        V f = Vector256.Create(factor);
        int i = 0;
        for (; i <= y.Length - Vectors.Lanes; i += Vectors.Lanes) (Vector256.LoadUnsafe(ref y0, (nuint)i) * f).StoreUnsafe(ref y0, (nuint)i);
        for (; i < y.Length; i++) y[i] *= factor;
    }

    /// <summary><c>y = a y + b x</c>, the products rounded before they are added.</summary>
    internal static void Combine(Span<float> y, float a, ReadOnlySpan<float> x, float b)
    {
        ref float y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        ref float x0 = ref MemoryMarshal.GetReference(x);
        V va = Vector256.Create(a), vb = Vector256.Create(b);
        int i = 0;
        for (; i <= x.Length - Vectors.Lanes; i += Vectors.Lanes)
        {
            ((va * Vector256.LoadUnsafe(ref y0, (nuint)i)) + (vb * Vector256.LoadUnsafe(ref x0, (nuint)i))).StoreUnsafe(ref y0, (nuint)i);
        }

        for (; i < x.Length; i++) y[i] = (a * y[i]) + (b * x[i]);
    }
}
