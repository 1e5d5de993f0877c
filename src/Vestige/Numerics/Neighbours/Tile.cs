using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Vestige.Numerics.Neighbours;

/// <summary>One tile of the distance matrix: the keys of 6 queries against 48 references, and which rows hold one that passes a test.</summary>
/// <remarks>
/// References lie in lanes and queries are broadcast, so the terms of each pair are added in the order of the dimensions whatever the
/// vector width: <see cref="Compare512"/>, <see cref="Compare256"/> and <see cref="CompareScalar"/> give the same bits.
/// </remarks>
internal sealed class Tile
{
    /// <summary>Queries of a tile.</summary>
    internal const int Rows = 6;

    /// <summary>References of a tile.</summary>
    internal const int Lanes = 48;

    private const int Width512 = 16;
    private const int Width256 = 8;

    private readonly int[] _keys = new int[Rows * Lanes];

    /// <summary>Rows in which a pair passed, as bits.</summary>
    internal uint PassedRows { get; private set; }

    /// <summary>The keys of a row, (48).</summary>
    internal ReadOnlySpan<int> Keys(int row) => _keys.AsSpan(row * Lanes, Lanes);

    /// <summary>Lanes of a row that pass, as bits.</summary>
    internal ulong PassedLanes<TTest>(int row, int rowLimit, ReadOnlySpan<int> laneLimits)
        where TTest : ITest
    {
        ulong lanes = 0;
        for (int lane = 0; lane < Lanes; lane += Width256)
            lanes |= (ulong)TTest.Passing(Vector256.Create(_keys, (row * Lanes) + lane), rowLimit, laneLimits[lane..]) << lane;
        return lanes;
    }

    /// <summary>Fills the tile.</summary>
    /// <param name="queries">(cells, 6) cells of the queries, an even number.</param>
    /// <param name="references">(cells, 48) cells of the references, as many.</param>
    /// <param name="start">(48) what each reference's keys start from.</param>
    /// <param name="rowLimits">(6) limit of each query.</param>
    /// <param name="laneLimits">(48) limit of each reference; unused by <see cref="RowTest"/>.</param>
    internal void Compare<TArithmetic, TTest>(
        ReadOnlySpan<int> queries, ReadOnlySpan<int> references, ReadOnlySpan<int> start, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        if (Vector512.IsHardwareAccelerated) Compare512<TArithmetic, TTest>(queries, references, start, rowLimits, laneLimits);
        else if (Vector256.IsHardwareAccelerated || AdvSimd.IsSupported) Compare256<TArithmetic, TTest>(queries, references, start, rowLimits, laneLimits);
        else CompareScalar<TArithmetic, TTest>(queries, references, start, rowLimits, laneLimits);
    }

