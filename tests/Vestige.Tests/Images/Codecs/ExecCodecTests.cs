using System.Diagnostics;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Tests.Cli;

namespace Vestige.Tests.Images.Codecs;

/// <summary>Programs as codecs.</summary>
public sealed class ExecCodecTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static ExecCodec Codec(string options)
    {
        Spec spec = Spec.Parse("exec:" + options, PictureCompressors.Rows).Single();
        return Assert.IsType<ExecCodec>(((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, TestContext.Current.CancellationToken));
    }

    /// <summary>A codec whose encoder is a script of ours; its decoder copies.</summary>
    private ExecCodec Script(string script, string more = "")
    {
        string path = _folder.Write("script.sh", System.Text.Encoding.UTF8.GetBytes(script));
        return Codec($"name=mine,enc=\"sh '{path}' {{in}} {{out}}\",dec=\"cp {{in}} {{out}}\",ext=png{more}");
    }

    private static string Fault(ExecCodec codec, Picture? picture = null) =>
        Assert.Throws<UnusableDocumentException>(() => codec.Code(picture ?? TestImages.Photo(16, 12))).Message;

    /// <summary>Each as the documentation writes it, and the command that its user would type.</summary>
    [Theory]
    [InlineData("name=cjxl,enc=\"cjxl {in} {out} -q {q}\",dec=\"djxl {in} {out}\",ext=jxl,q=60", "cjxl photo.png own.jxl -q 60", "libjxl-tools")]
    [InlineData("name=cwebp,enc=\"cwebp -q {q} {in} -o {out}\",dec=\"dwebp {in} -o {out}\",ext=webp,q=40", "cwebp -q 40 photo.png -o own.webp", "webp")]
    [InlineData("name=avifenc,enc=\"avifenc --min {q} --max {q} -s 9 {in} {out}\",dec=\"avifdec {in} {out}\",ext=avif,q=30",
        "avifenc --min 30 --max 30 -s 9 photo.png own.avif", "libavif-bin")]
    public void What_is_coded_is_what_the_programs_own_command_writes(string options, string command, string package)
    {
        string program = command.Split(' ')[0];
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, program))),
            $"{program} is not installed (Debian: {package})");
        Picture photo = TestImages.Photo(96, 64);
        _folder.Write("photo.png", TestImages.Save(photo, "png"));
        using Process own = Process.Start(new ProcessStartInfo(program, command.Split(' ')[1..])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true
        })!;
        own.StandardError.ReadToEnd();
        own.WaitForExit();
        byte[] expected = File.ReadAllBytes(Path.Combine(_folder.Path, command.Split(' ').Single(w => w.StartsWith("own", StringComparison.Ordinal))));
        ExecCodec codec = Codec(options);
        Assert.Equal(expected, codec.Encode(photo));
        Coded<Picture> coded = codec.Code(photo);
        Assert.Equal(expected.Length, coded.Bytes);
        Assert.True(coded is { EncodeSeconds: > 0, DecodeSeconds: > 0 } && TestImages.Psnr(photo, coded.Reconstruction) > 25);
    }

    [Fact]
    public void Files_pass_through_as_they_are_and_nothing_is_left_behind()
    {
        string[] Left() => Directory.GetDirectories(Path.GetTempPath(), "vestige-??????");
        string[] before = Left();
        Picture photo = TestImages.Photo(37, 21);
        Coded<Picture> coded = Codec("name=copy,enc=\"cp {in} {out}\",dec=\"cp {in} {out}\"").Code(photo);
        Assert.Equal(photo.Rgb, coded.Reconstruction.Rgb);
        Assert.DoesNotContain(Left().Except(before), f => File.Exists(Path.Combine(f, "original.png")));
    }

    [Fact]
    public void Places_are_filled_inside_words_and_no_shell_reads_them()
    {
        string log = Path.Combine(_folder.Path, "log");
        Script($"printf '%s\\n' \"$@\" > '{log}'; cp \"$1\" \"$2\"", "").Code(TestImages.Photo(8, 8));
        Assert.Equal(["original.png", "coded.png"], File.ReadAllLines(log).Select(Path.GetFileName));
        string path = _folder.Write("q.sh", "printf '%s\\n' \"$@\" > \"$0.log\"; cp \"$1\" \"$2\""u8.ToArray());
        Codec($"enc=\"sh '{path}' {{in}} {{out}} --quality={{q}} 'two words' $HOME;true\",dec=\"cp {{in}} {{out}}\",q=1.50").Code(TestImages.Photo(8, 8));
        Assert.Equal(["--quality=1.5", "two words", "$HOME;true"], File.ReadAllLines(path + ".log")[2..]);
    }

    [Fact]
    public void A_program_that_fails_is_told_with_its_status_and_its_words()
    {
        Assert.Contains("sh ended with status 3: no such quality; try another", Fault(Script("echo no such quality >&2; echo try another >&2; exit 3")), StringComparison.Ordinal);
        string page = Fault(Script("i=0; while [ $i -lt 20000 ]; do echo a line of complaint >&2; i=$((i+1)); done; printf '\\033[31mred\\n' >&2; exit 1"));
        Assert.InRange(page.Length, 100, 700);
        Assert.Contains("\\u001b[31mred", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_hangs_is_stopped_with_its_children()
    {
        var watch = Stopwatch.StartNew();
        Assert.Contains("sh did not end within 1 s and was stopped", Fault(Script("sleep 60 & sleep 60", ",timeout=1")), StringComparison.Ordinal);
        // A loaded machine may need seconds to stop it; a minute would be the sleep itself.
        Assert.InRange(watch.Elapsed.TotalSeconds, 1, 40);
    }

    [Theory]
    [InlineData("exit 0", "sh ended well but wrote no file")]
    [InlineData(": > \"$2\"", "sh ended well but wrote an empty file")]
    [InlineData("echo text > \"$2\"", "what dec wrote its content is none of the formats read here")]
    public void What_is_not_written_is_told(string script, string words) => Assert.Contains(words, Fault(Script(script)), StringComparison.Ordinal);

    /// <summary>What a decoder may look for, from where it runs and from its file: the original, and what its encoder left beside its output or below.</summary>
    [Theory]
    [InlineData("$(dirname \"$1\")/original.png")]
    [InlineData("original.png")]
    [InlineData("$1.more")]
    [InlineData("kept/side.png")]
    [InlineData("../*/coded.bin.more")]
    public void What_is_not_counted_is_not_there_for_the_decoder(string place)
    {
        string encoder = _folder.Write("enc.sh", "printf 1 > \"$2\"; cp \"$1\" \"$2.more\"; mkdir kept; cp \"$1\" kept/side.png"u8.ToArray());
        string decoder = _folder.Write("dec.sh", System.Text.Encoding.UTF8.GetBytes($"ls > '{_folder.Path}/seen'; cp {place} \"$2\""));
        string fault = Fault(Codec($"name=cheat,enc=\"sh '{encoder}' {{in}} {{out}}\",dec=\"sh '{decoder}' {{in}} {{out}}\""));
        Assert.Contains("sh ended with status 1: cp: ", fault, StringComparison.Ordinal);
        Assert.EndsWith("; dec is handed the coded file alone, and enc wrote 2 others beside it (coded.bin.more, kept)", fault, StringComparison.Ordinal);
        Assert.Equal(["coded.bin"], File.ReadAllLines(Path.Combine(_folder.Path, "seen")));
    }

    [Fact]
    public void A_decoder_that_fails_is_told_with_what_it_was_handed()
    {
        string decoder = _folder.Write("dec.sh", "exit 3"u8.ToArray());
        Assert.EndsWith("sh ended with status 3; dec is handed the coded file alone",
            Fault(Codec($"enc=\"cp {{in}} {{out}}\",dec=\"sh '{decoder}' {{in}} {{out}}\"")), StringComparison.Ordinal);
    }
    [Fact]
    public void A_decoder_that_gives_another_size_is_told()
    {
        string other = _folder.Write("other.png", TestImages.Save(TestImages.Photo(16, 13), "png"));
        Assert.Contains("dec gave 16 x 13 pixels for 16 x 12", Fault(Script($"cp '{other}' \"$2\"")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dec=\"cp {in} {out}\"", "enc is missing")]
    [InlineData("enc=\"cp {in} {out}\"", "dec is missing")]
    [InlineData("enc=\"cp {in}\",dec=\"cp {in} {out}\"", "has no {out}")]
    [InlineData("enc=\"cp {in} {out} {quality}\",dec=\"cp {in} {out}\"", "a place {quality}; there are {in}, {out}, {q}")]
    [InlineData("enc=\"no-such-program {in} {out}\",dec=\"cp {in} {out}\"", "there is no program no-such-program in PATH; install it")]
    [InlineData("enc=\"cp '{in} {out}\",dec=\"cp {in} {out}\"", "a quote is not closed")]
    [InlineData("enc=\"cp {in} {out}\",dec=\"cp {in} {out} {q}\"", "a decoder is told no quality")]
    [InlineData("enc=\"cp {in} {out}\",dec=\"cp {in} {out}\",ext=a/b", "is no extension")]
    public void A_wrong_command_is_refused_before_the_work(string options, string words) =>
        Assert.Contains(words, Assert.Throws<SpecException>(() => Codec(options)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_are_short_and_what_stands_behind_them_tells_codecs_apart()
    {
        Spec[] ladder = [.. Spec.Parse("exec:name=mine,enc=\"cp {in} {out}\",dec=\"cp {in} {out}\",q=10..90/40", PictureCompressors.Rows)];
        Assert.Equal(["exec:name=mine,q=10", "exec:name=mine,q=50", "exec:name=mine,q=90"], ladder.Select(s => s.Name));
        Assert.Equal("exec:name=mine", ladder[0].Family);
        Assert.Equal(ladder[0].Identity, Spec.Parse(ladder[0].Identity, PictureCompressors.Rows).Single().Identity);
        Assert.NotEqual(Codec("name=a,enc=\"cp {in} {out}\",dec=\"cp {in} {out}\"").Identity, Codec("name=a,enc=\"cp -f {in} {out}\",dec=\"cp {in} {out}\"").Identity);
        CliRun run = CliRun.Of("inspect", _folder.Write("a.png", TestImages.Save(TestImages.Photo(8, 8), "png")),
            "exec:name=a,enc=\"cp {in} {out}\",dec=\"cp {in} {out}\"", "exec:name=a,enc=\"cp -f {in} {out}\",dec=\"cp {in} {out}\"");
        Assert.Equal(0, run.Status);
        using var photos = new Photos(2);
        run = CliRun.Of("audit", photos.Source, "exec:name=a,enc=\"cp {in} {out}\",dec=\"cp {in} {out}\"", "exec:name=a,enc=\"cp -f {in} {out}\",dec=\"cp {in} {out}\"");
        Assert.Equal(2, run.Status);
        Assert.Contains("two compressors are called exec:name=a,q=75", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void In_an_audit_a_failure_is_a_row_and_the_rest_goes_on()
    {
        using var photos = new Photos(17);
        string path = _folder.Write("half.sh", "case $(wc -c < \"$1\") in *[02468]) exit 7;; esac; cp \"$1\" \"$2\""u8.ToArray());
        CliRun run = CliRun.Of("audit", photos.Source, $"exec:name=half,enc=\"sh '{path}' {{in}} {{out}}\",dec=\"cp {{in}} {{out}}\"", "jpeg:q=50");
        Assert.Equal(0, run.Status);
        Assert.Contains("sh ended with status 7", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"jpeg:q=50 +\d", run.Out);
    }
}
