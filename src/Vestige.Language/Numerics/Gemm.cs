using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vestige.Language.Numerics;

/// <summary>What is known to be zero in a product, and need not be computed.</summary>
internal enum Triangle
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Of the result only elements (i, j) with j ≤ i are wanted; the others are left as they are, or get any finite value.</summary>
    LowerResult,

    /// <summary>The left operand is zero where its column is beyond its row (and stored as zeros for at least 7 columns beyond).</summary>
    LowerLeft,

    /// <summary>The left operand is zero where its column is before its row (and stored as zeros for at least 7 columns before).</summary>
    UpperLeft,
}

/// <summary>Products of matrices in single precision.</summary>
/// <remarks>
/// Each element is one chain of fused multiply-adds in the order of the inner dimension, whatever the tile, the vector width and
/// the number of rows: the same product gives the same bits on every machine.
/// </remarks>
internal static class Gemm
{
    /// <summary><c>c[i, j] = Σ_k a[i, k] b[k, j]</c>, or <c>+=</c> with <paramref name="add"/>.</summary>
    /// <param name="c">(M, N) out, row i at <c>i cStride</c>.</param>
    /// <param name="cStride">Elements from one row of <paramref name="c"/> to the next.</param>
    /// <param name="a">(M, K).</param>
    /// <param name="b">(K, N).</param>
    /// <param name="add">Adds to what <paramref name="c"/> holds.</param>
    /// <param name="triangle">What need not be computed.</param>
    /// <exception cref="ArgumentException">The inner dimensions differ, or the result does not fit into <paramref name="c"/>.</exception>
    internal static void Multiply(Span<float> c, int cStride, Matrix a, Panels b, bool add = false, Triangle triangle = Triangle.None)
    {
        if (a.Columns != b.Rows) throw new ArgumentException($"A product of {a.Rows} x {a.Columns} and {b.Rows} x {b.Columns}: the inner dimensions differ.");
        _ = new Matrix(c, a.Rows, b.Columns, cStride);
        ref float left = ref MemoryMarshal.GetReference(a.Data);
        ref float result = ref MemoryMarshal.GetReference(c);
        Span<float> edge = stackalloc float[Tiles.Rows * Tiles.Columns];

        for (int j = 0; j < b.Columns; j += Tiles.Columns)
        {
            ref float panel = ref Unsafe.Add(ref MemoryMarshal.GetReference(b.Data), (nint)j * b.Rows);
            int width = Math.Min(Tiles.Columns, b.Columns - j);
            int rows;
            for (int i = triangle == Triangle.LowerResult ? j / Tiles.Rows * Tiles.Rows : 0; i < a.Rows; i += rows)
            {
                rows = a.Rows - i >= Tiles.Rows ? Tiles.Rows : 1;
                int first = triangle == Triangle.UpperLeft ? Math.Min(i, a.Columns) : 0;
                int last = triangle == Triangle.LowerLeft ? Math.Min(i + rows, a.Columns) : a.Columns;
                ref float row = ref Unsafe.Add(ref left, ((nint)i * a.RowStride) + ((nint)first * a.ColumnStride));
                ref float b0 = ref Unsafe.Add(ref panel, (nint)first * Tiles.Columns);
                ref float c0 = ref Unsafe.Add(ref result, ((nint)i * cStride) + j);
                if (width == Tiles.Columns)
                {
                    Compute(ref row, a.RowStride, a.ColumnStride, ref b0, ref c0, cStride, last - first, rows, add);
                }
                else
                {
                    Compute(ref row, a.RowStride, a.ColumnStride, ref b0, ref MemoryMarshal.GetReference(edge), Tiles.Columns, last - first, rows, add: false);
                    CopyEdge(edge, c[((i * cStride) + j)..], cStride, rows, width, add);
                }
            }
        }
    }

    private static void Compute(ref float a, nint aRow, nint aColumn, ref float b, ref float c, nint cRow, int k, int rows, bool add)
    {
        if (rows == Tiles.Rows) Tiles.Tile(ref a, aRow, aColumn, ref b, ref c, cRow, k, add);
        else Tiles.Row(ref a, aColumn, ref b, ref c, k, add);
    }

    private static void CopyEdge(ReadOnlySpan<float> edge, Span<float> c, int cStride, int rows, int width, bool add)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < width; j++)
            {
                float value = edge[(i * Tiles.Columns) + j];
                c[(i * cStride) + j] = add ? value + c[(i * cStride) + j] : value;
            }
        }
    }
}
