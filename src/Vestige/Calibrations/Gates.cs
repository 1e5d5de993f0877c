using MathNet.Numerics.Distributions;

namespace Vestige.Calibrations;

/// <summary>Whether a cell holds.</summary>
public enum Verdict
{
    /// <summary>All gates are met.</summary>
    Holds,

    /// <summary>Intervals cover more often than they say: safe, and reported.</summary>
    Conservative,

    /// <summary>Off the truth where theory says that the estimator must be: it aims elsewhere, or meets a stated limit.</summary>
    Explained,

    /// <summary>A gate is not met.</summary>
    Fails,
}

/// <summary>One estimand of one experiment, over all seeds.</summary>
public sealed record Cell
{
    /// <summary>The experiment's world.</summary>
    public required string World { get; init; }

    /// <summary>The experiment's compressor.</summary>
    public required string Oracle { get; init; }

    /// <summary>Units in each sample.</summary>
    public required int Units { get; init; }

    /// <summary>The estimand.</summary>
    public required string Estimand { get; init; }

    /// <summary>How it is judged.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>Runs in which there was an estimate.</summary>
    public required int Runs { get; init; }

    /// <summary>Mean of the truth.</summary>
    public required double Truth { get; init; }

    /// <summary>Mean of the estimates.</summary>
    public required double Mean { get; init; }

    /// <summary>Mean of estimate less truth, in standard errors of that mean.</summary>
    public required double BiasInErrors { get; init; }

    /// <summary>Values: share of intervals that hold the truth; limits: share that hold; p-values: share at most 5 %.</summary>
    public required double Share { get; init; }

    /// <summary>What theory says the estimator aims at here; null where that is the truth.</summary>
    public double? Target { get; init; }

    /// <summary>What the estimator is known not to be able to do here.</summary>
    public string? Limit { get; init; }

    /// <summary>The judgement.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>True where it failed once and was run again on new seeds.</summary>
    public bool RunAgain { get; init; }
}

/// <summary>The gates of the design's section 3.6.</summary>
public static class Gates
{
    /// <summary>Largest bias, in standard errors of its mean: the two-sided 99.9 % limit of a normal.</summary>
    public const double MaxBiasInErrors = 3.3;

    /// <summary>Under this share of runs with a figure, those runs are a selection.</summary>
    private const double MostSelected = 0.95;

    private const double Nominal = 0.95;
    private const double Level = 0.99;

    /// <summary>Judges one estimand over its runs; outcomes that are not numbers (not measurable) are left out.</summary>
    internal static Cell Judge(Experiment experiment, IReadOnlyList<Outcome> outcomes, bool runAgain)
    {
        Outcome[] measured = [.. outcomes.Where(o => double.IsFinite(o.Estimate))];
        Outcome first = outcomes[0];
        int runs = measured.Length;
        double truth = Mean(measured, o => o.Truth), mean = Mean(measured, o => o.Estimate);
        double z = Errors(measured, o => o.Estimate - o.Truth);
        bool hasTarget = measured.Any(o => o.Target is not null);
        (double share, bool tooFew, bool tooMany) = first.Kind switch
        {
            OutcomeKind.Value => Covered(measured, o => o.Truth),
            OutcomeKind.Bias => (double.NaN, false, false),
            OutcomeKind.UpperLimit => Counted(measured.Count(o => o.Estimate >= o.Truth - 1e-12), runs, Nominal),
            OutcomeKind.LowerLimit => Counted(measured.Count(o => o.Estimate <= o.Truth + 1e-12), runs, Nominal),
            _ => Rejected(measured),
        };
        Verdict verdict;
        if (first.Kind == OutcomeKind.Null) verdict = tooMany ? Verdict.Fails : tooFew ? Verdict.Conservative : Verdict.Holds;
        else if (tooFew || (first.Kind is not (OutcomeKind.UpperLimit or OutcomeKind.LowerLimit) && Math.Abs(z) > MaxBiasInErrors)) verdict = Verdict.Fails;
        else verdict = tooMany ? Verdict.Conservative : Verdict.Holds;

        if (verdict == Verdict.Fails && hasTarget && first.Kind == OutcomeKind.Value)
        {
            bool atTarget = Math.Abs(Errors(measured, o => o.Estimate - (o.Target ?? o.Truth))) <= MaxBiasInErrors
                && !Covered(measured, o => o.Target ?? o.Truth).TooFew;
            if (atTarget) verdict = Verdict.Explained;
        }
        // A figure that is given only where a sample allows it is a figure of selected samples.
        string? limit = first.Limit ?? (runs < MostSelected * outcomes.Count ? "given only in samples with 50 hits of A, which selects them" : null);
        if (verdict == Verdict.Fails && limit is not null) verdict = Verdict.Explained;
        return new Cell
        {
            World = experiment.World,
            Oracle = experiment.Oracle,
            Units = experiment.Units,
            Estimand = first.Estimand,
            Kind = first.Kind,
            Runs = runs,
            Truth = truth,
            Mean = mean,
            BiasInErrors = z,
            Share = share,
            Target = hasTarget ? Mean(measured, o => o.Target ?? o.Truth) : null,
            Limit = limit,
            Verdict = verdict,
            RunAgain = runAgain,
        };
    }

    private static (double Share, bool TooFew, bool TooMany) Covered(Outcome[] outcomes, Func<Outcome, double> truth)
    {
        Outcome[] with = [.. outcomes.Where(o => o.Low is not null && o.High is not null)];
        // A truth at the end of an interval, but for rounding, is inside.
        return Counted(with.Count(o => truth(o) >= o.Low - 1e-12 && truth(o) <= o.High + 1e-12), with.Length, Nominal);
    }

    private static (double Share, bool TooFew, bool TooMany) Rejected(Outcome[] outcomes) =>
        Counted(outcomes.Count(o => o.Estimate <= 1 - Nominal), outcomes.Length, 1 - Nominal);

    /// <summary>Holds a count against the binomial's central 99 %.</summary>
    private static (double Share, bool TooFew, bool TooMany) Counted(int count, int runs, double probability)
    {
        if (runs == 0) return (double.NaN, true, false);
        double tail = (1 - Level) / 2;
        return ((double)count / runs, Binomial.CDF(probability, runs, count) < tail, 1 - Binomial.CDF(probability, runs, count - 1) < tail);
    }

    private static double Mean(Outcome[] outcomes, Func<Outcome, double> of) => outcomes.Length == 0 ? double.NaN : outcomes.Average(of);

    private static double Errors(Outcome[] outcomes, Func<Outcome, double> of)
    {
        if (outcomes.Length < 2) return double.NaN;
        double mean = outcomes.Average(of);
        double variance = outcomes.Sum(o => (of(o) - mean) * (of(o) - mean)) / (outcomes.Length - 1);
        // Exact in every run, but for rounding: no bias.
        if (Math.Abs(mean) < 1e-12) return 0;
        return mean / Math.Sqrt(variance / outcomes.Length);
    }
}
