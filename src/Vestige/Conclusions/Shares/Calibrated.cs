using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Shares;

/// <summary>What models of text would have to make up if they learned facts that nothing else hints at, beside what they do (Kalai, Vempala 2024).</summary>
internal static class Calibrated
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        foreach (Row[] family in Rung.Families(result.Rows.Where(row => row is { Named: true, IsCodec: false, Exact: null } && row.Ledgers.Count > 0
            && row.Ledgers[0] is { CalibrationBound.IsMeasured: true, Hallucinated.IsMeasured: true })))
        {
            var rung = new Rung(family);
            string elements = Words.Elements(family[0].Ledgers[0]);
            string bound = family.All(row => row.Ledgers[0].CalibrationBound!.Value <= 0) ? "says nothing of what would be made up"
                : $"would have at least {rung.Shares(row => row.Ledgers[0].CalibrationBound!)} made up";
            string text = $"Of T {Words.Share(family[0].Ledgers[0].Once!.Value!.Value)} of the {elements} stand in one document only, and "
                + $"{rung.Name} {rung.Verb("weigh", "weighs")} what {rung.Verb("they say", "it says")} unlike the source by "
                + $"{rung.Shares(row => row.Ledgers[0].Miscalibration!)}: were {elements} facts that nothing else hints at, Kalai and Vempala's bound {bound}; "
                + $"{rung.Shares(row => row.Ledgers[0].Hallucinated)} is.";
            yield return new Finding("calibration", rung.Row, text) { Part = FindingPart.Note };
        }
    }
}
