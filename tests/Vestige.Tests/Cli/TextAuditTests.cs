using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli;

/// <summary>Audits of text from the command line to the result.</summary>
public sealed class TextAuditTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Text_is_known_by_what_the_folder_holds_and_too_little_of_it_is_said()
    {
        File.WriteAllText(Path.Combine(_folder, "a.txt"), "far too short");
        CliRun run = CliRun.Of("audit", _folder);
        Assert.Equal(3, run.Status);
        Assert.Contains("16 usable files are needed", run.Out, StringComparison.Ordinal);
        // A model that cannot be trained on nothing is a row, no crash.
        run = CliRun.Of("audit", _folder, "ngram:order=3", "transformer:steps=1");
        Assert.Equal(3, run.Status);
        Assert.Contains("ngram:order=3", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_to_group_by_that_no_record_has_is_refused_and_samples_need_none()
    {
        void Write(string name, int first, string more) => File.WriteAllLines(Path.Combine(_folder, name), Enumerable.Range(first, 40)
            .Select(i => $"{{\"text\": \"{string.Join(' ', Enumerable.Range(0, 80).Select(w => $"w{(i * w * w) + (i % 7)}"))}\"{more.Replace("%", $"{i % 10}", StringComparison.Ordinal)}}}"));
        Write("real.jsonl", 0, ", \"author\": %");
        string samples = Directory.CreateDirectory(Path.Combine(_folder, "made")).FullName, real = Path.Combine(_folder, "real.jsonl");
        Write(Path.Combine("made", "g.jsonl"), 100, "");
        CliRun run = CliRun.Of("audit", real, "ngram:order=2", "--group", "autor");
        Assert.Equal(2, run.Status);
        Assert.Contains("--group autor: no record of", run.Error, StringComparison.Ordinal);
        run = CliRun.Of("audit", "--train", real, "--heldout", samples, $"samples:{samples}", "--group", "author");
        Assert.Contains("made", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Status);
        Assert.NotEqual(2, CliRun.Of("audit", "--train", real, "--heldout", real, $"samples:{samples}", "--group", "author").Status);
    }

    [Fact]
    public void Of_several_sources_a_notice_says_which_it_is_of()
    {
        using var texts = new Texts();
        // Longer than a section: such a file is cut, and that is noticed.
        string Long(string name, ulong seed) =>
            texts.Add($"{name}.txt", [.. Directory.GetFiles(texts.Write(name, 16, seed)).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)]);
        string trained = Long("trained", 1), held = Long("held", 50);
        CliRun run = CliRun.Of("audit", "--train", trained, "--heldout", held, "ngram:order=2");
        Assert.Contains($"{trained} (trained on): 1 document is fewer than", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{held} (held out): 1 document is fewer than", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain($"{held}: ", CliRun.Of("audit", held, "ngram:order=2").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_extraction_and_samples_are_in_the_result()
    {
        var rng = new Vestige.Numerics.Rng(1);
        string[] words = [.. Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Range(0, 3 + rng.NextInt(5)).Select(_ => (char)('a' + rng.NextInt(26)))))];
        // Words by rank, as in texts: few are frequent.
        for (int i = 0; i < 40; i++)
            File.WriteAllText(Path.Combine(_folder, $"{i:00}.txt"), string.Join(' ', Enumerable.Range(0, 900).Select(_ => words[(int)(300 * Math.Pow(rng.NextDouble(), 3))])));
        // Beside the folder that is read, not in it.
        string json = _folder + ".json";
        CliRun run = CliRun.Of("audit", _folder, "ngram:order=12", "--json", json);
        Assert.True(run.Status == 0, run.Error);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        Row Of(RowKind kind) => result.Rows.Single(row => row.Kind == kind);
        Row yardstick = Of(RowKind.Yardstick), parrot = Of(RowKind.Parrot), model = Of(RowKind.Named);
        Assert.Equal((0.0, 1.0), (Math.Round(yardstick.Copying!.Copied.Value!.Value, 2), parrot.Copying!.Copied.Value));
        Assert.InRange(model.Copying!.MeanMatch, yardstick.Copying.MeanMatch, parrot.Copying.MeanMatch);
        Assert.True(model.Extraction!.TrainingTried > 0);
        Assert.Null(yardstick.Extraction);
        // Files of 8 passages of 256 bytes or more hold 120 bytes around their text at most, and read on from one to the next.
        Assert.InRange(model.Bits.Files!.Value, 1, 64);
        Assert.InRange(model.Bits.FileRate!.Value!.Value, 0.8 * model.Bits.FileIdeal!.Value!.Value, model.Bits.FileIdeal.Value.Value + (120 * 8 / (8 * 256.0)));
        Assert.Contains($"{model.Name} {model.Bits.FileRate.Value:0.000} ({model.Bits.FileIdeal.Value:0.000})", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Null(parrot.Bits.FileRate);
        Assert.Contains(result.Exhibits, e => e is { Kind: "sample", Spans.Count: > 0 } && e.Row == model.Name);
        // The headline is the same view in every row, and one in which it can be split.
        Assert.Single(result.Rows.Select(r => r.Ledgers[0].View).Distinct());
        Assert.True(yardstick.Ledgers[0].Hallucinated.IsMeasured);
        Assert.Contains("copied", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_model_has_by_heart_of_each_document_stands_in_items_csv()
    {
        var rng = new Vestige.Numerics.Rng(1);
        // Nothing to generalize but letters: what is short in T is learned by heart.
        for (int i = 0; i < 40; i++)
            File.WriteAllText(Path.Combine(_folder, $"{i:00}.txt"), string.Concat(Enumerable.Range(0, 2000).Select(_ => (char)('a' + rng.NextInt(20)))));
        string place = _folder + "-out";
        CliRun run = CliRun.Of("audit", _folder, "ngram:order=5", "--out", place);
        Assert.True(run.Status == 0, run.Error);
        Row model = ResultJson.FromUtf8(File.ReadAllBytes(Path.Combine(place, "results.json"))).Rows.Single(row => row.Kind == RowKind.Named);
        string[] lines = File.ReadAllLines(Path.Combine(place, "items.csv"));
        int column = Array.IndexOf(lines[0].Split(','), "bits_memorized");
        (string Sample, double Size, double Length, double Bits)[] items = [.. lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells[column].Length > 0)
            .Select(cells => (cells[2], Number(cells[4]), Number(cells[column - 1]), Number(cells[column])))];
        Assert.Equal(["H", "T"], items.Select(item => item.Sample).Distinct().Order());
        var t = items.Where(item => item.Sample == "T").ToArray();
        Assert.All(t, item => Assert.InRange(item.Bits, 1, 8 * item.Size));
        // Digits of the file: six behind the point.
        Assert.Equal(model.Bits.CodeLengthTraining!.Value!.Value, t.Sum(item => item.Length) / t.Sum(item => item.Size), 1e-6);
        Assert.Equal(model.Bits.GeneralizationGap!.Value!.Value, t.Sum(item => item.Bits) / t.Sum(item => item.Size), 1e-6);
        Assert.Equal(0, items.Where(item => item.Sample == "H").Sum(item => item.Bits), 1e-3);
        Directory.Delete(place, true);

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData('\u4e00', 3)]
    [InlineData('\u0430', 2)]
    [InlineData('a', 1)]
    public void Bits_a_character_stand_beside_bits_a_byte_where_characters_take_several(char first, int bytes)
    {
        var rng = new Vestige.Numerics.Rng(1);
        for (int i = 0; i < 40; i++)
            File.WriteAllText(Path.Combine(_folder, $"{i:00}.txt"), string.Concat(Enumerable.Range(0, 3000 / bytes).Select(_ => (char)(first + rng.NextInt(20)))));
        string json = _folder + ".json";
        CliRun run = CliRun.Of("audit", _folder, "ngram:order=2", "--json", json);
        Assert.True(run.Status == 0, run.Error);
        Row model = ResultJson.FromUtf8(File.ReadAllBytes(json)).Rows.Single(row => row.Kind == RowKind.Named);
        // All characters are of one length, but for the line end of a file.
        Assert.Equal(bytes * model.Bits.Rate.Value!.Value, model.Bits.RatePerCharacter!.Value!.Value, 0.01 * bytes);
        Assert.Equal(bytes > 1, run.Out.Contains("bits/char", StringComparison.Ordinal));
        // Twenty characters alike: log2 20.
        Assert.Equal(Math.Log2(20), model.Bits.RatePerCharacter.Value!.Value, 0.5);
        File.Delete(json);
    }
}
