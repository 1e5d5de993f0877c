using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Planes;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Copies;

/// <summary>How alike two grids are once the one is laid over the part of the other that it shows.</summary>
/// <remarks>
/// The part is found by moving one edge at a time for as long as that brings the correlation up. What is compared is each cell less the
/// mean of those around it, so that a bright sky over dark ground, which many photographs have, is no likeness, and correlation takes no
/// heed of brightness and contrast. A frame, a mark or the outline of a cut-out that pictures of one kind share has details so large that no others would
/// count, so that the likeness must hold with every detail cut to what is common in its picture (<see cref="Confirmed"/>), and in what stands before a plain ground.
/// </remarks>
internal static class GridAlignment
{
    /// <summary>How much of a picture may be cut off at each edge, as a share of its width or height.</summary>
    internal const float MostCut = 0.125f;

    /// <summary>From this correlation of cut details on a likeness is believed. What it is taken from stands in docs/copies.md.</summary>
    internal const float Confirmed = 0.75f;

    // Details are cut to this share of their mean size.
    private const float Common = 0.25f;

    // Cells of what is compared; the grids have twice as many, so that parts between cells are had by interpolation.
    internal const int Side = PictureGrid.Side / 2;

    private const int Fine = PictureGrid.Side, Lanes = 8;

    private static readonly float[] s_steps = [0.04f, 0.02f, 0.01f, 0.005f];

    /// <summary>A part of a picture: what is cut off at the left, top, right and bottom.</summary>
    internal readonly record struct Part(float Left, float Top, float Right, float Bottom)
    {
        internal bool IsIn => IsCut(Left) && IsCut(Top) && IsCut(Right) && IsCut(Bottom);

        internal Part Moved(Part direction, float by) =>
            new(Left + (by * direction.Left), Top + (by * direction.Top), Right + (by * direction.Right), Bottom + (by * direction.Bottom));

        private static bool IsCut(float cut) => cut is >= 0 and <= MostCut;
    }

