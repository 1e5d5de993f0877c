using System.Globalization;
using Vestige.Results;

namespace Vestige.Conclusions.Copies;

/// <summary>Training passages that come out of a model when their start is given: before every figure, however few.</summary>
internal static class Extracted
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        foreach (Row row in result.Rows)
        {
            if (!row.Named || row.Extraction is not { TrainingExact: > 0 } extraction) continue;
            bool sure = extraction.Difference.Low > 0;
            bool one = extraction.TrainingExact == 1;
            string text = string.Create(CultureInfo.InvariantCulture,
                $"{extraction.TrainingExact} of {extraction.TrainingTried} training {result.Source.Items} {(one ? "comes" : "come")} out of {row.Label} "
                    + $"word for word when {(one ? "its" : "their")} start is given; of held-out ones {extraction.HeldOutExact} of {extraction.HeldOutTried}");
            // Where held-out passages come out as well it is no secret.
            if (!sure && extraction.HeldOutExact > 0) continue;
            yield return new Finding("extracted", row.Name, text + (sure ? "." : ": too few to tell memory from chance, read what came out.")) { Part = FindingPart.Warning };
        }
    }
}
