using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vestige.Cli.Runs;

namespace Vestige.Cli.Report;

/// <summary>What a page shows, as JSON for its script: the results, and as many pictures and samples as it has room for.</summary>
/// <param name="folder">The finished folder.</param>
/// <param name="fit">Makes pictures fit; called from several threads.</param>
/// <param name="progress">Told what share of the pictures is done; from several threads.</param>
internal sealed class PageData(ReportFolder folder, FitPictures fit, Action<double> progress)
{
    /// <summary>Bytes of coloured text in all; a page is to be sent by mail.</summary>
    private const int MostText = 1_000_000;

    /// <summary>Failed files that are listed.</summary>
    private const int MostProblems = 200;

    /// <summary>Bytes of one picture of tiles: with its pixels as squares it is small.</summary>
    private const int MostOfTiles = 150_000;

    /// <summary>Pictures smaller than this show nothing: fewer compressors are then shown.</summary>
    private const int LeastOfPicture = 12_000;

    // The stricter encoders would write every + of base64 as six characters.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON, safe inside a script element.</summary>
    /// <param name="room">Bytes it may take at most, or nearly.</param>
    internal string ToJson(int room)
    {
        var audits = new JsonArray();
        foreach (ReportFolder.Finished audit in folder.Audits) audits.Add(Audit(audit));
        var data = new JsonObject { ["audits"] = audits, ["comparison"] = string.Join(" ", folder.Comparisons) };
        int taken = Encoding.UTF8.GetByteCount(data.ToJsonString(s_json));
        AddPictures(audits, Math.Max(0, room - taken) / audits.Count);
        // Inside a script element only < can begin anything: </script, <!--. The line separators end lines where a script is read as one.
        return data.ToJsonString(s_json).Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal);
    }

    private JsonObject Audit(ReportFolder.Finished audit)
    {
        JsonObject result = (JsonObject)audit.Result.DeepClone();
        var left = new JsonObject();
        if (result["problems"] is JsonArray problems && problems.Count > MostProblems)
        {
            left["problems"] = problems.Count - MostProblems;
            result["problems"] = new JsonArray([.. problems.Take(MostProblems).Select(p => p!.DeepClone())]);
        }
        if (result["exhibits"] is JsonArray exhibits && TextLeft(exhibits) is { Count: > 0 } without)
        {
            left["texts"] = without.Count;
            result["exhibits"] = new JsonArray([.. exhibits.Where(e => !without.Contains(e!)).Select(e => e!.DeepClone())]);
        }
        return new JsonObject
        {
            ["place"] = audit.Place,
            ["items"] = folder.Has(audit.Place, ItemsFile.Name),
            ["left"] = left,
            ["result"] = result,
            ["pictures"] = new JsonObject(),
        };
    }

    /// <summary>Exhibits of text that there is no room for: each compressor in turn gets its next one in.</summary>
    private HashSet<JsonNode> TextLeft(JsonArray exhibits)
    {
        int room = MostText / folder.Audits.Count;
        var turns = new Dictionary<string, int>();
        var left = new HashSet<JsonNode>();
        IEnumerable<(JsonNode Exhibit, int Turn)> texts = exhibits.Where(e => e!["spans"] is not null).Select(e =>
        {
            string row = (string?)e!["row"] ?? "";
            turns[row] = turns.GetValueOrDefault(row) + 1;
            return (e, turns[row]);
        });
        foreach ((JsonNode exhibit, _) in texts.OrderBy(t => t.Turn))
        {
            int size = Encoding.UTF8.GetByteCount(exhibit.ToJsonString(s_json));
            if (size <= room) room -= size;
            else left.Add(exhibit);
        }
        return left;
    }

    /// <summary>Pictures of each audit, inline. Those of one exhibit are cut together; small ones first.</summary>
    private void AddPictures(JsonArray audits, int room)
    {
        foreach (JsonNode? audit in audits)
        {
            string place = (string)audit!["place"]!;
            JsonArray exhibits = audit["result"]!["exhibits"] as JsonArray ?? [];
            (string[] Paths, byte[][] Files)[] groups = [.. exhibits.SelectMany(e => Files(place, e!)).Where(g => g.Files.Length > 0)];
            // Base64 makes four bytes of three.
            int left = room / 4 * 3;
            var into = (JsonObject)audit["pictures"]!;
            (string[] Paths, byte[][] Files)[] small = [.. groups.Where(g => g.Files.Length == 1)], large = [.. groups.Where(g => g.Files.Length > 1)];
            left -= Add(into, small, _ => Math.Min(MostOfTiles, left / Math.Max(1, 3 * small.Length)));
            large = [.. Spread(large, Math.Max(1, left / LeastOfPicture), g => g.Paths.Length)];
            int pictures = large.Sum(g => g.Paths.Length);
            Add(into, large, g => (int)((long)left * g.Paths.Length / pictures));
        }
    }

    /// <summary>Pictures of an exhibit that are shown and cut together: an original with what is laid over it; others stand alone.</summary>
    private IEnumerable<(string[] Paths, byte[][] Files)> Files(string place, JsonNode exhibit)
    {
        (string[] paths, byte[][] files) = Existing(place, exhibit);
        return (string?)exhibit["files"]?.AsArray().FirstOrDefault()?["label"] == "original" ? [(paths, files)]
            : paths.Zip(files, (path, file) => (new[] { path }, new[] { file }));
    }

    private (string[] Paths, byte[][] Files) Existing(string place, JsonNode exhibit)
    {
        var paths = new List<string>();
        var files = new List<byte[]>();
        foreach (JsonNode? file in exhibit["files"] as JsonArray ?? [])
        {
            if ((string?)file?["path"] is not { } path || folder.Read(place, path) is not { } content) continue;
            paths.Add(path);
            files.Add(content);
        }
        return ([.. paths], [.. files]);
    }

    /// <summary>Adds exhibits' pictures, each within its room; how many bytes they took.</summary>
    private int Add(JsonObject into, (string[] Paths, byte[][] Files)[] groups, Func<(string[] Paths, byte[][] Files), int> room)
    {
        var fitted = new FittedPictures?[groups.Length];
        int done = 0;
        Parallel.For(0, groups.Length, g =>
        {
            fitted[g] = fit(groups[g].Files, room(groups[g]));
            progress((double)Interlocked.Increment(ref done) / groups.Length);
        });
        return groups.Zip(fitted, (group, pictures) => pictures is null ? 0 : Add(into, group.Paths, pictures)).Sum();
    }

    private static int Add(JsonObject into, string[] paths, FittedPictures fitted)
    {
        for (int i = 0; i < paths.Length; i++)
        {
            var picture = new JsonObject
            {
                ["src"] = string.Create(CultureInfo.InvariantCulture, $"data:{fitted.MediaType};base64,{Convert.ToBase64String(fitted.Files[i])}"),
                ["width"] = fitted.Width,
                ["height"] = fitted.Height,
            };
            if (fitted.Remark is not null) picture["remark"] = fitted.Remark;
            into[paths[i]] = picture;
        }
        return fitted.Files.Sum(file => file.Length);
    }

    /// <summary>As many as there is room for, evenly from first to last.</summary>
    private static IEnumerable<T> Spread<T>(T[] all, int room, Func<T, int> size)
    {
        int total = all.Sum(size);
        if (total <= room) return all;
        int count = Math.Max(1, all.Length * room / total);
        return Enumerable.Range(0, count).Select(i => all[i * all.Length / count]);
    }
}
