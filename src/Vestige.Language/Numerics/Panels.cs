using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vestige.Language.Numerics;

/// <summary>The right operand of a product, packed: panels of 32 columns, each panel row after row, so that a kernel reads it straight on.</summary>
/// <remarks>Columns beyond <see cref="Columns"/> are zero.</remarks>
internal sealed class Panels
{
    private readonly Memory<float> _data;

    /// <summary>Room for a matrix of <paramref name="rows"/> by <paramref name="columns"/>.</summary>
    internal Panels(int rows, int columns)
        : this(Size(rows, columns))
    {
    }

    /// <summary>Room for <paramref name="size"/> elements, as <see cref="Size"/> counts them.</summary>
    internal Panels(int size) => _data = Aligned.Allocate(size);

    /// <summary>Rows of the matrix that is packed, the inner dimension of the product.</summary>
    internal int Rows { get; private set; }

    /// <summary>Columns of the matrix that is packed.</summary>
    internal int Columns { get; private set; }

    /// <summary>The panels: element (k, j) is at <c>(j / 32) 32 Rows + 32 k + j % 32</c>.</summary>
    internal ReadOnlySpan<float> Data => _data.Span;

    /// <summary>Elements that a packed matrix takes.</summary>
    internal static int Size(int rows, int columns) => checked(rows * Padded(columns));

    /// <summary>Packs <paramref name="source"/>.</summary>
    internal void Pack(Matrix source)
    {
        (Rows, Columns) = (source.Rows, source.Columns);
        Span<float> data = _data.Span[..(Rows * Padded(Columns))];
        for (int column = 0; column < Columns; column += Tiles.Columns)
        {
            Span<float> panel = data.Slice(column * Rows, Tiles.Columns * Rows);
            int width = Math.Min(Tiles.Columns, Columns - column);
            if (width < Tiles.Columns) panel.Clear();
            if (source.ColumnStride == 1) CopyRows(panel, source, column, width);
            else Transpose(panel, source, column, width);
        }
    }

    private static int Padded(int columns) => (columns + Tiles.Columns - 1) / Tiles.Columns * Tiles.Columns;

    private static void CopyRows(Span<float> panel, Matrix source, int column, int width)
    {
        ref float from = ref MemoryMarshal.GetReference(source.Data);
        ref float to = ref MemoryMarshal.GetReference(panel);
        nint stride = source.RowStride;
        from = ref Unsafe.Add(ref from, column);
        for (int k = 0; k < source.Rows; k++)
        {
            if (width == Tiles.Columns)
            {
                for (nuint j = 0; j < Tiles.Columns; j += Vectors.Lanes) Vector256.LoadUnsafe(ref from, j).StoreUnsafe(ref to, j);
            }
            else
            {
                for (int j = 0; j < width; j++) Unsafe.Add(ref to, j) = Unsafe.Add(ref from, j);
            }

            from = ref Unsafe.Add(ref from, stride);
            to = ref Unsafe.Add(ref to, Tiles.Columns);
        }
    }

    // In blocks of 16 rows, a cache line of the source's, so that each line is fetched once.
    private static void Transpose(Span<float> panel, Matrix source, int column, int width)
    {
        nint across = source.ColumnStride, along = source.RowStride;
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetReference(source.Data), column * across);
        for (int block = 0; block < source.Rows; block += 16)
        {
            int count = Math.Min(16, source.Rows - block);
            ref float from = ref Unsafe.Add(ref first, block * along);
            ref float to = ref MemoryMarshal.GetReference(panel[(block * Tiles.Columns)..]);
            for (int j = 0; j < width; j++)
            {
                if (count == 16 && along == 1) Scatter(ref from, ref to);
                else for (int k = 0; k < count; k++) Unsafe.Add(ref to, k * Tiles.Columns) = Unsafe.Add(ref from, k * along);
                from = ref Unsafe.Add(ref from, across);
                to = ref Unsafe.Add(ref to, 1);
            }
        }
    }

    // Written out: with constant offsets an element costs one load and one store.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(ref float from, ref float to)
    {
        to = from;
        Unsafe.Add(ref to, 1 * Tiles.Columns) = Unsafe.Add(ref from, 1);
        Unsafe.Add(ref to, 2 * Tiles.Columns) = Unsafe.Add(ref from, 2);
        Unsafe.Add(ref to, 3 * Tiles.Columns) = Unsafe.Add(ref from, 3);
        Unsafe.Add(ref to, 4 * Tiles.Columns) = Unsafe.Add(ref from, 4);
        Unsafe.Add(ref to, 5 * Tiles.Columns) = Unsafe.Add(ref from, 5);
        Unsafe.Add(ref to, 6 * Tiles.Columns) = Unsafe.Add(ref from, 6);
        Unsafe.Add(ref to, 7 * Tiles.Columns) = Unsafe.Add(ref from, 7);
        Unsafe.Add(ref to, 8 * Tiles.Columns) = Unsafe.Add(ref from, 8);
        Unsafe.Add(ref to, 9 * Tiles.Columns) = Unsafe.Add(ref from, 9);
        Unsafe.Add(ref to, 10 * Tiles.Columns) = Unsafe.Add(ref from, 10);
        Unsafe.Add(ref to, 11 * Tiles.Columns) = Unsafe.Add(ref from, 11);
        Unsafe.Add(ref to, 12 * Tiles.Columns) = Unsafe.Add(ref from, 12);
        Unsafe.Add(ref to, 13 * Tiles.Columns) = Unsafe.Add(ref from, 13);
        Unsafe.Add(ref to, 14 * Tiles.Columns) = Unsafe.Add(ref from, 14);
        Unsafe.Add(ref to, 15 * Tiles.Columns) = Unsafe.Add(ref from, 15);
    }
}
