namespace Vestige.Audits.Paired;

/// <summary>One document at the settings of a codec: a curve through (logarithm of bytes, value), straight between settings.</summary>
internal sealed class Ladder
{
    private readonly (double X, double Y)[] _points;

    /// <param name="points">In any order. Where x repeats the first stands.</param>
    private Ladder(IEnumerable<(double X, double Y)> points) =>
        _points = [.. points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).DistinctBy(p => p.X).OrderBy(p => p.X)];

    /// <summary>Values by the logarithm of bytes.</summary>
    internal static Ladder ByBytes(IEnumerable<(double LogBytes, double Value)> settings) => new(settings);

    /// <summary>The logarithm of bytes by quality: of settings that cost more and are no better only the cheapest count.</summary>
    /// <param name="settings">Logarithms of bytes, and qualities of which more is better.</param>
    internal static Ladder ByQuality(IEnumerable<(double LogBytes, double Quality)> settings)
    {
        var kept = new List<(double, double)>();
        double best = double.NegativeInfinity;
        foreach ((double bytes, double quality) in settings.OrderBy(s => s.LogBytes))
        {
            if (!(quality > best)) continue;
            kept.Add((quality, bytes));
            best = quality;
        }
        return new Ladder(kept);
    }

    /// <summary>The mean of one curve less the other over the range that both cover; null where they cover none together.</summary>
    /// <remarks>Both are straight between their corners, so that trapezoids are exact. A range that is one point has the difference there.</remarks>
    internal static double? MeanDifference(Ladder of, Ladder less)
    {
        if (of._points.Length == 0 || less._points.Length == 0) return null;
        double low = Math.Max(of._points[0].X, less._points[0].X), high = Math.Min(of._points[^1].X, less._points[^1].X);
        if (low > high) return null;
        if (low == high) return of.At(low) - less.At(low);
        double[] corners = [.. of._points.Concat(less._points).Select(p => p.X).Where(x => x > low && x < high).Append(low).Append(high).Distinct().Order()];
        double sum = 0;
        for (int i = 1; i < corners.Length; i++)
        {
            double before = of.At(corners[i - 1]) - less.At(corners[i - 1]), after = of.At(corners[i]) - less.At(corners[i]);
            sum += (corners[i] - corners[i - 1]) * (before + after) / 2;
        }
        return sum / (high - low);
    }

    private double At(double x)
    {
        int i = Array.FindIndex(_points, p => p.X >= x);
        if (_points[i].X == x) return _points[i].Y;
        (double X, double Y) a = _points[i - 1], b = _points[i];
        return a.Y + ((b.Y - a.Y) * (x - a.X) / (b.X - a.X));
    }
}
