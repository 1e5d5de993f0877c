using System.Text;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Core.Results;

/// <summary>Results of the first schema, whose words meant something else.</summary>
public sealed class SchemaOneTests
{
    private static AuditResult Read(string ledger, string row = "\"named\": true")
    {
        // What the first schema had of a result, as small as it could be.
        string text = $$"""
            {
              "schema": 1,
              "run": { "vestige": "0.1.0", "command": "vestige audit", "seed": 1, "units": 2000, "versions": {} },
              "source": { "name": "novels", "items": "passages", "sizeUnit": "byte", "documents": 12, "usable": 12, "units": 100, "copies": 0,
                "unitsPerSample": 25, "size": 1000, "currentBytes": 1000, "rawBytes": 1000 },
              "rows": [ { "name": "ngram:order=3", "family": "ngram", {{row}}, "isCodec": false, "bits": { "rate": { "unit": "bits/byte" }, "failures": 0 },
                "ledgers": [ { "view": "words:2", "thing": "word pair", "curve": [],
                  "sizes": { "training": 25, "heldOut": 25, "floor": 25, "generated": 25, "documents": 12, "resolution": 8, "things": 600, "keptShare": 1 },
                  "lost": { "unit": "share", "value": 0.1 }, "kept": { "unit": "share", "value": 0.9 }, "generalized": { "unit": "share", "value": 0.2 }, "hallucinated": { "unit": "share", "value": 0.3 }, {{ledger}} } ] } ],
              "findings": [], "problems": [], "speed": []
            }
            """;
        return ResultJson.FromUtf8(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void What_stood_in_T_is_in_T_and_the_excess_is_memorized()
    {
        AuditResult result = Read("""
            "memorized": { "unit": "share", "value": 0.5, "low": 0.45, "high": 0.55, "floor": 0.4 }, "copyingExcess": { "unit": "share", "value": 0.16, "low": 0.1, "high": 0.2 }, "hallucinatedUpper": { "unit": "share", "value": 0.35 }
            """);
        Ledger ledger = result.Rows[0].Ledgers[0];
        Assert.Equal(AuditResult.CurrentSchema, result.Schema);
        Assert.Equal((0.5, 0.4), (ledger.InTraining!.Value, ledger.InTraining.Floor));
        Assert.Equal(0.16, ledger.Memorized.Value);
        Assert.Equal(1 - 0.16 - 0.3, ledger.Generalized.Value!.Value, 1e-12);
        Assert.Equal(0.35, ledger.AtMost!.Value);
        Assert.True(result.Rows[0].Named);
    }

    [Fact]
    public void Points_had_an_excess_already()
    {
        Ledger ledger = Read("\"memorized\": { \"unit\": \"share\", \"value\": 0.5, \"floor\": 0.02 }, \"copyingExcess\": { \"unit\": \"share\", \"value\": 0.5 }").Rows[0].Ledgers[0];
        Assert.Null(ledger.InTraining);
        Assert.Equal(0.5, ledger.Memorized.Value);
    }

    [Theory]
    [InlineData("\"named\": false", RowKind.Yardstick)]
    [InlineData("\"named\": true", RowKind.Named)]
    public void A_row_says_what_it_is(string row, RowKind kind) => Assert.Equal(kind, Read("\"memorized\": { \"unit\": \"share\", \"value\": 0.5 }", row).Rows[0].Kind);
}
