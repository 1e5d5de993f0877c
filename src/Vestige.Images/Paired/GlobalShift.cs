using System.Runtime.Intrinsics;

namespace Vestige.Images.Paired;

/// <summary>How far the whole of a reconstruction is shifted against its original.</summary>
/// <remarks>Every paired measure counts a shift as detail lost and invented, so it is estimated first. Whole pixels: least squares, coarse to fine
/// over means of 2 x 2. The rest: one step of Lucas and Kanade 1981 with the mean gradient of both images. In the search rows are
/// left out of large images.</remarks>
/// <param name="X">Pixels to the right.</param>
/// <param name="Y">Pixels down.</param>
public readonly record struct GlobalShift(double X, double Y)
{
    /// <summary>Coarsest side searched, and how far around the estimate of a coarser scale.</summary>
    private const int CoarsestSide = 32, Around = 3;

    /// <summary>Side of the squares whose means tell the part of a pixel: what a codec does inside them is not taken for a shift.</summary>
    private const int Block = 4;

    /// <summary>Pixels looked at in one image at most.</summary>
    private const int Budget = 1 << 18;

    /// <summary>A shift shorter than this many pixels is none: codecs move nothing by so little, and noise moves the estimate by more.</summary>
    public const double Notable = 0.1;

    /// <summary>Whether it is worth a word.</summary>
    public bool IsNotable => Math.Max(Math.Abs(X), Math.Abs(Y)) >= Notable;

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
        (int X, int Y) best = (startX, startY);
        double least = Squares(original, decoded, startX, startY);
        for (int y = startY - reach; y <= startY + reach; y++)
            for (int x = startX - reach; x <= startX + reach; x++)
            {
                double squares = Squares(original, decoded, x, y);
                if (squares < least) (least, best) = (squares, (x, y));
            }
        return best;
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
        for (int y = 1; y < a.Height - 1; y++)
        {
            ReadOnlySpan<float> rowA = a.Row(y), aboveA = a.Row(y - 1), belowA = a.Row(y + 1), rowB = b.Row(y), aboveB = b.Row(y - 1), belowB = b.Row(y + 1);
            for (int x = 1; x < a.Width - 1; x++)
            {
                double gx = (rowA[x + 1] - rowA[x - 1] + rowB[x + 1] - rowB[x - 1]) / 4;
                double gy = (belowA[x] - aboveA[x] + belowB[x] - aboveB[x]) / 4;
                double change = rowA[x] - rowB[x];
                xx += gx * gx;
                xy += gx * gy;
                yy += gy * gy;
                xd += gx * change;
                yd += gy * change;
            }
        }
        double determinant = (xx * yy) - (xy * xy);
        // Without gradients both ways (a flat image, stripes) the rest cannot be told.
        if (determinant <= 1e-6 * xx * yy) return new GlobalShift(dx, dy);
        double restX = block * ((yy * xd) - (xy * yd)) / determinant, restY = block * ((xx * yd) - (xy * xd)) / determinant;
        return new GlobalShift(dx + Math.Clamp(restX, -1, 1), dy + Math.Clamp(restY, -1, 1));
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
