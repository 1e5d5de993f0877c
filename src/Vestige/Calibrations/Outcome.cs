namespace Vestige.Calibrations;

/// <summary>What one run of a cell says of one estimand.</summary>
/// <param name="Estimand">"lost", "memorized", "hallucinated upper limit".</param>
/// <param name="Kind">How it is judged.</param>
/// <param name="Estimate">The estimate, the limit, or the p-value.</param>
/// <param name="Truth">The exact value for this run; not used for a p-value.</param>
/// <param name="Low">Lower end of the interval; null where none was given.</param>
/// <param name="High">Upper end.</param>
/// <param name="Limit">What the estimator cannot do here, in a few words, known beforehand; null where it should hold.</param>
/// <param name="Bounded">Whether the limit that the result prints beside the figure holds; null where there is none.</param>
/// <param name="Scale">What an error is held against: 1 for a share of mass, the figure itself for bits.</param>
public readonly record struct Outcome(
    string Estimand, OutcomeKind Kind, double Estimate, double Truth = 0, double? Low = null, double? High = null,
    string? Limit = null, bool? Bounded = null, double Scale = 1);

/// <summary>How an outcome is judged.</summary>
public enum OutcomeKind
{
    /// <summary>A value with an interval: its bias, and how often the interval holds the truth.</summary>
    Value,

    /// <summary>A value of which only the bias is judged.</summary>
    Bias,

    /// <summary>An upper limit: how often the truth exceeds it.</summary>
    UpperLimit,

    /// <summary>A lower limit: how often the truth falls below it.</summary>
    LowerLimit,

    /// <summary>A p-value under its null: how often it is at most 5 %.</summary>
    Null,
}

/// <summary>One experiment that can be repeated: a world, an oracle and a size.</summary>
/// <param name="World">Name of the world.</param>
/// <param name="Oracle">Name of the compressor.</param>
/// <param name="Units">Units in each sample.</param>
/// <param name="Seeds">Runs that the design asks for: 1000 for discrete views, 200 for continuous ones.</param>
/// <param name="Run">One run from a seed.</param>
public sealed record Experiment(string World, string Oracle, int Units, int Seeds, Func<ulong, IReadOnlyList<Outcome>> Run);
