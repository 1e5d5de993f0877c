using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Vestige.Numerics.Neighbours;

/// <summary>One tile of the distance matrix: the keys of 8 queries against 48 references, and which of them a test lets through.</summary>
/// <remarks>
/// References lie in lanes and queries are broadcast, so the terms of each pair are added in the order of the dimensions whatever the
/// vector width: <see cref="Compare512"/>, <see cref="Compare256"/> and <see cref="CompareScalar"/> give the same bits.
/// </remarks>
internal sealed class Tile
{
    /// <summary>Queries of a tile.</summary>
    internal const int Rows = 8;

    /// <summary>References of a tile.</summary>
    internal const int Lanes = 48;

    private const int Width = 16;
    private const int Vectors = Lanes / Width;

    private readonly int[] _keys = new int[Rows * Lanes];
    private readonly ulong[] _passed = new ulong[Rows];

    /// <summary>Rows in which a pair passed, as bits.</summary>
    internal uint PassedRows { get; private set; }

    /// <summary>Fills the tile.</summary>
    /// <param name="queries">(steps, 8) cells of the queries.</param>
    /// <param name="references">(steps, 48) cells of the references.</param>
    /// <param name="start">(48) what each reference's key starts from.</param>
    /// <param name="rowLimits">(8) limit of each query.</param>
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

    /// <summary>Lanes of a row of <see cref="PassedRows"/> in which the pair passed, as bits.</summary>
    internal ulong PassedLanes(int row) => _passed[row];

