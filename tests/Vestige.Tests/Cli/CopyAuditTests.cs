using System.Text;
using System.Text.Json;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli;

/// <summary>Copies and contamination from the command line to the result.</summary>
public sealed class CopyAuditTests : IDisposable
{
    private static readonly string[] s_words = Vocabulary();

    private readonly Texts _texts = new();

    public void Dispose() => _texts.Dispose();

    /// <summary>T has many more documents than H, and all of it is searched.</summary>
    [Fact]
    public void The_training_folder_given_back_is_all_copied()
    {
        string training = Records("T", 0, 120), heldOut = Records("H", 1000, 24), output = _texts.Beside("out");
        AuditResult result = Audit(training, heldOut, training, output);
        Row samples = Assert.Single(result.Rows, row => row.Named);
        Assert.Equal(1, samples.Copying!.Copied.Value);
        Assert.Equal((120, 120, 1.0), (samples.NearCopies!.Items, samples.NearCopies.Copies, samples.NearCopies.Share.Value));
        Assert.Equal("near-copies", result.Findings[0].Id);
        Assert.Equal(0, result.Row("yardstick").NearCopies!.Share.Value);
        string[] items = File.ReadAllLines(Path.Combine(output, "items.csv")), copies = File.ReadAllLines(Path.Combine(output, "copies.csv"));
        Assert.Equal(120, items.Count(line => line.Contains(",G,", StringComparison.Ordinal)));
        Assert.EndsWith(",near_copy_of,similarity,code_length,bits_memorized", items[0], StringComparison.Ordinal);
        Assert.Contains(copies, line => line.Contains(",verbatim,", StringComparison.Ordinal) && line.Contains("line 7\",0,", StringComparison.Ordinal));
    }

    [Fact]
    public void Samples_that_are_the_held_out_text_are_the_first_line()
    {
        string training = Records("T", 0, 40), heldOut = Records("H", 1000, 40);
        AuditResult result = Audit(training, heldOut, heldOut);
        Assert.Equal(("contaminated", Assert.Single(result.Rows, row => row.Named).Name), (result.Findings[0].Id, result.Findings[0].Row));
        Assert.Contains("held-out", result.Findings[0].Text, StringComparison.Ordinal);
        Assert.Equal(0, result.Rows[^1].NearCopies!.Copies);
    }

    [Fact]
    public void Held_out_text_that_is_the_training_text_but_for_a_byte_in_4_kB_is_the_first_line()
    {
        string training = Records("T", 0, 40), heldOut = Records("H", 0, 40, text => string.Concat(text.Select((c, i) => i % 4096 == 77 ? '#' : c)));
        AuditResult result = Audit(training, heldOut, Records("G", 2000, 20));
        Assert.Equal(("contaminated", null), (result.Findings[0].Id, result.Findings[0].Row));
        Overlap overlap = result.Contamination!.Overlaps.Single(o => o is { Sample: "H", In: "T" });
        Assert.InRange(overlap.Share.Value!.Value, 0.99, 1);
        Assert.Equal(overlap.Items, overlap.Copies);
    }

    [Fact]
    public void Empty_records_and_records_again_and_again_are_counted_and_are_no_broken_files()
    {
        string made = Records("G", 2000, 40), file = Path.Combine(made, "G.jsonl");
        string[] lines = File.ReadAllLines(file);
        File.WriteAllLines(file, [.. lines, .. Enumerable.Repeat(lines[0], 20), .. Enumerable.Repeat("{\"text\": \"\"}", 10)]);
        AuditResult result = Audit(Records("T", 0, 40), Records("H", 1000, 40), made);
        Assert.Equal(new OutputsReport(70, 10, 20, 40, 0), Assert.Single(result.Rows, row => row.Named).Outputs);
        Assert.Contains(result.Findings, finding => finding.Id == "said-again" && finding.Text.StartsWith("20 of 60 records of samples:", StringComparison.Ordinal));
        Assert.Contains(result.Findings, finding => finding.Id == "empty" && finding.Text.StartsWith("10 of 70 records of samples:", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Findings, finding => finding.Id == "refused");
    }

    [Theory]
    [InlineData("G.jsonl", false)]
    [InlineData("G.jsonl", true)]
    [InlineData("G.csv", false)]
    public void Records_that_cannot_be_used_are_told_of_samples_as_of_real_text(string name, bool folder)
    {
        string made = Records("G", 2000, 40), file = Path.Combine(made, "G.jsonl"), bad = "{\"text\": null}";
        string[] lines = File.ReadAllLines(file);
        if (name == "G.csv")
        {
            File.Delete(file);
            lines = [.. lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString() + ",1")];
            (file, bad) = (Path.Combine(made, name), "alone");
            lines = ["text,number", .. lines];
        }
        File.WriteAllLines(file, [.. lines, bad, .. lines.Skip(lines.Length - 40).Take(3), bad, bad]);
        if (folder) File.WriteAllBytes(Path.Combine(made, "other.txt"), [.. "no text "u8, 0xFF]);
        AuditResult result = Audit(Records("T", 0, 40), Records("H", 1000, 40), folder ? made : file);
        Finding refused = Assert.Single(result.Findings, finding => finding.Id == "refused");
        Assert.StartsWith($"3 of 46 records (6.5 %){(folder ? " and 1 file" : "")} of samples:", refused.Text, StringComparison.Ordinal);
        Assert.Contains($"(the first: {name}: line {lines.Length + 1} has ", refused.Text, StringComparison.Ordinal);
        Assert.Equal(FindingPart.Warning, refused.Part);
        Row row = Assert.Single(result.Rows, row => row.Named);
        Assert.Equal((folder ? 1 : 0, 3, 46), (row.NearCopies!.Refused, row.NearCopies.RefusedRecords, row.NearCopies.OfRecords));
        // Whether it would have been drawn or not, and what is given again is counted all the same.
        Assert.Equal(folder ? 2 : 1, result.Problems.Count);
        Assert.Equal((43, 0, 3), (row.Outputs!.Documents, row.Outputs.Empty, row.Outputs.Again));
    }

