using Vestige.Images.Planes;
using Vestige.Images.Views;

namespace Vestige.Images.Jpeg;

/// <summary>A picture as samples of one component of a JPEG, as libjpeg makes them: rounded to 8 bits, means of the pixels that share one.</summary>
internal sealed class ComponentSamples
{
    private readonly byte[] _samples;
    private readonly int _width, _height;

    private ComponentSamples(byte[] samples, int width, int height) => (_samples, _width, _height) = (samples, width, height);

    internal static ComponentSamples Of(Picture picture, JpegImage jpeg, int index) => Of(picture, jpeg, index, 0, jpeg.Components[index].Height);

    /// <summary>Rows of samples from <paramref name="first"/> to before <paramref name="last"/>, as far as there are.</summary>
    internal static ComponentSamples Of(Picture picture, JpegImage jpeg, int index, int first, int last)
    {
        JpegComponent component = jpeg.Components[index];
        last = Math.Min(last, component.Height);
        int across = jpeg.Components.Max(c => c.Horizontal) / component.Horizontal, down = jpeg.Components.Max(c => c.Vertical) / component.Vertical;
        // libjpeg repeats the last pixel before it averages, and the last row of samples after: columns beyond the edge are means of that pixel, each with its own rounding.
        int width = component.Columns * 8;
        byte[] samples = new byte[width * (last - first)];
        for (int y = first; y < last; y++)
            for (int x = 0; x < width; x++)
                samples[((y - first) * width) + x] = (byte)Sample(picture, jpeg, index, x, y, (across, down));
        return new ComponentSamples(samples, width, last - first);
    }

    /// <summary>One sample; below the component's height that of its last row.</summary>
    internal static int Sample(Picture picture, JpegImage jpeg, int index, int x, int y, (int Across, int Down) factor)
    {
        (int across, int down) = factor;
        y = Math.Min(y, jpeg.Components[index].Height - 1);
        int sum = 0;
        for (int j = 0; j < down; j++)
            for (int i = 0; i < across; i++)
                sum += Value(picture, Math.Min((x * across) + i, picture.Width - 1), Math.Min((y * down) + j, picture.Height - 1), index, jpeg.Colour == JpegColour.Rgb);
        // libjpeg rounds halves down and up in turn along a row (h2v2: 1, 2, 1, 2 are added to the sum of four).
        int area = across * down, bias = area == 4 ? 1 + (x & 1) : area == 2 ? x & 1 : area / 2;
        return (sum + bias) / area;
    }

    /// <summary>The samples less 128, whole blocks of columns.</summary>
    internal Plane ToPlane()
    {
        var plane = new Plane(_width, _height);
        for (int y = 0; y < _height; y++)
        {
            Span<float> row = plane.Row(y);
            for (int x = 0; x < _width; x++) row[x] = _samples[(y * _width) + x] - 128;
        }
        return plane;
    }

    /// <summary>The orthonormal DCT of a block; below the edge the last row is repeated.</summary>
    internal void Transform(int column, int row, Span<double> coefficients)
    {
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
            {
                int at = (Math.Min((row * 8) + y, _height - 1) * _width) + Math.Min((column * 8) + x, _width - 1);
                coefficients[(y * 8) + x] = _samples[at] - 128;
            }
        BlockQuantizer.Transform(coefficients);
    }

    // libjpeg's jccolor.c: coefficients of 16 bits, halves up; for the differences, whose halves would else go to 256, down.
    private static int Value(Picture picture, int x, int y, int index, bool isRgb)
    {
        int at = 3 * ((y * picture.Width) + x);
        if (isRgb) return picture.Rgb[at + index];
        (int r, int g, int b) = (picture.Rgb[at], picture.Rgb[at + 1], picture.Rgb[at + 2]);
        const int half = 1 << 15, centre = 128 << 16;
        return index switch
        {
            0 => ((19595 * r) + (38470 * g) + (7471 * b) + half) >> 16,
            1 => ((-11059 * r) - (21709 * g) + (32768 * b) + centre + half - 1) >> 16,
            _ => ((32768 * r) - (27439 * g) - (5329 * b) + centre + half - 1) >> 16,
        };
    }
}
