namespace Vestige.Results;

/// <summary>One row less another of the same audit, in one view. The interval leaves the same documents out of both rows at once (design 3.5), so
/// that it is narrower than two intervals side by side.</summary>
/// <param name="Row">The row.</param>
/// <param name="Less">The row that is taken off.</param>
/// <param name="View">Name of the view.</param>
public sealed record RowDifference(string Row, string Less, string View)
{
    /// <summary>Difference of lost.</summary>
    public required Figure Lost { get; init; }

    /// <summary>Difference of memorized.</summary>
    public required Figure Memorized { get; init; }

    /// <summary>Difference of generalized.</summary>
    public required Figure Generalized { get; init; }

    /// <summary>Difference of hallucinated.</summary>
    public required Figure Hallucinated { get; init; }
}
