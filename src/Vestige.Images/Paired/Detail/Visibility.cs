namespace Vestige.Images.Paired.Detail;

/// <summary>How visible a wavelet coefficient of one is: the weights of ADM's contrast sensitivity.</summary>
/// <remarks>Watson et al. 1997: the step that is just visible at 3 picture heights of 1080 lines is
/// 2 x 0.495 x 10^(0.466 t^2) / A, t = log10(2^(level+1) 0.401 g / 56.5487 pixels a degree); the weight is its inverse.</remarks>
internal static class Visibility
{
    /// <summary>Amplitudes A of the basis functions, by level: horizontal and vertical, diagonal.</summary>
    private static readonly (double Straight, double Diagonal)[] s_amplitudes =
        [(.67234, .72709), (.41317, .49428), (.22727, .28688), (.11792, .15214)];

    /// <summary>The weight of a band of horizontal or vertical edges.</summary>
    internal static float Straight(int level) => (float)Weight(level, 1, s_amplitudes[level].Straight);

    /// <summary>The weight of the diagonal band.</summary>
    internal static float Diagonal(int level) => (float)Weight(level, 0.534, s_amplitudes[level].Diagonal);

    /// <summary>What a pixel of white noise of two grey levels holds at a level, weighted: three bands of 4^-(level+1) coefficients a pixel, whose
    /// filters have length 1, so that each has the noise's own spread, and its mean size is that times the square root of 2 / pi.</summary>
    internal static double Faint(int level) => 2 * Math.Sqrt(2 / Math.PI) * ((2 * Straight(level)) + Diagonal(level)) / (1 << (2 * (level + 1)));

    private static double Weight(int level, double g, double amplitude)
    {
        double pixelsPerDegree = 3 * 1080 * Math.PI / 180;
        double t = Math.Log10(Math.Pow(2, level + 1) * 0.401 * g / pixelsPerDegree);
        return amplitude / (2 * 0.495 * Math.Pow(10, 0.466 * t * t));
    }
}
