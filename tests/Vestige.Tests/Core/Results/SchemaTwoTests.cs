using System.Text;
using System.Text.Json.Nodes;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Core.Results;

/// <summary>Results of the second schema, in which four fields had other names.</summary>
public sealed class SchemaTwoTests
{
    private static JsonObject Old()
    {
        JsonObject root = JsonNode.Parse(ResultJson.ToUtf8(Given.Result(Given.Row("jpeg:q=50", 1, .2, .3))))!.AsObject();
        root["schema"] = 2;
        root["unknown"] = "kept";
        JsonObject row = root["rows"]![0]!.AsObject(), ledger = row["ledgers"]![0]!.AsObject(), sizes = ledger["sizes"]!.AsObject();
        Assert.True(ledger.Remove("element") && sizes.Remove("elements"));
        (ledger["thing"], sizes["things"]) = ("word pair", 321);
        ledger["favour"] = JsonNode.Parse("""{ "value": 3.5, "unit": "times" }""");
        row["extraction"] = JsonNode.Parse("""
            { "prefix": 50, "suffix": 50, "trainingTried": 1, "trainingExact": 0, "heldOutTried": 1, "heldOutExact": 0, "difference": { "unit": "share" }, "byOffset": [], "draws": 0,
              "extracted": [], "prompts": [],
              "canaries": { "characters": 20, "fresh": 9, "groups": [{ "times": 1, "count": 4, "exposure": 2, "told": 0.75, "p": 0.1, "extracted": 0 }] } }
            """);
        return root;
    }

    private static byte[] Utf8(JsonObject root) => Encoding.UTF8.GetBytes(root.ToJsonString());

    [Fact]
    public void Old_names_are_read()
    {
        AuditResult read = ResultJson.FromUtf8(Utf8(Old()));
        Row row = read.Rows[0];
        Assert.Equal(AuditResult.CurrentSchema, read.Schema);
        Assert.Equal(("word pair", 321), (row.Ledgers[0].Element, row.Ledgers[0].Sizes.Elements));
        Assert.Equal(3.5, row.Ledgers[0].BreakdownRatio!.Value);
        Assert.Equal(0.75, Assert.Single(row.Extraction!.Canaries!.Groups).Auc);
    }

    [Fact]
    public void Of_a_set_too()
    {
        JsonObject set = new() { ["schema"] = 2, ["results"] = new JsonArray(Old(), Old()), ["findings"] = new JsonArray() };
        Assert.All(ResultJson.ReadAll(Utf8(set)).Results, result => Assert.Equal("word pair", result.Rows[0].Ledgers[0].Element));
        JsonObject json = ResultJson.ReadJson(Utf8(set));
        Assert.Equal(AuditResult.CurrentSchema, (int)json["schema"]!);
        Assert.Equal("word pair", (string)json["results"]![1]!["rows"]![0]!["ledgers"]![0]!["element"]!);
    }

    [Fact]
    public void What_this_version_does_not_know_stays_in_what_the_page_is_made_of()
    {
        JsonObject json = ResultJson.ReadJson(Utf8(Old()));
        Assert.Equal("kept", (string)json["unknown"]!);
        Assert.Null(json["rows"]![0]!["ledgers"]![0]!["thing"]);
    }

    [Theory]
    [InlineData("""{ "schema": 2, "rows": 5 }""")]
    [InlineData("""{ "schema": 2, "rows": [5, null, { "ledgers": { } }, { "ledgers": [ { "sizes": [] } ], "extraction": 1 }] }""")]
    [InlineData("""{ "schema": 2, "rows": [{ "extraction": { "canaries": { "groups": [null, 1] } } }] }""")]
    public void What_is_none_is_refused(string json) =>
        Assert.Throws<System.Text.Json.JsonException>(() => ResultJson.FromUtf8(Encoding.UTF8.GetBytes(json)));
}
