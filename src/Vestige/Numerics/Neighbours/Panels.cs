namespace Vestige.Numerics.Neighbours;

/// <summary>Points interleaved for <see cref="Tile"/>: in each panel, cell by cell, that of every point of the panel.</summary>
/// <param name="Cells">(panels, depth, width).</param>
/// <param name="Depth">Cells of a point, an even number.</param>
/// <param name="Width">Points of a panel: <see cref="Tile.Rows"/> for queries, <see cref="Tile.Lanes"/> for references.</param>
/// <param name="Offsets">(panels, width) what a point adds to each of its keys, whatever the other point.</param>
internal sealed record Panels(int[] Cells, int Depth, int Width, int[] Offsets)
{
    /// <summary>Number of panels.</summary>
    internal int Count => Offsets.Length / Width;

    /// <summary>All cells of one panel, (Depth, Width).</summary>
    internal ReadOnlySpan<int> this[int panel] => Cells.AsSpan(panel * Depth * Width, Depth * Width);

    /// <summary>Panels of zeros.</summary>
    internal static Panels Empty(int points, int depth, int width)
    {
        int count = (points + width - 1) / width;
        return new Panels(new int[checked(count * depth * width)], depth, width, new int[count * width]);
    }

    /// <summary>Offsets of one panel, (Width).</summary>
    internal ReadOnlySpan<int> OffsetsOf(int panel) => Offsets.AsSpan(panel * Width, Width);

    /// <summary>From the first cell of one place on; its cells are <see cref="Width"/> apart.</summary>
    internal Span<int> CellsOf(int place) => Cells.AsSpan((place / Width * Depth * Width) + (place % Width));
}

/// <summary>Both sides of a comparison of the coordinates themselves, for <see cref="DirectArithmetic"/>.</summary>
/// <param name="Queries">In their own order.</param>
/// <param name="References">In the order of <see cref="PointSet.Order"/>.</param>
internal sealed record DirectPanels(Panels Queries, Panels References)
{
    /// <summary>Lays out both sides.</summary>
    internal static DirectPanels Of(PointSet queries, PointSet references) =>
        new(Lay(queries, Enumerable.Range(0, queries.Count), Tile.Rows), Lay(references, references.Order, Tile.Lanes));

    private static Panels Lay(PointSet points, IEnumerable<int> order, int width)
    {
        // An odd number of coordinates is filled up with a zero, which adds nothing.
        Panels panels = Panels.Empty(points.Count, (points.Dimensions + 1) / 2 * 2, width);
        int place = 0;
        foreach (int i in order)
        {
            Span<int> to = panels.CellsOf(place++);
            for (int t = 0; t < points.Dimensions; t++) to[t * width] = BitConverter.SingleToInt32Bits(points[i][t]);
        }
        return panels;
    }
}
