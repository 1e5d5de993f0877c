namespace Vestige.Figures;

/// <summary>A quantity of a sample over another: copied characters over characters.</summary>
public static class RatioOfSums
{
    /// <summary>The sum of one over the sum of the other, with a jackknife interval over documents.</summary>
    /// <param name="parts">What each document has of the one, in the random order in which documents were dealt or drawn.</param>
    /// <param name="wholes">What each has of the other, not negative.</param>
    /// <returns>Not measurable where nothing is there to divide by; without an interval, and with the reason, where documents are too few for one.</returns>
    public static Figure Of(IReadOnlyList<double> parts, IReadOnlyList<double> wholes)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(wholes);
        if (!(wholes.Sum() > 0)) return Figure.NotMeasurable("there is nothing to measure it on");
        var sums = new GroupedSums(2);
        for (int i = 0; i < parts.Count; i++) sums.Add(parts[i], wholes[i]);
        return FunctionOfSums.Of(s => s[0][0] / s[0][1], sums);
    }
}
