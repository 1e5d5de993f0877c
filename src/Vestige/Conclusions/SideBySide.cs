using System.Globalization;
using Vestige.Conclusions.Shares;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions;

/// <summary>Audits of several worlds in a few sentences: how codecs and models forget, each by its exact ledger.</summary>
public static class SideBySide
{
    /// <summary>The set with its findings.</summary>
    public static AuditSet With(IReadOnlyList<AuditResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        string[] sentences = [.. results.SelectMany(Codecs), .. results.SelectMany(Models), .. Instrument(results)];
        if (sentences.Length == 0) sentences = ["No exact ledger could be made, so that there is nothing to compare."];
        return new AuditSet { Results = results, Findings = [.. sentences.Select(text => new Finding("side-by-side", null, text) { Part = FindingPart.Answer })] };
    }

    /// <summary>A codec's ladder from its finest to its coarsest setting.</summary>
    private static IEnumerable<string> Codecs(AuditResult result)
    {
        foreach (Row[] ladder in Rung.Families(result.Rows.Where(row => row is { Named: true, IsCodec: true, Exact.Originals.Count: > 0 })))
        {
            if (ladder.Length < 2) continue;
            (Row coarse, Row fine) = (ladder[0], ladder[^1]);
            Figure? itself = Part(fine, "itself"), still = Part(coarse, "itself"), another = Part(coarse, "another");
            if (itself is null || still is null || another is null || !(still.Value < itself.Value)) continue;
            string text = $"A codec forgets by merging: from {fine.Label} to {coarse.Label} the share of {result.Source.Items} that come back as "
                + $"themselves falls from {Percent(itself)} to {Percent(still)}; "
                + $"{Percent(another)} come back as another of the same kind, which nothing in them gives away, and "
                    + $"{Percent(coarse.Exact!.Hallucinated)} of what comes back is like none at all.";
            if (!(coarse.Bits.SavingLossless?.Value > 0))
                text += $" Here {coarse.Label} " + $"{(fine.Bits.SavingLossless?.Value > 0 ? "is" : "and every finer setting are")} no smaller than what loses nothing.";
            yield return text;
        }
    }

    private static Figure? Part(Row row, string name) => Exactly.Part(row.Exact!.Originals, name);

    /// <summary>Models, in the order in which they are named.</summary>
    private static IEnumerable<string> Models(AuditResult result)
    {
        Row[] models = [.. result.Rows.Where(row => row is { Named: true, IsCodec: false, Exact: not null })];
        if (models.Length == 0) yield break;
        yield return "A language model forgets by blending: " + string.Join("; ",
            models.Select(row => $"of what {row.Label} says {Percent(row.Exact!.Hallucinated)} is hallucinated{Largest(row.Exact.HallucinatedParts)}, "
            + $"{Percent(row.Exact.Generalized)} true and not owed to its own training sample{Largest(row.Exact.GeneralizedParts)}, and {Percent(row.Exact.Memorized)} memorized"))
            + ". A look-up table of the training sample is all memorized.";
        Row most = models.MaxBy(row => row.Exact!.Hallucinated.Value)!, least = models.MinBy(row => row.Exact!.Hallucinated.Value)!;
        if (most != least && least.Exact!.Lost.Value > most.Exact!.Lost.Value)
            yield return $"{least.Label} makes up least and loses {Percent(least.Exact.Lost)} of what is true, {most.Label} "
                + $"{Percent(most.Exact.Lost)}: less is made up where less is said.";
    }

    /// <summary>How the estimates stood beside what is so.</summary>
    private static IEnumerable<string> Instrument(IReadOnlyList<AuditResult> results)
    {
        Agreement[] judged = [.. results.SelectMany(result => result.Rows).Where(row => row.Exact is not null)
            .SelectMany(row => row.Exact!.Agreements).Where(agreement => agreement is { Inside: not null, Difference: not null })];
        if (judged.Length == 0) yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"The instrument itself: {judged.Count(a => a.Inside == true)} of {judged.Length} exact figures lie inside the 95 % interval of the "
                + $"estimate, which saw samples only; the largest error is {judged.Max(a => Math.Abs(a.Difference!.Value)):0.00}.");
    }

    private static string Largest(IReadOnlyList<SharePart> parts) =>
        parts.Where(part => part.Share.Value > 0).MaxBy(part => part.Share.Value) is { } largest ? $" ({Percent(largest.Share)} {largest.Name})" : "";

    private static string Percent(Figure figure) => Words.Percent(figure.Value ?? double.NaN);
}
