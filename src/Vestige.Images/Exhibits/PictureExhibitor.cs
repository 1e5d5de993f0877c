using Vestige.Exhibits;
using Vestige.Images.Interop;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Planes;

namespace Vestige.Images.Exhibits;

/// <summary>Pictures and mosaics of patches as PNG.</summary>
public sealed class PictureExhibitor : IExhibitor<Picture>
{
    /// <summary>Longest side shown; of a larger picture its middle is, since reducing it would hide what a codec did.</summary>
    internal const int MostPixels = 2048;

    /// <summary>How many times patches are enlarged.</summary>
    internal const int Zoom = 3;

    private const int Gap = 4;
    private const int WideGap = 20;

    /// <inheritdoc/>
    public string Extension => ".png";

    /// <inheritdoc/>
    public (IReadOnlyList<(string Label, byte[] File)> Files, string? Remark) Layers(Picture original, Picture reconstruction)
    {
        (byte[] file, string? remark) = Whole(original);
        (Picture lost, Picture invented) = Maps(original, reconstruction);
        return ([("original", file), ("reconstruction", Whole(reconstruction).File), ("lost map", Whole(lost).File), ("invented map", Whole(invented).File)], remark);
    }

    /// <summary>The map of <c>vestige inspect</c>, one hue at a time.</summary>
    private static (Picture Lost, Picture Invented) Maps(Picture original, Picture reconstruction)
    {
        DetailMap map = DetailComparison.Of(Luma.Of(original), Luma.Of(reconstruction), map: true).Map!;
        var nothing = new Plane(map.Lost.Width, map.Lost.Height);
        return (MapPicture.Of(original, map with { Invented = nothing }), MapPicture.Of(original, map with { Lost = nothing }));
    }

    /// <inheritdoc/>
    public byte[] Show(Picture item) => Whole(item).File;

    /// <summary>One picture.</summary>
    /// <returns>The file, and what it does not show of the picture, or null where it shows all.</returns>
    internal static (byte[] File, string? Remark) Whole(Picture item)
    {
        ArgumentNullException.ThrowIfNull(item);
        int width = Math.Min(item.Width, MostPixels), height = Math.Min(item.Height, MostPixels);
        if (width == item.Width && height == item.Height) return (Png(item), null);
        var part = Canvas.White(width, height);
        part.Draw(item, -(item.Width - width) / 2, -(item.Height - height) / 2, 1);
        return (Png(part.Picture), $"its middle, {width} x {height} of {item.Width} x {item.Height} pixels");
    }

    /// <inheritdoc/>
    public byte[] Mosaic(IReadOnlyList<IReadOnlyList<Picture>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int cellWidth = Zoom * rows.Max(row => row.Max(p => p.Width)), cellHeight = Zoom * rows.Max(row => row.Max(p => p.Height));
        int columns = rows.Max(row => row.Count);
        var canvas = Canvas.White((columns * (cellWidth + Gap)) + WideGap, (rows.Count * (cellHeight + Gap)) + Gap);
        for (int y = 0; y < rows.Count; y++)
            for (int x = 0; x < rows[y].Count; x++)
                canvas.Draw(rows[y][x], Gap + (x * (cellWidth + Gap)) + (x > 0 ? WideGap - Gap : 0), Gap + (y * (cellHeight + Gap)), Zoom);
        return Png(canvas.Picture);
    }

    /// <summary>A picture as it is, whatever its size.</summary>
    public static byte[] Png(Picture picture) => Vips.Run([], () =>
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var image = VipsImage.FromSamples(picture.Width, picture.Height, 3, picture.Rgb);
        return image.Apply("pngsave_buffer").Set("strip", true).BuildBuffer();
    });

    /// <summary>A picture under the brush.</summary>
    private readonly record struct Canvas(Picture Picture)
    {
        internal static Canvas White(int width, int height)
        {
            byte[] rgb = new byte[checked(width * height * 3)];
            Array.Fill(rgb, (byte)255);
            return new Canvas(new Picture(width, height, rgb));
        }

        /// <summary>Draws a picture, each pixel as a square; what lies outside is cut off.</summary>
        internal void Draw(Picture from, int left, int top, int zoom)
        {
            for (int y = Math.Max(0, top); y < Math.Min(Picture.Height, top + (zoom * from.Height)); y++)
                for (int x = Math.Max(0, left); x < Math.Min(Picture.Width, left + (zoom * from.Width)); x++)
                {
                    int source = 3 * (((y - top) / zoom * from.Width) + ((x - left) / zoom));
                    Array.Copy(from.Rgb, source, Picture.Rgb, 3 * ((y * Picture.Width) + x), 3);
                }
        }
    }
}