    // One edge; all of them, which is another size; and the whole to one side.
    private static readonly Part[] s_directions =
    [
        new(1, 0, 0, 0), new(0, 1, 0, 0), new(0, 0, 1, 0), new(0, 0, 0, 1), new(1, 1, 1, 1), new(1, 0, -1, 0), new(0, 1, 0, -1),
        new(-1, 0, 0, 0), new(0, -1, 0, 0), new(0, 0, -1, 0), new(0, 0, 0, -1), new(-1, -1, -1, -1), new(-1, 0, 1, 0), new(0, -1, 0, 1),
    ];

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
                foreach (Part direction in s_directions)
                {
                    Part moved = from.Moved(direction, step);
                    if (moved.IsIn && Correlation(wanted, whole, moved, there) is var next && next > best) (best, at, better) = (next, moved, true);
                }
            }
        }
        Sample(whole, at, there);
        float figure = GridFigure.Similarity(part, whole, there);
        Detail(there);
        float common = Cut(wanted, there);
        return Math.Min(common >= Confirmed ? best : Math.Min(best, common), figure >= GridFigure.Confirmed ? best : figure);
    }

    /// <summary>The correlation where no cell has more than what is common in its picture.</summary>
    internal static float Cut(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        float mostOne = Most(one), mostOther = Most(other);
        double product = 0, squareOne = 0, squareOther = 0;
        for (int i = 0; i < one.Length; i++)
        {
            float x = Math.Clamp(one[i], -mostOne, mostOne), y = Math.Clamp(other[i], -mostOther, mostOther);
            product += x * y;
            squareOne += x * x;
            squareOther += y * y;
        }
        return squareOne * squareOther == 0 ? 0 : (float)(product / Math.Sqrt(squareOne * squareOther));

        static float Most(ReadOnlySpan<float> details)
        {
            float sum = 0;
            foreach (float detail in details) sum += Math.Abs(detail);
            return Common * sum / details.Length;
        }
    }

    private static float Correlation(ReadOnlySpan<float> wanted, PictureGrid whole, Part at, Span<float> there)
    {
        Sample(whole, at, there);
        Detail(there);
        ref float a = ref MemoryMarshal.GetReference(wanted), b = ref MemoryMarshal.GetReference(there);
        V product = V.Zero, square = V.Zero, own = V.Zero;
        for (nuint i = 0; i < Side * Side; i += Lanes)
        {
            V x = Vector256.LoadUnsafe(ref a, i), y = Vector256.LoadUnsafe(ref b, i);
            product = Vector256.FusedMultiplyAdd(x, y, product);
            square = Vector256.FusedMultiplyAdd(y, y, square);
            own = Vector256.FusedMultiplyAdd(x, x, own);
        }
        double length = Total(square) * Total(own);
        return length == 0 ? 0 : (float)(Total(product) / Math.Sqrt(length));

        static double Total(V sums) => Lane.Total(Lane.Add(default, sums));
    }

    /// <summary>The part of a picture in <see cref="Side"/> x <see cref="Side"/> cells: the mean of four places in each, which lie between cells of the grid.</summary>
    internal static void Sample(PictureGrid grid, Part part, Span<float> into)
    {
        Span<int> first = stackalloc int[Fine];
        Span<float> weight = stackalloc float[Fine];
        ref float cells = ref MemoryMarshal.GetReference(grid.Cells);
        // (Side, Fine): down the picture first, whole rows at a time.
        Span<float> rows = stackalloc float[Side * Fine];
        ref float row = ref MemoryMarshal.GetReference(rows);
        Places(part.Top, part.Bottom, first, weight);
        for (int y = 0; y < Side; y++)
        {
            nuint a = Row(first[2 * y]), b = Next(a), c = Row(first[(2 * y) + 1]), d = Next(c);
            float lower = 0.5f * weight[2 * y], last = 0.5f * weight[(2 * y) + 1];
            V wa = Vector256.Create(0.5f - lower), wb = Vector256.Create(lower), wc = Vector256.Create(0.5f - last), wd = Vector256.Create(last);
            for (nuint x = 0; x < Fine; x += Lanes)
            {
                V sum = Vector256.LoadUnsafe(ref cells, a + x) * wa;
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref cells, b + x), wb, sum);
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref cells, c + x), wc, sum);
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref cells, d + x), wd, sum);
                sum.StoreUnsafe(ref row, ((nuint)y * Fine) + x);
            }
        }
        // (Fine, Side): what each cell of a row gives to each of those that are made.
        Span<float> shares = stackalloc float[Fine * Side];
        shares.Clear();
        Places(part.Left, part.Right, first, weight);
        for (int x = 0; x < Fine; x++)
        {
            shares[(first[x] * Side) + (x / 2)] += 0.5f - (0.5f * weight[x]);
            shares[(Math.Min(first[x] + 1, Fine - 1) * Side) + (x / 2)] += 0.5f * weight[x];
        }
        ref float share = ref MemoryMarshal.GetReference(shares), to = ref MemoryMarshal.GetReference(into);
        for (nuint left = 0; left < Side; left += Lanes)
        {
            // Those that give anything to these.
            int from = first[2 * (int)left], end = Math.Min(first[(2 * (int)(left + Lanes)) - 1] + 2, Fine);
            for (nuint y = 0; y < Side; y++)
            {
                V sum = V.Zero;
                for (int x = from; x < end; x++)
                    sum = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref row, (int)(y * Fine) + x)), Vector256.LoadUnsafe(ref share, ((nuint)x * Side) + left), sum);
                sum.StoreUnsafe(ref to, (y * Side) + left);
            }
        }

        static nuint Row(int number) => (nuint)number * Fine;
        static nuint Next(nuint row) => Math.Min(row + Fine, (Fine - 1) * Fine);
    }

    // The cell at or before each of the places, laid evenly over the part, and how far the place is on the way to the next.
    private static void Places(float before, float after, Span<int> first, Span<float> weight)
    {
        float step = 1 - before - after;
        for (int i = 0; i < Fine; i++)
        {
            float at = Math.Clamp((before * Fine) + ((i + 0.5f) * step) - 0.5f, 0, Fine - 1);
            first[i] = (int)at;
            weight[i] = at - first[i];
        }
    }

    /// <summary>Takes from each cell the mean of the 3 x 3 around it, less at the edges.</summary>
    internal static void Detail(Span<float> cells)
    {
        // A row of sums down three cells, with a zero at either end.
        Span<float> sums = stackalloc float[Side + (2 * Lanes)];
        sums.Clear();
        ref float sum = ref MemoryMarshal.GetReference(sums), cell = ref MemoryMarshal.GetReference(cells);
        Span<float> original = stackalloc float[Side * Side];
        cells.CopyTo(original);
        ref float own = ref MemoryMarshal.GetReference(original);
        for (nuint y = 0; y < Side; y++)
        {
            float rows = y is 0 or Side - 1 ? 2 : 3;
            for (nuint x = 0; x < Side; x += Lanes)
            {
                V down = Vector256.LoadUnsafe(ref own, (y * Side) + x);
                if (y > 0) down += Vector256.LoadUnsafe(ref own, ((y - 1) * Side) + x);
                if (y < Side - 1) down += Vector256.LoadUnsafe(ref own, ((y + 1) * Side) + x);
                down.StoreUnsafe(ref sum, Lanes + x);
            }
            for (nuint x = 0; x < Side; x += Lanes)
            {
                V box = Vector256.LoadUnsafe(ref sum, Lanes + x - 1) + Vector256.LoadUnsafe(ref sum, Lanes + x) + Vector256.LoadUnsafe(ref sum, Lanes + x + 1);
                V count = Vector256.Create(rows) * Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(Columns), x);
                (Vector256.LoadUnsafe(ref own, (y * Side) + x) - (box / count)).StoreUnsafe(ref cell, (y * Side) + x);
            }
        }
    }

    // Columns of the 3 x 3 that are inside.
    private static ReadOnlySpan<float> Columns => [2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2];
}
