using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Planes;
using Vestige.Images.Sources;
using Vestige.Numerics;

namespace Vestige.Images.Imagining;

/// <summary>What a picture may have been before squares of its pixels were averaged to one each: pictures that are averaged to the same.</summary>
internal sealed class ImaginedBox
{
    private readonly Picture _small;
    private readonly int _width, _height, _scale;
    private readonly PlaneImaginer[] _planes;

    internal ImaginedBox(Picture small, int width, int height, int scale, PicturePrior prior)
    {
        (_small, _width, _height, _scale) = (small, width, height, scale);
        BlockPrior[] priors = [prior.Luma, prior.Chroma, prior.Chroma];
        _planes = [.. ColourPlanes.Of(small).Select((plane, i) => new PlaneImaginer(priors[i], new BoxCells(priors[i], plane, width, height, scale)))];
    }

    /// <summary>The mean of what it may have been.</summary>
    internal Picture Mean() => Rounded([.. _planes.Select(plane => plane.Mean())]);

    /// <summary>One that it may have been; the same seed gives the same.</summary>
    internal Picture Draw(ulong seed) => Rounded([.. _planes.Select((plane, i) => plane.Draw(Rng.Mix(seed, (ulong)i)))]);

    private Picture Rounded(Plane[] planes)
    {
        byte[] rgb = new byte[checked(3 * _width * _height)];
        float[] pixels = new float[rgb.Length];
        for (int y = 0; y < _height; y++) ColourPlanes.Row(planes, isRgb: false, y, pixels.AsSpan(3 * y * _width, 3 * _width));
        for (int i = 0; i < rgb.Length; i++) rgb[i] = ColourPlanes.Byte(pixels[i]);
        Span<int> square = stackalloc int[_scale * _scale];
        for (int y = 0; y < _small.Height; y++)
            for (int x = 0; x < _small.Width; x++)
                for (int channel = 0; channel < 3; channel++) Keep(rgb, pixels, x, y, channel, square);
        return new Picture(_width, _height, rgb);
    }

    /// <summary>Moves pixels of one square by a level at a time, those first that rounding moved furthest the other way, until <see cref="AreaAverage"/> gives the
    /// small picture's value.</summary>
    private void Keep(byte[] rgb, float[] pixels, int x, int y, int channel, Span<int> square)
    {
        int count = 0, sum = 0;
        for (int j = y * _scale; j < Math.Min((y + 1) * _scale, _height); j++)
            for (int i = x * _scale; i < Math.Min((x + 1) * _scale, _width); i++)
            {
                square[count] = (3 * ((j * _width) + i)) + channel;
                sum += rgb[square[count++]];
            }
        int least = (_small.Rgb[(3 * ((y * _small.Width) + x)) + channel] * count) - (count / 2), most = least + count - 1;
        if (sum >= least && sum <= most) return;
        int step = sum < least ? 1 : -1, needed = sum < least ? least - sum : sum - most;
        Span<int> order = square[..count];
        order.Sort((a, b) => (step * (pixels[b] - rgb[b])).CompareTo(step * (pixels[a] - rgb[a])) is var by and not 0 ? by : a.CompareTo(b));
        for (int i = 0; needed > 0; i = (i + 1) % count)
        {
            if (rgb[order[i]] == (step > 0 ? 255 : 0)) continue;
            rgb[order[i]] = (byte)(rgb[order[i]] + step);
            needed--;
        }
    }
}
