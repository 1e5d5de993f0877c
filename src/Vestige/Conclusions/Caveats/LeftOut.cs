using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>What is in no figure, or in fewer than a reader would think.</summary>
internal static class LeftOut
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        SourceInfo source = result.Source;
        string document = source.Document ?? "document";
        if (source.Population is { } population)
        {
            yield return new Finding("drawn", null, string.Create(CultureInfo.InvariantCulture,
                $"{source.Documents:#,0} of {population:#,0} {document}s were looked at, drawn by what they hold: all figures, and sums of bytes, are theirs. A higher "
                    + $"--documents takes in more."))
            { Part = FindingPart.Note };
        }
        if (source.Usable < source.Documents)
        {
            int bad = source.Documents - source.Usable;
            // Records and sections are not counted in a file that could not be read to its end: it stands for all that is missing of it.
            yield return new Finding("unusable", null, document is "record" or "section"
                ? $"{Words.Count(bad, "file", "files")} could not be used, or not all of {(bad == 1 ? "it" : "each")}: what is missing is in no figure, and why stands at the end."
                : $"{bad} of {Words.Count(source.Documents, document, document + "s")} could not be used and {(bad == 1 ? "is" : "are")} in no figure.");
        }
        if (source.Copies > 0)
        {
            yield return new Finding("copies", null, source.Copies == 1
                ? $"1 {document} is a copy of another: the two are one with the weight of both, in one sample."
                : string.Create(CultureInfo.InvariantCulture, $"{source.Copies} {document}s are copies of another: equal ones are one with the weight of all, in one sample."));
        }
        if (source.Deal.SharedWithTraining is > 0 and var shared)
        {
            yield return new Finding("shared-with-training", null, shared == 1
                ? $"1 held-out {document} stands in the training set byte for byte, and was taken out of H, A and B."
                : string.Create(CultureInfo.InvariantCulture, $"{shared} held-out {document}s stand in the training set byte for byte, and were taken out of H, A and B."))
            { Part = FindingPart.Warning };
        }
        if (source.Deal.RecurringInTraining > 0)
        {
            yield return new Finding("recurring-in-training", null, string.Create(CultureInfo.InvariantCulture,
                $"{source.Deal.RecurringInTraining} held-out {document}s stand in the training set byte for byte and in what is held out three times or more "
                    + $"(stock answers, empty pages): they stay there, each copy for itself, for another sample of the source would have them too."))
            { Part = FindingPart.Note };
        }
        if (source.Deal.LeftOut > 0)
        {
            yield return new Finding("left-out", null, string.Create(CultureInfo.InvariantCulture,
                $"{source.Deal.LeftOut} {source.Items}, {100 * source.Deal.LeftOutShare:0.#} % of all, are in no sample: more --units, or a higher --reserve, takes in more."))
            { Part = FindingPart.Note };
        }
        if (source.Deal.By == "section")
        {
            yield return new Finding("within-files", null,
                $"Sections of one file stand in several samples: there are too few files to deal them whole, and every figure holds within these "
                    + $"files only. Real {source.Items} from elsewhere would read as not of this source.")
            { Part = FindingPart.Note };
        }
        if (source is { Document: "record", Deal.By: "document" } && result.Rows.Any(row => row is { Named: true, IsCodec: false }))
        {
            yield return new Finding("records-alone", null,
                "Each record is dealt by itself, as if it had nothing to do with the others. Where several are of one work or author, name the field that says "
                    + "which (--group FIELD): else samples of other works read as not of this source, and intervals are too narrow.")
            { Part = FindingPart.Note };
        }
        foreach (IGrouping<int, Row> rows in result.Rows.Where(row => row.Bits.Failures > 0).GroupBy(row => row.Bits.Failures))
        {
            var rung = new Rung([.. rows]);
            yield return new Finding("failures", rung.Row, string.Create(CultureInfo.InvariantCulture,
                $"{rung.Name} could not take {rows.Key} of {Words.Count(source.Usable, document, document + "s")}: each with its reason at the end."));
        }
    }
}
