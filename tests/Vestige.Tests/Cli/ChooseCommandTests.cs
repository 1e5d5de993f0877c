using System.Globalization;
using System.Text.RegularExpressions;
using Vestige.Images;
using Vestige.Images.Paired.Ssimulacra;
using Vestige.Images.Sources;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

/// <summary><c>vestige choose</c>.</summary>
public sealed class ChooseCommandTests : IDisposable
{
    /// <summary>Reached by JPEG with its colours at full resolution: halved, as is the default at any quality, those of these pictures end at 63.</summary>
    private const double Target = 70;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Out => Path.Combine(_folder.Path, "out");

    /// <summary>Photographs of which each asks for another setting: more and less noise.</summary>
    private string Photographs(int count)
    {
        string folder = Path.Combine(_folder.Path, "photos");
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
        {
            Picture photo = TestImages.Photo(96, 64, (ulong)i);
            byte[] calm = [.. photo.Rgb.Select(v => (byte)(128 + ((v - 128) * (i + 1) / count)))];
            File.WriteAllBytes(Path.Combine(folder, $"{i:d2}.png"), TestImages.Save(new Picture(96, 64, calm), "png"));
        }
        return folder;
    }

    private CliRun Choose(string photos, string codec = "jpeg:chroma=444", params string[] more)
        => CliRun.Of(["choose", photos, codec, "--target", $"ssimulacra2>={Target}", "--out", Out, .. more]);

    private string[][] Rows() => [.. File.ReadAllLines(Path.Combine(Out, "choices.csv")).Skip(1)
        .Select(line => Regex.Matches(line, "(?:^|,)(?:\"([^\"]*)\"|([^,]*))").Select(m => m.Groups[1].Value + m.Groups[2].Value).ToArray())];

    [Fact]
    public void Each_image_gets_the_cheapest_setting_and_its_file()
    {
        string photos = Photographs(4);
        CliRun run = Choose(photos);
        Assert.Equal(0, run.Status);
        string[][] rows = Rows();
        Assert.Equal(4, rows.Length);
        foreach (string[] row in rows)
        {
            byte[] original = File.ReadAllBytes(Path.Combine(photos, row[0])), file = File.ReadAllBytes(Path.Combine(Out, row[7]));
            Picture from = PictureReader.Decode(original, 1_000_000, []);
            double score = Ssimulacra2.Score(from, PictureReader.Decode(file, 1_000_000, []));
            // The file is what the row says, and no setting below the one chosen would do, or the score is as near as asked.
            Assert.Equal(file.Length, int.Parse(row[2], CultureInfo.InvariantCulture));
            Assert.Equal(score, double.Parse(row[4], CultureInfo.InvariantCulture), 1e-5);
            Assert.Equal("true", row[5]);
            Assert.InRange(int.Parse(row[6], CultureInfo.InvariantCulture), 1, 6);
            Assert.True(score >= Target);
            if (score > Target + 2.5) Assert.True(Score(from, Quality(row[1]) - 1) < Target);
            Assert.EndsWith(".jpg", row[7], StringComparison.Ordinal);
        }
        Assert.True(rows.Select(row => row[1]).Distinct().Count() > 1);
        Assert.Matches(@"A setting for each takes \d+\.\d % fewer bytes than jpeg:q=\d+,chroma=444 for all", run.Out);
        Assert.Contains("each its own", run.Out, StringComparison.Ordinal);
        Assert.Contains("the files as they are", run.Out, StringComparison.Ordinal);
    }

