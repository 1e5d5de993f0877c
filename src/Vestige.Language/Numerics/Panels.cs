using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        for (int k = 0; k < source.Rows; k++)
        {
            source.Data.Slice((k * source.RowStride) + column, width).CopyTo(panel.Slice(k * Tiles.Columns, width));
        }
    }

    // In blocks of 16 rows, a cache line of the source's, so that each line is fetched once.
    private static void Transpose(Span<float> panel, Matrix source, int column, int width)
    {
        ref float from = ref MemoryMarshal.GetReference(source.Data);
        ref float to = ref MemoryMarshal.GetReference(panel);
        for (int block = 0; block < source.Rows; block += 16)
        {
            int end = Math.Min(block + 16, source.Rows);
            for (int j = 0; j < width; j++)
            {
                ref float line = ref Unsafe.Add(ref from, (nint)(column + j) * source.ColumnStride);
                for (int k = block; k < end; k++)
                {
                    Unsafe.Add(ref to, (k * Tiles.Columns) + j) = Unsafe.Add(ref line, (nint)k * source.RowStride);
                }
            }
        }
    }
}
