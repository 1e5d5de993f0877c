using System.Text.Json;
using Vestige.Cli.Faults;
using Vestige.Cli.Report;
using Vestige.Files.Interop;
using Vestige.Studies;

namespace Vestige.Cli.Studies;

/// <summary>The page of a study's folder, made anew from what was measured.</summary>
internal static class StudyReport
{
    // What was measured is a few figures a cell; more is no study of ours.
    private const long MostBytes = 1L << 30;

    /// <summary>Whether a folder holds a study.</summary>
    internal static bool Is(string folder) => FileFacts.Of(Path.Combine(folder, StudyFolder.ResultName), follow: false)?.Kind is FileKind.File;

    /// <summary>The page. Effects and sentences are computed again, so that an older study reads as this version would have it.</summary>
    /// <exception cref="DataException">The study cannot be read.</exception>
    internal static byte[] PageOf(string folder)
    {
        string file = Path.Combine(folder, StudyFolder.ResultName), speed = Path.Combine(folder, StudyFolder.SpeedName);
        try
        {
            if (new FileInfo(file).Length > MostBytes) throw new DataException($"{file} is larger than any study");
            var measured = StudyResult.FromUtf8(File.ReadAllBytes(file));
            byte[] times = FileFacts.Of(speed, follow: false)?.Kind is FileKind.File ? File.ReadAllBytes(speed) : "[]"u8.ToArray();
            return Page.OfStudy(StudyAnalysis.Of(measured, StudyDesign.Of(measured)).ToUtf8(), times);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            throw new DataException($"{file} is no study that this version can read: {e.Message} Run it again; with the same --out finished runs are taken up");
        }
    }
}
