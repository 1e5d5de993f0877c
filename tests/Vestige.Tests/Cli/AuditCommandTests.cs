using System.Diagnostics;
using Vestige.Images.Codecs;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

/// <summary><c>vestige audit</c> as a user meets it: what is wrong, said in words and an exit status.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly Photos _photos = new(16);

    public void Dispose() => _photos.Dispose();

    private AuditResult Result(params string[] more)
    {
        string json = _photos.Beside("result.json");
        CliRun run = CliRun.Of(["audit", _photos.Source, .. more, "--json", json]);
        Assert.Equal((0, true), (run.Status, run.Out.Length > 0));
        return ResultJson.FromUtf8(File.ReadAllBytes(json));
    }

    [Theory]
    [InlineData("jepg:q=50", "Did you mean jpeg?")]
    [InlineData("jpeg:quality=50", "jpeg has no option \"quality\"")]
    [InlineData("jpeg:q=500", "1..100")]
    [InlineData("jpeg:q=abc", "1..100")]
    [InlineData("jpeg:q=10..90/0", "jpeg:q=10..90/0")]
    [InlineData("samples", "samples:DIR")]
    public void A_compressor_that_there_is_not_is_refused_with_what_there_is(string compressor, string words)
    {
        CliRun run = CliRun.Of("audit", _photos.Source, compressor);
        Assert.Equal(2, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Contains("vestige audit --help", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("--fail-if", "kolor<30", "the columns are rate, saved, saved.lossless")]
    [InlineData("--choose", "qualty>3", "--choose \"qualty>3\", character 1: there is no column \"qualty\"")]
    [InlineData("--choose", "simulacra2>=80", "Did you mean ssimulacra2?")]
    [InlineData("--fail-if", "diff(jpeg:q=5).lost>0.1", "diff(jpeg:q=5): there is no row jpeg:q=5. Did you mean jpeg:q=50?")]
    [InlineData("--compare", "jpeg:q=50", "it takes two rows with a comma between them")]
    [InlineData("--compare", "jpeg:q=50,parot", "there is no row parot. Did you mean parrot?")]
    [InlineData("--compare", "jpeg:q=50,jpeg:q=50", "a row does not differ from itself")]
    [InlineData("--view", "textrue", "Did you mean texture? There are: texture, scene, blocks")]
    [InlineData("--units", "0", "from 1 up")]
    [InlineData("--threads", "0", "from 1 to 256")]
    [InlineData("--scale", "3/2", "--scale 3/2")]
    public void An_option_with_a_wrong_value_is_refused_with_its_range(string option, string value, string words)
    {
        CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=50", option, value);
        Assert.Equal(2, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Jpeg_files_stand_beside_themselves_in_jpeg_xl_without_loss()
    {
        if (PictureCompressors.Transcode.WhyAbsent() is { } why) Assert.Skip(why);
        using var photos = new Photos(0);
        for (int i = 0; i < 40; i++) photos.Add($"{i:d2}.jpg", TestImages.Save(TestImages.Photo(48, 48, (ulong)i + 1), "jpg"));
        string json = photos.Beside("result.json");
        CliRun run = CliRun.Of("audit", photos.Source, "jpeg:q=30", "--json", json, "--fail-if", "saved<50% or rate>0", "--choose", "rate<100");
        Assert.Equal(1, run.Status);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        Row row = result.Rows.Single(r => r.Name == "jxl:transcode");
        Assert.InRange(row.Bits.CodedBytes!.Value, 1, result.Source.CurrentBytes - 1);
        Assert.Equal(40, result.Source.Formats["jpeg"]);
        Assert.Contains("infinite", row.Paired!.Of("psnr")!.Mean.Why, StringComparison.Ordinal);
        Assert.Equal((0, 0), (row.Ledgers[0].Hallucinated.Value, row.Bits.Failures));
        Assert.Contains(result.Findings, f => f.Id == "recoded");
        // Nobody named it: no gate is of it.
        Assert.Equal(["jpeg:q=30"], result.Gates.Select(gate => gate.Row));
        Assert.Equal("rate<100", result.Choice!.Condition);
        // Reduced they are no files any more.
        run = CliRun.Of("audit", photos.Source, "jpeg:q=30", "--json", json, "--scale", "1/2", "--paired", "false");
        result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        Assert.DoesNotContain(result.Rows, r => r.Name == "jxl:transcode");
        Assert.DoesNotContain(result.Findings, f => f.Id == "recoded");
    }

    [Theory]
    [InlineData("name a folder of images before it", "jpeg:q=10")]
    [InlineData("--train needs --heldout DIR beside it", "--train", "a")]
    [InlineData("--heldout needs --train DIR beside it", "--heldout", "a")]
    [InlineData("/a/folder cannot be audited beside --train and --heldout", "/a/folder", "jpeg", "--train", "a", "--heldout", "b")]
    [InlineData("jpeg:q=50 is a compressor; name a folder of images before it", "jpeg:q=50")]
    [InlineData("--fail-if judges the compressors that are named, and none is", "/a/folder", "--fail-if", "lost>0.1")]
    public void A_source_is_named_once(string words, params string[] arguments)
    {
        CliRun run = CliRun.Of(["audit", .. arguments]);
        Assert.Equal(2, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_images_or_none_at_all_is_said()
    {
        Directory.CreateDirectory(_photos.Beside("empty"));
        CliRun run = CliRun.Of("audit", _photos.Beside("empty"), "jpeg:q=50");
        Assert.Equal(3, run.Status);
        Assert.Contains("holds no images", run.Error, StringComparison.Ordinal);
        run = CliRun.Of("audit", _photos.Beside("nowhere"), "jpeg:q=50");
        Assert.Equal(3, run.Status);
        Assert.Contains("nowhere: there is no such file or folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_images_have_rates_and_are_told_how_many_are_needed()
    {
        using var few = new Photos(5);
        CliRun run = CliRun.Of("audit", few.Source, "jpeg:q=50");
        Assert.Equal(0, run.Status);
        Assert.Contains("16 usable images are needed (32 for intervals), and there are 5.", run.Words, StringComparison.Ordinal);
        Assert.Matches(@"jpeg:q=50 +\d+\.\d+ ", run.Out);
    }

    [Fact]
    public void Samples_that_are_too_small_are_named_with_what_would_help()
    {
        using var held = new Photos(5, seed: 100);
        using var many = new Photos(20, seed: 200);
        Assert.Contains("A ledger needs at least 4 usable images in each of T, H, A and B (8 for intervals), and here H holds 2, A 2 and B 1: H, A and B are dealt from what "
            + "--heldout names, where 12 usable images are needed (24 for intervals) and there are 5; more in T does not help.",
            CliRun.Of("audit", "--train", many.Source, "--heldout", held.Source, "jpeg:q=50").Words, StringComparison.Ordinal);
        Assert.Contains("here T holds 2, A 2 and B 2: there are 20 to deal, but --units keeps T, A and B so small.",
            CliRun.Of("audit", many.Source, "jpeg:q=50", "--units", "2").Words, StringComparison.Ordinal);
        Assert.Contains("here H holds 2: there are 20 to deal, but --reserve keeps H so small.",
            CliRun.Of("audit", many.Source, "jpeg:q=50", "--reserve", "2").Words, StringComparison.Ordinal);
        using var three = new Photos(3, seed: 300);
        Assert.Contains("here T holds 3: T is what --train names: name more.",
            CliRun.Of("audit", "--train", three.Source, "--heldout", many.Source, "jpeg:q=50").Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_named_and_the_rest_goes_on()
    {
        _photos.Add("text.png", "no image"u8.ToArray());
        _photos.Add("empty.jpg", []);
        _photos.Add("cut.jpg", TestImages.Save(TestImages.Photo(64, 64), "jpg")[..400]);
        _photos.Add("it's a \"name\" with\nlines, é and 猫.png", TestImages.Save(TestImages.Photo(48, 48, 99), "png"));
        File.CreateSymbolicLink(Path.Combine(_photos.Source, "broken.png"), "/nowhere/at/all.png");
        AuditResult result = Result("jpeg:q=50");
        Assert.Equal((21, 17), (result.Source.Documents, result.Source.Usable));
        Assert.Equal(["broken.png", "cut.jpg", "empty.jpg", "text.png"], result.Problems.Select(p => p.Document).Order(StringComparer.Ordinal));
        CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=50");
        Assert.Contains("4 of 21 files could not be used", run.Words, StringComparison.Ordinal);
        Assert.Contains("empty.jpg: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("is a broken link", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_name_cannot_write_on_the_terminal()
    {
        _photos.Add("red\u001b[31m\nname.png", "no image"u8.ToArray());
        CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=50");
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Contains("red\\u001b[31m\\nname.png", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_of_the_same_bytes_are_copies_and_counted()
    {
        File.Copy(Path.Combine(_photos.Source, "003.png"), Path.Combine(_photos.Source, "again.png"));
        AuditResult result = Result("jpeg:q=50");
        Assert.Equal((17, 17, 1), (result.Source.Documents, result.Source.Usable, result.Source.Copies));
        Assert.Contains(result.Findings, f => f.Id == "copies");
    }

    [Fact]
    public void Twenty_thousand_empty_files_are_rows_not_hours()
    {
        using var many = new Photos(0);
        for (int i = 0; i < 20_000; i++) File.Create(Path.Combine(many.Source, $"{i:d5}.jpg")).Dispose();
        var watch = Stopwatch.StartNew();
        CliRun run = CliRun.Of("audit", many.Source, "jpeg:q=10..90/20");
        Assert.Equal(3, run.Status);
        Assert.Contains("and 19990 more", run.Out, StringComparison.Ordinal);
        // It takes about a second; ten times that is a loaded machine, and anything that grows as the square takes minutes.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    [Fact]
    public void A_folder_for_the_work_inside_the_source_is_refused()
    {
        CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=50", "--out", Path.Combine(_photos.Source, "out"));
        Assert.Equal(2, run.Status);
        Assert.Contains("is inside", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_photos.Source, "out")));
    }

    [Fact]
    public void Places_that_cannot_be_written_are_said_before_the_work()
    {
        File.WriteAllText(_photos.Beside("file"), "");
        foreach ((string option, string place) in new[] { ("--out", _photos.Beside("file")), ("--out", "/proc/nowhere"), ("--json", _photos.Source),
            ("--json", "/proc/nowhere.json") })
        {
            CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=50", option, place);
            Assert.Equal(3, run.Status);
            Assert.Contains(place, run.Error, StringComparison.Ordinal);
            Assert.Empty(run.Out);
        }
    }

    [Fact]
    public void A_full_disk_ends_with_3_and_the_device_is_still_one()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=50", "--json", "/dev/full");
        Assert.Equal(3, run.Status);
        Assert.Contains("/dev/full could not be written", run.Error, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "x"));
    }

    [Fact]
    public void Samples_of_a_generator_are_audited_against_what_it_was_trained_on()
    {
        using var heldOut = new Photos(30, seed: 100);
        string json = _photos.Beside("result.json");
        CliRun run = CliRun.Of("audit", "samples:" + _photos.Source, "--train", _photos.Source, "--heldout", heldOut.Source, "--json", json);
        Assert.Equal(0, run.Status);
        Row row = ResultJson.FromUtf8(File.ReadAllBytes(json)).Rows.Single(r => r.Named);
        Assert.Equal("samples:" + _photos.Source, row.Name);
        Assert.True(row.Ledgers[0].Memorized.IsMeasured);
        run = CliRun.Of("audit", heldOut.Source, "samples:" + _photos.Source);
        Assert.Contains("what this was trained on is not known: name it with --train", run.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_without_a_split_as_the_headline_gives_the_account_of_p_and_says_so()
    {
        CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=50", "--view", "blocks");
        Assert.Equal(0, run.Status);
        Assert.Contains("Shares of blocks (view 'blocks')", run.Words, StringComparison.Ordinal);
        Assert.Contains("this view gives no account of q", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_falls_ends_with_1_and_a_line()
    {
        CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=10", "jpeg:q=95", "--fail-if", "rate<100", "--fail-if", "rate>100");
        Assert.Equal(1, run.Status);
        Assert.Equal(2, run.Error.Split('\n').Count(line => line.Contains("gate fell: jpeg:q=", StringComparison.Ordinal)));
        Assert.Matches(@"gate fell: jpeg:q=10: rate \d\.\d+ \[.+\] < 100 \(rate<100\)", run.Error);
        Assert.Equal(0, CliRun.Of("audit", _photos.Source, "jpeg:q=10", "--fail-if", "rate>100").Status);
    }

    [Fact]
    public void Exhibits_are_there_where_the_result_says_and_are_PNG()
    {
        // Of fewer points than a radius needs, all are like all others.
        using var many = new Photos(40);
        string folder = _photos.Beside("out");
        Assert.Equal(0, CliRun.Of("audit", many.Source, "nearest:scale=4", "--out", folder).Status);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(Path.Combine(folder, "results.json")));
        Assert.Equal(["worst", "worst-tile", "median", "lost", "hallucinated"], result.Exhibits.Select(e => e.Kind));
        string[] layers = ["original", "reconstruction", "lost map", "invented map"];
        Assert.Equal([layers, ["tiles", "map"], layers, ["tiles"], ["tiles"]], result.Exhibits.Select(e => e.Files.Select(f => f.Label)));
        foreach (ExhibitFile file in result.Exhibits.SelectMany(e => e.Files))
            Assert.Equal("PNG"u8.ToArray(), File.ReadAllBytes(Path.Combine(folder, file.Path))[1..4]);
    }

    [Fact]
    public void Each_image_is_compared_with_its_reconstruction_unless_that_is_not_wanted()
    {
        AuditResult result = Result("jpeg:q=10..90/40", "webp:q=10..90/40");
        PairedReport coarse = result.Rows.Single(r => r.Name == "jpeg:q=10").Paired!, fine = result.Rows.Single(r => r.Name == "jpeg:q=90").Paired!;
        Assert.Equal(new Vestige.Images.Paired.PicturePairing().Measures.Select(m => m.Name), coarse.Measures.Select(m => m.Name));
        Assert.Equal(coarse.Measures.Select(m => m.Name), result.PairedMeasures.Select(m => m.Name));
        Assert.True(coarse.Of("lost")!.Mean.Value > fine.Of("lost")!.Mean.Value && coarse.Of("psnr")!.Mean.Value < fine.Of("psnr")!.Mean.Value);
        Assert.EndsWith(".png", coarse.Of("ssimulacra2")!.WorstDocument, StringComparison.Ordinal);
        Assert.Equal(("jpeg", "webp"), (result.Matched.Single().Baseline, result.Matched.Single().Family));
        CliRun run = CliRun.Of("audit", _photos.Source, "jpeg:q=10..90/40", "webp:q=10..90/40");
        Assert.Contains("worst 5 %: means of", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"webp beside jpeg: at the same ssimulacra2 it takes \d\.\d\d", run.Out);
        run = CliRun.Of("audit", _photos.Source, "jpeg:q=10", "--paired", "false");
        Assert.DoesNotContain("SSIMULACRA 2", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_with_130_and_says_what_is_left()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        CliRun run = CliRun.Of(cancel.Token, "audit", _photos.Source, "jpeg:q=50", "--out", _photos.Beside("out"));
        Assert.Equal(130, run.Status);
        Assert.Contains("the same command goes on there", run.Error, StringComparison.Ordinal);
        run = CliRun.Of(cancel.Token, "audit", _photos.Source, "jpeg:q=50");
        Assert.Equal(130, run.Status);
        Assert.Contains("with --out DIR the work done would have been kept", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_the_user_gave_is_written_to()
    {
        string[] Listing() => [.. Directory.GetFiles(_photos.Source).Order().Select(f => f + File.GetLastWriteTimeUtc(f).Ticks + Convert.ToHexString(File.ReadAllBytes(f)))];
        string[] before = Listing();
        CliRun.Of("audit", _photos.Source, "jpeg:q=50", "--out", _photos.Beside("out"));
        Assert.Equal(before, Listing());
    }
}
