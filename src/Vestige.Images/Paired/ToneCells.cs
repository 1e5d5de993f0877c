namespace Vestige.Images.Paired;

/// <summary>Lightness and colour of the means of squares of 8 pixels, in CIE L*a*b* (D65): what a picture shows with its detail taken off.</summary>
internal sealed class ToneCells
{
    /// <summary>Side of a cell, pixels.</summary>
    internal const int Side = 8;

    // Linear light of each 8-bit value (IEC 61966-2-1): what reaches the eye from afar is the mean of light, not of bytes.
    private static readonly double[] s_linear = [.. Enumerable.Range(0, 256).Select(v => Linear(v / 255.0))];

    private readonly float[] _tones;

    private ToneCells(int columns, int rows) => (Columns, Rows, _tones) = (columns, rows, new float[3 * columns * rows]);

    /// <summary>Cells in a row.</summary>
    internal int Columns { get; }

    /// <summary>Rows of cells.</summary>
    internal int Rows { get; }

    internal static ToneCells Of(Picture picture)
    {
        var cells = new ToneCells((picture.Width + Side - 1) / Side, (picture.Height + Side - 1) / Side);
        Span<double> sums = stackalloc double[3];
        for (int row = 0; row < cells.Rows; row++)
            for (int column = 0; column < cells.Columns; column++)
            {
                int left = column * Side, width = Math.Min(Side, picture.Width - left), bottom = Math.Min(picture.Height, (row + 1) * Side);
                double r = 0, g = 0, b = 0;
                for (int y = row * Side; y < bottom; y++)
                {
                    ReadOnlySpan<byte> rgb = picture.Rgb.AsSpan(3 * ((y * picture.Width) + left), 3 * width);
                    for (; rgb.Length >= 3; rgb = rgb[3..])
                    {
                        r += s_linear[rgb[0]];
                        g += s_linear[rgb[1]];
                        b += s_linear[rgb[2]];
                    }
                }
                (sums[0], sums[1], sums[2]) = (r, g, b);
                Lab(sums, width * (bottom - (row * Side)), cells._tones.AsSpan(3 * ((row * cells.Columns) + column), 3));
            }
        return cells;
    }

    /// <summary>Root mean squares over the cells of a tile of how far lightness, and colour, are from another picture's.</summary>
    /// <param name="other">Cells of a picture of the same size.</param>
    /// <param name="tileX">Left edge of the tile, pixels, a multiple of <see cref="Side"/>.</param>
    /// <param name="tileY">Upper edge.</param>
    /// <param name="tileSide">Its side, pixels.</param>
    internal (double Lightness, double Colour) Distance(ToneCells other, int tileX, int tileY, int tileSide)
    {
        double lightness = 0, colour = 0;
        int count = 0, right = Math.Min(Columns, (tileX + tileSide) / Side), bottom = Math.Min(Rows, (tileY + tileSide) / Side);
        for (int row = tileY / Side; row < bottom; row++)
            for (int column = tileX / Side; column < right; column++)
            {
                int at = 3 * ((row * Columns) + column);
                double l = _tones[at] - other._tones[at], a = _tones[at + 1] - other._tones[at + 1], b = _tones[at + 2] - other._tones[at + 2];
                lightness += l * l;
                colour += (a * a) + (b * b);
                count++;
            }
        return (Math.Sqrt(lightness / count), Math.Sqrt(colour / count));
    }

    /// <summary>L*, a*, b* of linear sRGB, white being that of sRGB (CIE 15; matrix of IEC 61966-2-1).</summary>
    private static void Lab(ReadOnlySpan<double> sums, int pixels, Span<float> to)
    {
        double r = sums[0] / pixels, g = sums[1] / pixels, b = sums[2] / pixels;
        double x = F(((0.4124 * r) + (0.3576 * g) + (0.1805 * b)) / 0.9505);
        double y = F((0.2126 * r) + (0.7152 * g) + (0.0722 * b));
        double z = F(((0.0193 * r) + (0.1192 * g) + (0.9505 * b)) / 1.0890);
        (to[0], to[1], to[2]) = ((float)((116 * y) - 16), (float)(500 * (x - y)), (float)(200 * (y - z)));
    }

    private static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;

    private static double Linear(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
}
