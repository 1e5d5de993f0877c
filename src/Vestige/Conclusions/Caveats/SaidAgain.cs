using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>What a generator gave over and over, what it gave empty, and what is too short to be known again: before figures that speak of the rest.</summary>
internal static class SaidAgain
{
    /// <summary>From this share on it is told.</summary>
    private const double Least = 0.01;

    /// <summary>So many deviations more than of real documents.</summary>
    private const double Surely = 3;

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        string Count(int count) => Words.Count(count, result.Source.Document ?? "document", (result.Source.Document ?? "document") + "s");
        foreach (Row row in result.Rows)
        {
            if (row.Outputs is not { } outputs) continue;
            if (outputs.Empty > 0)
            {
                yield return new Finding("empty", row.Name,
                    $"{outputs.Empty} of {Count(outputs.Documents)} of {row.Label} {(outputs.Empty == 1 ? "is" : "are")} empty and in no figure.")
                { Part = FindingPart.Warning };
            }
            int given = outputs.Documents - outputs.Empty;
            double expected = outputs.Real == 0 ? 0 : (double)outputs.RealAgain / outputs.Real * given;
            if (outputs.Again >= Least * given && outputs.Again - expected > Surely * Math.Sqrt(outputs.Again + expected))
            {
                yield return new Finding("said-again", row.Name, string.Create(CultureInfo.InvariantCulture,
                    $"{outputs.Again} of {Count(given)} of {row.Label} {(outputs.Again == 1 ? "is" : "are")} byte for byte the same as another of them; "
                        + $"of {outputs.Real} real ones {outputs.RealAgain}."))
                { Part = FindingPart.Warning };
            }
        }
        if (result.Contamination is not { } contamination) yield break;
        (string Name, int Short, int Searched)[] samples =
        [
            .. contamination.Overlaps.Where(overlap => overlap is { Sample: "H", In: "T" }).Select(overlap => ("what is held out", overlap.TooShort, overlap.Items)),
            .. result.Rows.Where(row => row is { Named: true, NearCopies: not null }).Select(row => (row.Label, row.NearCopies!.TooShort, row.NearCopies.Items)),
        ];
        string[] few = [.. samples.Where(sample => sample.Short > Least * (sample.Short + sample.Searched))
            .Select(sample => $"{sample.Short} of {Count(sample.Short + sample.Searched)} of {sample.Name}")];
        if (few.Length == 0) yield break;
        yield return new Finding("too-short", null, $"Too short to be searched for near-copies ({contamination.How}): {Words.List(few)}.") { Part = FindingPart.Note };
    }
}
