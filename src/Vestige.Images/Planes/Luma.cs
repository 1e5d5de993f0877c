using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using I = System.Runtime.Intrinsics.Vector256<int>;

namespace Vestige.Images.Planes;

/// <summary>Luma of ITU-R BT.601 in JPEG's full range, rounded to 8 bits; colour differences of the same.</summary>
internal static class Luma
{
    /// <summary>Black.</summary>
    internal const float Black = -128;

    // Of the weights of colour differences, and so of their sums.
    private const float Million = 1e6f;

    /// <summary>(299 R + 587 G + 114 B + 500) / 1000 - 128.</summary>
    internal static Plane Of(Picture picture)
    {
        var plane = new Plane(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> rgb = picture.Rgb.AsSpan(y * 3 * picture.Width, 3 * picture.Width);
            Span<float> row = plane.Row(y)[..picture.Width];
            int x = 0;
            for (; x + RgbLanes.Pixels <= row.Length; x += RgbLanes.Pixels)
            {
                (I r0, I r1, I g0, I g1, I b0, I b1) = Channels(rgb[(3 * x)..]);
                ref float to = ref row[x];
                Vector256.ConvertToSingle(Of(r0, g0, b0)).StoreUnsafe(ref to);
                Vector256.ConvertToSingle(Of(r1, g1, b1)).StoreUnsafe(ref to, Plane.Lanes);
            }
            for (; x < row.Length; x++) row[x] = Of(rgb[3 * x], rgb[(3 * x) + 1], rgb[(3 * x) + 2]);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static I Of(I red, I green, I blue)
    {
        I eighth = ((299 * red) + (587 * green) + (114 * blue) + Vector256.Create(500)) >> 3;
        return ((eighth * 67109) >> 23) - Vector256.Create(128);
    }

    /// <summary>Cb, not rounded.</summary>
    internal static Plane Blue(Picture picture) => Difference(picture, -168736, -331264, 500000);

    /// <summary>Cr, not rounded.</summary>
    internal static Plane Red(Picture picture) => Difference(picture, 500000, -418688, -81312);

    private static Plane Difference(Picture picture, int red, int green, int blue)
    {
        var plane = new Plane(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> rgb = picture.Rgb.AsSpan(y * 3 * picture.Width, 3 * picture.Width);
            Span<float> row = plane.Row(y)[..picture.Width];
            int x = 0;
            for (; x + RgbLanes.Pixels <= row.Length; x += RgbLanes.Pixels)
            {
                (I r0, I r1, I g0, I g1, I b0, I b1) = Channels(rgb[(3 * x)..]);
                ref float to = ref row[x];
                (Vector256.ConvertToSingle((red * r0) + (green * g0) + (blue * b0)) / Million).StoreUnsafe(ref to);
                (Vector256.ConvertToSingle((red * r1) + (green * g1) + (blue * b1)) / Million).StoreUnsafe(ref to, Plane.Lanes);
            }
            for (; x < row.Length; x++) row[x] = ((red * rgb[3 * x]) + (green * rgb[(3 * x) + 1]) + (blue * rgb[(3 * x) + 2])) / Million;
        }
        return plane;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (I R0, I R1, I G0, I G1, I B0, I B1) Channels(ReadOnlySpan<byte> rgb)
    {
        var lanes = RgbLanes.Read(rgb);
        ((I r0, I r1), (I g0, I g1), (I b0, I b1)) = (RgbLanes.Whole(lanes.Red), RgbLanes.Whole(lanes.Green), RgbLanes.Whole(lanes.Blue));
        return (r0, r1, g0, g1, b0, b1);
    }
}
