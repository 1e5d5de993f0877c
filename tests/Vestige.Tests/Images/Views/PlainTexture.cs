using Vestige.Images;

namespace Vestige.Tests.Images.Views;

/// <summary>The features of a 32 x 32 picture straight from their definition, in double: every mean of a square is summed anew.</summary>
internal static class PlainTexture
{
    public static float[] Features(Picture picture)
    {
        double[,] luma = Plane(picture, 0.299, 0.587, 0.114);
        double[,] cb = Plane(picture, -0.299 / 1.772, -0.587 / 1.772, 0.5);
        double[,] cr = Plane(picture, 0.5, -0.587 / 1.402, -0.114 / 1.402);
        List<double> features = [luma.Cast<double>().Average(), cb.Cast<double>().Average(), cr.Cast<double>().Average()];
        for (int scale = 0; scale < 3; scale++)
        {
            (double H, double V, double D)[] bands = Bands(luma, scale);
            double[] squares = [bands.Average(b => b.H * b.H), bands.Average(b => b.V * b.V), bands.Average(b => b.D * b.D)];
            double[] energies = [.. squares.Select(s => s + 0.25)];
            double[] absolutes = [bands.Average(b => Math.Abs(b.H)), bands.Average(b => Math.Abs(b.V)), bands.Average(b => Math.Abs(b.D))];
            features.AddRange(energies.Select(e => Math.Log(e)));
            features.AddRange(energies.Zip(absolutes, (e, a) => Math.Log(Math.Sqrt(((a * a) + (0.25 * 2 / Math.PI)) / e))));
            features.Add(bands.Average(b => b.H * b.V) / Math.Sqrt(energies[0] * energies[1]));
        }
        foreach (double[,] chroma in new[] { cb, cr })
            for (int scale = 2; scale < 4; scale++)
                features.Add(Math.Log(4 + Bands(chroma, scale).Average(b => ((b.H * b.H) + (b.V * b.V) + (b.D * b.D)) / 3)));
        return [.. features.Select(f => (float)f)];
    }

    /// <summary>At each position where four squares of side 2^scale fit: left less right, upper less lower, diagonal less
    /// diagonal.</summary>
    private static (double H, double V, double D)[] Bands(double[,] plane, int scale)
    {
        int side = 1 << scale;
        var bands = new List<(double, double, double)>();
        for (int y = 0; y + (2 * side) <= 32; y++)
            for (int x = 0; x + (2 * side) <= 32; x++)
            {
                double a = Mean(x, y), b = Mean(x + side, y), c = Mean(x, y + side), d = Mean(x + side, y + side);
                bands.Add(((a + c - b - d) / 2, (a + b - c - d) / 2, (a + d - b - c) / 2));
            }
        return [.. bands];

        double Mean(int left, int top)
        {
            double sum = 0;
            for (int y = top; y < top + side; y++)
                for (int x = left; x < left + side; x++)
                    sum += plane[y, x];
            return sum / (side * side);
        }
    }

    private static double[,] Plane(Picture picture, double red, double green, double blue)
    {
        double[,] plane = new double[32, 32];
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 32; x++)
            {
                int at = ((y * 32) + x) * 3;
                plane[y, x] = (red * picture.Rgb[at]) + (green * picture.Rgb[at + 1]) + (blue * picture.Rgb[at + 2]);
            }
        return plane;
    }
}
