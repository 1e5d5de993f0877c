using Vestige.Images.Planes;

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
        _original = Pyramid(original, whole: true);
        while (_original.Next())
        {
        }
    }

    /// <summary>Scores one pair, of whose planes only strips stand in memory.</summary>
    /// <exception cref="ArgumentException">The sizes differ, or a side is under <see cref="SmallestSide"/> pixels.</exception>
    public static double Score(Picture original, Picture reconstruction) => ScoreOf(NormsOf(Pyramid(original, whole: false), reconstruction));

    /// <summary>Scores a reconstruction of the original.</summary>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public double Score(Picture reconstruction) => ScoreOf(NormsOf(reconstruction));

    /// <summary>The norms behind a score: (channel, scale, <see cref="Norms"/>).</summary>
    internal double[] NormsOf(Picture reconstruction) => NormsOf(_original, reconstruction);

    private static XybPyramid Pyramid(Picture original, bool whole)
    {
        ArgumentNullException.ThrowIfNull(original);
        if (Math.Min(original.Width, original.Height) < SmallestSide)
            throw new ArgumentException($"{original.Width} x {original.Height} pixels: SSIMULACRA 2 needs {SmallestSide} a side.", nameof(original));
        return new XybPyramid(original, whole);
    }

    private static double[] NormsOf(XybPyramid original, Picture reconstruction)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        Plane finest = original.Scales[0][0];
        if ((finest.Width, finest.Height) != (reconstruction.Width, reconstruction.Height))
            throw new ArgumentException($"{reconstruction.Width} x {reconstruction.Height} pixels do not compare with {finest.Width} x {finest.Height}.", nameof(reconstruction));
        var decoded = new XybPyramid(reconstruction, whole: false);
        int scales = original.Scales.Count;
        float[] scratch = new float[ScaleNorms.ScratchLength];
        ScaleNorms[] kernels = [.. Enumerable.Range(0, 3 * scales).Select(i
            => new ScaleNorms(original.Scales[i % scales][i / scales], decoded.Scales[i % scales][i / scales], scratch))];
        while (decoded.Next())
        {
            // Nothing to do where all of it stands in memory.
            original.Next();
            for (int i = 0; i < kernels.Length; i++) kernels[i].WorkProgress(decoded.Rows(i % scales));
        }
        double[] norms = new double[kernels.Length * Norms];
        for (int i = 0; i < kernels.Length; i++) kernels[i].Read(norms.AsSpan(i * Norms, Norms));
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
