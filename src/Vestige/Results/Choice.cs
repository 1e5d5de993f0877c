namespace Vestige.Results;

/// <summary>What to choose among the rows that the user named.</summary>
/// <remarks>Codecs: for each family the cheapest setting for which a condition holds over the whole of its intervals, and which is smaller than
/// any code without loss and than the files as they are. Generators, unless a condition was given: those that no other surely beats.</remarks>
/// <param name="Condition">The condition, as <c>--choose</c> takes it; null where generators are only held against each other.</param>
/// <param name="IsDefault">Whether it is the condition of audits that were given none.</param>
/// <param name="Best">The cheapest row of all that meet it, or the one generator that no other beats; null where there is none.</param>
public sealed record Choice(string? Condition, bool IsDefault, string? Best)
{
    /// <summary>One a family, in the user's order; empty where generators are only held against each other.</summary>
    public IReadOnlyList<FamilyChoice> Families { get; init; } = [];

    /// <summary>Generators and what beats them; else empty.</summary>
    public IReadOnlyList<Standing> Standings { get; init; } = [];
}

/// <summary>The answer for one family of settings.</summary>
/// <param name="Family">The codec.</param>
/// <param name="Row">Its cheapest setting that meets the condition and is worth it; null where none does.</param>
public sealed record FamilyChoice(string Family, string? Row)
{
    /// <summary>Bits a size unit of that row.</summary>
    public double? Rate { get; init; }

    /// <summary>Share of the user's files that it saves.</summary>
    public double? Saving { get; init; }

    /// <summary>Share of the best lossless code that it saves.</summary>
    public double? SavingLossless { get; init; }

    /// <summary>Whether nothing cheaper of the family was tried.</summary>
    public bool IsCheapestTried { get; init; }

    /// <summary>A cheaper setting, or where there is no row the cheapest, of which it cannot be told.</summary>
    public string? Undecided { get; init; }

    /// <summary>Documents with which that could be told, about; null where the sides are equal or nothing is undecided.</summary>
    public int? Needed { get; init; }

    /// <summary>Where there is no row: the setting that comes nearest, or that meets the condition and is not worth it.</summary>
    public string? Nearest { get; init; }

    /// <summary>Whether that one meets the condition, but is no smaller than what loses nothing.</summary>
    public bool IsNearestTooLarge { get; init; }

    /// <summary>The figures behind what is undecided or nearest, in words.</summary>
    public string? Why { get; init; }

    /// <summary>What was taken as measured, of the row or the nearest, since so few documents give no interval: it is known of these files and of no others.</summary>
    public string? NoInterval { get; init; }
}

/// <summary>How a generator stands among the others.</summary>
/// <param name="Row">The generator.</param>
/// <param name="BeatenBy">One that is surely better in lost or hallucinated and surely worse in neither; null where there is none.</param>
/// <param name="In">"lost", "hallucinated": where that one is surely better.</param>
public sealed record Standing(string Row, string? BeatenBy, string? In);

/// <summary>What became of one condition on one row.</summary>
/// <param name="Gate">The condition as the user wrote it: "hallucinated&gt;0.05".</param>
/// <param name="Row">The row.</param>
/// <param name="Fell">True where it holds, over the whole interval, or cannot be judged.</param>
/// <param name="Why">Where it fell, the figures that decided; else null.</param>
public sealed record GateOutcome(string Gate, string Row, bool Fell, string? Why)
{
    /// <summary>What was taken as measured for want of an interval, and why there is none; else null.</summary>
    public string? NoInterval { get; init; }
}