    private static int Quality(string setting) => int.Parse(Regex.Match(setting, @"\bq=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static double Score(Picture from, int quality)
    {
        var spec = Vestige.Specs.Spec.Parse($"jpeg:q={quality},chroma=444", Vestige.Images.Codecs.PictureCompressors.Rows).Single();
        return Ssimulacra2.Score(from, new Vestige.Images.Codecs.SaverCodec(Vestige.Images.Codecs.Saver.All[0], spec).Code(from).Reconstruction);
    }

    [Fact]
    public void What_is_done_is_not_done_again_and_a_file_that_is_gone_or_changed_is_written_anew()
    {
        string photos = Photographs(2);
        Choose(photos);
        string csv = File.ReadAllText(Path.Combine(Out, "choices.csv"));
        string[] files = Directory.GetFiles(Path.Combine(Out, "images"));
        byte[] first = File.ReadAllBytes(files[0]), second = File.ReadAllBytes(files[1]);
        long journal = new FileInfo(Path.Combine(Out, "journal")).Length;
        File.Delete(files[0]);
        File.WriteAllBytes(files[1], new byte[second.Length]);
        Assert.Equal(0, Choose(photos, "jpeg:chroma=444", "--threads", "1").Status);
        Assert.Equal(journal, new FileInfo(Path.Combine(Out, "journal")).Length);
        Assert.Equal(csv, File.ReadAllText(Path.Combine(Out, "choices.csv")));
        Assert.Equal(first, File.ReadAllBytes(files[0]));
        Assert.Equal(second, File.ReadAllBytes(files[1]));
    }

    [Fact]
    public void An_image_that_cannot_be_used_is_a_row_and_one_that_does_not_reach_the_target_is_told()
    {
        string photos = Photographs(1);
        File.WriteAllBytes(Path.Combine(photos, "damaged.png"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(photos, "small.png"), TestImages.Save(TestImages.Photo(4, 4), "png"));
        CliRun run = Choose(photos, "jpeg:q=1..3,chroma=444");
        Assert.Equal(3, run.Status);
        Assert.Equal(3, Rows().Length);
        Assert.Contains("damaged.png", run.Out, StringComparison.Ordinal);
        Assert.Contains("SSIMULACRA 2 needs 8 a side", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 image of 1 does not reach ssimulacra2>=70 with any setting that was tried", run.Out, StringComparison.Ordinal);
        Assert.Equal(("jpeg:q=3,chroma=444", "false"), (Rows()[0][1], Rows()[0][5]));
    }

    [Fact]
    public void Images_below_the_target_alone_are_a_gate_that_fell()
    {
        CliRun run = Choose(Photographs(2), "jpeg:q=1..3,chroma=444");
        Assert.Equal(1, run.Status);
        Assert.Contains("2 images of 2 do not reach ssimulacra2>=70", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_JPEG_keeps_its_own_quality_where_that_is_the_cheapest()
    {
        string photos = Path.Combine(_folder.Path, "photos");
        Directory.CreateDirectory(photos);
        for (int i = 0; i < 2; i++)
        {
            byte[] file = TestImages.Save(TestImages.ToVips(TestImages.Photo(96, 64, (ulong)i)), "jpg", options => options.Set("Q", 30));
            Assert.Equal(30, Vestige.Images.Jpeg.JpegQuality.Of(file));
            File.WriteAllBytes(Path.Combine(photos, $"{i}.jpg"), file);
        }
        // At 30 the coefficients come out again; the curve itself is far below the target there.
        CliRun run = CliRun.Of("choose", photos, "jpeg:chroma=444", "--target", "ssimulacra2>=90", "--out", Out);
        Assert.Equal(0, run.Status);
        Assert.All(Rows(), row =>
        {
            Assert.Equal("jpeg:q=30,chroma=444", row[1]);
            Assert.InRange(int.Parse(row[6], CultureInfo.InvariantCulture), 1, 7);
        });
        Assert.Contains("as many bytes as jpeg:q=30,chroma=444 for all", run.Out, StringComparison.Ordinal);
        // Where less is asked for, what is cheaper than that is still looked for.
        Assert.Equal(0, CliRun.Of("choose", photos, "jpeg:chroma=444", "--target", "psnr>=15", "--out", Out).Status);
        Assert.All(Rows(), row => Assert.True(Quality(row[1]) < 30));
    }

    [Fact]
    public void No_coding_that_is_known_and_good_enough_is_cheaper_than_what_was_chosen()
    {
        string photos = Path.Combine(_folder.Path, "flats");
        Directory.CreateDirectory(photos);
        // Of one colour: sizes and scores go up and down with the setting as they will.
        for (int i = 0; i < 5; i++)
            File.WriteAllBytes(Path.Combine(photos, $"{i}.png"), TestImages.Save(TestImages.Flat(256 + (8 * i), 256, (byte)(40 * i), 128, (byte)(200 - (30 * i))), "png"));
        string[] command = ["choose", photos, "webp", "--target", "ssimulacra2>=80", "--out", Out];
        Assert.Equal(0, CliRun.Of(command).Status);
        Assert.All(Rows(), row =>
        {
            Assert.True(double.Parse(row[9], CultureInfo.InvariantCulture) < 80
                || int.Parse(row[2], CultureInfo.InvariantCulture) <= int.Parse(row[8], CultureInfo.InvariantCulture));
            Assert.Equal(new FileInfo(Path.Combine(Out, row[7])).Length, int.Parse(row[2], CultureInfo.InvariantCulture));
        });
        string csv = File.ReadAllText(Path.Combine(Out, "choices.csv"));
        Dictionary<string, DateTime> files = Directory.GetFiles(Path.Combine(Out, "images")).ToDictionary(file => file, File.GetLastWriteTimeUtc);
        Assert.Equal(0, CliRun.Of(command).Status);
        Assert.Equal(csv, File.ReadAllText(Path.Combine(Out, "choices.csv")));
        Assert.All(files, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
        // What an earlier run with one setting alone coded counts too.
        Assert.Equal(0, CliRun.Of("choose", photos, "webp:q=30..60/1", "--target", "ssimulacra2>=80", "--out", Out).Status);
        long before = Rows().Sum(row => long.Parse(row[2], CultureInfo.InvariantCulture));
        Assert.Equal(0, CliRun.Of(command).Status);
        Assert.True(Rows().Sum(row => long.Parse(row[2], CultureInfo.InvariantCulture)) <= before);
    }

    [Fact]
    public void Files_that_became_larger_are_told()
    {
        string photos = Path.Combine(_folder.Path, "icons");
        Directory.CreateDirectory(photos);
        File.WriteAllBytes(Path.Combine(photos, "icon.png"), TestImages.Save(TestImages.Flat(32, 32, 9, 9, 9), "png"));
        CliRun run = CliRun.Of("choose", photos, "jpeg", "--target", "psnr>=30", "--out", Out);
        Assert.Equal(0, run.Status);
        Assert.Matches(@"1 image of 1 became larger than its file is: .* in place of .* more; better keep that as it is, or store it without loss: icon\.png",
            Regex.Replace(run.Out, @"\s+", " "));
    }

    [Theory]
    [InlineData("ssimulacra2>=101", "ssimulacra2 takes 100 at most")]
    [InlineData("psnr>=-1", "psnr takes 0 or more")]
    [InlineData("lost<=-1", "lost takes 0 to 1")]
    [InlineData("psnr>40", "write \"psnr>=40\"")]
    public void Targets_that_nothing_or_everything_meets_are_refused(string target, string words)
    {
        CliRun run = CliRun.Of("choose", Photographs(1), "jpeg", "--target", target, "--out", Out);
        Assert.Equal((2, true), (run.Status, run.Error.Contains(words, StringComparison.Ordinal)));
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void Names_that_would_be_one_stay_two()
    {
        string photos = Photographs(1);
        File.Copy(Path.Combine(photos, "00.png"), Path.Combine(photos, "00.bmp.png"));
        File.WriteAllBytes(Path.Combine(photos, "00.tif"), TestImages.Save(TestImages.Photo(32, 32), "tif"));
        Assert.Equal(0, CliRun.Of("choose", photos, "jpeg:q=30..90/30", "--target", "psnr>=10", "--out", Out).Status);
        Assert.Equal(["00.bmp.jpg", "00.png.jpg", "00.tif.jpg"], Directory.GetFiles(Path.Combine(Out, "images")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_an_earlier_run_wrote_of_the_same_images_goes_and_nothing_else()
    {
        string photos = Photographs(3), images = Path.Combine(Out, "images");
        string[] Standing() => [.. Directory.GetFiles(images).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        CliRun Run(string codec) => CliRun.Of("choose", photos, codec, "--target", "psnr>=10", "--out", Out);
        Assert.Equal(0, Run("webp:q=30..90/30").Status);
        // Not of the list, and of it but changed since.
        File.WriteAllText(Path.Combine(images, "mine.webp"), "");
        string changed = Path.Combine(images, "01.webp");
        File.SetLastWriteTimeUtc(changed, File.GetLastWriteTimeUtc(Path.Combine(Out, "choices.csv")).AddSeconds(1));
        CliRun run = Run("jpeg:q=30..90/30");
        Assert.Equal(["00.jpg", "01.jpg", "01.webp", "02.jpg", "mine.webp"], Standing());
        Assert.Contains("1 file of an earlier run", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("is left and no longer in choices.csv: images/01.webp", run.Error.TrimEnd(), StringComparison.Ordinal);
        // Of an image that is no longer there: it may be all that is left of it.
        File.Delete(Path.Combine(photos, "02.png"));
        run = Run("webp:q=30..90/30");
        Assert.Equal(["00.webp", "01.webp", "02.jpg", "mine.webp"], Standing());
        Assert.EndsWith("is left and no longer in choices.csv: images/02.jpg", run.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("earlier run", Run("webp:q=30..90/30").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images/../../outside")]
    [InlineData("images/../../photos/00.png")]
    [InlineData("../outside")]
    [InlineData("images/linked.webp")]
    public void A_list_that_names_other_files_removes_none(string named)
    {
        string photos = Photographs(1), images = Path.Combine(Out, "images"), outside = _folder.Write("outside", new byte[7]);
        Assert.Equal(0, CliRun.Of("choose", photos, "jpeg:q=30..90/30", "--target", "psnr>=10", "--out", Out).Status);
        File.CreateSymbolicLink(Path.Combine(images, "linked.webp"), outside);
        string list = Path.Combine(Out, "choices.csv"), target = named.EndsWith("00.png", StringComparison.Ordinal) ? Path.Combine(photos, "00.png") : outside;
        string[] lines = File.ReadAllLines(list), cells = lines[1].Split(',');
        int file = Array.IndexOf(lines[0].Split(','), "file"), bytes = Array.IndexOf(lines[0].Split(','), "bytes");
        (cells[file], cells[bytes]) = (named, new FileInfo(target).Length.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(list, lines[0] + "\r\n" + string.Join(',', cells) + "\r\n");
        Assert.Equal(0, CliRun.Of("choose", photos, "jpeg:q=30..90/30", "--target", "psnr>=10", "--out", Out).Status);
        Assert.True(File.Exists(target));
        Assert.Equal(2, Directory.GetFiles(images).Length);
    }

    [Fact]
    public void Names_that_a_spreadsheet_would_compute_are_shown_instead_and_read_again()
    {
        string photos = Photographs(1);
        File.Move(Path.Combine(photos, "00.png"), Path.Combine(photos, "=1+1,\"a\".png"));
        Assert.Equal(0, CliRun.Of("choose", photos, "webp:q=30..90/30", "--target", "psnr>=10", "--out", Out).Status);
        Assert.StartsWith("\"'=1+1,\"\"a\"\".png\",webp:", File.ReadAllLines(Path.Combine(Out, "choices.csv"))[1], StringComparison.Ordinal);
        Assert.Equal(0, CliRun.Of("choose", photos, "jpeg:q=30..90/30", "--target", "psnr>=10", "--out", Out).Status);
        Assert.Equal("=1+1,\"a\".jpg", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(Out, "images")))));
    }

    [Theory]
    [InlineData("png", "png has no q that could be searched; these have: jpeg, webp")]
    [InlineData("nearest", "has no q")]
    [InlineData("jpeg:q=50", "q is what is searched; leave it out, or give a range")]
    [InlineData("jepg", "Did you mean jpeg")]
    [InlineData("webp:effort=3..4", "stands for several codecs")]
    [InlineData("exec:enc=\"cp {in} {out}\",dec=\"cp {in} {out}\"", "give the values of q that are to be tried")]
    [InlineData("webp:lossless=true", "no effect with lossless=true")]
    public void Wrong_codecs_are_refused(string codec, string words)
    {
        CliRun run = Choose(Photographs(1), codec);
        Assert.Equal(2, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void It_does_not_write_among_what_it_reads()
    {
        string photos = Photographs(1);
        CliRun run = CliRun.Of("choose", photos, "jpeg", "--target", "psnr>=30", "--out", Path.Combine(photos, "out"));
        Assert.Equal(2, run.Status);
        Assert.Contains("is inside", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_is_a_codec_too()
    {
        CliRun run = CliRun.Of("choose", Photographs(2), "exec:enc=\"cp {in} {out}\",dec=\"cp {in} {out}\",ext=png,q=1..9", "--target", "psnr>=40", "--out", Out);
        Assert.Equal(0, run.Status);
        Assert.All(Rows(), row => Assert.Equal(("exec:q=1", "inf"), (row[1], row[4])));
    }
}
