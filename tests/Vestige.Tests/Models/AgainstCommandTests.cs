using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Tests.Cli;

namespace Vestige.Tests.Models;

/// <summary><c>audit --against</c>, <c>export</c> and <c>quantize</c> on the command line.</summary>
public sealed class AgainstCommandTests : IDisposable
{
    private readonly Texts _texts = new();

    public void Dispose() => _texts.Dispose();

    [Fact]
    public void A_model_is_trained_exported_packed_and_held_against_itself()
    {
        string trained = _texts.Write("trained", 8, 1), model = _texts.Beside("my.model"), whole = _texts.Beside("my.gguf"), json = _texts.Beside("result.json");
        // Short documents, for every byte that is drawn takes a pass.
        string heldOut = Path.GetDirectoryName(_texts.Write("kept/one", 16, 2))!;
        _texts.Write("kept/two", 16, 3);
        foreach (string file in Directory.GetFiles(trained).Concat(Directory.GetFiles(heldOut, "*", SearchOption.AllDirectories)))
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..512]);
        Assert.Equal(0, CliRun.Of("train", trained, "transformer:layers=1,width=32,heads=2,context=64,activation=swiglu,steps=20,batch=4", "--out", model).Status);
        CliRun exported = CliRun.Of("export", model, "--gguf", whole), packed = CliRun.Of("quantize", whole, "F16", "Q4_0");
        Assert.Equal((0, 0), (exported.Status, packed.Status));
        Assert.Equal([whole, _texts.Beside("my-F16.gguf"), _texts.Beside("my-Q4_0.gguf")],
            Directory.GetFiles(Path.GetDirectoryName(whole)!, "*.gguf").OrderBy(file => file.Length).ThenBy(file => file));
        string small = $"gguf:{_texts.Beside("my-Q4_0.gguf")}";
        CliRun run = CliRun.Of("audit", "--train", trained, "--heldout", heldOut, small, $"model:{model}", "ngram:order=2", "--against", $"gguf:{whole}", "--units", "16",
            "--passage", "256", "--extract", "tries=2", "--json", json);
        Assert.Equal(0, run.Status);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        Assert.Equal(($"gguf:{whole}", "token"), (result.Against!.Row, result.Against.Symbol));
        ComparisonReport itself = result.Row($"gguf:{whole}").Against!, cut = result.Row(small).Against!, origin = result.Row($"model:{model}").Against!;
        Assert.Equal(0, itself.HeldOut.Lost.Value);
        Assert.InRange(origin.HeldOut.Lost.Value!.Value, 0, 1e-4);
        Assert.InRange(cut.HeldOut.Lost.Value!.Value, 1e-4, 0.5);
        Assert.Equal(["one", "two"], cut.Domains.Select(part => part.Name));
        Assert.Equal(16 * 256, cut.HeldOut.Positions);
        Assert.True(result.Row("ngram:order=2").Against!.HeldOut.Lost.IsMeasured);
        Assert.InRange(cut.Cost!.Saved!.Value, 0.3, 0.95);
        Assert.All(result.Rows.Where(row => !row.Named), row => Assert.Null(row.Against));
        Assert.Contains($"Against gguf:{whole}, on 4,096 tokens of H:", run.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_is_said()
    {
        string text = _texts.Write("some", 8, 1), photo = _texts.Add("photos/a.png", [1, 2, 3]);
        (string Words, string[] Command, int Status)[] cases =
        [
            ("what is held against a model is text models", ["audit", Path.GetDirectoryName(photo)!, "jpeg:q=50", "--against", "jpeg:q=90"], 2),
            ("it stands for 3 models; name one model", ["audit", text, "--against", "ngram:order=2..4"], 2),
            ("it gives no probabilities; name one model", ["audit", text, "ngram", "--against", $"samples:{text}"], 2),
            ("none.gguf does not exist; name a GGUF file", ["audit", text, "--against", $"gguf:{_texts.Beside("none.gguf")}"], 3),
            ("does not exist; name a file that vestige train wrote", ["export", _texts.Beside("none.model"), "--gguf", _texts.Beside("out.gguf")], 3),
            ("there is no type \"Q8\". Did you mean", ["quantize", _texts.Beside("none.gguf"), "Q8"], 2),
        ];
        foreach ((string words, string[] command, int status) in cases)
        {
            CliRun run = CliRun.Of(command);
            Assert.Equal((status, true), (run.Status, run.Error.Contains(words, StringComparison.Ordinal)));
        }
        string model = _texts.Beside("n.model");
        Assert.Equal(0, CliRun.Of("train", text, "ngram:order=2", "--out", model).Status);
        CliRun refused = CliRun.Of("export", model, "--gguf", _texts.Beside("out.gguf"));
        Assert.Equal((3, true), (refused.Status, refused.Error.Contains("cannot be written as GGUF: it is no Transformer", StringComparison.Ordinal)));
        Assert.False(File.Exists(_texts.Beside("out.gguf")));
    }
}
