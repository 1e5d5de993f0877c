using Vestige.Images;

namespace Vestige.Tests.Images.Paired;

/// <summary>SSIMULACRA 2 as its formulas stand: five blurs, everything in double, no vectors.</summary>
internal static class PlainSsimulacra2
{
    private static readonly double[] s_taps = [0.264621105488198, 0.212928592010422, 0.109335372777460, 0.036011114658364, 0.009414367809654];

    internal static double[] Norms(Picture original, Picture decoded)
    {
        List<double[,,]> before = Scales(original), after = Scales(decoded);
        var norms = new List<double>();
        for (int c = 0; c < 3; c++)
            for (int s = 0; s < before.Count; s++) norms.AddRange(Of(Channel(before[s], c), Channel(after[s], c)));
        return [.. norms];
    }

    private static double[] Of(double[,] u, double[,] v)
    {
        int h = u.GetLength(0), w = u.GetLength(1);
        double[,] m1 = Blur(u), m2 = Blur(v), s11 = Blur(Product(u, u)), s22 = Blur(Product(v, v)), s12 = Blur(Product(u, v));
        double[] sums = new double[6];
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++)
            {
                double a = m1[y, x], b = m2[y, x], c2 = 0.0009;
                double ssim = Math.Max(0, 1 - ((1 - ((a - b) * (a - b))) * ((2 * (s12[y, x] - (a * b))) + c2) / (s11[y, x] - (a * a) + s22[y, x] - (b * b) + c2)));
                double e = ((1 + Math.Abs(v[y, x] - b)) / (1 + Math.Abs(u[y, x] - a))) - 1;
                double[] maps = [ssim, Math.Max(0, e), Math.Max(0, -e)];
                for (int i = 0; i < 3; i++)
                {
                    sums[i] += maps[i] / (w * h);
                    sums[3 + i] += Math.Pow(maps[i], 4) / (w * h);
                }
            }
        return [sums[0], sums[1], sums[2], Math.Pow(sums[3], 0.25), Math.Pow(sums[4], 0.25), Math.Pow(sums[5], 0.25)];
    }

    private static double[,] Product(double[,] a, double[,] b) => Map(a, (y, x) => a[y, x] * b[y, x]);

    private static double[,] Blur(double[,] from)
    {
        double At(double[,] p, int y, int x) => y >= 0 && x >= 0 && y < p.GetLength(0) && x < p.GetLength(1) ? p[y, x] : 0;
        double[,] across = Map(from, (y, x) => Enumerable.Range(-4, 9).Sum(i => s_taps[Math.Abs(i)] * At(from, y, x + i)));
        return Map(from, (y, x) => Enumerable.Range(-4, 9).Sum(i => s_taps[Math.Abs(i)] * At(across, y + i, x)));
    }

    private static double[,] Map(double[,] like, Func<int, int, double> value)
    {
        double[,] to = new double[like.GetLength(0), like.GetLength(1)];
        for (int y = 0; y < to.GetLength(0); y++)
            for (int x = 0; x < to.GetLength(1); x++) to[y, x] = value(y, x);
        return to;
    }

    private static double[,] Channel(double[,,] image, int c)
    {
        double[,] to = new double[image.GetLength(0), image.GetLength(1)];
        for (int y = 0; y < to.GetLength(0); y++)
            for (int x = 0; x < to.GetLength(1); x++) to[y, x] = image[y, x, c];
        return to;
    }

    private static List<double[,,]> Scales(Picture picture)
    {
        int w = picture.Width, h = picture.Height;
        double[,,] linear = new double[h, w, 3];
        for (int i = 0; i < picture.Rgb.Length; i++) linear[i / 3 / w, i / 3 % w, i % 3] = Linear(picture.Rgb[i] / 255.0);
        var scales = new List<double[,,]> { Xyb(linear) };
        while (scales.Count < 6 && Math.Min(w, h) >= 8)
        {
            double[,,] from = linear;
            (int oldW, int oldH) = (w, h);
            (w, h) = ((w + 1) / 2, (h + 1) / 2);
            linear = new double[h, w, 3];
            for (int y = 0; y < h; y++)
                for (int x = 0; x < w; x++)
                    for (int c = 0; c < 3; c++)
                    {
                        int y1 = Math.Min((2 * y) + 1, oldH - 1), x1 = Math.Min((2 * x) + 1, oldW - 1);
                        linear[y, x, c] = (from[2 * y, 2 * x, c] + from[2 * y, x1, c] + from[y1, 2 * x, c] + from[y1, x1, c]) / 4;
                    }
            scales.Add(Xyb(linear));
        }
        return scales;
    }

    private static double Linear(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static double[,,] Xyb(double[,,] linear)
    {
        double bias = 0.0037930732552754493, root = Math.Cbrt(bias);
        double[,,] to = new double[linear.GetLength(0), linear.GetLength(1), 3];
        for (int y = 0; y < to.GetLength(0); y++)
            for (int x = 0; x < to.GetLength(1); x++)
            {
                (double r, double g, double b) = (linear[y, x, 0], linear[y, x, 1], linear[y, x, 2]);
                double l = Math.Cbrt((0.30 * r) + (0.622 * g) + (0.078 * b) + bias) - root;
                double m = Math.Cbrt((0.23 * r) + (0.692 * g) + (0.078 * b) + bias) - root;
                double s = Math.Cbrt((0.24342268924547819 * r) + (0.20476744424496821 * g) + (0.55180986650955360 * b) + bias) - root;
                (to[y, x, 0], to[y, x, 1], to[y, x, 2]) = ((14 * (l - m) / 2) + 0.42, ((l + m) / 2) + 0.01, s - ((l + m) / 2) + 0.55);
            }
        return to;
    }
}
