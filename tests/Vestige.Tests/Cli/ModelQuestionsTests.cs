using System.Globalization;
using System.Text;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Language.Sources;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli;

/// <summary>What can be asked of a model: its samples as files, what strings cost, its training text.</summary>
public sealed class ModelQuestionsTests : IDisposable
{
    private readonly Texts _texts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _texts.Dispose();

    /// <summary>Bytes that are no text, line ends, marks and zeros come back as they were drawn.</summary>
    [Fact]
    public void Whatever_a_model_drew_is_read_as_it_was_drawn()
    {
        byte[][] drawn = [[.. "plain text"u8], [0xD0, .. "cut"u8, 0xFF], [.. "a\r\nb\rc"u8], [0, 1, 2], [0xEF, 0xBB, 0xBF, (byte)'x'], [.. "привет"u8]];
        for (int i = 0; i < drawn.Length; i++)
        {
            (string extension, byte[] content) = KeptText.Of(drawn[i]);
            Assert.Equal(i is 0 or 5 ? ".txt" : ".jsonl", extension);
            _texts.Add($"drawn/{i}{extension}", content);
        }
        TextFolder folder = TextFolder.Open(_texts.Beside("drawn"), TextOptions.Default, null, Cancel);
        Assert.Equal(drawn.Length, folder.Documents.Count);
        for (int i = 0; i < drawn.Length; i++) Assert.Equal(drawn[i], folder.Read(i).SelectMany(passage => passage.Bytes.ToArray()));
    }

    [Fact]
    public void What_was_learned_costs_less_and_bits_are_those_of_the_model()
    {
        string model = Train();
        string known = File.ReadLines(Path.Combine(_texts.Beside("T"), "000.txt")).First()[..40];
        string lines = _texts.Add("lines.txt", Encoding.UTF8.GetBytes(known + "\n\nzq xj vk qz jx kv\nпривет\n"));
        CliRun run = CliRun.Of("score", model, lines);
        Assert.True(run.Status == 0, run.Error);
        string[][] rows = [.. run.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split('\t'))];
        Assert.Equal([known, "zq xj vk qz jx kv", "привет"], rows.Select(row => row[3]));
        Assert.Equal("6", rows[2][2]);
        double[] each = [.. rows.Select(row => double.Parse(row[1], CultureInfo.InvariantCulture))];
        Assert.True(each[0] < each[1]);
        Assert.Equal(-TextModelFile.Read(model).Log2Probability(new Passage(Encoding.UTF8.GetBytes(known), "it", 0)),
            double.Parse(rows[0][0], CultureInfo.InvariantCulture), 0.005);
        Assert.Equal(3, CliRun.Of("score", model, _texts.Add("none.txt", "\n"u8.ToArray())).Status);
        Assert.Equal(3, CliRun.Of("score", model, _texts.Beside("missing.txt")).Status);
    }

    [Fact]
    public void Prompts_canaries_and_refused_samples_are_in_the_result()
    {
        string training = _texts.Write("T", 40, 1), heldOut = _texts.Write("H", 40, 2);
        _texts.Write("G", 20, 3);
        _texts.Add("G/broken.txt", [.. "no text "u8, 0xFF, 0xFE]);
        string start = File.ReadAllText(Path.Combine(training, "003.txt"))[..90];
        string prompts = _texts.Add("prompts.jsonl", Encoding.UTF8.GetBytes($$"""{"prefix": "{{start[..50]}}", "suffix": "{{start[50..60]}}"}""" + "\n"));
        string json = _texts.Beside("result.json");
        CliRun run = CliRun.Of("audit", "--train", training, "--heldout", heldOut, "ngram:order=16", $"samples:{_texts.Beside("G")}", "--view", "words:1", "--json", json,
            "--prompts", prompts, "--canaries", "4", "--extract", "prefix=40,suffix=20,tries=30,draws=10");
        Assert.True(run.Status == 0, run.Error);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        ExtractionReport tried = result.Rows.Single(row => row.Extraction is not null).Extraction!;
        Assert.Equal((40, 20, 10), (tried.Prefix, tried.Suffix, tried.Draws));
        Assert.True(tried.TrainingExact > tried.HeldOutExact);
        Assert.True(Assert.Single(tried.Prompts).Exact);
        Assert.All(tried.Canaries!.Groups, group => Assert.Equal((4, 1.0), (group.Count, group.Auc)));
        Assert.Equal(["extracted", "extracted", "canaries", "refused"], result.Findings.Take(4).Select(finding => finding.Id));
        Assert.StartsWith("1 file of samples:", result.Findings[3].Text, StringComparison.Ordinal);
        Assert.Contains("could not be read (broken.txt: ", result.Findings[3].Text, StringComparison.Ordinal);
        Assert.Contains(result.Problems, problem => problem.Document.EndsWith("broken.txt", StringComparison.Ordinal));
        Assert.Contains("canaries planted once", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prefx=5", "prefix")]
    [InlineData("prefix=0", "1..4096")]
    [InlineData("draws=x", "1..1000000000")]
    [InlineData("offsets=-1", "0 to 1000000000")]
    [InlineData("", "prefix=1..4096,suffix=1..4096")]
    [InlineData("tries=10..30/10", "stands for 3")]
    [InlineData("tries=1,tries=2", "given twice")]
    public void What_cannot_be_asked_is_refused_with_what_can(string text, string says) =>
        Assert.Contains(says, Assert.Throws<UsageException>(() => ExtractionOptions.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Offsets_are_a_list() => Assert.Equal([0, 512], ExtractionOptions.Parse("tries=10,offsets=0;512").Offsets);

    [Fact]
    public void Canaries_that_nothing_is_trained_on_are_refused()
    {
        CliRun run = CliRun.Of("audit", "--train", _texts.Write("T", 20, 1), "--heldout", _texts.Write("H", 20, 2), $"samples:{_texts.Write("G", 20, 3)}", "--canaries", "4");
        Assert.Equal(2, run.Status);
        Assert.Contains("--canaries 4: nothing is trained here", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_pair_of_surrogates_is_told_with_its_line() =>
        Assert.EndsWith("line 2 holds text that is not valid Unicode", Assert.Throws<DataException>(() => ExtractionOptions.ReadPrompts(_texts.Add("p.jsonl",
            "{\"prefix\": \"a\"}\n{\"prefix\": \"\\ud800abc\"}\n"u8.ToArray()))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"prefix\": 1}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void A_file_that_holds_no_prompts_is_refused(string content) =>
        Assert.Contains("prompt", Assert.Throws<DataException>(() => ExtractionOptions.ReadPrompts(_texts.Add("p.jsonl",
            Encoding.UTF8.GetBytes(content)))).Message, StringComparison.Ordinal);

    private string Train()
    {
        string model = _texts.Beside("it.ngram");
        CliRun run = CliRun.Of("train", _texts.Write("T", 20, 1), "ngram:order=6", "--out", model);
        Assert.True(run.Status == 0, run.Error);
        return model;
    }
}
