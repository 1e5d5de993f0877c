using System.Text;
using System.Text.Json.Nodes;

namespace Vestige.Cli.Report;

/// <summary>The page of an audit: the bundled page of report/, filled with its data.</summary>
internal static class Page
{
    internal const string Name = Runs.ResultFiles.PageName;

    /// <summary>Bytes that a page stays under, its pictures cut to fit.</summary>
    internal const int MostBytes = 2_000_000;

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
        string template = Template();
        return Filled(template, new PageData(folder, fit, progress).ToJson(MostBytes - Slack - Encoding.UTF8.GetByteCount(template)));
    }

    /// <summary>The page of a study.</summary>
    /// <param name="study">Its result, as JSON.</param>
    /// <param name="speed">How long its cells took, as JSON.</param>
    /// <exception cref="InvalidOperationException">This build has no bundle.</exception>
    internal static byte[] OfStudy(byte[] study, byte[] speed)
    {
        var data = new JsonObject { ["study"] = JsonNode.Parse(study), ["speed"] = JsonNode.Parse(speed) };
        return Filled(Template(), PageData.Embedded(data));
    }

    private static string Template()
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("This build has no page.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static byte[] Filled(string template, string data) => Encoding.UTF8.GetBytes(template.Replace(Slot, data, StringComparison.Ordinal));
}
