using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Paired.Ssimulacra;

/// <summary>An image in XYB at up to six scales, each half the one before: 16 bytes a pixel in all.</summary>
internal sealed class XybPyramid
{
    /// <summary>Most scales.</summary>
    internal const int MostScales = 6;

    /// <summary>A scale under this many pixels a side has no smaller one.</summary>
    internal const int Smallest = 8;

    private XybPyramid(List<Plane[]> scales) => Scales = scales;

    /// <summary>For each scale, the finest first, its planes X, Y and B.</summary>
    internal IReadOnlyList<Plane[]> Scales { get; }

    /// <summary>Converts and reduces. Scales are made of linear light: means of 2 x 2, the last row or column repeated where one is missing.</summary>
    internal static XybPyramid Of(Picture picture)
    {
        var scales = new List<Plane[]>();
        int width = picture.Width, height = picture.Height;
        Plane[]? linear = null;
        // Two rows of three channels, for the finest scale, whose linear light is not kept.
        float[] rows = new float[6 * Plane.StrideOf(width)];
        while (true)
        {
            Plane[] xyb = Planes(width, height);
            scales.Add(xyb);
            bool last = scales.Count == MostScales || Math.Min(width, height) < Smallest;
            Plane[]? next = last ? null : Planes((width + 1) / 2, (height + 1) / 2);
            int stride = xyb[0].Stride;
            for (int y = 0; y < height; y += 2)
            {
                for (int below = 0; below < 2 && y + below < height; below++)
                {
                    if (linear is null)
                    {
                        Span<float> at = rows.AsSpan(3 * stride * below);
                        Xyb.Linearize(picture.Rgb.AsSpan((y + below) * 3 * width, 3 * width), at, at[stride..], at[(2 * stride)..]);
                    }
                    Xyb.Convert(Row(0, y + below), Row(1, y + below), Row(2, y + below),
                        xyb[0].Row(y + below), xyb[1].Row(y + below), xyb[2].Row(y + below));
                }
                if (next is null) continue;
                for (int c = 0; c < 3; c++) Halve(Row(c, y), Row(c, Math.Min(y + 1, height - 1)), next[c].Row(y / 2), next[c].Width);
            }
            if (last) return new XybPyramid(scales);
            linear = next;
            (width, height) = ((width + 1) / 2, (height + 1) / 2);

            Span<float> Row(int channel, int y) => linear is null ? rows.AsSpan(((3 * (y % 2)) + channel) * stride, stride) : linear[channel].Row(y);
        }
    }

    private static Plane[] Planes(int width, int height) => [new(width, height), new(width, height), new(width, height)];

    /// <summary>Means of 2 x 2: columns first, then neighbours. The rows hold their last sample once more.</summary>
    internal static void Halve(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, Span<float> to, int width)
    {
        ref float a = ref MemoryMarshal.GetReference(upper), b = ref MemoryMarshal.GetReference(lower);
        V quarter = Vector256.Create(0.25f);
        int x = 0;
        for (; x + Plane.Lanes <= width && 2 * (x + Plane.Lanes) <= upper.Length; x += Plane.Lanes)
        {
            nuint from = (nuint)(2 * x);
            V first = Vector256.LoadUnsafe(ref a, from) + Vector256.LoadUnsafe(ref b, from);
            V second = Vector256.LoadUnsafe(ref a, from + Plane.Lanes) + Vector256.LoadUnsafe(ref b, from + Plane.Lanes);
            (V even, V odd) = Lane.Deinterleave(first, second);
            ((even + odd) * quarter).StoreUnsafe(ref MemoryMarshal.GetReference(to), (nuint)x);
        }
        for (; x < width; x++) to[x] = (upper[2 * x] + lower[2 * x] + (upper[(2 * x) + 1] + lower[(2 * x) + 1])) * 0.25f;
        to[width] = to[width - 1];
    }
}
