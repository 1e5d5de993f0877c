using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Planes;

/// <summary>Moving samples between the lanes of vectors, and adding lanes in a written order.</summary>
internal static class Lane
{
    /// <summary>Of sixteen samples those of even and those of odd number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (V Even, V Odd) Deinterleave(V first, V second)
    {
        V a = Vector256.Shuffle(first, Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
        V b = Vector256.Shuffle(second, Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
        return (Vector256.Create(a.GetLower(), b.GetLower()), Vector256.Create(a.GetUpper(), b.GetUpper()));
    }

    /// <summary>Adds the eight lanes to four sums in double: lane i and lane i + 4 to sum i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Add(Vector256<double> sums, V lanes)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(lanes);
        return sums + (lower + upper);
    }

    /// <summary>The four sums together.</summary>
    internal static double Total(Vector256<double> sums) => (sums[0] + sums[1]) + (sums[2] + sums[3]);
}
