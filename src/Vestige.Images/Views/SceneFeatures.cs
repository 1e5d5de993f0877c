using System.Runtime.InteropServices;

namespace Vestige.Images.Views;

/// <summary>What a whole image looks like at a glance, in twelve statistics:
/// <list type="bullet">
/// <item>mean luma; its coarse layout, which is how it changes from top to bottom, from left to right, and from the edges to the middle, over 4 x 4
/// cells (4);</item>
/// <item>means of Cb and Cr (2);</item>
/// <item>log of the root mean square of chroma, which tells grey from colourful, and log of the standard deviation of luma, its contrast
/// (2);</item>
/// <item>of the detail of its patches (<see cref="PatchFeatures"/>): mean log amplitude at the finest scale; how much more there is at a scale four times
/// as coarse; how unlike patches are in it; how heavy its tails are (4).</item>
/// </list></summary>
/// <remarks>Each statistic is divided by a fixed <see cref="Units">unit</see>, so that distances are meant as they are and nothing is fitted on T: there are
/// as few points as images, and a map fitted on fifty of them in many dimensions knows T from other real images
/// (docs/decisions/0014-whole-images.md). Units are about the spread over photographs of everyday scenes, but for mean luma, whose is a quarter of
/// that: who leaves out the dark photographs is to be told from chance with as few as fifty. Sums run in one written order.</remarks>
internal static class SceneFeatures
{
    /// <summary>Number of statistics.</summary>
    public const int Count = 12;

    /// <summary>Cells along either side of the coarse layout.</summary>
    private const int Cells = 4;

    /// <summary>What one unit of distance is: grey levels for luma (7) and its layout (25, 25, 15), and for chroma (18, 15); the rest are natural
    /// logarithms.</summary>
    public static ReadOnlySpan<float> Units => [7, 25, 25, 15, 18, 15, 0.4f, 0.5f, 0.7f, 0.35f, 0.8f, 0.15f];

    /// <summary>Orthonormal: a constant, a slope and a bend over four cells.</summary>
    private static ReadOnlySpan<double> Constant => [0.5, 0.5, 0.5, 0.5];

    private static ReadOnlySpan<double> Slope => [0.65328148243818826393, 0.27059805007309849220, -0.27059805007309849220, -0.65328148243818826393];

    private static ReadOnlySpan<double> Bend => [0.5, -0.5, -0.5, 0.5];

    /// <summary>Computes the statistics of one image, in units.</summary>
    /// <param name="item">The image, of any size.</param>
    /// <param name="features">(Count) out.</param>
    /// <remarks>An image that is 4 pixels or fewer to a side has cells that share pixels.</remarks>
    public static void Compute(Picture item, Span<float> features)
    {
        double[] cells = new double[Cells * Cells];
        double luma = 0, square = 0, cb = 0, cr = 0, chroma = 0;
        for (int row = 0; row < Cells; row++)
            for (int column = 0; column < Cells; column++)
            {
                (int top, int bottom) = Range(row, item.Height);
                (int left, int right) = Range(column, item.Width);
                double share = 1.0 / (((double)bottom - top) * (right - left));
                (double cellLuma, double cellSquare, double cellCb, double cellCr, double cellChroma) = Sums(item, top, bottom, left, right);
                cells[(row * Cells) + column] = cellLuma * share;
                // Cells weigh alike: their sizes differ by a row or column at most.
                double weight = share / (Cells * Cells);
                luma += cellLuma * weight;
                square += cellSquare * weight;
                cb += cellCb * weight;
                cr += cellCr * weight;
                chroma += cellChroma * weight;
            }
        Span<double> raw =
        [
            luma, Layout(cells, Slope, Constant), Layout(cells, Constant, Slope), (Layout(cells, Bend, Constant) + Layout(cells, Constant, Bend)) / Math.Sqrt(2),
            cb, cr, 0.5 * Math.Log(chroma + PatchFeatures.ChromaNoise), 0.5 * Math.Log(Math.Max(0, square - (luma * luma)) + 1),
            0, 0, 0, 0,
        ];
        Detail(item, raw[8..]);
        for (int i = 0; i < Count; i++) features[i] = (float)raw[i] / Units[i];
    }

