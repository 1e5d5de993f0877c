namespace Vestige.Images.Sources;

/// <summary>Reduces pictures by averaging areas, on sRGB values, in integers: the same on every machine.</summary>
internal static class AreaAverage
{
    /// <summary>Reduces a picture by a fraction. What does not fill a whole pixel at the right and bottom is left out.</summary>
    internal static Picture Reduce(Picture picture, Ratio scale) => scale == Ratio.One
        ? picture
        : Reduce(picture, Length(picture.Width, scale), Length(picture.Height, scale), scale.Numerator, scale.Denominator);

    /// <summary>Reduces a picture by <paramref name="factor"/>. Blocks that hang over an edge average what they have.</summary>
    internal static Picture Reduce(Picture picture, int factor) =>
        Reduce(picture, (picture.Width + factor - 1) / factor, (picture.Height + factor - 1) / factor, 1, factor);

    private static int Length(int length, Ratio scale) => (int)Math.Max(1, (long)length * scale.Numerator / scale.Denominator);

    // In units of 1/numerator of a pixel, output pixel i covers [i d, (i+1) d) and input pixel j covers [j n, (j+1) n).
    private static Picture Reduce(Picture picture, int width, int height, int numerator, int denominator)
    {
        byte[] to = new byte[checked(width * height * 3)];
        int stride = picture.Width * 3;
        int[] column = new int[stride];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(column);
            (int first, int last) = Covered(y, picture.Height, numerator, denominator);
            long rows = 0;
            for (int j = first; j <= last; j++)
            {
                int weight = Overlap(y, j, numerator, denominator);
                rows += weight;
                ReadOnlySpan<byte> row = picture.Rgb.AsSpan(j * stride, stride);
                for (int i = 0; i < row.Length; i++) column[i] += weight * row[i];
            }
            Span<byte> into = to.AsSpan(y * width * 3, width * 3);
            for (int x = 0; x < width; x++) Pixel(into.Slice(x * 3, 3), column, x, picture.Width, rows, numerator, denominator);
        }
        return new Picture(width, height, to);
    }

    private static void Pixel(Span<byte> into, int[] column, int x, int width, long rows, int numerator, int denominator)
    {
        (int first, int last) = Covered(x, width, numerator, denominator);
        long red = 0, green = 0, blue = 0, area = 0;
        for (int j = first; j <= last; j++)
        {
            long weight = Overlap(x, j, numerator, denominator);
            area += weight;
            red += weight * column[j * 3];
            green += weight * column[(j * 3) + 1];
            blue += weight * column[(j * 3) + 2];
        }
        area *= rows;
        into[0] = (byte)((red + (area / 2)) / area);
        into[1] = (byte)((green + (area / 2)) / area);
        into[2] = (byte)((blue + (area / 2)) / area);
    }

    private static (int First, int Last) Covered(int i, int length, int numerator, int denominator) => (
        (int)((long)i * denominator / numerator),
        (int)Math.Min(length - 1, ((((long)i + 1) * denominator) - 1) / numerator));

    private static int Overlap(int i, int j, int numerator, int denominator) => (int)(
        Math.Min(((long)i + 1) * denominator, ((long)j + 1) * numerator) - Math.Max((long)i * denominator, (long)j * numerator));
}
