namespace Vestige.Images.Copies;

/// <summary>How alike two grids are once the one is laid over the part of the other that it shows.</summary>
/// <remarks>
/// The part is found by moving one edge at a time for as long as that brings the correlation up. What is compared is each cell less the
/// mean of those around it, so that a bright sky over dark ground, which many photographs have, is no likeness, and correlation takes no
/// heed of brightness and contrast.
/// </remarks>
internal static class GridAlignment
{
    /// <summary>How much of a picture may be cut off at each edge, as a share of its width or height.</summary>
    internal const float MostCut = 0.125f;

    // Cells of what is compared; the grids have twice as many, so that parts between cells are had by interpolation.
    private const int Side = PictureGrid.Side / 2;

    private static readonly float[] s_steps = [0.04f, 0.02f, 0.01f, 0.005f];

    /// <summary>A part of a picture: what is cut off at the left, top, right and bottom.</summary>
    internal readonly record struct Part(float Left, float Top, float Right, float Bottom);

    /// <summary>Where the search begins: at the best of the whole and of parts that a picture cut at its edges would show.</summary>
    internal static IReadOnlyList<Part> Starts { get; } =
    [
        default, new(0.07f, 0.07f, 0.07f, 0.07f), new(0.12f, 0.12f, 0, 0), new(0, 0.12f, 0.12f, 0), new(0.12f, 0, 0, 0.12f), new(0, 0, 0.12f, 0.12f),
    ];

    /// <summary>The correlation of the details of two pictures, of which either may be a part of the other; at most 1.</summary>
    internal static float Similarity(PictureGrid one, PictureGrid other) => Math.Max(Inside(one, other), Inside(other, one));

    private static float Inside(PictureGrid part, PictureGrid whole)
    {
        Span<float> wanted = stackalloc float[Side * Side], there = stackalloc float[Side * Side];
        Sample(part, default, wanted);
        Detail(wanted);
        Part at = default;
        float best = float.NegativeInfinity;
        foreach (Part start in Starts)
            if (Correlation(wanted, whole, start, there) is var first && first > best) (best, at) = (first, start);
        foreach (float step in s_steps)
        {
            for (bool better = true; better;)
            {
                better = false;
                Part from = at;
                foreach (Part moved in Moves(from, step))
                {
                    if (Correlation(wanted, whole, moved, there) is var next && next > best) (best, at, better) = (next, moved, true);
                }
            }
        }
        return best;
    }

    private static IEnumerable<Part> Moves(Part at, float step)
    {
        for (int sign = 1; sign >= -1; sign -= 2)
        {
            float by = sign * step;
            // One edge; all of them, which is another size; and the whole to one side.
            Part[] moves =
            [
                at with { Left = at.Left + by }, at with { Top = at.Top + by }, at with { Right = at.Right + by }, at with { Bottom = at.Bottom + by },
                new Part(at.Left + by, at.Top + by, at.Right + by, at.Bottom + by),
                at with { Left = at.Left + by, Right = at.Right - by }, at with { Top = at.Top + by, Bottom = at.Bottom - by },
            ];
            foreach (Part move in moves)
                if (IsIn(move.Left) && IsIn(move.Top) && IsIn(move.Right) && IsIn(move.Bottom)) yield return move;
        }
    }

    private static bool IsIn(float cut) => cut is >= 0 and <= MostCut;

    private static float Correlation(ReadOnlySpan<float> wanted, PictureGrid whole, Part at, Span<float> there)
    {
        Sample(whole, at, there);
        Detail(there);
        double product = 0, square = 0, own = 0;
        for (int i = 0; i < there.Length; i++)
        {
            product += wanted[i] * (double)there[i];
            square += there[i] * (double)there[i];
            own += wanted[i] * (double)wanted[i];
        }
        return square * own == 0 ? 0 : (float)(product / Math.Sqrt(square * own));
    }

    /// <summary>The part of a picture in <see cref="Side"/> x <see cref="Side"/> cells.</summary>
    internal static void Sample(PictureGrid grid, Part part, Span<float> into)
    {
        const int fine = PictureGrid.Side;
        Span<int> first = stackalloc int[2 * fine];
        Span<float> weight = stackalloc float[2 * fine];
        Places(part.Left, part.Right, first[..fine], weight[..fine]);
        Places(part.Top, part.Bottom, first[fine..], weight[fine..]);
        ReadOnlySpan<float> cells = grid.Cells;
        into.Clear();
        for (int y = 0; y < fine; y++)
        {
            int top = first[fine + y] * fine, bottom = Math.Min(top + fine, (fine - 1) * fine);
            float down = weight[fine + y];
            for (int x = 0; x < fine; x++)
            {
                int left = first[x], right = Math.Min(left + 1, fine - 1);
                float upper = cells[top + left] + (weight[x] * (cells[top + right] - cells[top + left]));
                float lower = cells[bottom + left] + (weight[x] * (cells[bottom + right] - cells[bottom + left]));
                into[((y / 2) * Side) + (x / 2)] += 0.25f * (upper + (down * (lower - upper)));
            }
        }
    }

    // The cell at or before each of the places, laid evenly over the part, and how far the place is on the way to the next.
    private static void Places(float before, float after, Span<int> first, Span<float> weight)
    {
        const int fine = PictureGrid.Side;
        float step = 1 - before - after;
        for (int i = 0; i < fine; i++)
        {
            float at = Math.Clamp((before * fine) + ((i + 0.5f) * step) - 0.5f, 0, fine - 1);
            first[i] = (int)at;
            weight[i] = at - first[i];
        }
    }

    /// <summary>Takes from each cell the mean of the 3 x 3 around it, less at the edges.</summary>
    private static void Detail(Span<float> cells)
    {
        Span<float> means = stackalloc float[Side * Side];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                float sum = 0;
                int count = 0;
                for (int v = Math.Max(0, y - 1); v <= Math.Min(Side - 1, y + 1); v++)
                    for (int u = Math.Max(0, x - 1); u <= Math.Min(Side - 1, x + 1); u++, count++)
                        sum += cells[(v * Side) + u];
                means[(y * Side) + x] = sum / count;
            }
        }
        for (int i = 0; i < cells.Length; i++) cells[i] -= means[i];
    }
}
