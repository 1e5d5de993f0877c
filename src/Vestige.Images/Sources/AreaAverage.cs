using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        (int First, int Last)[] across = [.. Enumerable.Range(0, width).Select(x => Covered(x, picture.Width, numerator, denominator))];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(column);
            (int first, int last) = Covered(y, picture.Height, numerator, denominator);
            long rows = 0;
            for (int j = first; j <= last; j++)
            {
                int weight = Overlap(y, j, numerator, denominator);
                rows += weight;
                Add(column, picture.Rgb.AsSpan(j * stride, stride), weight);
            }
            Span<byte> into = to.AsSpan(y * width * 3, width * 3);
            for (int x = 0; x < width; x++) Pixel(into.Slice(x * 3, 3), column, x, across[x], rows, numerator, denominator);
        }
        return new Picture(width, height, to);
    }

    private static void Add(Span<int> column, ReadOnlySpan<byte> row, int weight)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref byte from = ref MemoryMarshal.GetReference(row);
            ref int to = ref MemoryMarshal.GetReference(column);
            var by = Vector256.Create(weight);
            for (; i <= row.Length - 16; i += 16)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
                More(ref to, low, by, i);
                More(ref to, high, by, i + 8);
            }

            static void More(ref int to, Vector128<ushort> words, Vector256<int> by, int at)
            {
                (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(words);
                (Vector256.LoadUnsafe(ref to, (nuint)at) + (Vector256.Create(low, high).AsInt32() * by)).StoreUnsafe(ref to, (nuint)at);
            }
        }
        for (; i < row.Length; i++) column[i] += weight * row[i];
    }

    private static void Pixel(Span<byte> into, int[] column, int x, (int First, int Last) covered, long rows, int numerator, int denominator)
    {
        long red = 0, green = 0, blue = 0, area = 0;
        for (int j = covered.First; j <= covered.Last; j++)
        {
            long weight = Overlap(x, j, numerator, denominator);
            area += weight;
            red += weight * column[j * 3];
            green += weight * column[(j * 3) + 1];
            blue += weight * column[(j * 3) + 2];
        }
        area *= rows;
        into[0] = Rounded(red, area);
        into[1] = Rounded(green, area);
        into[2] = Rounded(blue, area);
    }

    // By a double: what is under 2^44 divided so is no whole number that it is not, since it lies 1/area below.
    private static byte Rounded(long sum, long area) => area < 1L << 36 ? (byte)((double)(sum + (area / 2)) / area) : (byte)((sum + (area / 2)) / area);

    private static (int First, int Last) Covered(int i, int length, int numerator, int denominator) => (
        (int)((long)i * denominator / numerator),
        (int)Math.Min(length - 1, ((((long)i + 1) * denominator) - 1) / numerator));

    private static int Overlap(int i, int j, int numerator, int denominator) => (int)(
        Math.Min(((long)i + 1) * denominator, ((long)j + 1) * numerator) - Math.Max((long)i * denominator, (long)j * numerator));
}