    [Fact]
    public void What_every_sample_of_the_source_says_again_and_again_is_not_memorized()
    {
        // One record in three is one of 40 stock answers, which nobody need have learned from T.
        string[] stock = [.. Enumerable.Range(0, 40).Select(i => Sentence(9000 + i))];
        string Draw(string name, int first, int count)
        {
            var rng = Rng.For((ulong)first, "stock");
            return _texts.Add($"{name}.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(first, count)
                .Select(i => JsonSerializer.Serialize(new { text = rng.NextInt(3) == 0 ? stock[rng.NextInt(40)] : Sentence(i) })))));
        }

        AuditResult result = Audit(Draw("T", 0, 400), Draw("H", 1000, 900), Draw("G", 3000, 250));
        Ledger fresh = Assert.Single(result.Rows, row => row.Named).Ledgers.First(ledger => ledger.View == "words:2");
        // It read .33 [.25 .41] where they were taken out of what is held out.
        Assert.InRange(fresh.Memorized.Value!.Value, -0.05, 0.05);
        Assert.InRange(0, fresh.Memorized.Low!.Value, fresh.Memorized.High!.Value);
        Assert.InRange(result.Source.Deal.RecurringInTraining, 250, 350);
        Finding finding = Assert.Single(result.Findings, finding => finding.Id == "recurring-in-training");
        Assert.Contains("stay there", finding.Text, StringComparison.Ordinal);

        static string Sentence(int number)
        {
            var rng = new Rng((ulong)number);
            return string.Join(' ', Enumerable.Range(0, 20).Select(_ => s_words[(int)Math.Exp(rng.NextDouble() * Math.Log(s_words.Length))]));
        }
    }

    /// <summary>Half of all records end with one of a few stock closings: T, a part of the size of H, is covered by them nearly as much.</summary>
    [Fact]
    public void Fresh_text_with_closings_of_the_source_is_no_near_copy()
    {
        string Closed(string text)
        {
            var rng = Rng.For((ulong)text.Length, text[..40]);
            var closing = new Rng((ulong)(7000 + rng.NextInt(60)));
            return rng.NextInt(2) == 0 ? text
                : text + "\n" + string.Join(' ', Enumerable.Range(0, 30).Select(_ => s_words[closing.NextInt(s_words.Length)]));
        }

        AuditResult result = Audit(Records("T", 0, 120, Closed), Records("H", 1000, 400, Closed), Records("G", 2000, 100, Closed));
        NearCopyReport fresh = Assert.Single(result.Rows, row => row.Named).NearCopies!;
        Assert.InRange(fresh.Share.Value!.Value, 0.02, 0.1);
        // It was held against 40 % of what A has in H, for T is so much of it.
        Assert.Equal(result.Contamination!.Overlaps.Single(o => o is { Sample: "A", In: "T" }).Share.Value, fresh.Share.Floor);
        Assert.DoesNotContain(result.Findings, finding => finding.Id == "near-copies");
        Assert.Contains("of what is held out within the rest of it", Assert.Single(result.Findings, finding => finding.Id == "contaminated").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fresh_text_is_contaminated_with_nothing()
    {
        AuditResult result = Audit(Records("T", 0, 40), Records("H", 1000, 40), Records("G", 2000, 20));
        Assert.All(result.Contamination!.Overlaps, overlap => Assert.Equal(0, overlap.Share.Value));
        Assert.DoesNotContain(result.Findings, finding => finding.Id is "contaminated" or "near-copies");
    }

    private AuditResult Audit(string training, string heldOut, string samples, string? output = null)
    {
        string json = _texts.Beside("result.json");
        string[] more = output is null ? [] : ["--out", output];
        CliRun run = CliRun.Of(["audit", "--train", training, "--heldout", heldOut, $"samples:{samples}", "--view", "words:2", "--json", json, .. more]);
        Assert.True(run.Status == 0, run.Error);
        return ResultJson.FromUtf8(File.ReadAllBytes(json));
    }

    /// <summary>A folder of one file of records of 250 words.</summary>
    private string Records(string name, int first, int count, Func<string, string>? change = null)
    {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            var rng = new Rng((ulong)(first + i));
            string text = string.Join(' ', Enumerable.Range(0, 250).Select(_ => s_words[(int)(s_words.Length * Math.Pow(rng.NextDouble(), 3))]));
            lines.Append(JsonSerializer.Serialize(new { text = change?.Invoke(text) ?? text })).Append('\n');
        }
        _texts.Add($"{name}/{name}.jsonl", Encoding.UTF8.GetBytes(lines.ToString()));
        return _texts.Beside(name);
    }

    private static string[] Vocabulary()
    {
        var rng = new Rng(1);
        return [.. Enumerable.Range(0, 3000).Select(_ => string.Concat(Enumerable.Range(0, 2 + rng.NextInt(7)).Select(_ => (char)('a' + rng.NextInt(26)))))];
    }
}
