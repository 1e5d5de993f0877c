namespace Vestige.Figures;

/// <summary>A figure that is a function of sums over documents: rates, ratios of rates, what one sample has more of than another.</summary>
public static class FunctionOfSums
{
    /// <summary>The figure with its jackknife interval: groups of documents are left out of each sample in turn, and the variances added.</summary>
    /// <param name="figure">From the totals of each sample to the figure.</param>
    /// <param name="samples">For each sample what each document adds to its totals, in the random order in which documents were dealt. All of one length.</param>
    /// <returns>Not measurable where it is no finite number; without an interval where documents are too few for one.</returns>
    public static Figure Of(Func<double[][], double> figure, params IReadOnlyList<double[]>[] samples)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Any(sample => sample.Count == 0)) return Figure.NotMeasurable("there is nothing to measure it on");
        double[][] totals = [.. samples.Select(sample => Total(sample, null))];
        double value = figure(totals);
        if (!double.IsFinite(value)) return Figure.NotMeasurable("it is not finite: something that is there was given probability 0");
        double[] variances = new double[samples.Length];
        int[] groups = new int[samples.Length];
        for (int s = 0; s < samples.Length; s++)
        {
            groups[s] = Jackknife.Groups(samples[s].Count);
            double[] replicates = new double[groups[s]];
            for (int j = 0; j < groups[s]; j++)
            {
                double[][] left = [.. totals];
                left[s] = Total(samples[s], i => Jackknife.GroupOf(i, groups[s]) != j);
                replicates[j] = figure(left);
            }
            variances[s] = Jackknife.Variance(replicates);
        }
        return Replicates.Measured(value, Jackknife.Combine(variances, groups));
    }

    // Added anew for each group: what is infinite in a sum cannot be taken out of it again.
    private static double[] Total(IReadOnlyList<double[]> documents, Predicate<int>? which)
    {
        double[] total = new double[documents[0].Length];
        for (int i = 0; i < documents.Count; i++)
        {
            if (which?.Invoke(i) == false) continue;
            for (int k = 0; k < total.Length; k++) total[k] += documents[i][k];
        }
        return total;
    }
}
