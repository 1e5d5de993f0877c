using Vestige.Images.Planes;

namespace Vestige.Images.Imagining.Blocks;

/// <summary>Pictures as planes and back: JFIF's luma and colour differences (ITU-R BT.601, full range), not rounded, less 128; or R, G, B; or grey alone.</summary>
internal static class ColourPlanes
{
    /// <summary>Luma, Cb and Cr.</summary>
    internal static Plane[] Of(Picture picture)
    {
        var luma = new Plane(picture.Width, picture.Height);
        for (int y = 0, i = 0; y < picture.Height; y++)
        {
            Span<float> row = luma.Row(y);
            for (int x = 0; x < picture.Width; x++, i += 3)
                row[x] = (((299 * picture.Rgb[i]) + (587 * picture.Rgb[i + 1]) + (114 * picture.Rgb[i + 2])) / 1e3f) - 128;
        }
        return [luma, Luma.Blue(picture), Luma.Red(picture)];
    }

    /// <summary>A row of pixels before rounding, three channels each; values may be outside 0 to 255.</summary>
    /// <param name="planes">One or three of one size.</param>
    /// <param name="isRgb">Whether three are R, G, B.</param>
    /// <param name="y">The row.</param>
    /// <param name="pixels">(width, 3) out.</param>
    internal static void Row(Plane[] planes, bool isRgb, int y, Span<float> pixels)
    {
        ReadOnlySpan<float> first = planes[0].Row(y);
        if (planes.Length == 1)
        {
            for (int x = 0, i = 0; i < pixels.Length; x++, i += 3) pixels[i] = pixels[i + 1] = pixels[i + 2] = first[x] + 128;
            return;
        }
        ReadOnlySpan<float> second = planes[1].Row(y), third = planes[2].Row(y);
        for (int x = 0, i = 0; i < pixels.Length; x++, i += 3)
        {
            float luma = first[x] + 128, blue = second[x], red = third[x];
            (pixels[i], pixels[i + 1], pixels[i + 2]) = isRgb
                ? (luma, blue + 128, red + 128)
                : (luma + (1.402f * red), luma - (0.344136286f * blue) - (0.714136286f * red), luma + (1.772f * blue));
        }
    }

    /// <summary>Rounds to the nearest of 0 to 255.</summary>
    internal static byte Byte(float value) => (byte)Math.Clamp(MathF.Floor(value + 0.5f), 0, 255);

    /// <summary>Rows of a plane at a multiple of its resolution: linear between centres, then moved so that each square has its sample as its mean.</summary>
    /// <remarks>Linear alone is what decoders do ("fancy upsampling"), and it blurs what an encoder would average to.</remarks>
    /// <param name="small">The plane.</param>
    /// <param name="width">Columns at full size.</param>
    /// <param name="top">First row at full size, a multiple of <paramref name="down"/>.</param>
    /// <param name="rows">Rows at full size.</param>
    /// <param name="across">Columns for each of the plane's.</param>
    /// <param name="down">Rows for each of its.</param>
    internal static Plane Enlarge(Plane small, int width, int top, int rows, int across, int down)
    {
        var plane = new Plane(width, rows);
        for (int y = 0; y < rows; y++)
        {
            (int above, int below, float part) = Between(top + y, down, small.Height);
            ReadOnlySpan<float> upper = small.Row(above), lower = small.Row(below);
            Span<float> to = plane.Row(y);
            if (across == 1 && down == 1)
            {
                upper[..width].CopyTo(to);
                continue;
            }
            for (int x = 0; x < width; x++)
            {
                (int left, int right, float share) = Between(x, across, small.Width);
                float first = upper[left] + (share * (upper[right] - upper[left])), second = lower[left] + (share * (lower[right] - lower[left]));
                to[x] = first + (part * (second - first));
            }
        }
        if (across > 1 || down > 1) Keep(plane, small, top / down, across, down);
        return plane;
    }

    /// <summary>Moves each square of a plane so that its mean is the small plane's sample; squares that hang over an edge by what they have.</summary>
    /// <param name="plane">The plane, or rows of it.</param>
    /// <param name="small">The small plane.</param>
    /// <param name="first">Its row that the plane's first belongs to.</param>
    /// <param name="across">Columns of a square.</param>
    /// <param name="down">Rows of a square.</param>
    internal static void Keep(Plane plane, Plane small, int first, int across, int down)
    {
        for (int y = first; y < small.Height; y++)
        {
            int top = (y - first) * down, bottom = Math.Min(top + down, plane.Height);
            if (top >= bottom) return;
            for (int x = 0; x < small.Width; x++)
            {
                int left = x * across, right = Math.Min(left + across, plane.Width);
                if (left >= right) break;
                double sum = 0;
                for (int j = top; j < bottom; j++)
                    foreach (float sample in plane.Row(j)[left..right]) sum += sample;
                float lack = (float)(small.Row(y)[x] - (sum / ((bottom - top) * (right - left))));
                for (int j = top; j < bottom; j++)
                    foreach (ref float sample in plane.Row(j)[left..right]) sample += lack;
            }
        }
    }

    private static (int First, int Second, float Part) Between(int at, int factor, int length)
    {
        float place = ((at + 0.5f) / factor) - 0.5f;
        int first = (int)MathF.Floor(place);
        return (Math.Clamp(first, 0, length - 1), Math.Clamp(first + 1, 0, length - 1), place - first);
    }
}
