namespace Vestige.Images;

/// <summary>A decoded image: 8-bit sRGB, three interleaved channels, upright.</summary>
/// <remarks>Every format, depth, profile and orientation is brought to this one form on loading, so that whatever follows has one case.</remarks>
public sealed class Picture
{
    /// <summary>Wraps pixels without copying.</summary>
    /// <param name="width">At least 1.</param>
    /// <param name="height">At least 1.</param>
    /// <param name="rgb">(height, width, 3), row-major.</param>
    /// <exception cref="ArgumentException">The length is not width x height x 3.</exception>
    public Picture(int width, int height, byte[] rgb)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(rgb);
        if (rgb.LongLength != (long)width * height * 3)
            throw new ArgumentException($"{rgb.LongLength} bytes are not {width} x {height} x 3.", nameof(rgb));
        Width = width;
        Height = height;
        Rgb = rgb;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>(Height, Width, 3): red, green, blue; not to be written to once the picture is shared.</summary>
    public byte[] Rgb { get; }

    /// <summary>Reads the file whose pixels these are, all of them and unchanged; null where there is none.</summary>
    public Func<byte[]>? Stored { get; init; }

    /// <summary>Width x Height.</summary>
    public long Pixels => (long)Width * Height;
}
