using System.Text;
using System.Text.Json;
using Vestige.Results;

namespace Vestige.Tests.Core.Results;

public sealed class ResultJsonTests
{
    [Fact]
    public void A_result_read_back_is_written_the_same()
    {
        AuditResult result = Given.Result(Given.Row("yardstick", null, 0, 0, named: false, codec: false), Given.Row("jpeg:q=50", 1, .2, .3)) with
        {
            Choice = new Choice(.02, [new CodecChoice("jpeg", null, null, null, null, "none")], null, true, "None."),
            Gates = [new GateOutcome("lost>0.1", "jpeg:q=50", true, "lost 0.2 [0.19 0.21] > 0.1")],
            Exhibits = [new Exhibit("jpeg:q=50", "worst", "A caption with <markup>.", [new ExhibitFile("original", "exhibits/a.png")])],
        };
        byte[] bytes = ResultJson.ToUtf8(result);
        Assert.Equal(bytes, ResultJson.ToUtf8(ResultJson.FromUtf8(bytes)));
    }

    [Fact]
    public void A_newer_schema_is_refused_with_what_to_do()
    {
        string text = Encoding.UTF8.GetString(ResultJson.ToUtf8(Given.Result(Given.Row("jpeg:q=50", 1, .2, .3)))).Replace($"\"schema\": {AuditResult.CurrentSchema}", "\"schema\": 99", StringComparison.Ordinal);
        JsonException error = Assert.Throws<JsonException>(() => ResultJson.FromUtf8(Encoding.UTF8.GetBytes(text)));
        Assert.Contains("schema 99", error.Message, StringComparison.Ordinal);
        Assert.Contains("update", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Speed_stands_last_so_that_the_rest_can_be_compared_byte_for_byte()
    {
        using JsonDocument json = JsonDocument.Parse(ResultJson.ToUtf8(Given.Result(Given.Row("jpeg:q=50", 1, .2, .3))));
        Assert.Equal("speed", json.RootElement.EnumerateObject().Last().Name);
    }
}