    /// <summary>The plain twin: one pair after the other.</summary>
    internal void CompareScalar<TArithmetic, TTest>(
        ReadOnlySpan<int> queries, ReadOnlySpan<int> references, ReadOnlySpan<int> start, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        PassedRows = 0;
        int cells = queries.Length / Rows;
        for (int row = 0; row < Rows; row++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                int key = start[lane];
                for (int t = 0; t < cells; t += 2)
                {
                    key = TArithmetic.Add(
                        key, queries[(t * Rows) + row], queries[((t + 1) * Rows) + row], references[(t * Lanes) + lane], references[((t + 1) * Lanes) + lane]);
                }
                _keys[(row * Lanes) + lane] = key;
                if (TTest.Passes(key, rowLimits[row], laneLimits[lane])) PassedRows |= 1u << row;
            }
        }
    }

    /// <summary>18 accumulators of 16 lanes: with six cells of references, two of a query and what is under way, the 32 registers of AVX-512.</summary>
    /// <remarks>Optimized at once: a caller comes back a hundred thousand times before the runtime would do so by itself.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compare512<TArithmetic, TTest>(
        ReadOnlySpan<int> queries, ReadOnlySpan<int> references, ReadOnlySpan<int> start, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        int cells = queries.Length / Rows;
        ref int q = ref MemoryMarshal.GetReference(queries);
        ref int r = ref MemoryMarshal.GetReference(references);
        Vector512<int> a0 = Vector512.Create(start), b0 = Vector512.Create(start[Width512..]), c0 = Vector512.Create(start[(2 * Width512)..]);
        Vector512<int> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        Vector512<int> b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
        Vector512<int> c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
        for (int t = 0; t < cells; t += 2)
        {
            Vector512<int> ra = Vector512.LoadUnsafe(ref r), rb = Vector512.LoadUnsafe(ref r, Width512), rc = Vector512.LoadUnsafe(ref r, 2 * Width512);
            r = ref Unsafe.Add(ref r, Lanes);
            Vector512<int> sa = Vector512.LoadUnsafe(ref r), sb = Vector512.LoadUnsafe(ref r, Width512), sc = Vector512.LoadUnsafe(ref r, 2 * Width512);
            r = ref Unsafe.Add(ref r, Lanes);
            Step<TArithmetic>(ref q, 0, ra, rb, rc, sa, sb, sc, ref a0, ref b0, ref c0);
            Step<TArithmetic>(ref q, 1, ra, rb, rc, sa, sb, sc, ref a1, ref b1, ref c1);
            Step<TArithmetic>(ref q, 2, ra, rb, rc, sa, sb, sc, ref a2, ref b2, ref c2);
            Step<TArithmetic>(ref q, 3, ra, rb, rc, sa, sb, sc, ref a3, ref b3, ref c3);
            Step<TArithmetic>(ref q, 4, ra, rb, rc, sa, sb, sc, ref a4, ref b4, ref c4);
            Step<TArithmetic>(ref q, 5, ra, rb, rc, sa, sb, sc, ref a5, ref b5, ref c5);
            q = ref Unsafe.Add(ref q, 2 * Rows);
        }
        PassedRows = Keep<TTest>(0, a0, b0, c0, rowLimits, laneLimits) | Keep<TTest>(1, a1, b1, c1, rowLimits, laneLimits)
            | Keep<TTest>(2, a2, b2, c2, rowLimits, laneLimits) | Keep<TTest>(3, a3, b3, c3, rowLimits, laneLimits)
            | Keep<TTest>(4, a4, b4, c4, rowLimits, laneLimits) | Keep<TTest>(5, a5, b5, c5, rowLimits, laneLimits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TArithmetic>(
        ref int queries, int row, Vector512<int> ra, Vector512<int> rb, Vector512<int> rc, Vector512<int> sa, Vector512<int> sb, Vector512<int> sc,
        ref Vector512<int> a, ref Vector512<int> b, ref Vector512<int> c)
        where TArithmetic : IArithmetic
    {
        Vector512<int> x = Vector512.Create(Unsafe.Add(ref queries, row)), y = Vector512.Create(Unsafe.Add(ref queries, Rows + row));
        a = TArithmetic.Add(a, x, y, ra, sa);
        b = TArithmetic.Add(b, x, y, rb, sb);
        c = TArithmetic.Add(c, x, y, rc, sc);
    }

    /// <summary>Stores a row and says, as its bit, whether any lane passed: without a branch, which would be mispredicted at the end of all sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Keep<TTest>(int row, Vector512<int> a, Vector512<int> b, Vector512<int> c, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TTest : ITest
    {
        ref int keys = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_keys), row * Lanes);
        a.StoreUnsafe(ref keys);
        b.StoreUnsafe(ref keys, Width512);
        c.StoreUnsafe(ref keys, 2 * Width512);
        return (TTest.AnyPasses(a, b, c, rowLimits[row], laneLimits) ? 1u : 0) << row;
    }

    /// <summary>12 accumulators of 8 lanes, a third of the tile at a time: most of the 16 registers of AVX2.</summary>
    /// <inheritdoc cref="Compare512" path="/remarks"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compare256<TArithmetic, TTest>(
        ReadOnlySpan<int> queries, ReadOnlySpan<int> references, ReadOnlySpan<int> start, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        int cells = queries.Length / Rows;
        PassedRows = 0;
        for (int lane = 0; lane < Lanes; lane += 2 * Width256)
        {
            ref int q = ref MemoryMarshal.GetReference(queries);
            ref int r = ref Unsafe.Add(ref MemoryMarshal.GetReference(references), lane);
            Vector256<int> a0 = Vector256.Create(start[lane..]), b0 = Vector256.Create(start[(lane + Width256)..]);
            Vector256<int> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
            Vector256<int> b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
            for (int t = 0; t < cells; t += 2)
            {
                Vector256<int> ra = Vector256.LoadUnsafe(ref r), rb = Vector256.LoadUnsafe(ref r, Width256);
                r = ref Unsafe.Add(ref r, Lanes);
                Vector256<int> sa = Vector256.LoadUnsafe(ref r), sb = Vector256.LoadUnsafe(ref r, Width256);
                r = ref Unsafe.Add(ref r, Lanes);
                Step<TArithmetic>(ref q, 0, ra, rb, sa, sb, ref a0, ref b0);
                Step<TArithmetic>(ref q, 1, ra, rb, sa, sb, ref a1, ref b1);
                Step<TArithmetic>(ref q, 2, ra, rb, sa, sb, ref a2, ref b2);
                Step<TArithmetic>(ref q, 3, ra, rb, sa, sb, ref a3, ref b3);
                Step<TArithmetic>(ref q, 4, ra, rb, sa, sb, ref a4, ref b4);
                Step<TArithmetic>(ref q, 5, ra, rb, sa, sb, ref a5, ref b5);
                q = ref Unsafe.Add(ref q, 2 * Rows);
            }
            PassedRows |= Keep<TTest>(0, lane, a0, b0, rowLimits, laneLimits) | Keep<TTest>(1, lane, a1, b1, rowLimits, laneLimits)
                | Keep<TTest>(2, lane, a2, b2, rowLimits, laneLimits) | Keep<TTest>(3, lane, a3, b3, rowLimits, laneLimits)
                | Keep<TTest>(4, lane, a4, b4, rowLimits, laneLimits) | Keep<TTest>(5, lane, a5, b5, rowLimits, laneLimits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TArithmetic>(
        ref int queries, int row, Vector256<int> ra, Vector256<int> rb, Vector256<int> sa, Vector256<int> sb, ref Vector256<int> a, ref Vector256<int> b)
        where TArithmetic : IArithmetic
    {
        Vector256<int> x = Vector256.Create(Unsafe.Add(ref queries, row)), y = Vector256.Create(Unsafe.Add(ref queries, Rows + row));
        a = TArithmetic.Add(a, x, y, ra, sa);
        b = TArithmetic.Add(b, x, y, rb, sb);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Keep<TTest>(int row, int lane, Vector256<int> a, Vector256<int> b, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TTest : ITest
    {
        ref int keys = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_keys), (row * Lanes) + lane);
        a.StoreUnsafe(ref keys);
        b.StoreUnsafe(ref keys, Width256);
        uint passing = TTest.Passing(a, rowLimits[row], laneLimits[lane..]) | TTest.Passing(b, rowLimits[row], laneLimits[(lane + Width256)..]);
        return (passing != 0 ? 1u : 0) << row;
    }
}
