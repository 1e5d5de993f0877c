namespace Vestige.Numerics.Neighbours;

/// <summary>Points interleaved for <see cref="Tile"/>: in each panel, cell by cell, that of every point of the panel.</summary>
/// <param name="Cells">(panels, steps, width).</param>
/// <param name="Steps">Cells of a point.</param>
/// <param name="Width">Points of a panel: <see cref="Tile.Rows"/> for queries, <see cref="Tile.Lanes"/> for references.</param>
/// <param name="Offsets">(panels, width) what a point adds to each of its keys, whatever the other point.</param>
internal sealed record Panels(int[] Cells, int Steps, int Width, int[] Offsets)
{
    /// <summary>Number of panels.</summary>
    internal int Count => Offsets.Length / Width;

    /// <summary>The coordinates themselves, for <see cref="DirectArithmetic"/>.</summary>
    /// <param name="points">Points to lay out.</param>
    /// <param name="width">Points of a panel.</param>
    /// <param name="pad">Coordinate of the points that fill up the last panel.</param>
    internal static Panels Direct(PointSet points, int width, float pad)
    {
        int steps = points.Dimensions;
        Panels panels = Empty(points.Count, steps, width);
        Array.Fill(panels.Cells, BitConverter.SingleToInt32Bits(pad));
        for (int i = 0; i < points.Count; i++)
        {
            ReadOnlySpan<float> from = points[i];
            Span<int> to = panels.CellsOf(i);
            for (int t = 0; t < steps; t++) to[t * width] = BitConverter.SingleToInt32Bits(from[t]);
        }
        return panels;
    }

    /// <summary>Panels of zeros.</summary>
    internal static Panels Empty(int points, int steps, int width)
    {
        int count = (points + width - 1) / width;
        return new Panels(new int[checked(count * steps * width)], steps, width, new int[count * width]);
    }

    /// <summary>All cells of one panel, (Steps, Width).</summary>
    internal ReadOnlySpan<int> this[int panel] => Cells.AsSpan(panel * Steps * Width, Steps * Width);

    /// <summary>Offsets of one panel, (Width).</summary>
    internal ReadOnlySpan<int> OffsetsOf(int panel) => Offsets.AsSpan(panel * Width, Width);

    /// <summary>From the first cell of one point on; its cells are <see cref="Width"/> apart.</summary>
    internal Span<int> CellsOf(int point) => Cells.AsSpan((point / Width * Steps * Width) + (point % Width));
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
