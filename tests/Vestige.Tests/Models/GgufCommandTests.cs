using System.Diagnostics;
using System.Security.Cryptography;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Tests.Cli;

namespace Vestige.Tests.Models;

/// <summary>GGUF files on the command line.</summary>
public sealed class GgufCommandTests : IDisposable
{
    private readonly Texts _texts = new();
    private readonly string _file;

    public GgufCommandTests() => _file = new TinyModel(1).Write(_texts.Beside("tiny.gguf"));

    public void Dispose() => _texts.Dispose();

    [Fact]
    public void An_audit_has_its_bits_its_file_and_how_it_was_run()
    {
        (string trained, string kept, string json) = (_texts.Write("trained", 8, 1), _texts.Write("kept", 16, 2), _texts.Beside("result.json"));
        foreach (string file in Directory.GetFiles(trained).Concat(Directory.GetFiles(kept))) File.WriteAllBytes(file, File.ReadAllBytes(file)[..512]);
        string[] command = ["--units", "16", "--passage", "256", $"gguf:{_file}", $"gguf:{_file},context=32,top_p=0.9", "--extract", "tries=2", "--json", json];
        Assert.Equal(0, CliRun.Of(["audit", "--train", trained, "--heldout", kept, .. command]).Status);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        Row row = result.Row($"gguf:{_file}"), cut = result.Row($"gguf:{_file},context=32,top_p=0.9");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_file))), row.Fingerprint);
        Assert.Contains("windows of 64 tokens", row.Settings, StringComparison.Ordinal);
        Assert.Contains("windows of 32 tokens", cut.Settings, StringComparison.Ordinal);
        Assert.Contains("LLamaSharp 0.30.0", result.Run.Versions["gguf"], StringComparison.Ordinal);
        Assert.Equal(new FileInfo(_file).Length, row.Bits.DescriptionBytes);
        // A random model of 300 symbols knows nothing of the text.
        Assert.InRange(row.Bits.CodeLengthHeldOut!.Value!.Value, 5, 20);
        Assert.True(row.Ledgers[0].Memorized.IsMeasured);
        Assert.False(cut.Bits.CodeLengthHeldOut!.IsMeasured);

        Assert.Equal(0, CliRun.Of(["audit", kept, .. command.Where(word => word != $"gguf:{_file},context=32,top_p=0.9")]).Status);
        Ledger unknown = ResultJson.FromUtf8(File.ReadAllBytes(json)).Row($"gguf:{_file}").Ledgers[0];
        Assert.Contains("what this was trained on is not known: name it with --train", unknown.Memorized.Why, StringComparison.Ordinal);
        // What stands in it once says nothing of a model that did not learn from it.
        Assert.Equal((null, null, null), (unknown.Once, unknown.Miscalibration, unknown.CalibrationBound));
        Assert.NotNull(row.Ledgers[0].Once);
    }

    [Fact]
    public void Sample_and_score_take_a_GGUF_file_and_model_says_how_to_write_one()
    {
        CliRun drawn = CliRun.Of("sample", _file, "--length", "30", "--prompt", "the ");
        Assert.Equal((0, true), (drawn.Status, drawn.Out.StartsWith("the ", StringComparison.Ordinal)));
        string lines = _texts.Add("lines.txt", "the sand\nzebra\n"u8.ToArray());
        CliRun scored = CliRun.Of("score", _file, lines);
        // As an audit takes it, too.
        Assert.Equal(scored.Out, CliRun.Of("score", $"gguf:{_file}", lines).Out);
        Assert.Equal((0, 3), (scored.Status, scored.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        CliRun cut = CliRun.Of("score", $"gguf:{_file},context=4", lines);
        Assert.Equal((0, 3), (cut.Status, cut.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.NotEqual(scored.Out, cut.Out);
        CliRun hot = CliRun.Of("sample", $"gguf:{_file},temperature=2");
        Assert.Equal((2, true), (hot.Status, hot.Error.Contains("vestige sample has --temperature", StringComparison.Ordinal)));
        CliRun model = CliRun.Of("audit", _texts.Write("some", 8, 1), $"model:{_file}");
        Assert.Equal((3, true), (model.Status, model.Error.Contains($"write gguf:{_file}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Texts_drawn_by_the_same_model_run_otherwise_are_not_mixed()
    {
        string drawn = _texts.Beside("drawn");
        string[] Command(string options) => ["sample", $"gguf:{_file}{options}", "--count", "2", "--length", "20", "--out", drawn];
        Directory.CreateDirectory(drawn);
        Assert.Equal(0, CliRun.Of(Command(",flash=true")).Status);
        Assert.Equal(2, Directory.GetFiles(drawn).Length);
        Assert.Equal(3, CliRun.Of(Command("")).Status);
    }

    [Fact]
    public void A_file_that_cannot_be_run_ends_with_a_sentence_and_status_3()
    {
        string cut = _texts.Add("cut.gguf", File.ReadAllBytes(_file)[..^300]), text = _texts.Write("some", 8, 1);
        CliRun audit = CliRun.Of("audit", text, $"gguf:{cut}"), sample = CliRun.Of("sample", cut);
        Assert.Equal((3, 3), (audit.Status, sample.Status));
        Assert.Contains($"{cut} is cut off: tensor output.weight ends at byte", audit.Error, StringComparison.Ordinal);
        Assert.Contains($"{cut} is cut off: tensor output.weight ends at byte", sample.Error, StringComparison.Ordinal);
        CliRun context = CliRun.Of("audit", text, $"gguf:{_file},context=100");
        Assert.Equal((3, true), (context.Status, context.Error.Contains("context=100 is more than the model was trained for, 64 tokens", StringComparison.Ordinal)));
    }

    /// <summary>The program without the library beside it.</summary>
    [Fact]
    public void Where_llama_is_missing_it_is_listed_as_absent_and_all_else_works()
    {
        string program = _texts.Beside("program"), beside = Path.GetDirectoryName(typeof(Vestige.Cli.Program).Assembly.Location)!;
        Directory.CreateDirectory(program);
        foreach (string file in Directory.GetFiles(beside).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        CliRun Run(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = program };
            start.ArgumentList.Add(Path.Combine(program, "Vestige.Cli.dll"));
            foreach (string argument in arguments) start.ArgumentList.Add(argument);
            return CliRun.Wait(Process.Start(start)!);
        }

        CliRun codecs = Run("codecs");
        Assert.Equal(0, codecs.Status);
        Assert.Contains("absent: its library for", codecs.Out[codecs.Out.IndexOf("  gguf ", StringComparison.Ordinal)..].Split('\n')[1], StringComparison.Ordinal);
        CliRun audit = Run("audit", _texts.Write("some", 8, 1), $"gguf:{_file}");
        Assert.Equal((2, true), (audit.Status, audit.Error.Contains("gguf cannot be used here: its library for", StringComparison.Ordinal)));
        CliRun sample = Run("sample", _file);
        Assert.Equal((3, true), (sample.Status, sample.Error.Contains("needs llama.cpp, and its library for", StringComparison.Ordinal)));
    }
}
