namespace Vestige.Images.Views;

/// <summary>The features of one patch, in this order:
/// <list type="bullet">
/// <item>means of luma, Cb, Cr (3), in grey levels;</item>
/// <item>for luma at scales 0, 1, 2 (1, 2, 4 pixels): log energy of the horizontal, vertical and diagonal band (3), their log Geary
/// kurtosis (3), and the correlation of the horizontal with the vertical band (1), which tells the two diagonal directions apart (21 in
/// all);</item>
/// <item>for Cb and Cr at scales 2 and 3 (4 and 8 pixels): log energy, mean of the three bands (4).</item>
/// </list>
/// The bands are those of the undecimated Haar wavelet: differences of the means of two pixels (or squares of pixels) against the two
/// beside them, in grey levels. Chroma starts at scale 2 since finer chroma detail is hardly seen, and all codecs at 4:2:0 drop
/// it.</summary>
/// <remarks>Energies are means over the positions at which the filter lies inside the patch. Each band is taken as if it had Gaussian
/// noise of a stated variance added to it, so that detail too weak to be seen changes nothing and a flat patch has finite features. The
/// kurtosis is Geary's ratio of mean deviation to standard deviation (Biometrika 27, 1935), 0.798 for a Gaussian and smaller for heavier
/// tails: it needs far fewer pixels than the fourth moment for the same certainty. Sums run in one written order: the result does not
/// depend on the vector width.</remarks>
internal static class PatchFeatures
{
    /// <summary>Side of a patch, pixels.</summary>
    public const int Size = 32;

    /// <summary>Pixels of a patch.</summary>
    public const int Area = Size * Size;

    /// <summary>Number of features.</summary>
    public const int Count = Means + (LumaScales * PerScale) + (2 * (ChromaScales - FirstChromaScale));

    /// <summary>Variance of the noise under which luma detail does not count, grey levels squared: half a level, the most that rounding
    /// to 8 bits takes from a pixel.</summary>
    public const double LumaNoise = 0.25;

    /// <summary>The same for chroma: two levels, the eye being less sensitive there.</summary>
    public const double ChromaNoise = 4;

    private const int Means = 3;
    private const int PerScale = 7;
    private const int LumaScales = 3;
    private const int FirstChromaScale = 2;
    private const int ChromaScales = 4;

    /// <summary>Where the log energies of a luma scale stand (3).</summary>
    public static Range Energies(int scale) => (Means + (PerScale * scale))..(Means + (PerScale * scale) + 3);

    /// <summary>Where the log kurtoses of a luma scale stand (3).</summary>
    public static Range Tails(int scale) => (Means + (PerScale * scale) + 3)..(Means + (PerScale * scale) + 6);

    /// <summary>Computes the features of one patch.</summary>
    /// <param name="luma">(Size, Size), grey levels; overwritten.</param>
    /// <param name="cb">Likewise.</param>
    /// <param name="cr">Likewise.</param>
    /// <param name="features">(Count) out.</param>
    public static void Compute(Span<float> luma, Span<float> cb, Span<float> cr, Span<float> features)
    {
        features[0] = (float)Mean(luma);
        features[1] = (float)Mean(cb);
        features[2] = (float)Mean(cr);
        int at = Means;
        for (int scale = 0; scale < LumaScales; scale++)
        {
            HaarSums sums = HaarSums.Step(luma, Size, scale);
            double h = sums.SquareH + LumaNoise, v = sums.SquareV + LumaNoise, d = sums.SquareD + LumaNoise;
            features[at] = (float)Math.Log(h);
            features[at + 1] = (float)Math.Log(v);
            features[at + 2] = (float)Math.Log(d);
            features[at + 3] = LogGeary(sums.AbsoluteH, h);
            features[at + 4] = LogGeary(sums.AbsoluteV, v);
            features[at + 5] = LogGeary(sums.AbsoluteD, d);
            features[at + 6] = (float)(sums.ProductHV / Math.Sqrt(h * v));
            at += PerScale;
        }
        at = Chroma(cb, features, at);
        Chroma(cr, features, at);
    }

    private static int Chroma(Span<float> plane, Span<float> features, int at)
    {
        for (int scale = 0; scale < ChromaScales; scale++)
        {
            HaarSums sums = HaarSums.Step(plane, Size, scale);
            if (scale < FirstChromaScale) continue;
            features[at++] = (float)Math.Log(((sums.SquareH + sums.SquareV + sums.SquareD) / 3) + ChromaNoise);
        }
        return at;
    }

    /// <summary>Log of Geary's ratio once noise is added; exact where the band itself is Gaussian.</summary>
    /// <param name="absolute">Mean absolute value of the band.</param>
    /// <param name="energy">Its mean square, with the noise.</param>
    private static float LogGeary(double absolute, double energy) =>
        (float)(0.5 * Math.Log(((absolute * absolute) + (LumaNoise * 2 / Math.PI)) / energy));

    private static double Mean(ReadOnlySpan<float> plane)
    {
        double sum = 0;
        foreach (float value in plane) sum += value;
        return sum / plane.Length;
    }
}
