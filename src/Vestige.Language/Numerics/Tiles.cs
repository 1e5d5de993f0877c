using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V256 = System.Runtime.Intrinsics.Vector256<float>;
using V512 = System.Runtime.Intrinsics.Vector512<float>;

namespace Vestige.Language.Numerics;

/// <summary>The innermost products of <see cref="Gemm"/>: a tile of the result stays in registers while the inner dimension runs.</summary>
/// <remarks>
/// The widths differ in nothing but speed. With 512 bits the tile takes 16 of the 32 registers, two the panel's row and one the
/// left operand: 16 multiply-adds for 10 loads. With 256 bits (16 registers) it is done in quarters of 4 by 16.
/// </remarks>
internal static class Tiles
{
    /// <summary>Rows of a tile.</summary>
    internal const int Rows = 8;

    /// <summary>Columns of a tile and of a panel.</summary>
    internal const int Columns = 32;

    /// <summary>(8, 32) of the result: <c>c[i, j] = Σ_k a[i aRow + k aColumn] b[32 k + j]</c>, or <c>+=</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Tile(ref float a, nint aRow, nint aColumn, ref float b, ref float c, nint cRow, int k, bool add)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Tile512(ref a, aRow, aColumn, ref b, ref c, cRow, k, add);
        }
        else if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
        {
            for (int i = 0; i < Rows; i += 4)
            {
                for (int j = 0; j < Columns; j += 16)
                {
                    Tile256(ref Unsafe.Add(ref a, i * aRow), aRow, aColumn, ref Unsafe.Add(ref b, j), ref Unsafe.Add(ref c, (i * cRow) + j), cRow, k, add);
                }
            }
        }
        else
        {
            for (int i = 0; i < Rows; i++) Plain(ref Unsafe.Add(ref a, i * aRow), aColumn, ref b, ref Unsafe.Add(ref c, i * cRow), k, add);
        }
    }

    /// <summary>One row, 32 columns, for the rows that do not fill a tile.</summary>
    internal static void Row(ref float a, nint aColumn, ref float b, ref float c, int k, bool add)
    {
        if (Vector256.IsHardwareAccelerated && Fma.IsSupported) Row256(ref a, aColumn, ref b, ref c, k, add);
        else Plain(ref a, aColumn, ref b, ref c, k, add);
    }

    /// <summary>The scalar twin of <see cref="Row"/>, which judges the others.</summary>
    internal static void Plain(ref float a, nint aColumn, ref float b, ref float c, int k, bool add)
    {
        for (int j = 0; j < Columns; j++)
        {
            float sum = 0;
            for (int i = 0; i < k; i++) sum = MathF.FusedMultiplyAdd(Unsafe.Add(ref a, i * aColumn), Unsafe.Add(ref b, (i * Columns) + j), sum);
            ref float to = ref Unsafe.Add(ref c, j);
            to = add ? sum + to : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile512(ref float a, nint aRow, nint aColumn, ref float b, ref float c, nint cRow, nint k, bool add)
    {
        ref float a1 = ref Unsafe.Add(ref a, aRow);
        ref float a2 = ref Unsafe.Add(ref a1, aRow);
        ref float a3 = ref Unsafe.Add(ref a2, aRow);
        ref float a4 = ref Unsafe.Add(ref a3, aRow);
        ref float a5 = ref Unsafe.Add(ref a4, aRow);
        ref float a6 = ref Unsafe.Add(ref a5, aRow);
        ref float a7 = ref Unsafe.Add(ref a6, aRow);
        V512 c00 = V512.Zero, c01 = V512.Zero;
        V512 c10 = V512.Zero, c11 = V512.Zero;
        V512 c20 = V512.Zero, c21 = V512.Zero;
        V512 c30 = V512.Zero, c31 = V512.Zero;
        V512 c40 = V512.Zero, c41 = V512.Zero;
        V512 c50 = V512.Zero, c51 = V512.Zero;
        V512 c60 = V512.Zero, c61 = V512.Zero;
        V512 c70 = V512.Zero, c71 = V512.Zero;
        for (nint at = 0; k > 0; k--, at += aColumn, b = ref Unsafe.Add(ref b, Columns))
        {
            V512 b0 = Vector512.LoadUnsafe(ref b), b1 = Vector512.LoadUnsafe(ref b, 16);
            V512 x = Vector512.Create(Unsafe.Add(ref a, at));
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(Unsafe.Add(ref a1, at));
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(Unsafe.Add(ref a2, at));
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(Unsafe.Add(ref a3, at));
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(Unsafe.Add(ref a4, at));
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(Unsafe.Add(ref a5, at));
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(Unsafe.Add(ref a6, at));
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(Unsafe.Add(ref a7, at));
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
        }

        Put(c00, c01, ref c, add);
        Put(c10, c11, ref Unsafe.Add(ref c, cRow), add);
        Put(c20, c21, ref Unsafe.Add(ref c, 2 * cRow), add);
        Put(c30, c31, ref Unsafe.Add(ref c, 3 * cRow), add);
        Put(c40, c41, ref Unsafe.Add(ref c, 4 * cRow), add);
        Put(c50, c51, ref Unsafe.Add(ref c, 5 * cRow), add);
        Put(c60, c61, ref Unsafe.Add(ref c, 6 * cRow), add);
        Put(c70, c71, ref Unsafe.Add(ref c, 7 * cRow), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile256(ref float a, nint aRow, nint aColumn, ref float b, ref float c, nint cRow, nint k, bool add)
    {
        ref float a1 = ref Unsafe.Add(ref a, aRow);
        ref float a2 = ref Unsafe.Add(ref a1, aRow);
        ref float a3 = ref Unsafe.Add(ref a2, aRow);
        V256 c00 = V256.Zero, c01 = V256.Zero;
        V256 c10 = V256.Zero, c11 = V256.Zero;
        V256 c20 = V256.Zero, c21 = V256.Zero;
        V256 c30 = V256.Zero, c31 = V256.Zero;
        for (nint at = 0; k > 0; k--, at += aColumn, b = ref Unsafe.Add(ref b, Columns))
        {
            V256 b0 = Vector256.LoadUnsafe(ref b), b1 = Vector256.LoadUnsafe(ref b, 8);
            V256 x = Vector256.Create(Unsafe.Add(ref a, at));
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(Unsafe.Add(ref a1, at));
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(Unsafe.Add(ref a2, at));
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(Unsafe.Add(ref a3, at));
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
        }

        Put(c00, c01, ref c, add);
        Put(c10, c11, ref Unsafe.Add(ref c, cRow), add);
        Put(c20, c21, ref Unsafe.Add(ref c, 2 * cRow), add);
        Put(c30, c31, ref Unsafe.Add(ref c, 3 * cRow), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row256(ref float a, nint aColumn, ref float b, ref float c, nint k, bool add)
    {
        V256 c0 = V256.Zero, c1 = V256.Zero, c2 = V256.Zero, c3 = V256.Zero;
        for (nint at = 0; k > 0; k--, at += aColumn, b = ref Unsafe.Add(ref b, Columns))
        {
            V256 x = Vector256.Create(Unsafe.Add(ref a, at));
            c0 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b), c0);
            c1 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b, 8), c1);
            c2 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b, 16), c2);
            c3 = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref b, 24), c3);
        }

        Put(c0, c1, ref c, add);
        Put(c2, c3, ref Unsafe.Add(ref c, 16), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(V512 x, V512 y, ref float c, bool add)
    {
        if (add)
        {
            x += Vector512.LoadUnsafe(ref c);
            y += Vector512.LoadUnsafe(ref c, 16);
        }

        x.StoreUnsafe(ref c);
        y.StoreUnsafe(ref c, 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(V256 x, V256 y, ref float c, bool add)
    {
        if (add)
        {
            x += Vector256.LoadUnsafe(ref c);
            y += Vector256.LoadUnsafe(ref c, 8);
        }

        x.StoreUnsafe(ref c);
        y.StoreUnsafe(ref c, 8);
    }
}
