using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Copies;

/// <summary>What a model answered to the user's own prompts and knows of planted strings, and samples that could not be read.</summary>
internal static class Asked
{
    // A canary group under this p-value is known.
    private const double Known = 0.01;

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        foreach (Row row in result.Rows.Where(row => row.Named))
        {
            if (row.Extraction is { } asked && asked.Prompts.FirstOrDefault(prompt => prompt.Exact) is { } first)
            {
                yield return Warning("extracted", row,
                    $"{asked.Prompts.Count(prompt => prompt.Exact)} of {asked.Prompts.Count} of your prompts are answered by {row.Label} with what "
                        + $"you looked for: \"{Names.Printable(first.Suffix)}\".");
            }
            if (row.Extraction?.Canaries?.Groups.FirstOrDefault(group => group.P < Known) is { } known)
            {
                string times = known.Times == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{known.Times} times");
                yield return Warning("canaries", row,
                    $"{row.Label} knows random strings that it was shown {times}: told from fresh ones in {100 * known.Auc:0} % of pairs (p "
                        + $"{known.P:0.0000}), exposure {known.Exposure:0.0} bits.");
            }
            if (row.Answers is { Without: > 0 } answers)
            {
                yield return Warning("without-text", row, string.Create(CultureInfo.InvariantCulture,
                    $"{answers.Without} of {Words.Count(answers.Asked, "answer", "answers")} of {row.Label} ({100.0 * answers.Without / answers.Asked:0.#} %) ")
                    + $"{(answers.Without == 1 ? "holds" : "hold")} no text{(answers.First is { Length: > 0 } why ? $" (the first: {why})" : "")}: what a filter takes out, "
                    + $"or is left unsaid, is in no figure.");
            }
            if (row.NearCopies is { FirstRefused: { } where } read)
            {
                string[] lost =
                [
                    .. read.RefusedRecords == 0 ? [] : new[] { string.Create(CultureInfo.InvariantCulture,
                        $"{read.RefusedRecords} of {Words.Count(read.OfRecords, "record", "records")} ({100.0 * read.RefusedRecords / read.OfRecords:0.#} %)") },
                    .. read.Refused == 0 ? [] : new[] { Words.Count(read.Refused, "file", "files") },
                ];
                yield return Warning("refused", row, $"{Words.List(lost)} of {row.Label} could not be read ({(read.Refused + read.RefusedRecords == 1 ? "" : "the first: ")}"
                    + $"{Names.Printable(where)}): what is missing is in no figure of it, and what a generator garbles is what is left out.");
            }
        }
    }

    private static Finding Warning(string id, Row row, string text) => new(id, row.Name, text) { Part = FindingPart.Warning };
}
