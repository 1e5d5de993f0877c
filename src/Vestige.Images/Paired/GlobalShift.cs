using System.Runtime.Intrinsics;
using Vestige.Images.Planes;

namespace Vestige.Images.Paired;

/// <summary>How far the whole of a reconstruction is shifted against its original.</summary>
/// <remarks>Every paired measure counts a shift as detail lost and invented, so it is estimated first. Whole pixels: least squares, coarse to fine
/// over means of 2 x 2. The rest: one step of Lucas and Kanade 1981 with the mean gradient of both images. In the search rows are
/// left out of large images.</remarks>
/// <param name="X">Pixels to the right; 0 where none can be told.</param>
/// <param name="Y">Pixels down.</param>
/// <param name="Likeness">Correlation of the gradients of both images with the shift taken off, -1 to 1: 1 for one picture, about 0 for two that have
/// nothing to do with each other; null where one of them has no gradients, so that nothing can be told.</param>
/// <param name="IsOther">Whether the two do not show the same picture, or show it turned, or farther away than is searched: the gradients of
/// neither explain a notable part of the other's. (What a codec keeps of a picture, however little, is explained by it whole.)</param>
public readonly record struct GlobalShift(double X, double Y, double? Likeness, bool IsOther)
{
    /// <summary>Coarsest side searched, and how far around the estimate of a coarser scale.</summary>
    private const int CoarsestSide = 32, Around = 3;

    /// <summary>Side of the squares whose means tell the part of a pixel: what a codec does inside them is not taken for a shift.</summary>
    private const int Block = 4;

    /// <summary>Pixels looked at in one image at most.</summary>
    private const int Budget = 1 << 18;

    /// <summary>A shift shorter than this many pixels is none: codecs move nothing by so little, and noise moves the estimate by more.</summary>
    public const double Notable = 0.1;

    /// <summary>From this likeness on the two are one picture, and a shift between them is told.</summary>
    private const double Like = 0.5;

    /// <summary>What neither's gradients explain of the other's below this, nothing does: so are 1,994 of 2,000 pairs of photographs, and none of them beside
    /// its own coding at the lowest setting of five codecs (docs/method.md).</summary>
    private const double Unlike = 0.2;

    /// <summary>Share of the squared error that a shift must take away to be told.</summary>
    private const double Explained = 0.1;

    /// <summary>Mean square of the gradients, grey levels a pixel, from which an image has any: those of rounding are below.</summary>
    private const double FlatGradient = 0.05;

    /// <summary>Means of squares that differ by less are equal: along stripes every shift is as good as the next, but for rounding.</summary>
    private const double Rounding = 1e-6;

    internal static GlobalShift Of(Plane original, Plane decoded)
    {
        List<(Plane Original, Plane Decoded)> scales = [(original, decoded)];
        while (Math.Min(scales[^1].Original.Width, scales[^1].Original.Height) >= 2 * CoarsestSide && scales.Count < 6)
            scales.Add((Half(scales[^1].Original), Half(scales[^1].Decoded)));
        int dx = 0, dy = 0;
        for (int s = scales.Count - 1; s >= 0; s--)
        {
            (dx, dy) = (2 * dx, 2 * dy);
            int reach = s == scales.Count - 1 ? Around : 1;
            (dx, dy) = Best(scales[s].Original, scales[s].Decoded, dx, dy, reach);
        }
        return Refine(original, decoded, dx, dy);
    }

    /// <summary>The shift of least squares; of equal ones the one nearest to the start.</summary>
    private static (int X, int Y) Best(Plane original, Plane decoded, int startX, int startY, int reach)
    {
        (int X, int Y) best = default;
        double least = Squares(original, decoded, startX, startY);
        for (int y = -reach; y <= reach; y++)
            for (int x = -reach; x <= reach; x++)
            {
                double squares = Squares(original, decoded, startX + x, startY + y), rounding = Rounding * least;
                bool nearer = (x * x) + (y * y) < (best.X * best.X) + (best.Y * best.Y);
                if (squares < least - rounding || (nearer && squares <= least + rounding)) (least, best) = (squares, (x, y));
            }
        return (startX + best.X, startY + best.Y);
    }

    /// <summary>Mean square of decoded(x + dx, y + dy) - original(x, y) where both are.</summary>
    private static double Squares(Plane original, Plane decoded, int dx, int dy)
    {
        int left = Math.Max(0, -dx), right = Math.Min(original.Width, original.Width - dx);
        int top = Math.Max(0, -dy), bottom = Math.Min(original.Height, original.Height - dy);
        if (right - left < original.Width / 2 || bottom - top < original.Height / 2) return double.PositiveInfinity;
        double squares = 0;
        long count = 0;
        for (int y = top; y < bottom; y += Step(original))
        {
            ReadOnlySpan<float> a = original.Row(y)[left..right], b = decoded.Row(y + dy)[(left + dx)..(right + dx)];
            Vector256<double> sums = default;
            int x = 0;
            for (; x + Plane.Lanes <= a.Length; x += Plane.Lanes)
            {
                Vector256<float> change = Vector256.Create(a[x..]) - Vector256.Create(b[x..]);
                sums = Lane.Add(sums, change * change);
            }
            for (; x < a.Length; x++) squares += (a[x] - b[x]) * (a[x] - b[x]);
            squares += Lane.Total(sums);
            count += a.Length;
        }
        return squares / count;
    }

    private static GlobalShift Refine(Plane original, Plane decoded, int dx, int dy)
    {
        int left = Math.Max(0, -dx), top = Math.Max(0, -dy);
        int width = original.Width - Math.Abs(dx), height = original.Height - Math.Abs(dy);
        int block = Math.Min(width, height) >= 4 * Block * Block ? Block : 1;
        Plane a = Means(original, left, top, width / block, height / block, block), b = Means(decoded, left + dx, top + dy, width / block, height / block, block);
        double xx = 0, xy = 0, yy = 0, xd = 0, yd = 0;
        // Squares of either's gradients, and their product.
        double aa = 0, bb = 0, ab = 0, dd = 0;
        for (int y = 1; y < a.Height - 1; y++)
        {
            ReadOnlySpan<float> rowA = a.Row(y), aboveA = a.Row(y - 1), belowA = a.Row(y + 1), rowB = b.Row(y), aboveB = b.Row(y - 1), belowB = b.Row(y + 1);
            for (int x = 1; x < a.Width - 1; x++)
            {
                double ax = (rowA[x + 1] - rowA[x - 1]) / 2, bx = (rowB[x + 1] - rowB[x - 1]) / 2;
                double ay = (belowA[x] - aboveA[x]) / 2, by = (belowB[x] - aboveB[x]) / 2;
                double gx = (ax + bx) / 2, gy = (ay + by) / 2;
                aa += (ax * ax) + (ay * ay);
                bb += (bx * bx) + (by * by);
                ab += (ax * bx) + (ay * by);
                double change = rowA[x] - rowB[x];
                dd += change * change;
                xx += gx * gx;
                xy += gx * gy;
                yy += gy * gy;
                xd += gx * change;
                yd += gy * change;
            }
        }
        double least = FlatGradient * Math.Max(1, (a.Width - 2) * (a.Height - 2)) * block * block;
        double? likeness = Math.Min(aa, bb) > least ? ab / Math.Sqrt(aa * bb) : null;
        bool other = likeness is not null && ab / Math.Min(aa, bb) < Unlike;
        if (likeness is null or < Like) return new GlobalShift(0, 0, likeness, other);
        double determinant = (xx * yy) - (xy * xy);
        // Without gradients both ways (stripes) the rest cannot be told.
        bool isTold = determinant > 1e-6 * xx * yy;
        double stepX = isTold ? ((yy * xd) - (xy * yd)) / determinant : 0, stepY = isTold ? ((xx * yd) - (xy * xd)) / determinant : 0;
        double restX = Math.Clamp(block * stepX, -1, 1), restY = Math.Clamp(block * stepY, -1, 1);
        // A codec's errors have a best shift too, which takes next to nothing of them away: whole pixels are judged by pixels, their parts by blocks.
        double unexplained = (dx, dy) == (0, 0) ? 1 : Squares(original, decoded, dx, dy) / Squares(original, decoded, 0, 0);
        double rest = dd == 0 ? 0 : ((stepX * xd) + (stepY * yd)) / dd;
        // Of half a pixel the whole one takes nothing away, and its part all that is left.
        return 1 - (unexplained * (1 - rest)) < Explained ? new GlobalShift(0, 0, likeness, other)
            : new GlobalShift(dx + restX, dy + restY, likeness, other);
    }

    /// <summary>Means of square blocks.</summary>
    private static Plane Means(Plane plane, int left, int top, int width, int height, int block)
    {
        var means = new Plane(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<float> to = means.Row(y);
            for (int row = 0; row < block; row++)
            {
                ReadOnlySpan<float> from = plane.Row(top + (y * block) + row)[left..];
                for (int x = 0, i = 0; x < width; x++)
                    for (int column = 0; column < block; column++) to[x] += from[i++];
            }
            for (int x = 0; x < width; x++) to[x] /= block * block;
        }
        return means;
    }

    private static int Step(Plane plane) => Math.Max(1, (int)((long)plane.Width * plane.Height / Budget));

    private static Plane Half(Plane plane) => Means(plane, 0, 0, plane.Width / 2, plane.Height / 2, 2);
}
