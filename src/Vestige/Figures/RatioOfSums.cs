namespace Vestige.Figures;

/// <summary>A quantity of a sample over another: bits over bytes, copied bytes over bytes.</summary>
public static class RatioOfSums
{
    /// <summary>The sum of one over the sum of the other, with a jackknife interval over documents.</summary>
    /// <param name="parts">What each document has of the one, in the random order in which documents were dealt or drawn.</param>
    /// <param name="wholes">What each has of the other, not negative.</param>
    /// <returns>Not measurable where nothing is there to divide by; without an interval where documents are too few for one.</returns>
    public static Figure Of(IReadOnlyList<double> parts, IReadOnlyList<double> wholes)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(wholes);
        double part = parts.Sum(), whole = wholes.Sum();
        if (!(whole > 0)) return Figure.NotMeasurable("there is nothing to measure it on");
        int groups = Jackknife.Groups(parts.Count);
        double[] partOf = new double[groups], wholeOf = new double[groups];
        for (int i = 0; i < parts.Count; i++)
        {
            partOf[Jackknife.GroupOf(i, groups)] += parts[i];
            wholeOf[Jackknife.GroupOf(i, groups)] += wholes[i];
        }
        Spread? spread = Jackknife.Combine(
            [Jackknife.Variance([.. Enumerable.Range(0, groups).Select(j => (part - partOf[j]) / (whole - wholeOf[j]))])], [groups]);
        double ratio = part / whole;
        return new Figure { Value = ratio, Low = ratio - spread?.HalfWidth, High = ratio + spread?.HalfWidth };
    }
}
