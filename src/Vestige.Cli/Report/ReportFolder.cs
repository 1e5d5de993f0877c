using System.Text.Json;
using System.Text.Json.Nodes;
using Vestige.Cli.Faults;
using Vestige.Cli.Runs;
using Vestige.Conclusions;
using Vestige.Files.Interop;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Cli.Report;

/// <summary>A finished folder of <c>--out</c>: one audit, or several in folders of their own.</summary>
internal sealed class ReportFolder
{
    private readonly string _path;

    /// <summary>One audit of the folder.</summary>
    /// <param name="Place">Where its files are, relative to the folder, with a slash at the end; empty for the folder itself.</param>
    /// <param name="Result">Its result, as it stands in the file.</param>
    internal sealed record Finished(string Place, JsonObject Result);

    private ReportFolder(string path, IReadOnlyList<Finished> audits, IReadOnlyList<string> comparisons) =>
        (_path, Audits, Comparisons) = (path, audits, comparisons);

    /// <summary>In the order of their names.</summary>
    internal IReadOnlyList<Finished> Audits { get; }

    /// <summary>What audits that belong together say side by side.</summary>
    internal IReadOnlyList<string> Comparisons { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">It holds no result, or one that this version cannot read.</exception>
    internal static ReportFolder Open(string path)
    {
        try
        {
            if (!Directory.Exists(path)) throw new DataException($"{path} is no folder; name the folder that an audit's --out wrote");
            string[] places = Inside(path, ResultFiles.ResultName) is not null ? [""]
                : [.. Directory.GetDirectories(path).Select(d => Path.GetFileName(d) + "/")
                    .Where(place => Inside(path, place + ResultFiles.ResultName) is not null).Order(StringComparer.Ordinal)];
            if (places.Length == 0) throw new DataException($"{path} holds no {ResultFiles.ResultName} (links are not followed); name the folder that an audit's --out wrote");
            (string Place, JsonObject Written)[] files = [.. places.Select(place => (place, Read(Path.Combine(path, place, ResultFiles.ResultName))))];
            return new ReportFolder(path,
                [.. files.SelectMany(file => Results(file.Written).Select(result => new Finished(file.Place, result)))],
                [.. files.Where(file => file.Written["results"] is JsonArray).SelectMany(file => file.Written["findings"] as JsonArray ?? [])
                    .Select(finding => (string?)finding?["text"]).OfType<string>()]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>A file of the folder; null where it is missing or lies elsewhere.</summary>
    /// <param name="place">Of the audit.</param>
    /// <param name="name">As the result names it. A result may have come from anywhere: a name that leads out of the folder is not followed.</param>
    internal byte[]? Read(string place, string name)
    {
        try
        {
            return IsPlain(name) && Inside(_path, place + name) is { } file ? File.ReadAllBytes(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    internal bool Has(string place, string name) => Inside(_path, place + name) is not null;

    /// <summary>Whether a name stays in the folder that it is relative to: the page links to no other.</summary>
    internal static bool IsPlain(string name) =>
        name.Length > 0 && !name.Contains('\\', StringComparison.Ordinal) && name.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>The path of a file of a folder; null where there is none, or where a link, a pipe or a device stands at its place or on the way.</summary>
    private static string? Inside(string folder, string name)
    {
        string path = folder;
        string[] parts = name.Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            path = Path.Combine(path, parts[i]);
            if (FileFacts.Of(path, follow: false)?.Kind != (i < parts.Length - 1 ? FileKind.Folder : FileKind.File)) return null;
        }
        return path;
    }

    /// <summary>The audits of a file: one, or a set.</summary>
    private static IEnumerable<JsonObject> Results(JsonObject written) =>
        written["results"] is JsonArray set ? set.Select(result => (JsonObject)result!) : [written];

    /// <summary>Adds the question and its answer to results of versions that wrote none.</summary>
    private static void Answer(JsonObject result)
    {
        AuditResult read = ResultJson.FromUtf8(System.Text.Encoding.UTF8.GetBytes(result.ToJsonString()));
        if (read.Findings.Any(finding => finding.Part == FindingPart.Answer)) return;
        var findings = result["findings"] as JsonArray ?? [];
        foreach (Finding finding in Conclude.Answers(read))
            findings.Add((JsonNode)new JsonObject { ["id"] = finding.Id, ["text"] = finding.Text, ["part"] = finding.Part.ToString() });
        result["findings"] ??= findings;
    }

    private static JsonObject Read(string file)
    {
        try
        {
            byte[] utf8 = File.ReadAllBytes(file);
            // Judged as a result, carried as it stands: figures that this version does not know reach the page too.
            JsonObject written = ResultJson.ReadJson(utf8);
            foreach (JsonObject result in Results(written)) Answer(result);
            return written;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new DataException($"{file} is no result that this version can read: {e.Message} Run its audit again; with the same --out finished work is taken up");
        }
    }
}
