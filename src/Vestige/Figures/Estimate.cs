namespace Vestige.Figures;

/// <summary>A value and how uncertain it is, on the scale on which it was estimated.</summary>
/// <param name="Value">The value.</param>
/// <param name="Spread">Its uncertainty; null where none can be given.</param>
/// <param name="Why">Why not.</param>
internal readonly record struct Estimate(double Value, Spread? Spread, string? Why)
{
    internal const string Infinite = "it is not finite: something that is there was given probability 0";

    /// <summary>A statistic of samples of documents with its jackknife.</summary>
    /// <param name="value">The statistic.</param>
    /// <param name="samples">Documents of each sample, and the statistic without one of the <see cref="Jackknife.Groups"/> of them; asked only where there
    /// are enough documents for an interval.</param>
    internal static Estimate Of(double value, params ReadOnlySpan<(int Documents, Func<int, double> Without)> samples)
    {
        double[] variances = new double[samples.Length];
        int[] groups = new int[samples.Length];
        int fewest = int.MaxValue;
        foreach ((int documents, _) in samples) fewest = Math.Min(fewest, documents);
        if (fewest < Jackknife.MinDocuments)
        {
            string where = samples.Length > 1 ? " in the smallest sample" : "";
            return new Estimate(value, null, Jackknife.NoInterval((fewest == 1 ? "1 document" : $"{fewest} documents") + where));
        }
        for (int s = 0; s < samples.Length; s++)
        {
            groups[s] = Jackknife.Groups(samples[s].Documents);
            double[] replicates = new double[groups[s]];
            for (int group = 0; group < groups[s]; group++) replicates[group] = samples[s].Without(group);
            variances[s] = Jackknife.Variance(replicates);
        }
        return Jackknife.Combine(variances, groups) is { } spread ? new Estimate(value, spread, null)
            : new Estimate(value, null, Jackknife.NotWithout);
    }

    /// <summary>As people read it.</summary>
    /// <param name="show">From the scale of the estimate to theirs: monotone. An interval has no end where the function has none (decibels of an error below 0).</param>
    /// <param name="infinite">What it means where it is not finite.</param>
    internal Figure Figure(Func<double, double>? show = null, string infinite = Infinite)
    {
        double Shown(double x) => show is null ? x : show(x);
        double value = Shown(Value);
        if (!double.IsFinite(value)) return Figures.Figure.NotMeasurable(infinite);
        if (Spread is not { } spread) return new Figure { Value = value, Why = Why };
        double one = Shown(Value - spread.HalfWidth), other = Shown(Value + spread.HalfWidth);
        return double.IsFinite(one) && double.IsFinite(other) ? new Figure { Value = value, Low = Math.Min(one, other), High = Math.Max(one, other) }
            : new Figure { Value = value };
    }
}
