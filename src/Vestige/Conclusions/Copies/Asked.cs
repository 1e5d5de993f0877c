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
            if (row.NearCopies is { Refused: > 0 } read)
            {
                yield return Warning("refused", row,
                    $"{Words.Count(read.Refused, "file", "files")} of {row.Label} could not be read, or not all of {(read.Refused == 1 ? "it" : "each")}: what is missing is in no "
                        + $"figure of it, and what a generator garbles is what is left out.");
            }
        }
    }

    private static Finding Warning(string id, Row row, string text) => new(id, row.Name, text) { Part = FindingPart.Warning };
}
