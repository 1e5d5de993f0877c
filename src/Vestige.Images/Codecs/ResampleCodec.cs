using System.Diagnostics;
using Vestige.Compressors;
using Vestige.Images.Sources;

namespace Vestige.Images.Codecs;

/// <summary>Stores a smaller picture, losslessly coded, and enlarges it again: interpolation as a codec.</summary>
/// <param name="Reduce">Makes the small picture, ceil(width / scale) x ceil(height / scale).</param>
/// <param name="Enlarge">Makes one of the original's size of it; that is given.</param>
internal sealed record Resampling(Func<Picture, int, Picture> Reduce, Func<Picture, Picture, int, Picture> Enlarge)
{
    /// <summary>The centre sample of each block, repeated: right of and below the middle where the block is even, the last that there
    /// is where it is cut.</summary>
    internal static Resampling Nearest { get; } = new(Sample, Repeat);

    /// <summary>The mean of each block on sRGB values, repeated.</summary>
    internal static Resampling Box { get; } = new(AreaAverage.Reduce, Repeat);

    /// <summary>A cubic kernel both ways.</summary>
    internal static Resampling Bicubic { get; } = new(
        (picture, scale) => CubicResize.Resize(picture, Small(picture.Width, scale), Small(picture.Height, scale)),
        (small, original, _) => CubicResize.Resize(small, original.Width, original.Height));

    private static int Small(int length, int scale) => (length + scale - 1) / scale;

    private static Picture Sample(Picture picture, int scale) => Pick(
        picture, Small(picture.Width, scale), Small(picture.Height, scale),
        x => Math.Min((x * scale) + (scale / 2), picture.Width - 1), y => Math.Min((y * scale) + (scale / 2), picture.Height - 1));

    private static Picture Repeat(Picture small, Picture original, int scale) =>
        Pick(small, original.Width, original.Height, x => x / scale, y => y / scale);

    private static Picture Pick(Picture from, int width, int height, Func<int, int> column, Func<int, int> row)
    {
        int[] columns = [.. Enumerable.Range(0, width).Select(x => column(x) * 3)];
        byte[] rgb = new byte[checked(width * height * 3)];
        for (int y = 0, to = 0; y < height; y++)
        {
            ReadOnlySpan<byte> line = from.Rgb.AsSpan(row(y) * from.Width * 3, from.Width * 3);
            foreach (int x in columns)
            {
                rgb[to++] = line[x];
                rgb[to++] = line[x + 1];
                rgb[to++] = line[x + 2];
            }
        }
        return new Picture(width, height, rgb);
    }
}

/// <summary><see cref="Resampling"/> by a whole factor.</summary>
internal sealed class ResampleCodec(Resampling resampling, int scale) : ICodec<Picture>
{
    public long? DescriptionBytes => null;

    public Coded<Picture> Code(Picture item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Code(resampling.Reduce, item, scale, small => resampling.Enlarge(small, item, scale));
    }

    /// <summary>Reduces, codes without loss and enlarges.</summary>
    internal static Coded<Picture> Code(Func<Picture, int, Picture> reduce, Picture item, int scale, Func<Picture, Picture> enlarge)
    {
        var watch = Stopwatch.StartNew();
        Picture small = reduce(item, scale);
        double encode = watch.Elapsed.TotalSeconds;
        Coded<Picture> stored = LosslessReference.Code(small);
        watch.Restart();
        Picture enlarged = enlarge(stored.Reconstruction);
        return new Coded<Picture>(stored.Bytes, enlarged, encode + stored.EncodeSeconds, stored.DecodeSeconds + watch.Elapsed.TotalSeconds);
    }
}
