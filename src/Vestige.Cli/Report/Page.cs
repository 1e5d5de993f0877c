using System.Text;

namespace Vestige.Cli.Report;

/// <summary>The page of an audit: the bundled page of report/, filled with its data.</summary>
internal static class Page
{
    internal const string Name = Runs.ResultFiles.PageName;

    /// <summary>Bytes that a page stays under, its pictures cut to fit.</summary>
    internal const int MostBytes = 5_000_000;

    private const string Resource = "page.html";

    // Where the bundle expects the data; it stands there once.
    private const string Slot = "\"VESTIGE-DATA\"";

    // What estimates of coded sizes may be off by.
    private const int Slack = 200_000;

    /// <summary>Whether this build has the bundle: without node, npm or a network it is built without.</summary>
    internal static bool IsBuilt => typeof(Page).Assembly.GetManifestResourceInfo(Resource) is not null;

    /// <summary>The page of a finished folder.</summary>
    /// <exception cref="InvalidOperationException">This build has no bundle.</exception>
    internal static byte[] Of(ReportFolder folder, FitPictures fit, Action<double> progress)
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("This build has no page.");
        using var reader = new StreamReader(stream);
        string template = reader.ReadToEnd();
        string data = new PageData(folder, fit, progress).ToJson(MostBytes - Slack - Encoding.UTF8.GetByteCount(template));
        return Encoding.UTF8.GetBytes(template.Replace(Slot, data, StringComparison.Ordinal));
    }
}
