using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using I = System.Runtime.Intrinsics.Vector256<int>;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Planes;

/// <summary>Luma of ITU-R BT.601 in JPEG's full range, rounded to 8 bits; colour differences of the same.</summary>
internal static class Luma
{
    /// <summary>Black.</summary>
    internal const float Black = -128;

    /// <summary>What one plane holds of a pixel.</summary>
    private interface IPixel
    {
        float Of(byte red, byte green, byte blue);

        V Of(I red, I green, I blue);
    }

    /// <summary>(299 R + 587 G + 114 B + 500) / 1000 - 128.</summary>
    internal static Plane Of(Picture picture) => Made(picture, default(Brightness));

    /// <summary>Of one pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Of(byte red, byte green, byte blue)
    {
        // floor(n / 1000) = floor(floor(n / 8) / 125), and the latter by a multiplication that is exact up to 31,999, all that can be.
        int eighth = ((299 * red) + (587 * green) + (114 * blue) + 500) >> 3;
        return ((eighth * 67109) >> 23) - 128;
    }

    /// <summary>Cb, not rounded.</summary>
    internal static Plane Blue(Picture picture) => Made(picture, new Difference(-168736, -331264, 500000));

    /// <summary>Cr, not rounded.</summary>
    internal static Plane Red(Picture picture) => Made(picture, new Difference(500000, -418688, -81312));

    private static Plane Made<TPixel>(Picture picture, TPixel pixel)
        where TPixel : struct, IPixel
    {
        var plane = new Plane(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> rgb = picture.Rgb.AsSpan(y * 3 * picture.Width, 3 * picture.Width);
            Span<float> row = plane.Row(y)[..picture.Width];
            int x = 0;
            for (; x + RgbLanes.Pixels <= row.Length; x += RgbLanes.Pixels)
            {
                var lanes = RgbLanes.Read(rgb[(3 * x)..]);
                ((I r0, I r1), (I g0, I g1), (I b0, I b1)) = (RgbLanes.Whole(lanes.Red), RgbLanes.Whole(lanes.Green), RgbLanes.Whole(lanes.Blue));
                ref float to = ref row[x];
                pixel.Of(r0, g0, b0).StoreUnsafe(ref to);
                pixel.Of(r1, g1, b1).StoreUnsafe(ref to, Plane.Lanes);
            }
            for (; x < row.Length; x++) row[x] = pixel.Of(rgb[3 * x], rgb[(3 * x) + 1], rgb[(3 * x) + 2]);
        }
        return plane;
    }

    private readonly struct Brightness : IPixel
    {
        public float Of(byte red, byte green, byte blue) => Luma.Of(red, green, blue);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of(I red, I green, I blue)
        {
            I eighth = ((299 * red) + (587 * green) + (114 * blue) + Vector256.Create(500)) >> 3;
            return Vector256.ConvertToSingle(((eighth * 67109) >> 23) - Vector256.Create(128));
        }
    }

    /// <summary>Weights in millionths.</summary>
    private readonly struct Difference(int red, int green, int blue) : IPixel
    {
        private const float Million = 1e6f;

        public float Of(byte r, byte g, byte b) => ((red * r) + (green * g) + (blue * b)) / Million;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of(I r, I g, I b) => Vector256.ConvertToSingle((red * r) + (green * g) + (blue * b)) / Million;
    }
}
