using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Shares;

/// <summary>What is known of rows on a world, and how far off the estimates are.</summary>
internal static class Exactly
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        foreach (Row[] family in Rung.Families(result.Rows.Where(row => row is { Named: true, Exact: not null })))
        {
            if (family[0].IsCodec) yield return Codecs(new Rung(family), result);
            else foreach (Row row in family) yield return Generator(row);
        }
        (Row Row, Agreement Agreement)[] judged = [.. result.Rows.Where(row => row.Exact is not null)
            .SelectMany(row => row.Exact!.Agreements.Where(agreement => agreement is { Inside: not null, Difference: not null }).Select(agreement => (row, agreement)))];
        if (judged.Length == 0) yield break;
        (Row furthest, Agreement off) = judged.MaxBy(j => Math.Abs(j.Agreement.Difference!.Value));
        yield return new Finding("agreement", null, string.Create(CultureInfo.InvariantCulture,
            $"{judged.Count(j => j.Agreement.Inside == true)} of {judged.Length} exact figures lie inside the 95 % interval of the estimate, which "
                + $"saw samples only; the furthest off is {off.Figure} of {furthest.Label}, by {Math.Abs(off.Difference!.Value):0.000}."));
    }

    private static Finding Codecs(Rung rung, AuditResult result)
    {
        Row[] rows = [.. rung.Rows];
        string text = $"Of what {rung.Name} {rung.Verb("give", "gives")} exactly {rung.Shares(row => Sure(row.Exact!.Hallucinated))} is hallucinated, and "
            + $"exactly {rung.Shares(row => Sure(row.Exact!.Lost))} of the source is lost";
        if (rows.All(row => Part(row.Exact!.Originals, "another") is not null))
            text += $"; {rung.Shares(row => Sure(Part(row.Exact!.Originals, "another")!))} of the {result.Source.Items} that are put in come back as another of their kind";
        return new Finding("exact", rung.Row, text + ".");
    }

    private static Finding Generator(Row row)
    {
        ExactReport exact = row.Exact!;
        return new Finding("exact", row.Name,
            $"Of what {row.Label} says exactly {Words.Share(Sure(exact.Hallucinated))} is hallucinated{Of(exact.HallucinatedParts)}, "
                + $"{Words.Share(Sure(exact.Generalized))} generalized{Of(exact.GeneralizedParts)} and {Words.Share(Sure(exact.Memorized))} memorized; "
                + $"it loses {Words.Share(Sure(exact.Lost))}."
                + Calibration(exact.Calibration));
    }

    private static string Calibration(CalibrationTerms? terms) => terms is null ? ""
        : $" Of T {Words.Share(terms.Once)} states a fact that T states once, and its claims are miscalibrated by {Words.Share(terms.Miscalibration.Value!.Value)}: "
            + (terms.Bound.Value > 0 ? $"by Kalai and Vempala's bound at least {Words.Share(terms.Bound.Value!.Value)} of it is hallucinated."
                : "Kalai and Vempala's bound says nothing of it.");

    /// <summary>Without an interval that no digit shows: what is exact, or reckoned from so many draws that it might as well be.</summary>
    private static Figure Sure(Figure figure) => figure is { Value: { } value, Low: { } low, High: { } high } && Words.Share(low) == Words.Share(value)
        && Words.Share(high) == Words.Share(value) ? figure with { Low = null, High = null } : figure;

    internal static Figure? Part(IReadOnlyList<SharePart> parts, string name) => parts.FirstOrDefault(part => part.Name == name)?.Share;

    private static string Of(IReadOnlyList<SharePart> parts) => parts.Count == 0 ? ""
        : $" ({string.Join(", ", parts.Select(part => $"{part.Name} {Words.Share(Sure(part.Share))}"))})";
}
