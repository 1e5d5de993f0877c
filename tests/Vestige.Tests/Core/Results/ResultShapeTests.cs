using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Core.Results;

/// <summary>JSON from anywhere is a result or is refused with its place; a figure that is no number ends nothing.</summary>
public sealed class ResultShapeTests
{
    private static string Text => Encoding.UTF8.GetString(ResultJson.ToUtf8(Whole));

    private static AuditResult Whole => Given.Result(Given.Row("yardstick", null, 0, 0, named: false, codec: false), Given.Row("jpeg:q=50", 1, .2, .3)) with
    {
        Exhibits = [new Exhibit("jpeg:q=50", "worst", "A caption.", [new ExhibitFile("original", "exhibits/a.png")])],
    };

    public static TheoryData<string, string> Faults => new()
    {
        { "null", "it holds no result" },
        { "[]", "it holds no result" },
        { "\"results\"", "it holds no result" },
        { "{}", "missing required" },
        { "{\"results\":[],\"comparison\":\"\"}", "it holds no audit" },
        { "{\"results\":[null],\"comparison\":\"\"}", "$.results[0] is null" },
        { "{\"results\":null,\"comparison\":\"\"}", "$.results is missing" },
        { "{\"results\":{},\"comparison\":\"\"}", "$.results" },
        { "{\"a\":1,\"a\":2}", "Duplicate" },
        { "{\"a\":\"\\ud800\"}", "half a character" },
        { "{\"\\udc00\":1}", "half a character" },
        { "{", "depth" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_no_result_is_refused(string json, string words)
    {
        JsonException said = Assert.ThrowsAny<JsonException>(() => ResultJson.ReadAll(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(words, said.Message, StringComparison.OrdinalIgnoreCase);
    }

    public static TheoryData<string, string?, string> Edits => new()
    {
        { "rows", "[null]", "$.rows[0] is null" },
        { "rows", null, "rows" },
        { "problems", "[null]", "$.problems[0] is null" },
        { "problems", "null", "$.problems is missing" },
        { "findings", "[{\"id\":\"lost\"}]", "$.findings[0].text is missing" },
        { "exhibits", "[null]", "$.exhibits[0] is null" },
        { "exhibits", "[{\"row\":\"a\",\"kind\":\"worst\",\"caption\":\"\",\"files\":[null]}]", "$.exhibits[0].files[0] is null" },
        { "exhibits", "[{\"row\":\"a\",\"kind\":\"worst\",\"caption\":\"\"}]", "$.exhibits[0].files is missing" },
        { "speed", "[{\"row\":\"a\",\"encode\":1e999}]", "$.speed[0].encode is no number" },
        { "run", "null", "$.run is missing" },
        { "source", "7", "$.source" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_part_that_is_missing_or_of_another_kind_is_named(string name, string? value, string words)
    {
        JsonObject root = JsonNode.Parse(Text)!.AsObject();
        root.Remove(name);
        string json = root.ToJsonString();
        // Put in as text: a node would not hold 1e999.
        if (value is not null) json = json[..^1] + $",\"{name}\":{value}}}";
        JsonException said = Assert.ThrowsAny<JsonException>(() => ResultJson.ReadAll(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(words, said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Text);
        bytes[Text.IndexOf("photos", StringComparison.Ordinal)] = 0xff;
        Assert.Contains("UTF-8", Assert.ThrowsAny<JsonException>(() => ResultJson.ReadAll(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_a_later_version_is_passed_over()
    {
        string json = Text.TrimEnd()[..^1] + ",\"later\":{\"a\":[1e999,null]}}";
        Assert.Equal(ResultJson.ToUtf8(Whole), ResultJson.ToUtf8(ResultJson.ReadAll(Encoding.UTF8.GetBytes(json)).Results[0]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_figure_that_is_no_number_is_written_as_not_measurable(double value)
    {
        Row row = Given.Row("jpeg:q=50", 1, .2, .3);
        AuditResult result = Given.Result(row with
        {
            Bits = row.Bits with
            {
                Rate = new Figure
                {
                    Value = value,
                    Low = value,
                    High = 1
                }
            }
        }) with
        { Speed = [new Speed("jpeg:q=50", value, value)] };
        AuditResult read = ResultJson.FromUtf8(ResultJson.ToUtf8(result));
        Assert.Null(read.Rows[0].Bits.Rate.Value);
        Assert.Null(read.Rows[0].Bits.Rate.Low);
        Assert.Equal(1, read.Rows[0].Bits.Rate.High);
        // Written again it is the same: what was not measured does not become something else.
        Assert.Equal(ResultJson.ToUtf8(read), ResultJson.ToUtf8(ResultJson.FromUtf8(ResultJson.ToUtf8(read))));
    }
}