    /// <summary>Sums over the pixels of a cell: of luma, its square, Cb, Cr, and Cb^2 + Cr^2 (<see cref="LumaChroma"/>).</summary>
    /// <remarks>All are linear in sums of bytes and of products of two bytes, which are whole numbers and exact in any order.</remarks>
    private static (double Luma, double Square, double Cb, double Cr, double Chroma) Sums(Picture item, int top, int bottom, int left, int right)
    {
        long r = 0, g = 0, b = 0, rr = 0, gg = 0, bb = 0, rg = 0, gb = 0, rb = 0;
        for (int y = top; y < bottom; y++)
        {
            ReadOnlySpan<byte> rgb = item.Rgb.AsSpan(3 * ((y * item.Width) + left), 3 * (right - left));
            for (; rgb.Length >= 3; rgb = rgb[3..])
            {
                int red = rgb[0], green = rgb[1], blue = rgb[2];
                r += red;
                g += green;
                b += blue;
                rr += red * red;
                gg += green * green;
                bb += blue * blue;
                rg += red * green;
                gb += green * blue;
                rb += red * blue;
            }
        }
        const double wr = LumaChroma.Red, wg = LumaChroma.Green, wb = LumaChroma.Blue, toCb = 0.5 / (1 - wb), toCr = 0.5 / (1 - wr);
        double luma = (wr * r) + (wg * g) + (wb * b);
        double square = (wr * wr * rr) + (wg * wg * gg) + (wb * wb * bb) + (2 * ((wr * wg * rg) + (wg * wb * gb) + (wr * wb * rb)));
        double redLuma = (wr * rr) + (wg * rg) + (wb * rb), blueLuma = (wr * rb) + (wg * gb) + (wb * bb);
        double chroma = (toCb * toCb * (bb - (2 * blueLuma) + square)) + (toCr * toCr * (rr - (2 * redLuma) + square));
        // Of a grey image the terms cancel but for their last bits.
        return (luma, square, toCb * (b - luma), toCr * (r - luma), Math.Max(0, chroma));
    }

    /// <summary>The pixels of one cell along a side: at least one.</summary>
    private static (int From, int To) Range(int cell, int length)
    {
        int from = (int)((long)cell * length / Cells);
        return (from, Math.Max(from + 1, (int)((long)(cell + 1) * length / Cells)));
    }

    /// <summary>How much of a pattern is in the cells, as the root mean square over cells of that part.</summary>
    private static double Layout(double[] cells, ReadOnlySpan<double> down, ReadOnlySpan<double> across)
    {
        double sum = 0;
        for (int i = 0; i < cells.Length; i++) sum += cells[i] * down[i / Cells] * across[i % Cells];
        return sum / Cells;
    }

    /// <summary>Of the image's patches: mean log amplitude of detail at the finest scale, the same at the third scale less that, the standard deviation of
    /// their mean, and the mean log of Geary's ratio at the finest.</summary>
    private static void Detail(Picture item, Span<double> into)
    {
        var points = new List<float>();
        TextureView.Patches(item, points);
        ReadOnlySpan<float> patches = CollectionsMarshal.AsSpan(points);
        int count = points.Count / PatchFeatures.Count;
        double fine = 0, step = 0, tails = 0, mean = 0, square = 0;
        for (int start = 0; start < patches.Length; start += PatchFeatures.Count)
        {
            ReadOnlySpan<float> patch = patches.Slice(start, PatchFeatures.Count);
            double first = Amplitude(patch, 0), third = Amplitude(patch, 2), both = first + third;
            fine += first / count;
            step += (third - first) / count;
            tails += Mean(patch[PatchFeatures.Tails(0)]) / count;
            mean += both / count;
            square += both * both / count;
        }
        (into[0], into[1], into[2], into[3]) = (fine, step, Math.Sqrt(Math.Max(0, square - (mean * mean))), tails);
    }

    /// <summary>Log amplitude is half of log energy.</summary>
    private static double Amplitude(ReadOnlySpan<float> patch, int scale) => Mean(patch[PatchFeatures.Energies(scale)]) / 2;

    private static double Mean(ReadOnlySpan<float> bands) => ((double)bands[0] + bands[1] + bands[2]) / 3;
}
