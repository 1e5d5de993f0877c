namespace Vestige.Images.Codecs;

/// <summary>Resizes with the cubic kernel of Keys (1981), a = -1/2, widened by the factor of reduction; nothing shifts.</summary>
/// <remarks>Not libvips' own: what version 8.14 enlarges comes out half a pixel off. Sums run in one order, in double: the same
/// on every machine.</remarks>
internal static class CubicResize
{
    internal static Picture Resize(Picture picture, int width, int height)
    {
        Taps[] columns = Axis(picture.Width, width), rows = Axis(picture.Height, height);
        int stride = picture.Width * 3;
        byte[] rgb = new byte[checked(width * height * 3)];
        double[] line = new double[stride];
        for (int y = 0, to = 0; y < height; y++)
        {
            Array.Clear(line);
            for (int k = 0; k < rows[y].Weights.Length; k++)
            {
                double weight = rows[y].Weights[k];
                ReadOnlySpan<byte> from = picture.Rgb.AsSpan((rows[y].First + k) * stride, stride);
                for (int i = 0; i < line.Length; i++) line[i] += weight * from[i];
            }
            foreach (Taps taps in columns)
            {
                double red = 0, green = 0, blue = 0;
                for (int k = 0, i = taps.First * 3; k < taps.Weights.Length; k++, i += 3)
                {
                    red += taps.Weights[k] * line[i];
                    green += taps.Weights[k] * line[i + 1];
                    blue += taps.Weights[k] * line[i + 2];
                }
                rgb[to++] = Round(red);
                rgb[to++] = Round(green);
                rgb[to++] = Round(blue);
            }
        }
        return new Picture(width, height, rgb);
    }

    private static byte Round(double value) => (byte)Math.Clamp(value + 0.5, 0, 255);

    // Samples beyond the edge are the edge's own, so their weight is added to it.
    private static Taps[] Axis(int from, int to)
    {
        var axis = new Taps[to];
        double step = (double)from / to, wide = Math.Max(1, step);
        for (int i = 0; i < to; i++)
        {
            double centre = ((i + 0.5) * step) - 0.5;
            int low = (int)Math.Ceiling(centre - (2 * wide)), high = (int)Math.Floor(centre + (2 * wide));
            int first = Math.Max(low, 0), last = Math.Min(high, from - 1);
            double[] weights = new double[last - first + 1];
            double sum = 0;
            for (int j = low; j <= high; j++)
            {
                double weight = Kernel(Math.Abs(j - centre) / wide);
                sum += weight;
                weights[Math.Clamp(j, first, last) - first] += weight;
            }
            for (int k = 0; k < weights.Length; k++) weights[k] /= sum;
            axis[i] = new Taps(first, weights);
        }
        return axis;
    }

    // Keys 1981, equation 15.
    private static double Kernel(double x) => x < 1 ? (((1.5 * x) - 2.5) * x * x) + 1
        : x < 2 ? (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2
        : 0;

    private readonly record struct Taps(int First, double[] Weights);
}
