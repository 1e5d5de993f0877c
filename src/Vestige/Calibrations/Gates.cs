using MathNet.Numerics.Distributions;

namespace Vestige.Calibrations;

/// <summary>Whether a cell holds.</summary>
public enum Verdict
{
    /// <summary>All gates are met.</summary>
    Holds,

    /// <summary>Intervals cover more often than they say: safe, and reported.</summary>
    Conservative,

    /// <summary>Off the truth for a stated reason, by at most <see cref="Gates.MostExplained"/>, or the result says so beside the figure.</summary>
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

    /// <summary>Mean half-width of the intervals; not a number where there are none.</summary>
    public required double HalfWidth { get; init; }

    /// <summary>The half-width that the spread over seeds asks for: 1.96 standard deviations of estimate less truth.</summary>
    public required double Asked { get; init; }

    /// <summary>What the estimator is known not to be able to do here.</summary>
    public string? Limit { get; init; }

    /// <summary>Explained, and off by more than a known limit may be: the result itself says so, by the limit that it prints beside the figure.</summary>
    public bool SaidBeside { get; init; }

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

    /// <summary>The largest mean error that a stated reason excuses, a share of mass (of the figure itself for bits).</summary>
    public const double MostExplained = 0.05;

    /// <summary>Intervals may be wider than the spread over seeds asks by this factor.</summary>
    public const double MostWidth = 1.5;

    /// <summary>Half-widths up to this one hurt nobody, whatever was asked.</summary>
    private const double Narrow = 0.01;

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
        (double share, bool tooFew, bool tooMany) = first.Kind switch
        {
            OutcomeKind.Value => Covered(measured),
            OutcomeKind.Bias => (double.NaN, false, false),
            OutcomeKind.UpperLimit => Counted(measured.Count(o => o.Estimate >= o.Truth - 1e-12), runs, Nominal),
            OutcomeKind.LowerLimit => Counted(measured.Count(o => o.Estimate <= o.Truth + 1e-12), runs, Nominal),
            _ => Rejected(measured),
        };
        bool isLimit = first.Kind is OutcomeKind.UpperLimit or OutcomeKind.LowerLimit;
        (double halfWidth, double asked, bool tooWide) = first.Kind == OutcomeKind.Value ? Width(measured, first.Scale) : (double.NaN, double.NaN, false);
        Verdict verdict;
        if (runs == 0) verdict = Verdict.Explained;
        else if (first.Kind == OutcomeKind.Null) verdict = tooMany ? Verdict.Fails : tooFew ? Verdict.Conservative : Verdict.Holds;
        else if (tooFew || tooWide || (!isLimit && Math.Abs(z) > MaxBiasInErrors)) verdict = Verdict.Fails;
        else verdict = tooMany ? Verdict.Conservative : Verdict.Holds;

        // A figure that is given only where a sample allows it is a figure of selected samples, and says so in the others.
        string? limit = first.Limit ?? (runs < MostSelected * outcomes.Count ? "not measurable in all samples, which selects those that give it" : null);
        bool beside = false;
        if (verdict == Verdict.Fails && limit is not null && first.Kind is OutcomeKind.Value or OutcomeKind.Bias)
        {
            if (Math.Abs(mean - truth) <= MostExplained * (first.Scale == 1 ? 1 : Math.Abs(truth)))
            {
                verdict = Verdict.Explained;
            }
            else if (measured.All(o => o.Bounded is not null) && !Counted(measured.Count(o => o.Bounded!.Value), runs, Nominal).TooFew)
            {
                (verdict, beside) = (Verdict.Explained, true);
            }
        }
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
            HalfWidth = halfWidth,
            Asked = asked,
            Limit = limit,
            SaidBeside = beside,
            Verdict = verdict,
            RunAgain = runAgain,
        };
    }

    /// <summary>Whether intervals are wider than the spread asks, by more than a spread of so few runs leaves open.</summary>
    private static (double HalfWidth, double Asked, bool TooWide) Width(Outcome[] outcomes, double scale)
    {
        Outcome[] with = [.. outcomes.Where(o => o.Low is not null && o.High is not null)];
        if (with.Length < 2) return (double.NaN, double.NaN, false);
        double half = with.Average(o => (o.High!.Value - o.Low!.Value) / 2), mean = with.Average(o => o.Estimate - o.Truth);
        double variance = with.Sum(o => Math.Pow(o.Estimate - o.Truth - mean, 2)) / (with.Length - 1), asked = 1.96 * Math.Sqrt(variance);
        // The 99.5 % upper limit of a variance of so many normal values.
        double upper = asked * Math.Sqrt((with.Length - 1) / ChiSquared.InvCDF(with.Length - 1, (1 - Level) / 2));
        return (half, asked, half > MostWidth * upper && half > Narrow * scale);
    }

    private static (double Share, bool TooFew, bool TooMany) Covered(Outcome[] outcomes)
    {
        Outcome[] with = [.. outcomes.Where(o => o.Low is not null && o.High is not null)];
        // Too few documents for intervals: the result says so.
        if (with.Length == 0) return (double.NaN, false, false);
        // A truth at the end of an interval, but for rounding, is inside.
        return Counted(with.Count(o => o.Truth >= o.Low - 1e-12 && o.Truth <= o.High + 1e-12), with.Length, Nominal);
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