    /// <summary>Keys of a row of <see cref="PassedRows"/>, (48); those of lanes that did not pass may be old.</summary>
    internal ReadOnlySpan<int> Keys(int row) => _keys.AsSpan(row * Lanes, Lanes);

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
            _passed[row] = 0;
            for (int lane = 0; lane < Lanes; lane++)
            {
                int key = start[lane];
                for (int t = 0; t < steps; t++)
                    key = TArithmetic.Add(key, TArithmetic.Term(queries[(t * Rows) + row], references[(t * Lanes) + lane]));
                if (TTest.Passes(key, rowLimits[row], laneLimits[lane])) _passed[row] |= 1UL << lane;
                _keys[(row * Lanes) + lane] = key;
            }
            if (_passed[row] != 0) PassedRows |= 1u << row;
        }
    }

    /// <summary>24 accumulators of 16 lanes: with three references and a broadcast query they fill the 32 registers of AVX-512.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compare512<TArithmetic, TTest>(
        ReadOnlySpan<int> queries, ReadOnlySpan<int> references, ReadOnlySpan<int> start, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        int steps = queries.Length / Rows;
        ref int q = ref MemoryMarshal.GetReference(queries);
        ref int r = ref MemoryMarshal.GetReference(references);
        Vector512<int> a0 = Vector512.Create(start), b0 = Vector512.Create(start[Width..]), c0 = Vector512.Create(start[(2 * Width)..]);
        Vector512<int> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        Vector512<int> b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;
        Vector512<int> c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        for (int t = 0; t < steps; t++)
        {
            Vector512<int> ra = Vector512.LoadUnsafe(ref r), rb = Vector512.LoadUnsafe(ref r, Width), rc = Vector512.LoadUnsafe(ref r, 2 * Width);
            Step<TArithmetic>(ref q, 0, ra, rb, rc, ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
            Step<TArithmetic>(ref q, 2, ra, rb, rc, ref a2, ref b2, ref c2, ref a3, ref b3, ref c3);
            Step<TArithmetic>(ref q, 4, ra, rb, rc, ref a4, ref b4, ref c4, ref a5, ref b5, ref c5);
            Step<TArithmetic>(ref q, 6, ra, rb, rc, ref a6, ref b6, ref c6, ref a7, ref b7, ref c7);
            q = ref Unsafe.Add(ref q, Rows);
            r = ref Unsafe.Add(ref r, Lanes);
        }
        PassedRows = 0;
        Keep<TTest>(0, a0, b0, c0, rowLimits, laneLimits);
        Keep<TTest>(1, a1, b1, c1, rowLimits, laneLimits);
        Keep<TTest>(2, a2, b2, c2, rowLimits, laneLimits);
        Keep<TTest>(3, a3, b3, c3, rowLimits, laneLimits);
        Keep<TTest>(4, a4, b4, c4, rowLimits, laneLimits);
        Keep<TTest>(5, a5, b5, c5, rowLimits, laneLimits);
        Keep<TTest>(6, a6, b6, c6, rowLimits, laneLimits);
        Keep<TTest>(7, a7, b7, c7, rowLimits, laneLimits);
    }

    /// <summary>One cell of two queries. Two terms at a time: the processor then spreads products and sums best over its units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TArithmetic>(
        ref int queries, int row, Vector512<int> ra, Vector512<int> rb, Vector512<int> rc,
        ref Vector512<int> a, ref Vector512<int> b, ref Vector512<int> c, ref Vector512<int> d, ref Vector512<int> e, ref Vector512<int> f)
        where TArithmetic : IArithmetic
    {
        Vector512<int> x = Vector512.Create(Unsafe.Add(ref queries, row));
        Vector512<int> s = TArithmetic.Term(x, ra), t = TArithmetic.Term(x, rb);
        a = TArithmetic.Add(a, s);
        b = TArithmetic.Add(b, t);
        s = TArithmetic.Term(x, rc);
        x = Vector512.Create(Unsafe.Add(ref queries, row + 1));
        t = TArithmetic.Term(x, ra);
        c = TArithmetic.Add(c, s);
        d = TArithmetic.Add(d, t);
        s = TArithmetic.Term(x, rb);
        t = TArithmetic.Term(x, rc);
        e = TArithmetic.Add(e, s);
        f = TArithmetic.Add(f, t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep<TTest>(int row, Vector512<int> a, Vector512<int> b, Vector512<int> c, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TTest : ITest
    {
        int limit = rowLimits[row];
        if (!TTest.AnyPasses(a, b, c, limit, laneLimits)) return;
        a.CopyTo(_keys, row * Lanes);
        b.CopyTo(_keys, (row * Lanes) + Width);
        c.CopyTo(_keys, (row * Lanes) + (2 * Width));
        _passed[row] = TTest.Passing(a, limit, laneLimits) | ((ulong)TTest.Passing(b, limit, laneLimits[Width..]) << Width)
            | ((ulong)TTest.Passing(c, limit, laneLimits[(2 * Width)..]) << (2 * Width));
        PassedRows |= 1u << row;
    }

    /// <summary>Four queries by 16 references at a time: what the 16 registers of AVX2 hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compare256<TArithmetic, TTest>(
        ReadOnlySpan<int> queries, ReadOnlySpan<int> references, ReadOnlySpan<int> start, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TArithmetic : IArithmetic
        where TTest : ITest
    {
        const int half = Width / 2;
        int steps = queries.Length / Rows;
        PassedRows = 0;
        Array.Clear(_passed);
        for (int vector = 0; vector < Vectors; vector++)
        {
            for (int row = 0; row < Rows; row += 4)
            {
                ref int q = ref Unsafe.Add(ref MemoryMarshal.GetReference(queries), row);
                ref int r = ref Unsafe.Add(ref MemoryMarshal.GetReference(references), vector * Width);
                ReadOnlySpan<int> from = start.Slice(vector * Width, Width);
                Vector256<int> a0 = Vector256.Create(from), b0 = Vector256.Create(from[half..]);
                Vector256<int> a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
                for (int t = 0; t < steps; t++)
                {
                    Vector256<int> ra = Vector256.LoadUnsafe(ref r), rb = Vector256.LoadUnsafe(ref r, half);
                    Step<TArithmetic>(q, ra, rb, ref a0, ref b0);
                    Step<TArithmetic>(Unsafe.Add(ref q, 1), ra, rb, ref a1, ref b1);
                    Step<TArithmetic>(Unsafe.Add(ref q, 2), ra, rb, ref a2, ref b2);
                    Step<TArithmetic>(Unsafe.Add(ref q, 3), ra, rb, ref a3, ref b3);
                    q = ref Unsafe.Add(ref q, Rows);
                    r = ref Unsafe.Add(ref r, Lanes);
                }
                ReadOnlySpan<int> limits = laneLimits.Slice(vector * Width, Width);
                Keep<TTest>(row, vector, a0, b0, rowLimits, limits);
                Keep<TTest>(row + 1, vector, a1, b1, rowLimits, limits);
                Keep<TTest>(row + 2, vector, a2, b2, rowLimits, limits);
                Keep<TTest>(row + 3, vector, a3, b3, rowLimits, limits);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TArithmetic>(int query, Vector256<int> ra, Vector256<int> rb, ref Vector256<int> a, ref Vector256<int> b)
        where TArithmetic : IArithmetic
    {
        Vector256<int> x = Vector256.Create(query);
        Vector256<int> s = TArithmetic.Term(x, ra), t = TArithmetic.Term(x, rb);
        a = TArithmetic.Add(a, s);
        b = TArithmetic.Add(b, t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep<TTest>(int row, int vector, Vector256<int> a, Vector256<int> b, ReadOnlySpan<int> rowLimits, ReadOnlySpan<int> laneLimits)
        where TTest : ITest
    {
        const int half = Width / 2;
        uint passed = TTest.Passing(a, rowLimits[row], laneLimits) | (TTest.Passing(b, rowLimits[row], laneLimits[half..]) << half);
        if (passed == 0) return;
        a.CopyTo(_keys, (row * Lanes) + (vector * Width));
        b.CopyTo(_keys, (row * Lanes) + (vector * Width) + half);
        _passed[row] |= (ulong)passed << (vector * Width);
        PassedRows |= 1u << row;
    }
}
