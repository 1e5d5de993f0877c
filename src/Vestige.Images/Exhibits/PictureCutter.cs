using Vestige.Images.Interop;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Images.Exhibits;

/// <summary>Pictures that are looked at one over another, cut until they take no more than so many bytes.</summary>
/// <remarks>Cut and not reduced: what a codec did to single pixels is what is to be seen, and it is kept to the last bit, so that nothing done here is
/// taken for the codec's doing. Maps are drawings of smoothed planes: coded with loss they take a tenth and show the same.</remarks>
public static class PictureCutter
{
    /// <summary>What was cut out.</summary>
    /// <param name="Files">The same part of each picture, WebP, in the order given.</param>
    /// <param name="Width">Of the part.</param>
    /// <param name="Height">Of the part.</param>
    /// <param name="Left">Where the part starts.</param>
    /// <param name="Top">Where the part starts.</param>
    /// <param name="Whole">True where nothing was cut off.</param>
    public sealed record Part(IReadOnlyList<byte[]> Files, int Width, int Height, int Left, int Top, bool Whole);

    /// <summary>No part is smaller than this, or there is nothing to see.</summary>
    private const int LeastSide = 64;

    /// <summary>WebP without loss is about this large beside the PNG of a photograph.</summary>
    private const double WebpOverPng = 0.75;

    /// <summary>WebP of <see cref="MapQuality"/> is about this large beside the PNG of a map.</summary>
    private const double MapOverPng = 0.1;

    /// <summary>Quality of maps, of 100.</summary>
    private const int MapQuality = 85;

    /// <summary>Width over height of a part.</summary>
    private const double Shape = 1.3;

    /// <summary>Windows are placed in steps of this many pixels.</summary>
    private const int Step = 8;

    /// <summary>Cuts out the part where the second picture differs most from the first; of one picture, its middle.</summary>
    /// <param name="files">Pictures of one size, in a format that is read here.</param>
    /// <param name="exact">So many of them, the first, are kept without loss; the others are maps.</param>
    /// <param name="bytes">About how many they may take together.</param>
    /// <returns>The part; null where they cannot be read, are of different sizes, or no part is small enough.</returns>
    /// <exception cref="VipsException">libvips is missing or cannot write WebP.</exception>
    public static Part? Fit(IReadOnlyList<byte[]> files, int exact, int bytes)
    {
        ArgumentNullException.ThrowIfNull(files);
        Picture[] pictures;
        try
        {
            pictures = [.. files.Select(file => PictureReader.Decode(file, PictureOptions.MostPixels, []))];
        }
        catch (UnusableDocumentException)
        {
            return null;
        }
        if (pictures.Length == 0 || pictures.Any(p => (p.Width, p.Height) != (pictures[0].Width, pictures[0].Height))) return null;
        double share = Math.Min(1, bytes / ((WebpOverPng * files.Take(exact).Sum(file => (double)file.Length))
            + (MapOverPng * files.Skip(exact).Sum(file => (double)file.Length))));
        for (int tries = 0; tries < 4; tries++)
        {
            Part part = Cut(pictures, exact, share);
            long taken = part.Files.Sum(file => (long)file.Length);
            if (taken <= bytes) return part;
            if (Math.Min(part.Width, part.Height) <= LeastSide) return null;
            share = 0.95 * bytes / taken * part.Width * part.Height / pictures[0].Pixels;
        }
        return null;
    }

    private static Part Cut(Picture[] pictures, int exact, double share)
    {
        Picture first = pictures[0];
        // Of about the same shape whatever the picture's: that is how it is looked at.
        double area = share * first.Pixels;
        int width = share == 1 ? first.Width : Side(first.Width, Math.Max(Math.Sqrt(area * Shape), area / first.Height));
        int height = share == 1 ? first.Height : Side(first.Height, area / width);
        (int left, int top) = exact > 1 ? Busiest(first, pictures[1], width, height) : ((first.Width - width) / 2, (first.Height - height) / 2);
        return new Part([.. pictures.Select((p, i) => Webp(Window(p, left, top, width, height), i < exact))], width, height, left, top,
            width == first.Width && height == first.Height);
    }

    private static int Side(int whole, double side) => Math.Min(whole, Math.Max(LeastSide, (int)Math.Round(side)));

    /// <summary>The window with the largest sum of absolute differences; of equals the first.</summary>
    private static (int Left, int Top) Busiest(Picture a, Picture b, int width, int height)
    {
        // sums[y][x]: all differences above and left of (x, y).
        long[] sums = new long[(a.Width + 1) * (a.Height + 1)];
        int stride = a.Width + 1;
        for (int y = 0; y < a.Height; y++)
        {
            long line = 0;
            for (int x = 0; x < a.Width; x++)
            {
                int at = 3 * ((y * a.Width) + x);
                line += Math.Abs(a.Rgb[at] - b.Rgb[at]) + Math.Abs(a.Rgb[at + 1] - b.Rgb[at + 1]) + Math.Abs(a.Rgb[at + 2] - b.Rgb[at + 2]);
                sums[((y + 1) * stride) + x + 1] = sums[(y * stride) + x + 1] + line;
            }
        }
        (int Left, int Top) best = (0, 0);
        long most = -1;
        for (int top = 0; top + height <= a.Height; top += Step)
            for (int left = 0; left + width <= a.Width; left += Step)
            {
                long sum = sums[((top + height) * stride) + left + width] - sums[(top * stride) + left + width]
                    - sums[((top + height) * stride) + left] + sums[(top * stride) + left];
                if (sum > most) (most, best) = (sum, (left, top));
            }
        return best;
    }

    /// <summary>A part of a picture.</summary>
    internal static Picture Window(Picture from, int left, int top, int width, int height)
    {
        if (width == from.Width && height == from.Height) return from;
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
            Array.Copy(from.Rgb, 3 * (((top + y) * from.Width) + left), rgb, 3 * y * width, 3 * width);
        return new Picture(width, height, rgb);
    }

    private static byte[] Webp(Picture picture, bool exact) => Vips.Run([], () =>
    {
        using var image = VipsImage.FromSamples(picture.Width, picture.Height, 3, picture.Rgb);
        VipsOperation save = image.Apply("webpsave_buffer").Set("strip", true);
        return (exact ? save.Set("lossless", true).Set("effort", 2) : save.Set("Q", MapQuality)).BuildBuffer();
    });
}
