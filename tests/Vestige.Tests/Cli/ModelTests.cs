using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli;

/// <summary>A trained model in <c>vestige sample</c> and in audits.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly Texts _texts = new();
    private readonly string _trained, _kept, _model;

    public ModelTests()
    {
        (_trained, _kept, _model) = (_texts.Write("trained", 16, 1), _texts.Write("kept", 24, 2), _texts.Beside("model"));
        Assert.Equal(0, CliRun.Of("train", _trained, "ngram:order=4", "--out", _model).Status);
    }

    public void Dispose() => _texts.Dispose();

    [Fact]
    public void A_sample_repeats_goes_on_from_its_prompt_and_does_not_depend_on_how_many_are_drawn()
    {
        CliRun one = CliRun.Of("sample", _model, "--prompt", "ta", "--length", "40", "--seed", "3");
        CliRun three = CliRun.Of("sample", _model, "--prompt", "ta", "--length", "40", "--seed", "3", "--count", "3");
        CliRun other = CliRun.Of("sample", _model, "--prompt", "ta", "--length", "40", "--seed", "4");
        Assert.Equal((0, 0, 0), (one.Status, three.Status, other.Status));
        Assert.StartsWith("ta", one.Out, StringComparison.Ordinal);
        Assert.Equal(42 + Environment.NewLine.Length, one.Out.Length);
        Assert.StartsWith($"--- 1 of 3 ---{Environment.NewLine}{one.Out}--- 2 of 3 ---", three.Out, StringComparison.Ordinal);
        Assert.NotEqual(one.Out, other.Out);
        Assert.Equal("", one.Error);
    }

    [Fact]
    public void Samples_in_a_folder_are_texts_that_can_be_audited()
    {
        string folder = _texts.Beside("drawn");
        Assert.Equal(0, CliRun.Of("sample", _model, "--count", "20", "--length", "600", "--top-k", "20", "--top-p", "0.99", "--temperature", "0.9", "--out", folder).Status);
        Assert.Equal(20, Directory.GetFiles(folder).Length);
        Assert.All(Directory.GetFiles(folder), file => Assert.Equal(600, new FileInfo(file).Length));
        CliRun again = CliRun.Of("sample", _model, "--out", folder);
        Assert.Equal((3, true), (again.Status, again.Error.Contains("is not empty", StringComparison.Ordinal)));
        Assert.Equal(0, CliRun.Of("audit", "--train", _trained, "--heldout", _kept, "samples:" + folder, "ngram:order=2").Status);
    }

    [Theory]
    [InlineData("--temperature", "101", "--temperature 101: it takes a number, 0..100")]
    [InlineData("--top-p", "0", "--top-p 0: it takes a number, 0.001..1")]
    [InlineData("--top-k", "1.5", "--top-k 1.5: it takes a whole number, 0..256")]
    [InlineData("--top-k", "257", "0..256")]
    [InlineData("--temperature", "0..1", "it takes a number")]
    [InlineData("--count", "0", "from 1 to")]
    [InlineData("--length", "-1", "from 1 to")]
    public void A_value_out_of_range_is_refused_with_its_range(string option, string value, string words)
    {
        CliRun run = CliRun.Of("sample", _model, option, value);
        Assert.Equal((2, true), (run.Status, run.Error.Contains(words, StringComparison.Ordinal)));
    }

    [Fact]
    public void Control_characters_are_shown_and_not_sent_to_the_terminal()
    {
        string text = _texts.Add("escapes.txt", [.. Enumerable.Repeat("\u001b[31m\r"u8.ToArray(), 400).SelectMany(line => line)]);
        Assert.Equal(0, CliRun.Of("train", text, "ngram:order=6", "--out", _texts.Beside("escapes")).Status);
        CliRun run = CliRun.Of("sample", _texts.Beside("escapes"), "--prompt", "\u001b[31m");
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Contains("\\u001b[31m", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_knows_the_held_out_documents_stops_the_audit()
    {
        CliRun run = CliRun.Of("audit", _trained, "model:" + _model);
        Assert.Equal(3, run.Status);
        Assert.Contains("was trained on 12 of the 12 documents that are to be held out", run.Error, StringComparison.Ordinal);
        Assert.Contains("Give --train DIR with what it was trained on, and --heldout DIR", run.Error, StringComparison.Ordinal);
        CliRun swapped = CliRun.Of("audit", "--train", _kept, "--heldout", _trained, "model:" + _model);
        Assert.Equal((3, true), (swapped.Status, swapped.Error.Contains("Name with --heldout what was kept from its training", StringComparison.Ordinal)));
    }

    /// <summary>A document is known as a whole and by its sections, whichever the audit cuts.</summary>
    [Fact]
    public void Sections_and_whole_documents_are_both_known()
    {
        // With 200 documents more, none is cut into sections.
        string many = _texts.Write("many", 200, 3);
        foreach (string file in Directory.GetFiles(_trained)) File.Copy(file, Path.Combine(many, "again" + Path.GetFileName(file)));
        CliRun whole = CliRun.Of("audit", many, "model:" + _model);
        Assert.Equal((3, true), (whole.Status, whole.Error.Contains("to be held out", StringComparison.Ordinal)));
        Assert.Equal(0, CliRun.Of("train", many, "ngram:order=2", "--out", _texts.Beside("uncut")).Status);
        CliRun sections = CliRun.Of("audit", _trained, "model:" + _texts.Beside("uncut"));
        Assert.Equal((3, true), (sections.Status, sections.Error.Contains("to be held out", StringComparison.Ordinal)));
    }

    [Fact]
    public void With_its_training_named_a_model_is_audited_as_one_that_was_trained_in_the_run()
    {
        string json = _texts.Beside("result.json");
        CliRun run = CliRun.Of("audit", "--train", _trained, "--heldout", _kept, "ngram:order=4", "model:" + _model, $"model:{_model},top_k=1", "--json", json);
        Assert.Equal(0, run.Status);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        Row trained = result.Row("ngram:order=4"), read = result.Row("model:" + _model), cut = result.Row($"model:{_model},top_k=1");
        Assert.Equal([trained, read, cut], result.Rows.Where(row => row.Named));
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_model)));
        Assert.Equal((hash, hash), (read.Fingerprint, cut.Fingerprint));
        Assert.All(result.Rows.Where(row => !row.Named), row => Assert.Null(row.Fingerprint));
        Assert.NotNull(trained.Fingerprint);
        // All of the training text is in T, so that both rows hold the same counts.
        Assert.Equal(trained.Bits.DescriptionBytes, read.Bits.DescriptionBytes);
        Assert.Equal(trained.Bits.Rate.Value, read.Bits.Rate.Value);
        Assert.Equal(trained.Ledgers[0].Memorized.Value, read.Ledgers[0].Memorized.Value);
        Assert.NotNull(read.Ledgers[0].Memorized.Value);
        Assert.NotEqual(read.Ledgers[0].Memorized.Value, cut.Ledgers[0].Memorized.Value);
    }

    [Fact]
    public void What_it_memorized_of_another_text_cannot_be_told()
    {
        string json = _texts.Beside("result.json");
        Assert.Equal(0, CliRun.Of("audit", _kept, "model:" + _model, "--json", json).Status);
        Ledger ledger = ResultJson.FromUtf8(File.ReadAllBytes(json)).Rows.First(row => row.Named).Ledgers[0];
        Assert.Null(ledger.Memorized.Value);
        Assert.Contains("was not trained on all of T: name what it was trained on with --train", ledger.Memorized.Why, StringComparison.Ordinal);
        Assert.NotNull(ledger.Lost.Value);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "missing", "does not exist; name a file that vestige train wrote" },
        { "folder", "is a folder; name a file that vestige train wrote" },
        { "empty", "cannot be used: it is 0 bytes long" },
        { "text", "cannot be used: its header would be" },
        { "truncated", "cannot be used: it is damaged or cut off" },
        { "newer", "it is of version 99, and this program reads version 1: use a newer vestige" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_file_that_is_no_sound_model_is_refused_by_name(string damage, string words)
    {
        byte[] bytes = File.ReadAllBytes(_model);
        string file = _texts.Beside("damaged");
        switch (damage)
        {
            case "missing": break;
            case "folder": Directory.CreateDirectory(file); break;
            case "empty": File.WriteAllBytes(file, []); break;
            case "text": File.WriteAllBytes(file, File.ReadAllBytes(Path.Combine(_kept, "000.txt"))); break;
            case "truncated": File.WriteAllBytes(file, bytes[..^5]); break;
            case "newer": File.WriteAllBytes(file, [.. bytes[..14], 99, .. bytes[15..]]); break;
            default: Assert.Fail(damage); break;
        }
        foreach (CliRun run in new[] { CliRun.Of("sample", file), CliRun.Of("audit", _kept, "model:" + file) })
        {
            Assert.Equal(3, run.Status);
            Assert.Contains(file, run.Error, StringComparison.Ordinal);
            Assert.Contains(words, run.Error, StringComparison.Ordinal);
            Assert.Empty(run.Out);
        }
    }
}
