namespace Vestige.Figures;

/// <summary>A figure that is a function of sums over documents: rates, ratios of rates, what one sample has more of than another.</summary>
public static class FunctionOfSums
{
    /// <summary>The figure with its jackknife interval: groups of documents are left out of each sample in turn, and the variances added.</summary>
    /// <param name="figure">From the totals of each sample to the figure.</param>
    /// <param name="samples">For each sample what each document adds to its totals, in the random order in which documents were dealt. All of one length.</param>
    /// <returns>Not measurable where it is no finite number; without an interval, and with the reason, where documents are too few for one.</returns>
    public static Figure Of(Func<double[][], double> figure, params IReadOnlyList<double[]>[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Of(figure, [.. samples.Select(GroupedSums.Of)]);
    }

    /// <summary>The same of sums that were kept while documents went by.</summary>
    public static Figure Of(Func<double[][], double> figure, params GroupedSums[] samples)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(samples);
        return samples.Any(sample => sample.Documents == 0) ? Figure.NotMeasurable("there is nothing to measure it on") : Estimate(figure, samples).Figure();
    }

    /// <summary>Before it is shown: for figures that people read on another scale, or whose infinity has a meaning of its own.</summary>
    internal static Estimate Estimate(Func<double[][], double> figure, params GroupedSums[] samples)
    {
        double[][] totals = [.. samples.Select(sample => sample.Total())];
        double Without(int sample, int group)
        {
            double[][] left = [.. totals];
            left[sample] = samples[sample].Total(group);
            return figure(left);
        }

        return Figures.Estimate.Of(figure(totals), [.. samples.Select((sample, s) => (sample.Documents, (Func<int, double>)(group => Without(s, group))))]);
    }
}
