using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Vestige.Cli.Report;

/// <summary>What a page shows, as JSON for its script: the results, and as many pictures and samples as it has room for.</summary>
/// <param name="folder">The finished folder.</param>
/// <param name="fit">Makes pictures fit.</param>
internal sealed class PageData(ReportFolder folder, FitPictures fit)
{
    /// <summary>Bytes of coloured text in all; a page is to be sent by mail.</summary>
    private const int MostText = 1_000_000;

    /// <summary>Failed files that are listed.</summary>
    private const int MostProblems = 200;

    /// <summary>Pictures smaller than this show nothing: fewer compressors are then shown.</summary>
    private const int LeastOfPicture = 12_000;

    // Escapes what HTML could read as markup (<, >, &) and U+2028, U+2029, and leaves other scripts as they are.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The JSON, safe inside a script element.</summary>
    /// <param name="room">Bytes it may take at most, or nearly.</param>
    internal string ToJson(int room)
    {
        var audits = new JsonArray();
        foreach (ReportFolder.Finished audit in folder.Audits) audits.Add(Audit(audit));
        var data = new JsonObject { ["audits"] = audits };
        int taken = Encoding.UTF8.GetByteCount(data.ToJsonString(s_json));
        AddPictures(audits, Math.Max(0, room - taken) / audits.Count);
        return data.ToJsonString(s_json);
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
            ["items"] = folder.Has(audit.Place, ReportFolder.ItemsName),
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
            (string[] Paths, byte[][] Files)[] groups = [.. exhibits.Select(e => Files(place, e!)).Where(g => g.Files.Length > 0)];
            // Base64 makes four bytes of three.
            int left = room / 4 * 3;
            var into = (JsonObject)audit["pictures"]!;
            foreach ((string[] paths, byte[][] files) in groups.Where(g => g.Files.Length == 1)) left -= Add(into, paths, files, Math.Min(left, 150_000));
            (string[] Paths, byte[][] Files)[] large = [.. groups.Where(g => g.Files.Length > 1)];
            int most = Math.Max(1, left / LeastOfPicture);
            large = [.. Spread(large, most, g => g.Paths.Length)];
            for (int g = 0; g < large.Length; g++)
            {
                int pictures = large.Skip(g).Sum(l => l.Paths.Length);
                left -= Add(into, large[g].Paths, large[g].Files, (int)((long)left * large[g].Paths.Length / pictures));
            }
        }
    }

    private (string[] Paths, byte[][] Files) Files(string place, JsonNode exhibit)
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

    /// <summary>Adds an exhibit's pictures; how many bytes they took.</summary>
    private int Add(JsonObject into, string[] paths, byte[][] files, int room)
    {
        if (fit(files, room) is not { } fitted) return 0;
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
