using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vestige.Numerics.Neighbours;

/// <summary>How the key of a pair grows with each cell of its query and its reference; the three widths do the same to every lane.</summary>
/// <remarks>In two steps, so that a kernel can have several terms under way.</remarks>
internal interface IArithmetic
{
    /// <summary>The term of one cell.</summary>
    static abstract int Term(int query, int reference);

    /// <inheritdoc cref="Term(int, int)"/>
    static abstract Vector256<int> Term(Vector256<int> query, Vector256<int> reference);

    /// <inheritdoc cref="Term(int, int)"/>
    static abstract Vector512<int> Term(Vector512<int> query, Vector512<int> reference);

    /// <summary>Adds a term to a key.</summary>
    static abstract int Add(int key, int term);

    /// <inheritdoc cref="Add(int, int)"/>
    static abstract Vector256<int> Add(Vector256<int> key, Vector256<int> term);

    /// <inheritdoc cref="Add(int, int)"/>
    static abstract Vector512<int> Add(Vector512<int> key, Vector512<int> term);
}

/// <summary>Cells are the bits of coordinates, keys those of squared distances: not negative, so they order as integers do.</summary>
/// <remarks>Subtract, then one fused multiply and add: a copy is at exactly 0, and d(x, y) is d(y, x) bit for bit.</remarks>
internal readonly struct DirectArithmetic : IArithmetic
{
    /// <inheritdoc/>
    public static int Term(int query, int reference) =>
        BitConverter.SingleToInt32Bits(BitConverter.Int32BitsToSingle(reference) - BitConverter.Int32BitsToSingle(query));

    /// <inheritdoc/>
    public static Vector256<int> Term(Vector256<int> query, Vector256<int> reference) => (reference.AsSingle() - query.AsSingle()).AsInt32();

    /// <inheritdoc/>
    public static Vector512<int> Term(Vector512<int> query, Vector512<int> reference) => (reference.AsSingle() - query.AsSingle()).AsInt32();

    /// <inheritdoc/>
    public static int Add(int key, int term)
    {
        float difference = BitConverter.Int32BitsToSingle(term);
        return BitConverter.SingleToInt32Bits(MathF.FusedMultiplyAdd(difference, difference, BitConverter.Int32BitsToSingle(key)));
    }

    /// <inheritdoc/>
    public static Vector256<int> Add(Vector256<int> key, Vector256<int> term) =>
        Vector256.FusedMultiplyAdd(term.AsSingle(), term.AsSingle(), key.AsSingle()).AsInt32();

    /// <inheritdoc/>
    public static Vector512<int> Add(Vector512<int> key, Vector512<int> term) =>
        Vector512.FusedMultiplyAdd(term.AsSingle(), term.AsSingle(), key.AsSingle()).AsInt32();
}

/// <summary>Cells are pairs of 16-bit grid coordinates, a term is the sum of their two products. Exact, wrapping at 32 bits.</summary>
internal readonly struct GridArithmetic : IArithmetic
{
    /// <summary>Whether the vector widths exist here; the scalar one always does.</summary>
    internal static bool IsAccelerated => Avx2.IsSupported;

    /// <inheritdoc/>
    public static int Term(int query, int reference) => ((short)query * (short)reference) + ((query >> 16) * (reference >> 16));

    /// <inheritdoc/>
    public static Vector256<int> Term(Vector256<int> query, Vector256<int> reference) =>
        Avx2.MultiplyAddAdjacent(query.AsInt16(), reference.AsInt16());

    /// <inheritdoc/>
    public static Vector512<int> Term(Vector512<int> query, Vector512<int> reference) =>
        Avx512BW.MultiplyAddAdjacent(query.AsInt16(), reference.AsInt16());

    /// <inheritdoc/>
    public static int Add(int key, int term) => key + term;

    /// <inheritdoc/>
    public static Vector256<int> Add(Vector256<int> key, Vector256<int> term) => key + term;

    /// <inheritdoc/>
    public static Vector512<int> Add(Vector512<int> key, Vector512<int> term) => key + term;
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
