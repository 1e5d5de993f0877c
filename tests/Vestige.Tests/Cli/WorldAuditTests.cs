using Vestige.Cli.Commands;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Tests.Core;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

/// <summary>Audits of worlds whose truth is known, and the default audit.</summary>
public sealed class WorldAuditTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private (AuditResult Result, string Page) Audit(params string[] arguments)
    {
        string json = Path.Combine(_folder.Path, "result.json");
        CliRun run = CliRun.Of(["audit", .. arguments, "--json", json]);
        Assert.Equal(0, run.Status);
        return (ResultJson.FromUtf8(File.ReadAllBytes(json)), run.Out);
    }

    [Fact]
    public void Sprites_have_both_ledgers_and_the_same_figures_again()
    {
        string[] command = ["world:sprites:places=3,tones=4,documents=1200", "jpeg:q=20", "nearest:scale=2", "--units", "300"];
        (AuditResult result, string page) = Audit(command);
        Assert.Equal(["yardstick", "parrot", "shuffled", "jpeg:q=20", "nearest:scale=2"], result.Rows.Select(row => row.Name));
        Assert.All(result.Rows, row => Assert.Equal(4, row.Exact!.Agreements.Count));
        Assert.All(result.Rows, row => Assert.Equal(1, row.Exact!.Memorized.Value!.Value + row.Exact.Generalized.Value!.Value + row.Exact.Hallucinated.Value!.Value, 1e-9));
        // What stands in T is counted, by a codec as by its exact ledger.
        Assert.All(result.Rows.Where(row => row.IsCodec), row => Assert.Equal(row.Exact!.InTraining!.Value!.Value, row.Ledgers[0].InTraining!.Value!.Value, 1e-9));
        Assert.Equal((0, 1), (Math.Round(result.Row("yardstick").Exact!.Memorized.Value!.Value, 9), Math.Round(result.Row("parrot").Exact!.Memorized.Value!.Value, 9)));
        Assert.Contains("off the grid", page, StringComparison.Ordinal);
        Assert.Contains("Exactly, from the world itself", page, StringComparison.Ordinal);
        Assert.Contains("drawn from a known distribution", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0 bytes", page, StringComparison.Ordinal);
        Assert.Equal(2, result.Findings.Count(finding => finding.Id == "exact"));
        AuditResult again = Audit(command).Result;
        Assert.Equal(ResultJson.ToUtf8(result with { Speed = [] }), ResultJson.ToUtf8(again with { Speed = [] }));
    }

    [Fact]
    public void Facts_have_both_ledgers_and_what_they_are_made_of()
    {
        (AuditResult result, _) = Audit("world:facts:people=12,phrasings=3,relations=3,values=4,documents=1200", "ngram:order=9", "--units", "300");
        ExactReport exact = result.Rows.Single(row => row.Named).Exact!;
        Assert.Equal(("enumerated", "sentences"), (exact.How, exact.View));
        Assert.Equal(["inferable", "lucky"], exact.GeneralizedParts.Select(part => part.Name));
        Assert.Equal(["confabulated", "garbled"], exact.HallucinatedParts.Select(part => part.Name));
        Assert.Equal(exact.Hallucinated.Value!.Value, exact.HallucinatedParts.Sum(part => part.Share.Value!.Value), 1e-9);
        Assert.Equal(1 - exact.InTraining!.Value!.Value - exact.Hallucinated.Value.Value, exact.GeneralizedParts.Sum(part => part.Share.Value!.Value), 1e-9);
        CalibrationTerms terms = exact.Calibration!;
        Assert.Equal(terms.Once.Value!.Value - terms.Miscalibration.Value!.Value, terms.Bound.Value!.Value, 1e-12);
        Assert.InRange(terms.Once.Low!.Value, 0, terms.Once.Value.Value);
        Assert.InRange(terms.Unseen.Value!.Value, 0, 1);
        Assert.True(terms.Bound.Value <= exact.Hallucinated.Value);
        Assert.Equal("p itself", result.Rows.Single(row => row.Kind == RowKind.Yardstick).Exact!.How);
    }

    [Theory]
    [InlineData("world:facts:people=1", "people=1 is not allowed: people is a whole number, 2..960")]
    [InlineData("world:facts:peple=20", "Did you mean people?")]
    [InlineData("world:facts:people=960,values=16", "500000 can be enumerated")]
    [InlineData("world:sprites:radius=abc", "radius is a number, 0..128")]
    [InlineData("world:sprites:places=8,tones=48", "20000 can be enumerated")]
    [InlineData("world:sprites:tones=4..8", "stands for 5 worlds; an audit is of one")]
    [InlineData("world:fact", "There are: world:sprites, world:facts")]
    public void A_world_that_there_is_not_is_refused_with_what_there_is(string world, string words)
    {
        CliRun run = CliRun.Of("audit", world);
        Assert.Equal(2, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("world:facts", "jpeg:q=50", "there is no compressor \"jpeg\"")]
    [InlineData("world:sprites", "ngram:order=4", "there is no compressor \"ngram\"")]
    [InlineData("world:sprites", "samples:/some/where", "name a folder as the source too")]
    public void What_is_not_for_a_world_is_refused(string world, string compressor, string words)
    {
        CliRun run = CliRun.Of("audit", world, compressor);
        Assert.Equal(2, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_cannot_be_trained_is_a_row_without_figures()
    {
        CliRun run = CliRun.Of("audit", "world:facts:documents=100", "transformer:context=8,steps=1");
        Assert.Equal(3, run.Status);
        Assert.Contains("context=8 is too short", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_model_is_kept_in_the_folder_and_a_damaged_one_trained_anew()
    {
        string folder = Path.Combine(_folder.Path, "run"), models = Path.Combine(folder, "models");
        string[] command = ["world:facts:people=8,phrasings=2,relations=2,documents=400", "transformer:layers=1,width=32,heads=2,context=48,steps=20", "--out", folder];
        AuditResult first = Audit(command).Result;
        string model = Assert.Single(Directory.GetFiles(models));
        Assert.EndsWith(".model", model, StringComparison.Ordinal);
        byte[] content = File.ReadAllBytes(model);
        DateTime written = File.GetLastWriteTimeUtc(model);
        // A row that differs in how it is drawn takes the same model, one of other settings another.
        Audit([.. command, "transformer:layers=1,width=32,heads=2,context=48,steps=20,top_p=0.5"]);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(models))));
        Audit([.. command, "transformer:layers=1,width=32,heads=2,context=48,steps=21"]);
        Assert.Equal(2, Directory.GetFiles(models).Length);

        // A weight of another value: only the checksum tells.
        byte[] damaged = [.. content];
        damaged[^6] ^= 16;
        File.WriteAllBytes(model, damaged);
        File.Delete(Path.Combine(folder, "journal"));
        Assert.Equal(ResultJson.ToUtf8(first with { Speed = [] }), ResultJson.ToUtf8(Audit(command).Result with { Speed = [] }));
        Assert.Equal(content, File.ReadAllBytes(model));

        File.WriteAllBytes(model, content[..^1]);
        File.WriteAllText(Path.ChangeExtension(model, "checkpoint"), "of no use");
        AuditResult again = Audit(command).Result;
        Assert.Equal(content, File.ReadAllBytes(model));
        Assert.False(File.Exists(Path.ChangeExtension(model, "checkpoint")));
        Assert.Equal(ResultJson.ToUtf8(first with { Speed = [] }), ResultJson.ToUtf8(again with { Speed = [] }));
    }

    [Fact]
    public void A_world_of_too_few_documents_measures_nothing_that_means_nothing()
    {
        (AuditResult result, string page) = Audit("world:facts:documents=8", "ngram:order=4");
        Assert.All(result.Rows, row => Assert.Empty(row.Ledgers));
        Assert.Contains("16 usable sentences are needed", page, StringComparison.Ordinal);
        (result, _) = Audit("world:facts:documents=80", "ngram:order=4");
        Assert.All(result.Rows.Where(row => row.Name != "parrot"), row => Assert.False(row.Ledgers[0].Hallucinated.IsMeasured));
        Assert.All(result.Rows.Where(row => row.Name != "parrot"), row => Assert.Null(row.Exact!.Agreements.Single(a => a.Figure == "hallucinated").Difference));
    }

    [Fact]
    public void The_default_audit_is_two_plans_without_minutes_that_can_be_run()
    {
        foreach ((string source, IReadOnlyList<string> compressors) in DefaultAudit.Worlds)
        {
            AuditRun.Plan plan = AuditRun.Plan.Of(new AuditOptions
            {
                Source = source,
                Compressors = compressors,
                Units = 1,
                Gates = [],
                Seed = 1,
                Threads = 1,
            });
            Assert.Equal(compressors.Count, plan.Specs.Count);
            Assert.DoesNotContain("minutes", string.Concat(compressors), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--view", "texture")]
    [InlineData("--scale", "1/2")]
    public void Options_of_one_kind_of_items_are_not_for_the_default_audit(string option, string value)
    {
        CliRun run = CliRun.Of("audit", option, value);
        Assert.Equal(2, run.Status);
        Assert.Contains(option + ": the default audit", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_of_results_read_back_is_written_the_same_and_a_single_one_is_a_set_of_one()
    {
        AuditResult result = Given.Result(Given.Row("jpeg:q=50", 1, .2, .3));
        byte[] bytes = ResultJson.ToUtf8(new AuditSet { Results = [result, result], Findings = [new Finding("side-by-side", null, "Both are the same.")] });
        Assert.Equal(bytes, ResultJson.ToUtf8(ResultJson.ReadAll(bytes)));
        Assert.Equal(ResultJson.ToUtf8(result), ResultJson.ToUtf8(Assert.Single(ResultJson.ReadAll(ResultJson.ToUtf8(result)).Results)));
        Assert.Throws<System.Text.Json.JsonException>(() => ResultJson.ReadAll("[1]"u8));
    }

    [Fact]
    public void The_exact_table_stands_beside_with_differences_and_marks()
    {
        static Figure At(double x) => new() { Value = x, Low = x, High = x };
        Row row = Given.Row("jpeg:q=50", 1, .2, .3) with
        {
            Exact = new ExactReport
            {
                View = "texture",
                How = "coded",
                Resolution = 8,
                Lost = At(.19),
                Memorized = At(.6),
                Generalized = At(.05),
                Hallucinated = At(.35),
                GeneralizedParts = [],
                HallucinatedParts = [new("near", At(.3)), new("far", At(.05))],
                Originals = [new("itself", At(.6)), new("another", At(.4))],
                SupportLoss = At(.1),
                EntropyP = At(3),
                Agreements = [new("lost", .19, .2, .01, true), new("hallucinated", .35, .3, -.05, false), new("memorized", .6, null, null, null)],
            },
        };
        var text = new StringWriter();
        AuditTable.Write(new Output(text, TextWriter.Null, false, 110).Tables(), Given.Result(row));
        Assert.Contains(".19 (+.01)", text.ToString(), StringComparison.Ordinal);
        Assert.Contains(".35 (-.05!)", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("in: another", text.ToString(), StringComparison.Ordinal);
    }
}
