using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vestige.Numerics.Neighbours;

/// <summary>How the key of a pair grows with two cells of its query, q0 and q1, and two of its reference, r0 and r1.</summary>
/// <remarks>The three widths do the same to every lane.</remarks>
internal interface IArithmetic
{
    /// <summary>Adds two cells to a key.</summary>
    static abstract int Add(int key, int q0, int q1, int r0, int r1);

    /// <inheritdoc cref="Add(int, int, int, int, int)"/>
    static abstract Vector256<int> Add(Vector256<int> key, Vector256<int> q0, Vector256<int> q1, Vector256<int> r0, Vector256<int> r1);

    /// <inheritdoc cref="Add(int, int, int, int, int)"/>
    static abstract Vector512<int> Add(Vector512<int> key, Vector512<int> q0, Vector512<int> q1, Vector512<int> r0, Vector512<int> r1);
}

/// <summary>A cell is the bits of a coordinate, a key those of a squared distance: not negative, so they order as integers do.</summary>
/// <remarks>Subtract, then one fused multiply and add: a copy is at exactly 0, and d(x, y) is d(y, x) bit for bit.</remarks>
internal readonly struct DirectArithmetic : IArithmetic
{
    /// <inheritdoc/>
    public static int Add(int key, int q0, int q1, int r0, int r1)
    {
        float d0 = BitConverter.Int32BitsToSingle(r0) - BitConverter.Int32BitsToSingle(q0);
        float d1 = BitConverter.Int32BitsToSingle(r1) - BitConverter.Int32BitsToSingle(q1);
        float sum = MathF.FusedMultiplyAdd(d0, d0, BitConverter.Int32BitsToSingle(key));
        return BitConverter.SingleToInt32Bits(MathF.FusedMultiplyAdd(d1, d1, sum));
    }

    /// <inheritdoc/>
    public static Vector256<int> Add(Vector256<int> key, Vector256<int> q0, Vector256<int> q1, Vector256<int> r0, Vector256<int> r1)
    {
        Vector256<float> d0 = r0.AsSingle() - q0.AsSingle(), d1 = r1.AsSingle() - q1.AsSingle();
        return Vector256.FusedMultiplyAdd(d1, d1, Vector256.FusedMultiplyAdd(d0, d0, key.AsSingle())).AsInt32();
    }

    /// <inheritdoc/>
    public static Vector512<int> Add(Vector512<int> key, Vector512<int> q0, Vector512<int> q1, Vector512<int> r0, Vector512<int> r1)
    {
        Vector512<float> d0 = r0.AsSingle() - q0.AsSingle(), d1 = r1.AsSingle() - q1.AsSingle();
        return Vector512.FusedMultiplyAdd(d1, d1, Vector512.FusedMultiplyAdd(d0, d0, key.AsSingle())).AsInt32();
    }
}

/// <summary>A cell is two 16-bit coordinates of a grid point, and a key grows by two products of sums. Exact, wrapping at 32 bits.</summary>
/// <remarks>
/// Winograd's inner product (A new algorithm for inner product, 1968): (x0 + y1)(x1 + y0) is x0 y0 + x1 y1 and two terms of one point
/// alone, which its offset takes off again. So there is one product for every two coordinates, and processors add at more places than
/// they multiply. q0 holds the even coordinates of a query and q1 the odd, r0 the odd of a reference and r1 the even.
/// </remarks>
internal readonly struct GridArithmetic : IArithmetic
{
    /// <summary>Whether the vector widths exist here; the scalar one always does.</summary>
    internal static bool IsAccelerated => Avx2.IsSupported;

    /// <inheritdoc/>
    public static int Add(int key, int q0, int q1, int r0, int r1) =>
        key + (((short)q0 + (short)r0) * ((short)q1 + (short)r1)) + (((q0 >> 16) + (r0 >> 16)) * ((q1 >> 16) + (r1 >> 16)));

    /// <inheritdoc/>
    public static Vector256<int> Add(Vector256<int> key, Vector256<int> q0, Vector256<int> q1, Vector256<int> r0, Vector256<int> r1) =>
        key + Avx2.MultiplyAddAdjacent(q0.AsInt16() + r0.AsInt16(), q1.AsInt16() + r1.AsInt16());

    /// <inheritdoc/>
    public static Vector512<int> Add(Vector512<int> key, Vector512<int> q0, Vector512<int> q1, Vector512<int> r0, Vector512<int> r1) =>
        key + Avx512BW.MultiplyAddAdjacent(q0.AsInt16() + r0.AsInt16(), q1.AsInt16() + r1.AsInt16());
}

/// <summary>Which keys of a tile are worth looking at.</summary>
internal interface ITest
{
    /// <summary>Whether one key passes.</summary>
    static abstract bool Passes(int key, int rowLimit, int laneLimit);

    /// <summary>Which of 8 keys of a row pass, as bits.</summary>
    static abstract uint Passing(Vector256<int> keys, int rowLimit, ReadOnlySpan<int> laneLimits);

    /// <summary>Whether any of 48 keys of a row passes.</summary>
    static abstract bool AnyPasses(Vector512<int> a, Vector512<int> b, Vector512<int> c, int rowLimit, ReadOnlySpan<int> laneLimits);
}

/// <summary>A key passes below the limit of its query.</summary>
internal readonly struct RowTest : ITest
{
    /// <inheritdoc/>
    public static bool Passes(int key, int rowLimit, int laneLimit) => key < rowLimit;

    /// <inheritdoc/>
    public static uint Passing(Vector256<int> keys, int rowLimit, ReadOnlySpan<int> laneLimits) =>
        Vector256.LessThan(keys, Vector256.Create(rowLimit)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    public static bool AnyPasses(Vector512<int> a, Vector512<int> b, Vector512<int> c, int rowLimit, ReadOnlySpan<int> laneLimits) =>
        Vector512.LessThanAny(Vector512.Min(Vector512.Min(a, b), c), Vector512.Create(rowLimit));
}

/// <summary>A key passes if, with what its row adds, it is not above the limit of its reference.</summary>
internal readonly struct LaneTest : ITest
{
    /// <inheritdoc/>
    public static bool Passes(int key, int rowLimit, int laneLimit) => key + rowLimit <= laneLimit;

    /// <inheritdoc/>
    public static uint Passing(Vector256<int> keys, int rowLimit, ReadOnlySpan<int> laneLimits) =>
        Vector256.LessThanOrEqual(keys + Vector256.Create(rowLimit), Vector256.Create(laneLimits)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    public static bool AnyPasses(Vector512<int> a, Vector512<int> b, Vector512<int> c, int rowLimit, ReadOnlySpan<int> laneLimits)
    {
        var row = Vector512.Create(rowLimit);
        return Vector512.LessThanOrEqualAny(a + row, Vector512.Create(laneLimits))
            | Vector512.LessThanOrEqualAny(b + row, Vector512.Create(laneLimits[16..]))
            | Vector512.LessThanOrEqualAny(c + row, Vector512.Create(laneLimits[32..]));
    }
}
