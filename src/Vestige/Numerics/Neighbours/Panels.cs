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

    /// <summary>The coordinates themselves, for <see cref="DirectArithmetic"/>.</summary>
    /// <param name="points">Points to lay out.</param>
    /// <param name="width">Points of a panel.</param>
    /// <param name="pad">Coordinate of the points that fill up the last panel.</param>
    internal static Panels Direct(PointSet points, int width, float pad)
    {
        // An odd number of coordinates is filled up with a zero, which adds nothing.
        Panels panels = Empty(points.Count, (points.Dimensions + 1) / 2 * 2, width);
        for (int i = 0; i < panels.Offsets.Length; i++)
        {
            Span<int> to = panels.CellsOf(i);
            for (int t = 0; t < points.Dimensions; t++) to[t * width] = BitConverter.SingleToInt32Bits(i < points.Count ? points[i][t] : pad);
        }
        return panels;
    }

    /// <summary>Offsets of one panel, (Width).</summary>
    internal ReadOnlySpan<int> OffsetsOf(int panel) => Offsets.AsSpan(panel * Width, Width);

    /// <summary>From the first cell of one point on; its cells are <see cref="Width"/> apart.</summary>
    internal Span<int> CellsOf(int point) => Cells.AsSpan((point / Width * Depth * Width) + (point % Width));
}

/// <summary>Both sides of a comparison of coordinates.</summary>
/// <param name="Queries">Filled up with zeros.</param>
/// <param name="References">Filled up with infinity, which is at an infinite distance of every point.</param>
internal sealed record DirectPanels(Panels Queries, Panels References)
{
    /// <summary>Lays out both sides.</summary>
    internal static DirectPanels Of(PointSet queries, PointSet references) =>
        new(Panels.Direct(queries, Tile.Rows, 0), Panels.Direct(references, Tile.Lanes, float.PositiveInfinity));
}
