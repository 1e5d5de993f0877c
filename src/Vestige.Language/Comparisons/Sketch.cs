namespace Vestige.Language.Comparisons;

/// <summary>Percentiles of numbers that stream by: counts in bins that each span 1 % of their value, so that a percentile is within 0.5 % of itself.</summary>
/// <remarks>After Masson, Rim and Lee 2019 (DDSketch). Memory does not grow with the numbers.</remarks>
internal sealed class Sketch
{
    /// <summary>The shares at which percentiles are told.</summary>
    internal static readonly double[] Shares = [0.001, 0.01, 0.05, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999];

    private const double Accuracy = 0.005;

    // What is nearer to 0 counts as 0.
    private const double Least = 1e-12;

    private static readonly double s_logGamma = Math.Log((1 + Accuracy) / (1 - Accuracy));

    private readonly SortedDictionary<int, long> _above = [], _below = [];
    private long _zeros, _count;

    internal double? Minimum { get; private set; }

    internal double? Maximum { get; private set; }

    internal void Add(double value)
    {
        _count++;
        if (Minimum is not { } least || value < least) Minimum = value;
        if (Maximum is not { } most || value > most) Maximum = value;
        if (Math.Abs(value) < Least) _zeros++;
        else Count(value > 0 ? _above : _below, Math.Abs(value));
    }

    /// <summary>The value below which a share of the numbers lies; null where there are none.</summary>
    internal double? Percentile(double share)
    {
        if (_count == 0) return null;
        long rank = (long)Math.Round(share * (_count - 1));
        foreach ((int bin, long count) in _below.Reverse())
            if ((rank -= count) < 0) return -Middle(bin);
        if ((rank -= _zeros) < 0) return 0;
        foreach ((int bin, long count) in _above)
            if ((rank -= count) < 0) return Middle(bin);
        return Maximum;
    }

    // Infinity has a bin of its own.
    private static void Count(SortedDictionary<int, long> bins, double size)
    {
        int bin = double.IsInfinity(size) ? int.MaxValue : (int)Math.Ceiling(Math.Log(size) / s_logGamma);
        bins[bin] = bins.GetValueOrDefault(bin) + 1;
    }

    private static double Middle(int bin) => bin == int.MaxValue ? double.PositiveInfinity : 2 * Math.Exp(bin * s_logGamma) / (1 + Math.Exp(s_logGamma));
}
