namespace Vestige.Images.Copies;

/// <summary>What stands before the plain ground of a picture (<see cref="PictureGrid.Ground"/>), by itself.</summary>
/// <remarks>
/// The outline of a cut-out is the largest detail of its picture, and pictures of one kind share it: bottles on white are alike as bottles, and say nothing of whether the one
/// is a copy of the other. So cells of the ground, and those around them, which are partly of it, count for nothing here.
/// </remarks>
internal static class GridFigure
{
    /// <summary>From this correlation on a likeness of figures is believed. What it is taken from stands in docs/copies.md.</summary>
    internal const float Confirmed = 0.7f;

    // Cells by which two pictures can be told apart: of fewer a correlation says little.
    private const int Least = 12;

    private const int Side = GridAlignment.Side;

    /// <summary>The correlation of the cut details of two figures where both are; 1 where neither picture has a ground, or hardly anything is before it.</summary>
    /// <param name="part">A picture.</param>
    /// <param name="whole">Another.</param>
    /// <param name="there">The part of the other over which the one is laid: <see cref="GridAlignment.Side"/> squared cells.</param>
    internal static float Similarity(PictureGrid part, PictureGrid whole, ReadOnlySpan<float> there)
    {
        if (part.Ground is null && whole.Ground is null) return 1;
        Span<float> one = stackalloc float[Side * Side];
        GridAlignment.Sample(part, default, one);
        Span<bool> figure = stackalloc bool[Side * Side];
        figure.Fill(true);
        TakeGround(one, part.Ground, figure);
        TakeGround(there, whole.Ground, figure);
        Span<float> x = stackalloc float[Side * Side], y = stackalloc float[Side * Side];
        int cells = 0;
        for (int i = 0; i < figure.Length; i++)
            if (figure[i]) (x[cells], y[cells++]) = (Detail(one, figure, i), Detail(there, figure, i));
        return cells < Least ? 1 : GridAlignment.Cut(x[..cells], y[..cells]);
    }

    /// <summary>Puts the mean of the figure in the place of the ground and of what is partly of it; false if hardly anything is left.</summary>
    /// <param name="cells"><see cref="GridAlignment.Side"/> squared cells.</param>
    /// <param name="ground">The level of the ground.</param>
    internal static bool Fill(Span<float> cells, float ground)
    {
        Span<bool> figure = stackalloc bool[Side * Side];
        figure.Fill(true);
        TakeGround(cells, ground, figure);
        float sum = 0;
        int count = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            if (!figure[i]) continue;
            sum += cells[i];
            count++;
        }
        if (count < Least) return false;
        for (int i = 0; i < cells.Length; i++)
            if (!figure[i]) cells[i] = sum / count;
        return true;
    }

    // Nothing, where there is no ground.
    private static void TakeGround(ReadOnlySpan<float> cells, float? ground, Span<bool> figure)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (ground is not { } level || Math.Abs(cells[i] - level) > PictureGrid.SameGround) continue;
            (int y, int x) = Math.DivRem(i, Side);
            for (int v = Math.Max(0, y - 1); v <= Math.Min(Side - 1, y + 1); v++)
                for (int u = Math.Max(0, x - 1); u <= Math.Min(Side - 1, x + 1); u++) figure[(v * Side) + u] = false;
        }
    }

    // A cell less the mean of those of the figure around it.
    private static float Detail(ReadOnlySpan<float> cells, ReadOnlySpan<bool> figure, int at)
    {
        (int y, int x) = Math.DivRem(at, Side);
        float sum = 0;
        int count = 0;
        for (int v = Math.Max(0, y - 1); v <= Math.Min(Side - 1, y + 1); v++)
        {
            for (int u = Math.Max(0, x - 1); u <= Math.Min(Side - 1, x + 1); u++)
            {
                if (!figure[(v * Side) + u]) continue;
                sum += cells[(v * Side) + u];
                count++;
            }
        }
        return cells[at] - (sum / count);
    }
}
