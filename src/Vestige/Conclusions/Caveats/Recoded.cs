using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>Photographs that were coded with loss before: coding them again with the same codec loses less than it would of photographs as they were taken. And
/// those that hold more than is read.</summary>
internal static class Recoded
{
    // How formats that lose are called in a result, and in words.
    private static readonly (string Format, string Files, string Name)[] s_lossy = [("jpeg", "JPEG files", "JPEG"), ("webp", "WebP files coded with loss", "WebP")];

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        SourceInfo source = result.Source;
        if (!result.Rows.Any(row => row is { Named: true, IsCodec: true })) yield break;
        // What a mean over areas hides is no longer favoured.
        foreach ((string format, string files, string name) in s_lossy)
        {
            if (source.Altered is not null || !source.Formats.TryGetValue(format, out int lossy)) continue;
            // Of what it could not take it would be wrong to say so.
            bool transcodes = format == "jpeg" && !result.Rows.Any(row => row.Name == "jxl:transcode" && row.Bits.Failures == source.Usable);
            yield return Note("recoded", $"{Some(lossy, source, files)}: coded once more, {name} at their own settings is favoured over every other "
                + $"codec, and so is what keeps their artefacts. --scale 1/2 hides what an earlier {name} left"
                + (transcodes ? "; jxl:transcode stores such files smaller without any loss." : "."));
        }
        if (source.Formats.TryGetValue("png16", out int deep))
        {
            yield return Note("deep", $"{Some(deep, source, "PNG files of 16 bits a sample")}, of which 8 are read and coded: what is smaller than the files as they are is so for "
                + "that too, and no row keeps all that they hold.");
        }
    }

    /// <summary>"98 of 100 images are JPEG files".</summary>
    private static string Some(int number, SourceInfo source, string files) => number == source.Usable && number != 1 ? $"All {number} {source.Items} are {files}"
        : string.Create(CultureInfo.InvariantCulture, $"{number} of {Words.Count(source.Usable, Words.One(source.Items), source.Items)} ")
            + (number == 1 ? "is a " + files.Replace("files", "file", StringComparison.Ordinal) : "are " + files);

    private static Finding Note(string id, string text) => new(id, null, text) { Part = FindingPart.Note };
}
