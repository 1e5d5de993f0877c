namespace Vestige.Images.Sources;

/// <summary>Turns pictures upright as EXIF's orientation says.</summary>
internal static class Orientation
{
    /// <summary>Rearranges pixels.</summary>
    /// <param name="picture">As it is stored.</param>
    /// <param name="orientation">EXIF 2.3, tag 274: where the stored first row and first column belong. 1 to 8; 1 is upright.</param>
    internal static Picture Upright(Picture picture, int orientation)
    {
        int w = picture.Width, h = picture.Height;
        // Source pixel of the upper left corner, then the steps in the source for one step right and one step down.
        (int start, int right, int down) = orientation switch
        {
            2 => (w - 1, -1, w),
            3 => ((w * h) - 1, -1, -w),
            4 => ((h - 1) * w, 1, -w),
            5 => (0, w, 1),
            6 => ((h - 1) * w, -w, 1),
            7 => ((w * h) - 1, -w, -1),
            8 => (w - 1, w, -1),
            _ => (0, 1, w),
        };
        if (start == 0 && right == 1) return picture;
        (int width, int height) = orientation >= 5 ? (h, w) : (w, h);
        byte[] from = picture.Rgb, to = new byte[from.Length];
        for (int y = 0, target = 0; y < height; y++)
        {
            for (int x = 0, source = (start + (y * down)) * 3; x < width; x++, source += right * 3, target += 3)
            {
                to[target] = from[source];
                to[target + 1] = from[source + 1];
                to[target + 2] = from[source + 2];
            }
        }
        return new Picture(width, height, to);
    }
}
