using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Planes;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Paired.Ssimulacra;

/// <summary>An image in XYB at up to six scales, each half the one before, made strip by strip from the top.</summary>
/// <remarks>Scales are made of linear light: means of 2 x 2, the last row or column repeated where one is missing.</remarks>
internal sealed class XybPyramid
{
    /// <summary>Most scales.</summary>
    internal const int MostScales = 6;

    /// <summary>A scale under this many pixels a side has no smaller one.</summary>
    internal const int Smallest = 8;

    /// <summary>Rows of a strip at the finest scale: two at the coarsest, so that a strip is made of whole pairs of rows at each.</summary>
    private const int Strip = 2 << (MostScales - 1);

    private readonly Picture _picture;
    private readonly List<Plane[]> _scales = [], _linear = [];
    private int _top;

    /// <summary>Prepares it.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="whole">Whether all of it is to stand in memory, 16 bytes a pixel; else the last strip and the rows above it that blurs take.</param>
    internal XybPyramid(Picture picture, bool whole)
    {
        _picture = picture;
        (int width, int height) = (picture.Width, picture.Height);
        for (int s = 0; s < MostScales; s++)
        {
            _scales.Add(Planes(whole ? height : (Strip >> s) + ScaleNorms.Reach));
            // At the finest scale a pair of rows is made at a time, of bytes.
            _linear.Add(Planes(s == 0 ? 2 : Strip >> s));
            if (Math.Min(width, height) < Smallest) break;
            (width, height) = ((width + 1) / 2, (height + 1) / 2);
        }

        Plane[] Planes(int rows) => [new(width, height, rows), new(width, height, rows), new(width, height, rows)];
    }

    /// <summary>For each scale, the finest first, its planes X, Y and B.</summary>
    internal IReadOnlyList<Plane[]> Scales => _scales;

    /// <summary>Rows of a scale that have been made.</summary>
    internal int Rows(int scale) => Math.Min(_scales[scale][0].Height, _top >> scale);

    /// <summary>Makes the next strip at every scale, if there is one.</summary>
    internal bool Next()
    {
        int top = _top;
        if (top >= _picture.Height) return false;
        _top += Strip;
        for (int s = 0; s < _scales.Count; s++)
            for (int y = top >> s; y < Rows(s); y += 2)
            {
                int below = Math.Min(y + 1, Rows(s) - 1);
                Convert(s, y);
                if (below > y) Convert(s, below);
                if (s + 1 == _scales.Count) continue;
                for (int c = 0; c < 3; c++) Halve(_linear[s][c].Row(y), _linear[s][c].Row(below), _linear[s + 1][c].Row(y / 2), _linear[s + 1][c].Width);
            }
        return true;
    }

    private void Convert(int scale, int y)
    {
        Plane[] to = _scales[scale], linear = _linear[scale];
        int bytes = 3 * _picture.Width;
        if (scale == 0) Xyb.Linearize(_picture.Rgb.AsSpan(y * bytes, bytes), linear[0].Row(y), linear[1].Row(y), linear[2].Row(y));
        Xyb.Convert(linear[0].Row(y), linear[1].Row(y), linear[2].Row(y), to[0].Row(y), to[1].Row(y), to[2].Row(y));
    }

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
