using System.Text.Json.Serialization;
using Vestige.Figures;

namespace Vestige.Results;

/// <summary>One row less another of the same audit, in one view. The interval leaves the same documents out of both rows at once (design 3.5), so
/// that it is narrower than two intervals side by side.</summary>
/// <param name="Row">The row.</param>
/// <param name="Less">The row that is taken off.</param>
/// <param name="View">Name of the view.</param>
/// <param name="Kind">Why it is given.</param>
public sealed record RowDifference(string Row, string Less, string View, RowDifferenceKind Kind)
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

/// <summary>Why a difference is given.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RowDifferenceKind>))]
public enum RowDifferenceKind
{
    /// <summary>The user named the pair.</summary>
    Named,

    /// <summary>Neighbours of one family: the cheaper setting less the next.</summary>
    Ladder,

    /// <summary>A codec less the look-up table, which loses nothing.</summary>
    Lossless,
}
