using System.Diagnostics;
using System.Globalization;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Tests.Cli;

namespace Vestige.Tests.Images.Codecs;

/// <summary>Programs that work on folders, well-behaved and otherwise.</summary>
public sealed class ExecBatchTests : IDisposable
{
    private const string Copy = "for f in \"$1\"/*; do cp \"$f\" \"$2\"/; done";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The option of a program that is a script of ours, told its folders and what else is asked for. It counts its starts in a file.</summary>
    private string Command(string name, string script, string more = "")
    {
        string path = _folder.Write(name + ".sh", System.Text.Encoding.UTF8.GetBytes($"echo start >> \"$0.log\"\n{script}\n"));
        return $"\"sh '{path}' {{in_dir}} {{out_dir}}{more}\"";
    }

    private int Starts(string name) => File.ReadAllLines(Path.Combine(_folder.Path, name + ".sh.log")).Length;

    private string Written(string encoder, string decoder = Copy, string more = "", string places = "") =>
        $"exec:name=mine,enc={Command("enc", encoder, places)},dec={Command("dec", decoder)}{more}";

    private static ExecBatchCodec Codec(string text)
    {
        Spec spec = Spec.Parse(text, PictureCompressors.Rows).Single();
        return Assert.IsType<ExecBatchCodec>(((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, TestContext.Current.CancellationToken));
    }

    /// <summary>What becomes of some pictures: bytes, or the fault.</summary>
    private static string[] Results(string spec, params Picture[] pictures)
    {
        using ICodecBatch<Picture> batch = Codec(spec).Begin();
        foreach (Picture picture in pictures) batch.Add(picture);
        batch.Run(TestContext.Current.CancellationToken);
        return [.. pictures.Select((picture, i) =>
        {
            try
            {
                Coded<Picture> coded = batch.Take(i, picture);
                Assert.Equal(picture.Rgb, coded.Reconstruction.Rgb);
                Assert.True(coded is { EncodeSeconds: > 0, DecodeSeconds: > 0 });
                return "ok";
            }
            catch (UnusableDocumentException error)
            {
                return error.Message;
            }
        })];
    }

    private static Picture[] Photos(int count) => [.. Enumerable.Range(1, count).Select(i => TestImages.Photo(16, 12, (ulong)i))];

    [Fact]
    public void Many_images_go_through_one_process_and_bytes_and_times_are_each_its_own()
    {
        Picture[] pictures = [TestImages.Photo(16, 12), TestImages.Photo(32, 24, 2), TestImages.Flat(64, 48, 9, 9, 9)];
        using ICodecBatch<Picture> batch = Codec(Written(Copy)).Begin();
        foreach (Picture picture in pictures) batch.Add(picture);
        batch.Run(TestContext.Current.CancellationToken);
        Coded<Picture>[] coded = [.. pictures.Select((picture, i) => batch.Take(i, picture))];
        Assert.Equal((1, 1), (Starts("enc"), Starts("dec")));
        Assert.Equal(pictures.Select(p => p.Rgb), coded.Select(c => c.Reconstruction.Rgb));
        // PNGs as they were copied; a flat one is the smallest though it is the largest.
        Assert.True(coded[2].Bytes < coded[0].Bytes && coded[0].Bytes < coded[1].Bytes);
        Assert.Equal(4, coded[1].EncodeSeconds / coded[0].EncodeSeconds, 1e-6);
        Assert.Equal(16, coded[2].DecodeSeconds / coded[0].DecodeSeconds, 1e-6);
    }

    [Fact]
    public void A_command_that_is_told_the_size_runs_once_a_size()
    {
        string log = Path.Combine(_folder.Path, "sizes");
        string[] results = Results(Written($"echo $3 $(ls \"$1\" | wc -l) >> '{log}'; {Copy}", places: " {w}x{h}"),
            TestImages.Photo(16, 12), TestImages.Photo(12, 16), TestImages.Photo(16, 12, 2));
        Assert.All(results, result => Assert.Equal("ok", result));
        Assert.Equal(["16x12 2", "12x16 1"], File.ReadAllLines(log));
        string path = _folder.Write("one.sh", "echo $3 > \"$0.log\"; cp \"$1\" \"$2\""u8.ToArray());
        Spec one = Spec.Parse($"exec:enc=\"sh '{path}' {{in}} {{out}} {{w}},{{h}}\",dec=\"cp {{in}} {{out}}\"", PictureCompressors.Rows).Single();
        ((ICodec<Picture>)((CompressorRow<Picture>)one.Row).Create(one).Compress(null!, null, TestContext.Current.CancellationToken)).Code(TestImages.Photo(20, 10));
        Assert.Equal("20,10", File.ReadAllText(path + ".log").Trim());
    }

    [Fact]
    public void One_image_that_a_program_falls_over_is_one_row()
    {
        // Every image with the third's stem ends the run half way, whatever else stands in the folder.
        const string falls = "echo no such image >&2; echo half > \"$2\"/000002.bin; exit 9";
        string[] results = Results(Written($"for f in \"$1\"/*; do case $f in */000002.*) {falls};; esac; cp \"$f\" \"$2\"/; done"), Photos(8));
        Assert.Equal("exec:name=mine,q=75: sh ended with status 9: no such image", results[2]);
        Assert.Equal(7, results.Count(result => result == "ok"));
        // 8, 4 and 4, 2 and 2, 1 and 1: halves of what failed.
        Assert.Equal(7, Starts("enc"));
    }

    [Fact]
    public void A_program_that_hangs_on_one_image_is_stopped_and_the_rest_goes_on()
    {
        var watch = Stopwatch.StartNew();
        string[] results = Results(Written($"for f in \"$1\"/*; do case $f in */000001.*) sleep 60;; esac; cp \"$f\" \"$2\"/; done", more: ",timeout=1"), Photos(3));
        Assert.Contains("did not end within 1 s and was stopped", results[1], StringComparison.Ordinal);
        Assert.Equal(["ok", "ok"], [results[0], results[2]]);
        // Three seconds together, then one alone; a loaded machine takes more, one that waits takes 60.
        Assert.InRange(watch.Elapsed.TotalSeconds, 3, 45);
    }

    [Theory]
    [InlineData("exit 0", "sh ended well but wrote no file for it")]
    [InlineData("for f in \"$1\"/*; do : > \"$2\"/$(basename \"$f\"); done", "sh ended well but wrote an empty file")]
    [InlineData("for f in \"$1\"/*; do mkdir \"$2\"/$(basename \"$f\"); done", "what it wrote is no plain file")]
    [InlineData("for f in \"$1\"/*; do mkfifo \"$2\"/$(basename \"$f\"); done", "what it wrote is no plain file")]
    [InlineData("for f in \"$1\"/*; do ln -s \"$f\" \"$2\"/; done", "what it wrote is no plain file")]
    [InlineData("for f in \"$1\"/*; do cp \"$f\" \"$2\"/; cp \"$f\" \"$f\".side; mv \"$f\".side \"$2\"/; done", "wrote more than one file for it: what is counted is one")]
    [InlineData(Copy + "; i=0; while [ $i -lt 3000 ]; do echo x > \"$2\"/more$i; i=$((i+1)); done", "beside the files of its images, which bear their names")]
    [InlineData("rm -r \"$1\"; rmdir \"$2\"", "Could not find")]
    public void What_cannot_be_counted_is_every_image_s_fault(string script, string words)
    {
        string[] results = Results(Written(script), Photos(3));
        Assert.All(results, result => Assert.Contains(words, result, StringComparison.Ordinal));
        Assert.Equal(1, Starts("enc"));
    }

    /// <summary>From where it runs and from its folder: an original, and what its encoder left beside its files.</summary>
    [Theory]
    [InlineData("../original-0.png")]
    [InlineData("../../original-0.png")]
    [InlineData("../coded/run/in/000000.png")]
    [InlineData("../../coded/run/in/000000.png")]
    [InlineData("../../coded/kept.png")]
    [InlineData("../*/original-0.png")]
    [InlineData("../*/kept.png")]
    public void What_is_not_counted_is_not_there_for_the_decoder(string place)
    {
        string encoder = "cp \"$1\"/000000.png kept.png; printf 1 > \"$2\"/000000.bin";
        string result = Results(Written(encoder, $"ls > '{_folder.Path}/seen'; ls \"$1\" >> '{_folder.Path}/seen'; cp {place} \"$2\"/000000.png"), Photos(1)).Single();
        Assert.Contains("sh ended with status 1: cp: ", result, StringComparison.Ordinal);
        Assert.EndsWith("; dec is handed the coded file alone, and enc wrote 1 other beside it (kept.png)", result, StringComparison.Ordinal);
        Assert.Equal(["in", "out", "000000.bin"], File.ReadAllLines(Path.Combine(_folder.Path, "seen")));
    }

    [Fact]
    public void Names_and_times_carry_nothing_to_the_decoder()
    {
        string named = Results(Written("for f in \"$1\"/*; do printf 1 > \"$2\"/$(basename \"$f\" .png).0123456789abcdef0; done"), Photos(1)).Single();
        Assert.Contains("an extension that is not up to 16 letters and digits", named, StringComparison.Ordinal);
        string times = Path.Combine(_folder.Path, "times");
        Results(Written($"{Copy}; touch -d @86400 \"$2\"/*; chmod 640 \"$2\"/*", $"stat -c '%Y %a' \"$1\"/* > '{times}'; {Copy}"), Photos(1));
        string[] told = File.ReadAllText(times).Split(' ', StringSplitOptions.TrimEntries);
        Assert.NotEqual("86400", told[0]);
        Assert.NotEqual("640", told[1]);
    }

    [Fact]
    public void A_decoder_s_faults_are_those_of_their_images()
    {
        string other = _folder.Write("other.png", TestImages.Save(TestImages.Photo(16, 13), "png"));
        string decoder = $"{Copy}; cp '{other}' \"$2\"/000000.png; echo text > \"$2\"/000001.png; rm \"$2\"/000002.png; head -c 3000000 /dev/zero > \"$2\"/000003.png";
        string[] results = Results(Written(Copy, decoder), Photos(5));
        string[] words =
        [
            "dec gave 16 x 13 pixels for 16 x 12", "what dec wrote its content is none of the formats", "wrote no file for it",
            "dec wrote 3,000,000 bytes for 16 x 12 pixels", "ok",
        ];
        for (int i = 0; i < words.Length; i++) Assert.Contains(words[i], results[i], StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_program_and_leaves_nothing_behind()
    {
        string[] before = Directory.GetDirectories(Path.GetTempPath(), "vestige-??????");
        var watch = Stopwatch.StartNew();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using (ICodecBatch<Picture> batch = Codec(Written("sleep 60")).Begin())
        {
            batch.Add(TestImages.Photo(16, 12));
            Assert.ThrowsAny<OperationCanceledException>(() => batch.Run(cancel.Token));
        }
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 40);
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath(), "vestige-??????").Except(before), f => Directory.EnumerateFiles(f, "original-0.png").Any());
    }

