using Vestige.Results;

namespace Vestige.Audits.Reading;

/// <summary>What <see cref="NearCopyPass{TItem}"/> gives.</summary>
/// <param name="Contamination">What samples share that they should not; null where nothing was searched.</param>
/// <param name="Rows">What was found of each row, in their order.</param>
internal sealed record FoundCopies(Contamination? Contamination, IReadOnlyList<RowCopies> Rows);

/// <summary>Near-copies of T in a row's G.</summary>
internal sealed record RowCopies
{
    /// <summary>The report; null where nothing was searched.</summary>
    internal NearCopyReport? Report { get; init; }

    /// <summary>Items of its G that are near-copies of T.</summary>
    internal IReadOnlyList<ItemFigure> Items { get; init; } = [];

    /// <summary>Runs of text that its G has nearly from T.</summary>
    internal IReadOnlyList<CopiedSpan> Spans { get; init; } = [];

    /// <summary>Pairs side by side.</summary>
    internal IReadOnlyList<Exhibit> Exhibits { get; init; } = [];
}
