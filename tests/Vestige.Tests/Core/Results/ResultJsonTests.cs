using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Core.Results;

public sealed class ResultJsonTests
{
    [Fact]
    public void A_result_read_back_is_written_the_same()
    {
        AuditResult result = Given.Result(Given.Row("yardstick", null, 0, 0, named: false, codec: false), Given.Row("jpeg:q=50", 1, .2, .3)) with
        {
            Choice = new Choice("lost<0.05", true, null) { Families = [new FamilyChoice("jpeg", null) { Nearest = "jpeg:q=50", Why = "lost 0.2" }] },
            Gates = [new GateOutcome("lost>0.1", "jpeg:q=50", true, "lost 0.2 [0.19 0.21] > 0.1")],
            Exhibits = [new Exhibit("jpeg:q=50", "worst", "A caption with <markup>.", [new ExhibitFile("original", "exhibits/a.png")])],
        };
        byte[] bytes = ResultJson.ToUtf8(result);
        Assert.Equal(bytes, ResultJson.ToUtf8(ResultJson.FromUtf8(bytes)));
    }

    [Fact]
    public void A_newer_schema_is_refused_with_what_to_do()
    {
        string text = Encoding.UTF8.GetString(ResultJson.ToUtf8(Given.Result(Given.Row("jpeg:q=50", 1, .2, .3))))
            .Replace($"\"schema\": {AuditResult.CurrentSchema}", "\"schema\": 99", StringComparison.Ordinal);
        JsonException error = Assert.Throws<JsonException>(() => ResultJson.FromUtf8(Encoding.UTF8.GetBytes(text)));
        Assert.Contains("schema 99", error.Message, StringComparison.Ordinal);
        Assert.Contains("update", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stood_in_texts_of_their_own_is_a_finding_today()
    {
        string text = Encoding.UTF8.GetString(ResultJson.ToUtf8(Given.Result(Given.Row("jpeg:q=50", 1, .2, .3))));
        JsonObject old = JsonNode.Parse(text)!.AsObject();
        old["schema"] = 1;
        old["findings"] = JsonNode.Parse("""[{ "id": "lost", "row": "jpeg:q=50", "text": "It loses much." }]""");
        old["matched"] = JsonNode.Parse("""[{ "baseline": "jpeg", "family": "webp", "quality": "ssimulacra2", "documents": 1, "bytesRatio": { "unit": "ratio" }, "documentsAtBytes": 1, "atSameBytes": [], "text": "webp beside jpeg." }]""");
        old["choice"] = JsonNode.Parse("""{ "tolerance": 0.02, "best": null, "unsure": false, "text": "None will do.", "codecs": [{ "family": "jpeg", "text": "not jpeg:q=50" }] }""");
        AuditResult read = ResultJson.FromUtf8(Encoding.UTF8.GetBytes(old.ToJsonString()));
        Assert.Equal(["It loses much.", "webp beside jpeg.", "None will do.", "jpeg: not jpeg:q=50."], read.Findings.Select(f => f.Text));
        Assert.Equal([FindingPart.Account, FindingPart.Matched, FindingPart.Choice, FindingPart.Choice], read.Findings.Select(f => f.Part));
        Assert.Null(read.Choice);
        AuditSet set = ResultJson.ReadAll(Encoding.UTF8.GetBytes($$"""{ "schema": 1, "results": [{{old.ToJsonString()}}], "comparison": "Side by side." }"""));
        Assert.Equal("Side by side.", Assert.Single(set.Findings).Text);
    }

    [Fact]
    public void Speed_stands_last_so_that_the_rest_can_be_compared_byte_for_byte()
    {
        using JsonDocument json = JsonDocument.Parse(ResultJson.ToUtf8(Given.Result(Given.Row("jpeg:q=50", 1, .2, .3))));
        Assert.Equal("speed", json.RootElement.EnumerateObject().Last().Name);
    }
}
