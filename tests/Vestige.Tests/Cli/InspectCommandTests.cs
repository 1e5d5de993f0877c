using Vestige.Images;
using Vestige.Images.Inspections;
using Vestige.Images.Interop;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

/// <summary><c>vestige inspect</c> as a person meets it.</summary>
public sealed class InspectCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Picture _photo = TestImages.Photo(96, 72);

    public void Dispose() => _folder.Dispose();

    private string Write(string name, byte[] content) => _folder.Write(name, content);

    private string Original => Write("photo.png", TestImages.Save(_photo, "png"));

    private string Beside(string name) => Path.Combine(_folder.Path, name);

    private InspectionResult Result(int status, params string[] arguments)
    {
        CliRun run = CliRun.Of(["inspect", .. arguments, "--json", Beside("result.json")]);
        Assert.Equal((status, ""), (run.Status, run.Error));
        return InspectionJson.FromUtf8(File.ReadAllBytes(Beside("result.json")));
    }

    [Fact]
    public void Files_and_compressors_are_rows_of_one_table()
    {
        string jpeg = Write("photo.jpg", TestImages.Save(_photo, "jpg"));
        InspectionResult result = Result(0, Original, jpeg, "jpeg:q=10..90/80", "png");
        Assert.Equal([jpeg, "jpeg:q=10", "jpeg:q=90", "png"], result.Rows.Select(r => r.Name));
        Assert.True(result.Row("jpeg:q=10").Detail!.Lost > result.Row("jpeg:q=90").Detail!.Lost);
        Assert.True(result.Row("jpeg:q=10").Ssimulacra2 < result.Row("jpeg:q=90").Ssimulacra2);
        InspectionRow png = result.Row("png");
        Assert.Equal((true, null, 100.0, 0.0), (png.Identical, png.Psnr, png.Ssimulacra2, png.Detail!.Lost));
        Assert.Equal(new Vestige.Images.Paired.PicturePairing().Measures.Select(measure => measure.Name).Except(["psnr"]), png.Measures.Keys);
        Assert.Equal((result.Row(jpeg).Psnr, result.Row(jpeg).Detail!.VisibleLost), (result.Row(jpeg).Measures["psnr"], result.Row(jpeg).Measures["visibleLost"]));
        Assert.Equal(new FileInfo(jpeg).Length, result.Row(jpeg).Bytes);
        Assert.Equal(3 * 3, result.Row(jpeg).Tiles!.Lost.Count);
        string table = CliRun.Of("inspect", Original, "png").Out;
        Assert.Matches(@"png .+ none +100\.00 +infinite +0\.000 +0\.000 +0\.000 +0\.000", table);
        Assert.Contains("96 x 72 pixels, PNG, 8 bits, RGB", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_are_written_where_the_result_says()
    {
        InspectionResult result = Result(0, Original, "jpeg:q=10", "nearest:scale=4", "--out", Beside("out"));
        foreach (InspectionRow row in result.Rows)
            Assert.Equal("PNG"u8.ToArray(), File.ReadAllBytes(Path.Combine(Beside("out"), Assert.Single(row.Files)))[1..4]);
        Assert.Equal(File.ReadAllBytes(Beside("result.json")), File.ReadAllBytes(Path.Combine(Beside("out"), "results.json")));
    }

    [Fact]
    public void A_shift_is_said_first()
    {
        byte[] moved = [.. _photo.Rgb[^6..], .. _photo.Rgb[..^6]];
        CliRun run = CliRun.Of("inspect", Original, Write("moved.png", TestImages.Save(new Picture(96, 72, moved), "png")));
        Assert.Matches(@"moved\.png is shifted by 2\.0, -?0\.0 pixels", run.Out);
    }

    [Fact]
    public void What_cannot_be_compared_is_a_row_and_the_rest_goes_on()
    {
        string small = Write("small.png", TestImages.Save(TestImages.Photo(95, 72), "png")), empty = Write("empty.png", []), text = Write("text.jpg", "no image"u8.ToArray());
        InspectionResult result = Result(3, Original, small, empty, text, "jpeg:q=50");
        Assert.Contains("95 x 72 pixels and the original 96 x 72", result.Row(small).Why, StringComparison.Ordinal);
        Assert.Contains("is empty (0 bytes)", result.Row(empty).Why, StringComparison.Ordinal);
        Assert.Contains("none of the formats", result.Row(text).Why, StringComparison.Ordinal);
        Assert.NotNull(result.Row("jpeg:q=50").Detail);
    }

    [Fact]
    public void Grey_and_colour_and_other_depths_compare_and_it_is_said()
    {
        byte[] grey = [.. Enumerable.Range(0, 96 * 72).Select(i => _photo.Rgb[3 * i])];
        using VipsImage image = TestImages.Raw(96, 72, 1, grey, "b-w");
        using VipsImage deep = TestImages.Raw16(96, 72, 3, [.. _photo.Rgb.Select(v => (ushort)(257 * v))], "rgb16");
        string deepFile = Write("deep.png", TestImages.Save(deep, "png"));
        InspectionResult result = Result(0, Original, Write("grey.png", TestImages.Save(image, "png")), deepFile);
        Assert.Contains(result.Notes, n => n.Contains("grey.png: is grey and the original RGB", StringComparison.Ordinal));
        Assert.Contains(result.Notes, n => n.Contains("deep.png: has 16 bits a sample and the original 8", StringComparison.Ordinal));
        Assert.True(result.Row(deepFile).Identical);
    }

    [Fact]
    public void Two_folders_are_matched_by_name_and_what_is_missing_or_extra_is_named()
    {
        foreach (string name in new[] { "a", "b", "sub/c", "twice" }) Write($"originals/{name}.png", TestImages.Save(_photo, "png"));
        foreach (string name in new[] { "a.jpg", "sub/c.webp", "stray.jpg", "twice.jpg", "twice.webp" })
            Write($"made/{name}", TestImages.Save(_photo, Path.GetExtension(name)[1..]));
        InspectionResult result = Result(3, Beside("originals"), Beside("made"));
        Assert.Equal(["a.png", "b.png", "sub/c.png", "twice.png"], result.Rows.Select(r => r.Name));
        Assert.Contains("there is no reconstruction of it", result.Row("b.png").Why, StringComparison.Ordinal);
        Assert.Contains("could both be its reconstruction", result.Row("twice.png").Why, StringComparison.Ordinal);
        Assert.NotNull(result.Row("a.png").Detail);
        Assert.Contains(result.Notes, n => n.Contains("1 files of", StringComparison.Ordinal) && n.Contains("stray.jpg", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "name what to compare it with", "photo.png")]
    [InlineData(3, "there is no such file or folder", "nowhere.png", "jpeg")]
    [InlineData(3, "there is no such file, and no such compressor", "photo.png", "nowhere.jpg")]
    [InlineData(2, "1..100", "photo.png", "jpeg:q=500")]
    [InlineData(2, "is a folder: name one folder of reconstructions", "folder", "jpeg:q=50")]
    [InlineData(2, "name two files, or two folders", "photo.png", "folder")]
    [InlineData(2, "which is read", "photo.png", "jpeg", "--json", "photo.png")]
    [InlineData(3, "holds no images", "folder", "folder")]
    public void A_wrong_command_line_is_refused_with_the_next_step(int status, string words, params string[] arguments)
    {
        _ = Original;
        Directory.CreateDirectory(Beside("folder"));
        CliRun run = CliRun.Of(["inspect", .. arguments.Select(a => (a.EndsWith('g') && a != "jpeg") || a == "folder" ? Beside(a) : a)]);
        Assert.Equal(status, run.Status);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_substitution_is_looked_for_beside_a_plain_codec_at_the_nearest_bytes()
    {
        InspectionResult result = Result(0, Original, "webp:q=10..90/80", "--plain", "jpeg:q=5..95/45");
        Assert.Equal(["jpeg:q=5", "jpeg:q=95"], result.Rows.Select(r => r.Substitution!.Beside));
        Assert.Equal(2, CliRun.Of("inspect", Original, "png", "--plain", "jpeg:q=500").Status);
        Assert.Null(Result(0, Original, "webp:q=10").Row("webp:q=10").Substitution!.Beside);
    }

    [Fact]
    public void A_JPEG_tells_what_it_discarded_alone_and_beside_its_original()
    {
        string jpeg = Write("alone.jpg", TestImages.Save(_photo, "jpg"));
        CliRun run = CliRun.Of("inspect", jpeg);
        Assert.Equal((0, ""), (run.Status, run.Messages));
        Assert.Contains("baseline JPEG, 4:4:4, tables of libjpeg's quality 95", run.Out, StringComparison.Ordinal);
        Assert.Contains("file cannot know", run.Out, StringComparison.Ordinal);
        InspectionResult result = Result(0, Original, jpeg, "jpeg:q=50", "png");
        Assert.True(result.Row(jpeg).Jpeg!.Components[0].OfOriginal > 0.9);
        Assert.Equal(50, result.Row("jpeg:q=50").Jpeg!.Quality);
        Assert.Null(result.Row("png").Jpeg);
        Assert.Contains("were discarded", CliRun.Of("inspect", Original, jpeg).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Bits_of_a_JPEG_larger_than_its_picture_are_not_split_and_an_identical_one_is_called_so()
    {
        string tiny = Write("tiny.png", TestImages.Save(TestImages.Photo(7, 7), "png")), flat = Write("flat.png", TestImages.Save(TestImages.Flat(64, 64, 128, 128, 128), "png"));
        string said = CliRun.Of("inspect", tiny, "jpeg:q=75").Out;
        Assert.Contains("headers and tables outweigh the picture", said, StringComparison.Ordinal);
        Assert.DoesNotContain("were discarded", said, StringComparison.Ordinal);
        Assert.Contains("a decoder comes about as near", said, StringComparison.Ordinal);
        said = CliRun.Of("inspect", flat, "jpeg:q=75").Out;
        Assert.Contains("the picture that was decoded is the original all the same", said, StringComparison.Ordinal);
        Assert.DoesNotContain("a decoder comes about as near", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_was_given_is_written_to()
    {
        string original = Original;
        byte[] before = File.ReadAllBytes(original);
        DateTime time = File.GetLastWriteTimeUtc(original);
        CliRun.Of("inspect", original, "jpeg:q=50", "--out", Beside("out"));
        Assert.Equal(before, File.ReadAllBytes(original));
        Assert.Equal(time, File.GetLastWriteTimeUtc(original));
    }
}
