using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>Text that is true elsewhere is not made up: what hallucinated means where a reader could think otherwise.</summary>
internal static class OfThisSource
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        if (result.Source.SizeUnit == "byte" && result.Rows.Any(row => row is { Named: true, IsCodec: false, Exact: null } && row.Ledgers is [{ Hallucinated.Low: > 0 }, ..]))
        {
            yield return new Finding("of-this-source", null,
                "Hallucinated text is text that is not of this source: what other authors write counts as well, true or not.")
            { Part = FindingPart.Note };
        }
    }
}
