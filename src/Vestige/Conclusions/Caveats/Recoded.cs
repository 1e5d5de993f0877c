using System.Globalization;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>Photographs that were JPEG files before: coding them again as JPEG loses less than it would of photographs as they were taken.</summary>
internal static class Recoded
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        SourceInfo source = result.Source;
        if (!source.Formats.TryGetValue("jpeg", out int lossy) || source.Altered is not null || !result.Rows.Any(row => row is { Named: true, IsCodec: true })) yield break;
        yield return new Finding("recoded", null, string.Create(CultureInfo.InvariantCulture,
            $"{lossy} of {source.Usable} {source.Items} are JPEG files: coded once more, JPEG at their own settings is favoured over every other "
                + $"codec, and so is what keeps their artefacts. --scale 1/2 hides what an earlier JPEG left; jxl:transcode stores such files smaller without any loss."))
        { Part = FindingPart.Note };
    }
}
