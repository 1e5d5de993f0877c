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
    /// <param name="queries">(steps, 6) cells of the queries.</param>
    /// <param name="references">(steps, 48) cells of the references.</param>
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
        int steps = queries.Length / Rows;
        for (int row = 0; row < Rows; row++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                int key = start[lane];
                for (int t = 0; t < steps; t++)
                    key = TArithmetic.Add(key, TArithmetic.Term(queries[(t * Rows) + row], references[(t * Lanes) + lane]));
                _keys[(row * Lanes) + lane] = key;
                if (TTest.Passes(key, rowLimits[row], laneLimits[lane])) PassedRows |= 1u << row;
            }
        }
    }

    /// <summary>18 accumulators of 16 lanes; three references and nine terms under way fill the 32 registers of AVX-512.</summary>
    /// <remarks>Optimized at once: a caller comes back a hundred thousand times before the runtime would do so by itself.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compare512<TArithmetic, TTest>(
        ReadOnlySpan<int> queries, ReadOnlySpan<int> references, ReadOnlySpan<int> start, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        int steps = queries.Length / Rows;
        ref int q = ref MemoryMarshal.GetReference(queries);
        ref int r = ref MemoryMarshal.GetReference(references);
        Vector512<int> a0 = Vector512.Create(start), b0 = Vector512.Create(start[Width512..]), c0 = Vector512.Create(start[(2 * Width512)..]);
        Vector512<int> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        Vector512<int> b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
        Vector512<int> c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
        for (int t = 0; t < steps; t++)
        {
            var ra = Vector512.LoadUnsafe(ref r);
            var rb = Vector512.LoadUnsafe(ref r, Width512);
            var rc = Vector512.LoadUnsafe(ref r, 2 * Width512);
            Step<TArithmetic>(ref q, ra, rb, rc, ref a0, ref b0, ref c0, ref a1, ref b1, ref c1, ref a2, ref b2, ref c2);
            Step<TArithmetic>(ref Unsafe.Add(ref q, 3), ra, rb, rc, ref a3, ref b3, ref c3, ref a4, ref b4, ref c4, ref a5, ref b5, ref c5);
            q = ref Unsafe.Add(ref q, Rows);
            r = ref Unsafe.Add(ref r, Lanes);
        }
        PassedRows = Keep<TTest>(0, a0, b0, c0, rowLimits, laneLimits) | Keep<TTest>(1, a1, b1, c1, rowLimits, laneLimits)
            | Keep<TTest>(2, a2, b2, c2, rowLimits, laneLimits) | Keep<TTest>(3, a3, b3, c3, rowLimits, laneLimits)
            | Keep<TTest>(4, a4, b4, c4, rowLimits, laneLimits) | Keep<TTest>(5, a5, b5, c5, rowLimits, laneLimits);
    }

    /// <summary>One cell of three queries. All terms come before the sums: one by one, products and sums would get in each other's way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TArithmetic>(
        ref int queries, Vector512<int> ra, Vector512<int> rb, Vector512<int> rc,
        ref Vector512<int> a0, ref Vector512<int> b0, ref Vector512<int> c0,
        ref Vector512<int> a1, ref Vector512<int> b1, ref Vector512<int> c1,
        ref Vector512<int> a2, ref Vector512<int> b2, ref Vector512<int> c2)
        where TArithmetic : IArithmetic
    {
        var x = Vector512.Create(queries);
        Vector512<int> s0 = TArithmetic.Term(x, ra), t0 = TArithmetic.Term(x, rb), u0 = TArithmetic.Term(x, rc);
        x = Vector512.Create(Unsafe.Add(ref queries, 1));
        Vector512<int> s1 = TArithmetic.Term(x, ra), t1 = TArithmetic.Term(x, rb), u1 = TArithmetic.Term(x, rc);
        x = Vector512.Create(Unsafe.Add(ref queries, 2));
        Vector512<int> s2 = TArithmetic.Term(x, ra), t2 = TArithmetic.Term(x, rb), u2 = TArithmetic.Term(x, rc);
        (a0, b0, c0) = (TArithmetic.Add(a0, s0), TArithmetic.Add(b0, t0), TArithmetic.Add(c0, u0));
        (a1, b1, c1) = (TArithmetic.Add(a1, s1), TArithmetic.Add(b1, t1), TArithmetic.Add(c1, u1));
        (a2, b2, c2) = (TArithmetic.Add(a2, s2), TArithmetic.Add(b2, t2), TArithmetic.Add(c2, u2));
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

    /// <summary>12 accumulators of 8 lanes, a third of the tile at a time: with two references, a query and a term they fill the 16 registers of AVX2.</summary>
    /// <inheritdoc cref="Compare512" path="/remarks"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compare256<TArithmetic, TTest>(
        ReadOnlySpan<int> queries, ReadOnlySpan<int> references, ReadOnlySpan<int> start, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        int steps = queries.Length / Rows;
        PassedRows = 0;
        for (int lane = 0; lane < Lanes; lane += 2 * Width256)
        {
            ref int q = ref MemoryMarshal.GetReference(queries);
            ref int r = ref Unsafe.Add(ref MemoryMarshal.GetReference(references), lane);
            Vector256<int> a0 = Vector256.Create(start[lane..]), b0 = Vector256.Create(start[(lane + Width256)..]);
            Vector256<int> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
            Vector256<int> b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
            for (int t = 0; t < steps; t++)
            {
                var ra = Vector256.LoadUnsafe(ref r);
                var rb = Vector256.LoadUnsafe(ref r, Width256);
                Step<TArithmetic>(q, ra, rb, ref a0, ref b0);
                Step<TArithmetic>(Unsafe.Add(ref q, 1), ra, rb, ref a1, ref b1);
                Step<TArithmetic>(Unsafe.Add(ref q, 2), ra, rb, ref a2, ref b2);
                Step<TArithmetic>(Unsafe.Add(ref q, 3), ra, rb, ref a3, ref b3);
                Step<TArithmetic>(Unsafe.Add(ref q, 4), ra, rb, ref a4, ref b4);
                Step<TArithmetic>(Unsafe.Add(ref q, 5), ra, rb, ref a5, ref b5);
                q = ref Unsafe.Add(ref q, Rows);
                r = ref Unsafe.Add(ref r, Lanes);
            }
            PassedRows |= Keep<TTest>(0, lane, a0, b0, rowLimits, laneLimits) | Keep<TTest>(1, lane, a1, b1, rowLimits, laneLimits)
                | Keep<TTest>(2, lane, a2, b2, rowLimits, laneLimits) | Keep<TTest>(3, lane, a3, b3, rowLimits, laneLimits)
                | Keep<TTest>(4, lane, a4, b4, rowLimits, laneLimits) | Keep<TTest>(5, lane, a5, b5, rowLimits, laneLimits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TArithmetic>(int query, Vector256<int> ra, Vector256<int> rb, ref Vector256<int> a, ref Vector256<int> b)
        where TArithmetic : IArithmetic
    {
        var x = Vector256.Create(query);
        a = TArithmetic.Add(a, TArithmetic.Term(x, ra));
        b = TArithmetic.Add(b, TArithmetic.Term(x, rb));
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
