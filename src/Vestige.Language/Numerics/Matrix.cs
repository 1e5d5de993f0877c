namespace Vestige.Language.Numerics;

/// <summary>A matrix in somebody else's memory: element (i, j) is <c>data[i RowStride + j ColumnStride]</c>.</summary>
internal readonly ref struct Matrix
{
    /// <summary>A view of <paramref name="rows"/> by <paramref name="columns"/> elements.</summary>
    /// <exception cref="ArgumentException">The view reaches beyond <paramref name="data"/>.</exception>
    internal Matrix(ReadOnlySpan<float> data, int rows, int columns, int rowStride, int columnStride = 1)
    {
        long last = rows == 0 || columns == 0 ? -1 : ((rows - 1L) * rowStride) + ((columns - 1L) * columnStride);
        if (rows < 0 || columns < 0 || rowStride < 0 || columnStride < 0 || last >= data.Length)
        {
            throw new ArgumentException($"A {rows} x {columns} matrix with strides {rowStride} and {columnStride} does not fit into {data.Length} elements.");
        }

        Data = data;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    internal ReadOnlySpan<float> Data { get; }

    internal int Rows { get; }

    internal int Columns { get; }

    internal int RowStride { get; }

    internal int ColumnStride { get; }

    /// <summary>The same memory with rows and columns exchanged.</summary>
    internal Matrix Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);
}
