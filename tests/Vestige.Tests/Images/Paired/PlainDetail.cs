using Vestige.Images;

namespace Vestige.Tests.Images.Paired;

/// <summary>Detail lost and invented as the formulas stand: all in double, taps as they are published, one coefficient after the other.</summary>
internal static class PlainDetail
{
    private static readonly double[] s_low = [0.482962913144690, 0.836516303737469, 0.224143868041857, -0.129409522550921];
    private static readonly double[] s_high = [-0.129409522550921, -0.224143868041857, 0.836516303737469, -0.482962913144690];

    /// <summary>Published weights: horizontal and vertical, diagonal.</summary>
    private static readonly double[] s_straight = [0.0173815342, 0.0319848145, 0.0433726647, 0.0456734100];
    private static readonly double[] s_diagonal = [0.0058906866, 0.0142990667, 0.0243969129, 0.0313127351];

    /// <summary>Sums over one level: original, decoded, lost, invented, visibly lost, visibly invented.</summary>
    internal static double[] Level(Picture original, Picture decoded, int level)
    {
        double[][,] o = Bands(original, level), t = Bands(decoded, level);
        int h = o[0].GetLength(0), w = o[0].GetLength(1);
        double[,] kept = new double[h, w];
        double[] sums = new double[6];
        for (int pass = 0; pass < 2; pass++)
            for (int y = 0; y < h; y++)
                for (int x = 0; x < w; x++)
                    for (int band = 0; band < 3; band++)
                    {
                        double weight = (band == 2 ? s_diagonal : s_straight)[level];
                        double a = weight * o[band][y, x], b = weight * t[band][y, x];
                        double r = a * b <= 0 ? 0 : Math.Sign(a) * Math.Min(Math.Abs(a), Math.Abs(b));
                        if (pass == 0)
                        {
                            kept[y, x] += Math.Abs(r);
                            sums[0] += Math.Abs(a);
                            sums[1] += Math.Abs(b);
                            sums[2] += Math.Abs(a - r);
                            sums[3] += Math.Abs(b - r);
                            continue;
                        }
                        double threshold = kept[y, x] / 15;
                        for (int j = -1; j <= 1; j++)
                            for (int i = -1; i <= 1; i++)
                                if (i != 0 || j != 0) threshold += kept[Mirror(y + j, h), Mirror(x + i, w)] / 30;
                        sums[4] += Math.Max(0, Math.Abs(a - r) - threshold);
                        sums[5] += Math.Max(0, Math.Abs(b - r) - threshold);
                    }
        return sums;
    }

    private static int Mirror(int i, int n) => n == 1 ? 0 : i < 0 ? -i : i >= n ? (2 * n) - 2 - i : i;

    private static double[][,] Bands(Picture picture, int level)
    {
        double[,] plane = new double[picture.Height, picture.Width];
        for (int i = 0; i < picture.Rgb.Length; i += 3)
            plane[i / 3 / picture.Width, i / 3 % picture.Width] = (((299 * picture.Rgb[i]) + (587 * picture.Rgb[i + 1]) + (114 * picture.Rgb[i + 2]) + 500) / 1000) - 128;
        double[][,] bands = [];
        for (int l = 0; l <= level; l++)
        {
            double[,] low = Down(plane, s_low), high = Down(plane, s_high);
            bands = [Turn(Down(Turn(high), s_low)), Turn(Down(Turn(low), s_high)), Turn(Down(Turn(high), s_high))];
            plane = Turn(Down(Turn(low), s_low));
        }
        return bands;
    }

    private static double[,] Turn(double[,] from)
    {
        double[,] to = new double[from.GetLength(1), from.GetLength(0)];
        for (int y = 0; y < to.GetLength(0); y++)
            for (int x = 0; x < to.GetLength(1); x++) to[y, x] = from[x, y];
        return to;
    }

    private static double[,] Down(double[,] from, double[] taps)
    {
        int n = from.GetLength(0);
        double[,] to = new double[(n + 1) / 2, from.GetLength(1)];
        for (int y = 0; y < to.GetLength(0); y++)
            for (int x = 0; x < to.GetLength(1); x++)
                for (int k = 0; k < 4; k++)
                {
                    int at = (2 * y) - 1 + k;
                    at = n == 1 ? 0 : at < 0 ? 1 : at >= n ? (2 * n) - at - 1 : at;
                    to[y, x] += taps[k] * from[at, x];
                }
        return to;
    }
}
