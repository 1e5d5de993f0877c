using System.Runtime.CompilerServices;

namespace Vestige.Images.Planes;

/// <summary>Luma of ITU-R BT.601 in JPEG's full range, rounded to 8 bits; colour differences of the same.</summary>
internal static class Luma
{
    /// <summary>Black.</summary>
    internal const float Black = -128;

    /// <summary>(299 R + 587 G + 114 B + 500) / 1000 - 128.</summary>
    internal static Plane Of(Picture picture)
    {
        var plane = new Plane(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> rgb = picture.Rgb.AsSpan(y * 3 * picture.Width, 3 * picture.Width);
            Span<float> row = plane.Row(y)[..picture.Width];
            for (int x = 0, i = 0; x < row.Length; x++, i += 3) row[x] = Of(rgb[i], rgb[i + 1], rgb[i + 2]);
        }
        return plane;
    }

    /// <summary>Of one pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Of(byte red, byte green, byte blue)
    {
        // floor(n / 1000) = floor(floor(n / 8) / 125), and the latter by a multiplication that is exact up to 31,999, all that can be.
        int eighth = ((299 * red) + (587 * green) + (114 * blue) + 500) >> 3;
        return ((eighth * 67109) >> 23) - 128;
    }

    /// <summary>Cb, not rounded.</summary>
    internal static Plane Blue(Picture picture) => Difference(picture, -168736, -331264, 500000);

    /// <summary>Cr, not rounded.</summary>
    internal static Plane Red(Picture picture) => Difference(picture, 500000, -418688, -81312);

    private static Plane Difference(Picture picture, int red, int green, int blue)
    {
        var plane = new Plane(picture.Width, picture.Height);
        for (int y = 0, i = 0; y < picture.Height; y++)
        {
            Span<float> row = plane.Row(y);
            for (int x = 0; x < picture.Width; x++, i += 3)
                row[x] = ((red * picture.Rgb[i]) + (green * picture.Rgb[i + 1]) + (blue * picture.Rgb[i + 2])) / 1e6f;
        }
        return plane;
    }
}
