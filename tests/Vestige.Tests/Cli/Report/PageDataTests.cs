using System.Text;
using System.Text.Json.Nodes;
using Vestige.Cli.Faults;
using Vestige.Cli.Report;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Tests.Core;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli.Report;

/// <summary>What of a finished folder reaches its page.</summary>
public sealed class PageDataTests : IDisposable
{
    private const string Hostile = "</script><!-- \u2028 \u2029 \" \\ é 字 ";

    private static readonly AuditResult s_result = Given.Result(Given.Row("yardstick", null, .02, .04, named: false, codec: false), Given.Row("jpeg:q=50", .9, .2, .3));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static FittedPictures Twice(IReadOnlyList<byte[]> files, int exact, int bytes) => new([.. files.Select(_ => new byte[bytes / files.Count])], "image/webp", 3, 2, null);

    private string Json(AuditResult result, int room = 100_000, FitPictures? fit = null)
    {
        _folder.Write("results.json", ResultJson.ToUtf8(result));
        return new PageData(ReportFolder.Open(_folder.Path), fit ?? Twice, _ => { }).ToJson(room);
    }

    private static JsonNode Audit(string json) => JsonNode.Parse(json)!["audits"]![0]!;

    [Fact]
    public void A_result_reaches_the_page_as_it_is_and_cannot_leave_its_element()
    {
        AuditResult result = s_result with { Problems = [new Problem(Hostile, null, Hostile)] };
        string json = Json(result);
        Assert.DoesNotContain("<", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2028", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2029", json, StringComparison.Ordinal);
        Assert.Equal(Hostile, (string?)Audit(json)["result"]!["problems"]![0]!["document"]);
        Assert.Contains("字", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_that_this_version_does_not_know_reach_the_page_too()
    {
        var result = (JsonObject)JsonNode.Parse(ResultJson.ToUtf8(s_result))!;
        result["rows"]![0]!["later"] = 7;
        _folder.Write("results.json", Encoding.UTF8.GetBytes(result.ToJsonString()));
        JsonNode audit = Audit(new PageData(ReportFolder.Open(_folder.Path), Twice, _ => { }).ToJson(1000));
        Assert.Equal(7, (int)audit["result"]!["rows"]![0]!["later"]!);
    }

    [Fact]
    public void Pictures_share_the_room_and_none_is_read_outside_the_folder()
    {
        _folder.Write("exhibits/a.png", [1]);
        _folder.Write("exhibits/b.png", [2]);
        string outside = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "outside-" + Path.GetFileName(_folder.Path));
        File.WriteAllText(outside, "secret");
        try
        {
            ExhibitFile[] files = [new("original", "exhibits/a.png"), new("reconstruction", "exhibits/b.png"),
                new("?", "../" + Path.GetFileName(outside)), new("?", outside), new("?", "exhibits/none.png")];
            var asked = new List<int>();
            string json = Json(s_result with { Exhibits = [new Exhibit("jpeg:q=50", "worst", "", files)] }, 400_000, (f, exact, bytes) =>
            {
                Assert.All(f, file => Assert.Single(file));
                asked.Add(bytes);
                return Twice(f, exact, bytes);
            });
            Assert.Equal(["exhibits/a.png", "exhibits/b.png"], ((JsonObject)Audit(json)["pictures"]!).Select(p => p.Key));
            Assert.InRange(Assert.Single(asked), 200_000, 300_000);
            // What stands around each picture, some 100 bytes, comes on top.
            Assert.InRange(json.Length, 250_000, 400_000 + (2 * 200));
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Fact]
    public void Where_there_is_room_for_few_pictures_the_rows_shown_are_spread()
    {
        for (int i = 0; i < 100; i++) _folder.Write($"{i}.png", [1]);
        Exhibit[] exhibits = [.. Enumerable.Range(0, 50).Select(i => new Exhibit("jpeg:q=50", "worst", "",
            [new("original", $"{2 * i}.png"), new("reconstruction", $"{(2 * i) + 1}.png")]))];
        string json = Json(s_result with { Exhibits = exhibits }, 200_000);
        string[] shown = [.. ((JsonObject)Audit(json)["pictures"]!).Select(p => p.Key)];
        Assert.InRange(shown.Length, 4, 20);
        Assert.Contains("0.png", shown);
        Assert.Contains(shown, name => int.Parse(name[..^4], System.Globalization.CultureInfo.InvariantCulture) > 60);
        Assert.InRange(json.Length, 50_000, 210_000);
    }

    [Fact]
    public void Problems_and_texts_are_cut_and_what_is_left_out_is_counted()
    {
        AuditResult result = s_result with { Problems = [.. Enumerable.Range(0, 500).Select(i => new Problem($"{i}", null, "broken"))] };
        var node = (JsonObject)JsonNode.Parse(ResultJson.ToUtf8(result))!;
        // 300 of 10 kB each for one row, one of another: the other's is kept.
        var texts = new JsonArray([.. Enumerable.Range(0, 300).Append(300).Select(i => new JsonObject
        {
            ["row"] = i < 300 ? "a" : "b", ["kind"] = "sample", ["caption"] = "", ["files"] = new JsonArray(),
            ["spans"] = new JsonArray(new JsonObject { ["text"] = new string('x', 10_000), ["class"] = "plain" }),
        })]);
        node["exhibits"] = texts;
        _folder.Write("results.json", Encoding.UTF8.GetBytes(node.ToJsonString()));
        JsonNode audit = Audit(new PageData(ReportFolder.Open(_folder.Path), Twice, _ => { }).ToJson(4_000_000));
        Assert.Equal(200, audit["result"]!["problems"]!.AsArray().Count);
        Assert.Equal(300, (int)audit["left"]!["problems"]!);
        JsonArray kept = audit["result"]!["exhibits"]!.AsArray();
        // 600 kB of texts, of which each has its braces too.
        Assert.InRange(kept.Count, 50, 60);
        Assert.Equal(301 - kept.Count, (int)audit["left"]!["texts"]!);
        Assert.Single(kept, e => (string?)e!["row"] == "b");
    }

    [Fact]
    public void Folders_of_several_audits_share_a_page_in_the_order_of_their_names()
    {
        _folder.Write("b/results.json", ResultJson.ToUtf8(s_result));
        _folder.Write("a/results.json", ResultJson.ToUtf8(s_result));
        _folder.Write("b/items.csv", []);
        JsonArray audits = JsonNode.Parse(new PageData(ReportFolder.Open(_folder.Path), Twice, _ => { }).ToJson(1000))!["audits"]!.AsArray();
        Assert.Equal(["a/", "b/"], audits.Select(a => (string?)a!["place"]));
        Assert.Equal([false, true], audits.Select(a => (bool)a!["items"]!));
    }

    [Fact]
    public void A_set_of_audits_is_several_of_one_place_with_what_they_say_side_by_side()
    {
        _folder.Write("results.json", ResultJson.ToUtf8(new AuditSet { Results = [s_result, s_result], Findings = [new Finding("side-by-side", null, "Both.")] }));
        JsonNode data = JsonNode.Parse(new PageData(ReportFolder.Open(_folder.Path), Twice, _ => { }).ToJson(1000))!;
        Assert.Equal(["", ""], data["audits"]!.AsArray().Select(a => (string?)a!["place"]));
        Assert.Equal("Both.", (string?)data["comparison"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("not JSON")]
    [InlineData("")]
    public void What_is_no_result_is_refused_by_name(string content)
    {
        _folder.Write("results.json", Encoding.UTF8.GetBytes(content));
        Assert.Contains("results.json", Assert.Throws<DataException>(() => ReportFolder.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }
}
