namespace Vestige.Images.Copies;

/// <summary>The whole of a picture, and parts that a picture cut at its edges would show, in coarse cells: what candidates are found by.</summary>
/// <remarks>Whole numbers, so that sums are the same in any order.</remarks>
internal sealed class CoarseParts
{
    private const int Cells = PictureGrid.CoarseSide * PictureGrid.CoarseSide, Fine = GridAlignment.Side;

    // (parts, Cells): less their mean and of one length; zeros where a part shows nothing.
    private readonly sbyte[] _cells = new sbyte[GridAlignment.Starts.Count * Cells];

    private CoarseParts(PictureGrid grid, bool figure)
    {
        Shows = true;
        for (int p = 0; p < GridAlignment.Starts.Count; p++) Shows &= Describe(grid, GridAlignment.Starts[p], figure, Part(p));
    }

    /// <summary>Whether the whole and every part show something.</summary>
    internal bool Shows { get; }

    /// <summary>Of the whole picture.</summary>
    internal static CoarseParts Of(PictureGrid grid) => new(grid, figure: false);

    /// <summary>Of what stands before its ground; null if it has none.</summary>
    internal static CoarseParts? OfFigure(PictureGrid grid) => grid.Ground is null ? null : new(grid, figure: true);

    /// <summary>The whole of the one against parts of the other, both ways.</summary>
    internal int Likeness(CoarseParts other)
    {
        int best = int.MinValue;
        for (int p = 0; p < GridAlignment.Starts.Count; p++)
        {
            best = Math.Max(best, Product(Part(0), other.Part(p)));
            if (p > 0) best = Math.Max(best, Product(Part(p), other.Part(0)));
        }
        return best;
    }

    private static int Product(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        int sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private Span<sbyte> Part(int number) => _cells.AsSpan(number * Cells, Cells);

    private static bool Describe(PictureGrid grid, GridAlignment.Part part, bool figure, Span<sbyte> into)
    {
        Span<float> cells = stackalloc float[Fine * Fine], coarse = stackalloc float[Cells];
        GridAlignment.Sample(grid, part, cells);
        if (figure && !GridFigure.Fill(cells, grid.Ground!.Value)) return false;
        coarse.Clear();
        for (int y = 0; y < Fine; y++)
            for (int x = 0; x < Fine; x++)
                coarse[((y / 2) * PictureGrid.CoarseSide) + (x / 2)] += cells[(y * Fine) + x] / 4;
        float mean = 0, square = 0;
        foreach (float cell in coarse) mean += cell / Cells;
        foreach (float cell in coarse) square += (cell - mean) * (cell - mean);
        into.Clear();
        if (square < Cells * PictureGrid.Flat * PictureGrid.Flat) return false;
        // No cell is longer than the whole: nothing is cut off, or another picture could be more like this one than itself.
        float scale = 127 / MathF.Sqrt(square);
        for (int i = 0; i < Cells; i++) into[i] = (sbyte)MathF.Round((coarse[i] - mean) * scale);
        return true;
    }
}