    [Theory]
    [InlineData("enc=\"cp {in_dir} {out}\",dec=\"cp {in} {out}\"", "has places for files and for folders")]
    [InlineData("enc=\"cp {in_dir}\",dec=\"cp {in_dir} {out_dir}\"", "has no {out_dir}: the program must be told that folder")]
    [InlineData("enc=\"cp {in_dir} {out_dir}\",dec=\"cp {in} {out}\"", "one of enc and dec takes folders")]
    [InlineData("enc=\"cp {in_dir} {out_dir}\",dec=\"cp {in_dir} {out_dir} {q}\"", "a decoder is told no quality")]
    [InlineData("enc=\"cp {in_dir} {out_dir}\",dec=\"cp {in_dir} {out_dir}\",batch=0", "batch")]
    public void A_wrong_command_is_refused_before_the_work(string options, string words) =>
        Assert.Contains(words, Assert.Throws<SpecException>(() => Codec("exec:" + options)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_audit_gives_what_one_image_at_a_time_gives_takes_up_what_is_done_and_names_what_failed()
    {
        using var photos = new Photos(20);
        string single = _folder.Write("single.sh", "cp \"$1\" \"$2\""u8.ToArray());
        string one = $"exec:name=one,enc=\"sh '{single}' {{in}} {{out}}\",dec=\"cp {{in}} {{out}}\"";
        string many = Written($"[ -e \"$0.fail\" ] && exit 5; {Copy}", more: ",batch=8");
        string kept = Path.Combine(_folder.Path, "run"), json = Path.Combine(_folder.Path, "result.json");
        CliRun run = CliRun.Of("audit", photos.Source, one, many, "jpeg:q=50", "--out", kept, "--json", json);
        Assert.Equal(0, run.Status);
        // Batches of 8 of 20, and each of the few images that exhibits show by itself.
        int starts = Starts("enc");
        Assert.InRange(starts, 3, 15);
        // The same files and pixels: what is counted and measured is the same to the last digit, times apart.
        AuditResult result = ResultJson.ReadAll(File.ReadAllBytes(json)).Results.Single();
        Row[] rows = [.. result.Rows.Where(row => row.Name.StartsWith("exec:", StringComparison.Ordinal))];
        Assert.Equal(2, rows.Length);
        Assert.Equal(rows[0].Bits.CodedBytes, rows[1].Bits.CodedBytes);
        Assert.Equal(rows[0].Ledgers.Select(l => (l.View, l.Lost, l.Memorized, l.Hallucinated)), rows[1].Ledgers.Select(l => (l.View, l.Lost, l.Memorized, l.Hallucinated)));
        Assert.Equal(rows[0].Paired!.Measures, rows[1].Paired!.Measures);

        run = CliRun.Of("audit", photos.Source, one, many, "jpeg:q=50", "--out", kept, "--threads", "1");
        Assert.Equal(0, run.Status);
        Assert.True(Starts("enc") - starts < starts, string.Create(CultureInfo.InvariantCulture, $"{starts}, then {Starts("enc")}"));

        _folder.Write("enc.sh.fail", [1]);
        run = CliRun.Of("audit", photos.Source, many, "jpeg:q=50");
        Assert.Equal(0, run.Status);
        Assert.Contains("sh ended with status 5", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"jpeg:q=50 +\d", run.Out);
    }
}
