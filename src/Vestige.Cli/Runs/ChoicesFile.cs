using System.Globalization;
using Vestige.Images.Choosing;
using Vestige.Specs;

namespace Vestige.Cli.Runs;

/// <summary>What was chosen for one image.</summary>
/// <param name="Document">The image.</param>
/// <param name="Original">Bytes of its file as it is.</param>
/// <param name="File">What was written, relative to the folder; "" for nothing.</param>
/// <param name="Setting">The setting; null where the image could not be used.</param>
internal sealed record ChoiceRow(string Document, long Original, string File, ChosenSetting? Setting)
{
    /// <summary>The same image at the one setting for all; null where there is none.</summary>
    internal Coding? AtOne { get; init; }

    /// <summary>Why it could not be used.</summary>
    internal string? Why { get; init; }
}

/// <summary>What <c>vestige choose</c> found.</summary>
/// <param name="Source">The folder of images.</param>
/// <param name="Ladder">The settings.</param>
/// <param name="Target">What each image was to meet.</param>
/// <param name="Rows">One an image.</param>
/// <param name="One">Of the settings tried for all the cheapest whose worst twentieth is no worse; null where none is, or for one image.</param>
/// <param name="TriedForAll">How many settings were tried for all.</param>
/// <param name="Notices">What was noticed in the source.</param>
internal sealed record ChoiceReport(string Source, IReadOnlyList<Spec> Ladder, QualityTarget Target, IReadOnlyList<ChoiceRow> Rows,
    int? One, int TriedForAll, IReadOnlyList<string> Notices);

/// <summary>The choices as CSV (RFC 4180, UTF-8).</summary>
internal static class ChoicesFile
{
    internal const string Name = "choices.csv";

    /// <summary>The folder of the coded images, beside it.</summary>
    internal const string Images = "images/";

    internal static void Write(Stream stream, ChoiceReport report)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\r\n" };
        string measure = report.Target.Measure.Name;
        writer.WriteLine($"document,setting,bytes,bits_per_pixel,{measure},met,codings,file,bytes_at_one_setting,{measure}_at_one_setting,original_bytes,failure");
        foreach (ChoiceRow row in report.Rows)
        {
            string[] chosen = row.Setting is not { } setting ? ["", "", "", "", "", "", ""] :
            [
                Csv.Field(report.Ladder[setting.Step].Name), Csv.Number(setting.Coding.Bytes),
                    Csv.Number(8.0 * setting.Coding.Bytes / setting.Coding.Pixels), Csv.Number(setting.Coding.Score),
                setting.Met ? "true" : "false", setting.Codings.ToString(CultureInfo.InvariantCulture), Csv.Field(row.File),
            ];
            string[] cells = [Csv.Field(row.Document), .. chosen, Csv.Number(row.AtOne?.Bytes), Csv.Number(row.AtOne?.Score), Csv.Number(row.Original), Csv.Field(row.Why ?? "")];
            writer.WriteLine(string.Join(',', cells));
        }
    }
}
