using Vestige.Results;

namespace Vestige.Audits.Reading;

/// <summary>What reading one row's G gave.</summary>
/// <param name="Copying">What it shares verbatim with T.</param>
/// <param name="Extraction">What of T could be drawn out of the model; null for what cannot go on from a prefix.</param>
/// <param name="Exhibits">Things to read.</param>
public sealed record RowReading(CopyReport Copying, ExtractionReport? Extraction, IReadOnlyList<Exhibit> Exhibits)
{
    /// <summary>What was copied verbatim from where.</summary>
    public IReadOnlyList<CopiedSpan> Copies { get; init; } = [];
}
