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
    private const int MostText = 600_000;

    /// <summary>Failed files that are listed.</summary>
    private const int MostProblems = 200;

    /// <summary>Bytes of one picture of tiles, which is shown whole or not at all: with its pixels as squares it is small.</summary>
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
        return Embedded(data);
    }

    /// <summary>Data as it may stand inside a script element.</summary>
    internal static string Embedded(JsonObject data)
    {
        // Only < can begin anything there: </script, <!--. The line separators end lines where a script is read as one.
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
        foreach (JsonNode? exhibit in result["exhibits"] as JsonArray ?? []) DropElsewhere(exhibit!);
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

    /// <summary>Files that would lead elsewhere are not shown and not linked to: a result may have come from anywhere.</summary>
    private static void DropElsewhere(JsonNode exhibit)
    {
        if (exhibit["files"] is not JsonArray files) return;
        exhibit["files"] = new JsonArray([.. files.Where(file => (string?)file!["path"] is { } path && ReportFolder.IsPlain(path)).Select(file => file!.DeepClone())]);
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
            Group[] groups = [.. exhibits.SelectMany(e => Files(place, e!))];
            // Base64 makes four bytes of three.
            int left = room / 4 * 3;
            var into = (JsonObject)audit["pictures"]!;
            // Tiles stand beside what they are compared with: a part of them would say nothing.
            Group[] tiles = [.. Spread([.. groups.Where(g => g.IsTiles)], left / 2, g => Math.Min(MostOfTiles, g.Shown[0].File.Length))];
            left -= Add(into, tiles, _ => MostOfTiles);
            Group[] large = [.. groups.Where(g => !g.IsTiles)];
            large = [.. Spread(large, Math.Max(1, left / LeastOfPicture), g => g.Exact)];
            double pictures = large.Sum(g => g.Weight);
            Add(into, large, g => (int)(left * g.Weight / pictures));
        }
    }

    /// <summary>A picture with its place in the folder and what the exhibit calls it.</summary>
    private sealed record Shown(string Path, string Label, byte[] File)
    {
        internal bool IsMap => Label is "lost map" or "invented map";
    }

    /// <summary>Pictures that are cut and shown together; maps stand last.</summary>
    private sealed record Group(Shown[] Shown)
    {
        /// <summary>A map takes about a tenth of what a picture without loss takes.</summary>
        private const double OfMap = 0.1;

        internal bool IsTiles => Shown[0].Label == "tiles";

        internal int Exact => Shown.Count(s => !s.IsMap);

        internal double Weight => Exact + (OfMap * (Shown.Length - Exact));
    }

    /// <summary>Pictures of an exhibit that are shown and cut together: an original with what is laid over it; others stand alone. The map of a whole
    /// picture is left beside the page, which has maps as layers.</summary>
    private IEnumerable<Group> Files(string place, JsonNode exhibit)
    {
        Shown[] shown = [.. Existing(place, exhibit)];
        return shown.Length == 0 ? [] : shown[0].Label == "original" ? [new Group([.. shown.OrderBy(s => s.IsMap)])]
            : shown.Where(s => s.Label != "map").Select(s => new Group([s]));
    }

    private IEnumerable<Shown> Existing(string place, JsonNode exhibit)
    {
        foreach (JsonNode? file in exhibit["files"] as JsonArray ?? [])
            if ((string?)file?["path"] is { } path && folder.Read(place, path) is { } content) yield return new Shown(path, (string?)file["label"] ?? "", content);
    }

    /// <summary>Adds exhibits' pictures, each within its room; how many bytes they took.</summary>
    private int Add(JsonObject into, Group[] groups, Func<Group, int> room)
    {
        var fitted = new FittedPictures?[groups.Length];
        int done = 0;
        Parallel.For(0, groups.Length, g =>
        {
            fitted[g] = fit([.. groups[g].Shown.Select(s => s.File)], groups[g].Exact, room(groups[g])) is { } made
                && !(groups[g].IsTiles && made.Remark is not null) ? made : null;
            progress((double)Interlocked.Increment(ref done) / groups.Length);
        });
        return groups.Zip(fitted, (group, pictures) => pictures is null ? 0 : Add(into, group.Shown, pictures)).Sum();
    }

    private static int Add(JsonObject into, Shown[] shown, FittedPictures fitted)
    {
        for (int i = 0; i < shown.Length; i++)
        {
            var picture = new JsonObject
            {
                ["src"] = string.Create(CultureInfo.InvariantCulture, $"data:{fitted.MediaType};base64,{Convert.ToBase64String(fitted.Files[i])}"),
                ["width"] = fitted.Width,
                ["height"] = fitted.Height,
            };
            if (fitted.Remark is not null) picture["remark"] = fitted.Remark;
            into[shown[i].Path] = picture;
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
