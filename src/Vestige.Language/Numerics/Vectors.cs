using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Language.Numerics;

/// <summary>What elementwise kernels share: functions of eight lanes whose bits do not depend on the machine.</summary>
internal static class Vectors
{
    /// <summary>Lanes of a vector. Fixed, so that sums are added in the same order everywhere.</summary>
    internal const int Lanes = 8;

    /// <summary>
    /// e to the x: at most 2 units in the last place from the true value for x within [-87, 88]; beyond that as at the ends.
    /// The polynomial is that of Cephes' <c>expf</c> (Moshier).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Exp(V x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-87f)), Vector256.Create(88f));
        // Adding 1.5 x 2^23 rounds to an integer, which then stands in the low bits.
        V rounder = Vector256.Create(12582912f);
        V shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.44269504f), rounder);
        V n = shifted - rounder;
        // ln 2 in two parts, the first exact in 10 bits.
        V r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        V p = Vector256.Create(1.9875691500e-4f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.6666665459e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(5.0000001201e-1f));
        p = Vector256.FusedMultiplyAdd(p, r * r, r + V.One);
        // Times 2^n, by adding n to the exponent: p is within [0.7, 1.42] and n within [-126, 127].
        return (p.AsInt32() + Vector256.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();
    }

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Sigmoid(V x) => V.One / (V.One + Exp(-x));

    /// <summary>The sum of the lanes, in halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(V x)
    {
        Vector128<float> half = x.GetLower() + x.GetUpper();
        return (half[0] + half[2]) + (half[1] + half[3]);
    }

    /// <summary>The greatest lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Max(V x)
    {
        Vector128<float> half = Vector128.Max(x.GetLower(), x.GetUpper());
        return MathF.Max(MathF.Max(half[0], half[2]), MathF.Max(half[1], half[3]));
    }
}
