using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Language.Numerics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Language.Transformer.Layers;

/// <summary>
/// Rotary positions: elements i and i + D/2 of a query or key at position t turn by the angle t 10000^(-2i/D) (Su et al. 2021,
/// equation 15, with the halves as pairs).
/// </summary>
internal sealed class Rotary
{
    // ln 10000.
    private const double LogBase = 9.210340371976182736;

    private readonly int _half;
    private readonly float[] _cos, _sin;

    /// <summary>Tables for positions below <paramref name="context"/> and heads of <paramref name="size"/> elements, a multiple of 16.</summary>
    internal Rotary(int context, int size)
    {
        _half = size / 2;
        _cos = new float[context * _half];
        _sin = new float[context * _half];
        for (int t = 0; t < context; t++)
        {
            for (int i = 0; i < _half; i++)
            {
                double angle = t * WrittenMath.Exp(-2.0 * i / size * LogBase);
                (double sin, double cos) = WrittenMath.SinCos(angle);
                _cos[(t * _half) + i] = (float)cos;
                _sin[(t * _half) + i] = (float)sin;
            }
        }
    }

    /// <summary>Turns all heads of <paramref name="x"/>, (H D), to position <paramref name="t"/>; <paramref name="back"/> undoes it, which is also the gradient.</summary>
    internal void Turn(Span<float> x, int t, bool back = false)
    {
        ref float cos = ref _cos[t * _half];
        ref float sin = ref _sin[t * _half];
        V sign = Vector256.Create(back ? -1f : 1f);
        for (int h = 0; h < x.Length; h += 2 * _half)
        {
            ref float first = ref MemoryMarshal.GetReference(x.Slice(h, 2 * _half));
            ref float second = ref Unsafe.Add(ref first, _half);
            for (nuint i = 0; i < (nuint)_half; i += Vectors.Lanes)
            {
                V c = Vector256.LoadUnsafe(ref cos, i), s = Vector256.LoadUnsafe(ref sin, i) * sign;
                V a = Vector256.LoadUnsafe(ref first, i), b = Vector256.LoadUnsafe(ref second, i);
                ((a * c) - (b * s)).StoreUnsafe(ref first, i);
                ((b * c) + (a * s)).StoreUnsafe(ref second, i);
            }
        }
    }
}
