namespace Vestige.Images.Paired.Ssimulacra;

/// <summary>SSIMULACRA 2.1 (Sneyers 2023): how alike two images look, 100 for equal ones; 90 is visually lossless, 70 high quality, 50 medium,
/// 30 low. Below 0 for what hardly resembles the original.</summary>
/// <remarks>Computed without the float noise of the reference's recursive blur (docs/method.md). The original's side is made once and compared
/// with any number of reconstructions, from any number of threads.</remarks>
public sealed class Ssimulacra2
{
    /// <summary>Shortest side that can be scored.</summary>
    public const int SmallestSide = 8;

    /// <summary>Norms of a channel at a scale.</summary>
    internal const int Norms = 6;

    private readonly XybPyramid _original;

    /// <summary>Prepares the original's side; takes 16 bytes a pixel.</summary>
    /// <exception cref="ArgumentException">A side is under <see cref="SmallestSide"/> pixels.</exception>
    public Ssimulacra2(Picture original)
    {
        ArgumentNullException.ThrowIfNull(original);
        if (Math.Min(original.Width, original.Height) < SmallestSide)
            throw new ArgumentException($"{original.Width} x {original.Height} pixels: SSIMULACRA 2 needs {SmallestSide} a side.", nameof(original));
        _original = XybPyramid.Of(original);
    }

    /// <summary>Scores one pair.</summary>
    public static double Score(Picture original, Picture reconstruction) => new Ssimulacra2(original).Score(reconstruction);

    /// <summary>Scores a reconstruction of the original.</summary>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public double Score(Picture reconstruction) => ScoreOf(NormsOf(reconstruction));

    /// <summary>The norms behind a score: (channel, scale, <see cref="Norms"/>).</summary>
    internal double[] NormsOf(Picture reconstruction)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        Plane finest = _original.Scales[0][0];
        if ((finest.Width, finest.Height) != (reconstruction.Width, reconstruction.Height))
            throw new ArgumentException($"{reconstruction.Width} x {reconstruction.Height} pixels do not compare with {finest.Width} x {finest.Height}.", nameof(reconstruction));
        var decoded = XybPyramid.Of(reconstruction);
        int scales = _original.Scales.Count;
        double[] norms = new double[3 * scales * Norms];
        var kernel = new ScaleNorms();
        for (int c = 0; c < 3; c++)
            for (int s = 0; s < scales; s++)
                kernel.Of(_original.Scales[s][c], decoded.Scales[s][c], norms.AsSpan(((c * scales) + s) * Norms, Norms));
        return norms;
    }

    /// <summary>Weighs the norms. Of an image with fewer than six scales the norms meet the weights in the order of both lists, one after the other, as
    /// in the reference: the scales of small images are then not those that the weights were fitted for.</summary>
    internal static double ScoreOf(ReadOnlySpan<double> norms)
    {
        double sum = 0;
        for (int i = 0; i < norms.Length; i++) sum += Weights.All[i] * norms[i];
        double a = 0.9562382616834844 * sum;
        double p = (2.326765642916932 * a) - (0.020884521182843837 * a * a) + (6.248496625763138e-05 * a * a * a);
        return p > 0 ? 100 - (10 * Math.Pow(p, 0.6276336467831387)) : 100;
    }
}
