using System.Globalization;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Report;
using Vestige.Cli.Runs;
using Vestige.Cli.Studies;
using Vestige.Compressors;
using Vestige.Images.Exhibits;
using Vestige.Images.Interop;

namespace Vestige.Cli.Commands;

/// <summary>From a finished folder to its page.</summary>
internal static class ReportRun
{
    private const string Missing = "this build of vestige has no page to fill; "
        + "run ./vestige again where node and npm, or apt-get, and their registries can be reached";

    /// <summary>Makes the page, and says where it is.</summary>
    internal static int Run(Context context, string folder)
    {
        bool study = StudyReport.Is(folder);
        ReportFolder? finished = study ? null : ReportFolder.Open(folder);
        if (!Page.IsBuilt) throw new DataException($"{Path.Combine(folder, Page.Name)} cannot be made: {Missing}");
        context.Output.Results.WriteLine(finished is null ? WriteStudy(folder) : Write(context, finished, folder));
        return ExitStatus.Done;
    }

    /// <summary>The same after an audit, which is done without a page too.</summary>
    internal static void After(Context context, string folder)
    {
        if (Page.IsBuilt) context.Output.Note($"to look at: {Write(context, ReportFolder.Open(folder), folder)}");
        else context.Output.Note($"{Path.Combine(folder, Page.Name)} was not made: {Missing}");
    }

    /// <summary>The same after a study.</summary>
    internal static void AfterStudy(Context context, string folder)
    {
        if (Page.IsBuilt) context.Output.Note($"to look at: {WriteStudy(folder)}");
        else context.Output.Note($"{Path.Combine(folder, Page.Name)} was not made: {Missing}");
    }

    private static string WriteStudy(string folder)
    {
        byte[] page = StudyReport.PageOf(folder);
        using OutputPlace place = Place(folder);
        place.Write(Page.Name, page);
        return Path.Combine(folder, Page.Name);
    }

    private static string Write(Context context, ReportFolder finished, string folder)
    {
        using OutputPlace place = Place(folder);
        place.Check(Page.Name);
        using ProgressLine progress = context.Output.Progress();
        place.Write(Page.Name, Page.Of(finished, Fit, done => progress.Report(new WorkProgress("cutting pictures for the page", done))));
        return Path.Combine(folder, Page.Name);
    }

    private static OutputPlace Place(string folder)
    {
        // A folder around those of audits is the user's.
        if (!OwnFolder.IsOwn(folder)) OwnFile.Page.Refuse($"report: {Path.Combine(folder, Page.Name)}", Path.Combine(folder, Page.Name));
        return OutputPlace.Folder("report", folder, Inputs.None, any: true);
    }

    private static FittedPictures? Fit(IReadOnlyList<byte[]> files, int exact, int bytes)
    {
        try
        {
            return PictureCutter.Fit(files, exact, bytes) is not { } part ? null
                : new FittedPictures(part.Files, "image/webp", part.Width, part.Height, part.Whole ? null : string.Create(CultureInfo.InvariantCulture,
                    $"{part.Width} x {part.Height} pixels from ({part.Left}, {part.Top}), {(files.Count > 1 ? "where most changed" : "the middle")}"));
        }
        catch (VipsException)
        {
            // The files are beside the page, which links to them.
            return null;
        }
    }
}
