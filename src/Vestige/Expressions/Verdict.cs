namespace Vestige.Expressions;

/// <summary>Whether a condition holds for a row, given intervals and not points. In this order "and" is the least and "or" the greatest of two.</summary>
public enum Verdict
{
    /// <summary>It does not, over the whole of the intervals.</summary>
    Fails,

    /// <summary>The intervals reach to both sides.</summary>
    Undecided,

    /// <summary>A figure that it needs cannot be measured.</summary>
    Unmeasurable,

    /// <summary>It does, over the whole of the intervals.</summary>
    Holds,
}

/// <summary>What became of a condition on a row.</summary>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Words">The figures that decided: <c>lost 0.2 [0.15 0.25] > 0.1</c>.</param>
public readonly record struct Judgement(Verdict Verdict, string Words)
{
    /// <summary>Where it is undecided, about how many times as many documents would decide it; infinite where both sides are equal.</summary>
    public double Times { get; init; } = 1;

    /// <summary>What was taken as measured for want of an interval, and why there is none, where the verdict rests on it; else null.</summary>
    public string? NoInterval { get; init; }
}
