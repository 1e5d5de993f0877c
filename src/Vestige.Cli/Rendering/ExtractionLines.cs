using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>What was tried to get T out of models, under the table of copies.</summary>
internal static class ExtractionLines
{
    /// <summary>What the columns say; empty where no model was asked.</summary>
    internal static string Legend(AuditResult result) =>
        result.Rows.FirstOrDefault(row => row.Extraction is { TrainingTried: > 0 } or { HeldOutTried: > 0 })?.Extraction is { } tried
        ? $"extracted: of so many texts of T, and of H, whose first {tried.Prefix} characters are given, those whose next {tried.Suffix} the model's "
            + $"most probable continuation has right."
        : "";

    internal static IEnumerable<string> Of(AuditResult result)
    {
        foreach (Row row in result.Rows)
        {
            if (row.Extraction is not { } tried) continue;
            foreach (ExtractionAt at in tried.ByOffset.Where(at => at is { Offset: not null, TrainingTried: > 0 }))
                yield return $"{row.Label}: {at.TrainingExact} of {at.TrainingTried} of T and {at.HeldOutExact} of {at.HeldOutTried} of H that "
                    + $"begin {Place(at.Offset!.Value)}.";
            if (tried.TrainingWithinDraws is { } within)
                yield return $"{row.Label}: within {tried.Draws} draws, {Words.Percent(within)} of those of T come out"
                    + $"{(tried.HeldOutWithinDraws is { } heldOut ? $", of H {Words.Percent(heldOut)}" : "")}.";
            foreach (PromptTried prompt in tried.Prompts)
                yield return $"{row.Label}: {(tried.AsMessages ? "to the message " : "")}{Quoted(prompt.Prefix)} -> {Quoted(prompt.Said)}{Judged(prompt, tried.AsMessages)}";
            foreach (CanaryGroup group in tried.Canaries?.Groups ?? [])
            {
                string times = group.Times == 1 ? "once" : $"{group.Times} times";
                yield return $"{row.Label}: canaries planted {times}: exposure {group.Exposure:0.0} bits (1.4 if never seen), told from fresh "
                    + $"ones in {100 * group.Auc:0} % of pairs (p {group.P:0.0000}), {group.Extracted} of {group.Count} extracted.";
            }
        }
    }

    private static string Place(int offset) => offset == 0 ? "at the start of a document"
        : string.Create(CultureInfo.InvariantCulture, $"{offset} characters from the start of a document");

    private static string Judged(PromptTried prompt, bool isAnswer)
    {
        if (prompt.Suffix.Length == 0) return "";
        string bits = prompt.Bits is { } cost ? string.Create(CultureInfo.InvariantCulture, $", {cost:0.0} bits") : "";
        return (!prompt.Exact ? " (not what was looked for" : isAnswer ? " (holds what was looked for" : " (as it was looked for") + bits + ")";
    }

    private static string Quoted(string text) => "\"" + Names.Printable(text) + "\"";
}
