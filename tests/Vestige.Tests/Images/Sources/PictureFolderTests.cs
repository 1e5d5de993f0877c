using System.Diagnostics;
using System.Text;
using Vestige.Compressors;
using Vestige.Images.Sources;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Tests.Images.Sources;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private PictureFolder Open(string? path = null, string scale = "1") => PictureFolder.Open(
        path ?? _folder.Path, PictureOptions.Default with { Scale = Ratio.Parse(scale) }, null, TestContext.Current.CancellationToken);

    private static string Refusal(PictureFolder source, string name)
    {
        int document = source.Documents.ToList().FindIndex(d => d.Name == name);
        string message = Assert.Throws<UnusableDocumentException>(() => source.Read(document)).Message;
        Assert.StartsWith(Names.Printable(name) + ": ", message, StringComparison.Ordinal);
        return message;
    }

    [Fact]
    public void By_folder_images_of_one_belong_together_and_what_lies_in_none_stands_alone()
    {
        PictureFolder ByFolder() => PictureFolder.Open(_folder.Path, PictureOptions.Default with { ByFolder = true }, null, TestContext.Current.CancellationToken);

        for (int i = 0; i < 2; i++) _folder.Write($"{i}.png", TestImages.Save(TestImages.Photo(6, 4 + i), "png"));
        Assert.Contains("lie directly in it", Assert.Single(ByFolder().Notices), StringComparison.Ordinal);
        foreach ((int i, string name) in new[] { "a/0.png", "a/1.png", "b/0.png", "a/c/0.png" }.Index()) _folder.Write(name, TestImages.Save(TestImages.Photo(7, 4 + i), "png"));
        Dictionary<string, UInt128> group = ByFolder().Documents.ToDictionary(d => d.Name, d => d.Group);
        Assert.All(["0.png", "1.png"], name => Assert.Equal(UInt128.Zero, group[name]));
        Assert.Equal(group["a/0.png"], group["a/1.png"]);
        Assert.Equal(3, new[] { group["a/0.png"], group["b/0.png"], group["a/c/0.png"] }.Distinct().Count());
        Assert.Empty(ByFolder().Notices);
        Assert.All(Open().Documents, d => Assert.Equal(UInt128.Zero, d.Group));
    }

    /// <summary>Each content is dealt once: the rest of a scene would be dealt elsewhere.</summary>
    [Fact]
    public void Folders_that_share_an_image_are_one_group_and_it_is_said()
    {
        // a and b share one, b and c another, d nothing; one of b lies in the folder itself too.
        (string Name, int Image)[] files =
            [("a/0.png", 0), ("a/1.png", 1), ("b/0.png", 1), ("b/1.png", 2), ("c/0.png", 2), ("c/1.png", 3), ("d/0.png", 4), ("d/1.png", 5), ("again.png", 2), ("alone.png", 6)];
        foreach ((string name, int image) in files) _folder.Write(name, TestImages.Save(TestImages.Photo(7, 4 + image), "png"));
        var source = PictureFolder.Open(_folder.Path, PictureOptions.Default with { ByFolder = true }, null, TestContext.Current.CancellationToken);
        string Together(UInt128 group) => string.Join(' ', source.Documents.Where(d => d.Group == group).Select(d => d.Name));
        Assert.Equal(["a/0.png a/1.png again.png b/0.png b/1.png c/0.png c/1.png", "alone.png", "d/0.png d/1.png"],
            source.Documents.Select(d => d.Group).Distinct().Select(Together).Order(StringComparer.Ordinal));
        Assert.StartsWith($"3 folders of {_folder.Path} share images byte for byte (b/0.png is a/1.png) and are dealt as 1 group; ", Assert.Single(source.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_its_paths()
    {
        byte[] png = TestImages.Save(TestImages.Photo(6, 4), "png");
        foreach (string name in new[] { "b.png", "a/z.PNG", "a.png", "B.JPG", "a/deep/er/x.png" }) _folder.Write(name, png);
        _folder.Write("notes.txt", [1]);
        _folder.Write(".hidden", [1]);
        PictureFolder source = Open();
        Assert.Equal(["B.JPG", "a.png", "a/deep/er/x.png", "a/z.PNG", "b.png"], source.Documents.Select(d => d.Name));
        Assert.Equal(2, source.Ignored);
        Assert.All(source.Documents, d => Assert.Equal((1, png.Length), (d.Units, d.Bytes)));
        // The name says JPEG and the content PNG: content decides.
        Assert.Equal(24, source.SizeOf(Assert.Single(source.Read(0))));
        Assert.Equal(24, source.Medium.RawBits);
    }

    [Fact]
    public void Copies_have_the_same_content_and_others_do_not()
    {
        _folder.Write("a.png", TestImages.Save(TestImages.Photo(6, 4, 1), "png"));
        _folder.Write("b.png", TestImages.Save(TestImages.Photo(6, 4, 1), "png"));
        _folder.Write("c.png", TestImages.Save(TestImages.Photo(6, 4, 2), "png"));
        UInt128[] contents = [.. Open().Documents.Select(d => d.Content)];
        Assert.Equal(contents[0], contents[1]);
        Assert.NotEqual(contents[0], contents[2]);
        Assert.DoesNotContain(UInt128.Zero, contents);
    }

    [Fact]
    public void One_file_is_a_source_whatever_its_extension()
    {
        string path = _folder.Write("photo.dat", TestImages.Save(TestImages.Photo(6, 4), "png"));
        PictureFolder source = Open(path);
        Assert.Equal("photo.dat", Assert.Single(source.Documents).Name);
        Assert.Equal((3, 2), (Open(path, "1/2").Read(0)[0].Width, Open(path, "1/2").Read(0)[0].Height));
    }

    [Fact]
    public void An_empty_folder_has_no_documents()
    {
        _folder.Write("readme.md", [1]);
        Assert.Empty(Open().Documents);
        Assert.Equal(1, Open().Ignored);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(PictureOptions.MostPixels + 1)]
    public void A_limit_that_no_array_could_hold_is_refused(long limit) => Assert.Throws<ArgumentOutOfRangeException>(() => PictureFolder.Open(
        _folder.Path, PictureOptions.Default with { PixelLimit = limit }, null, TestContext.Current.CancellationToken));

    [Fact]
    public void Hashing_is_reported_and_can_be_stopped()
    {
        for (int i = 0; i < 3; i++) _folder.Write($"{i}.png", [1]);
        var seen = new Seen();
        PictureFolder.Open(_folder.Path, PictureOptions.Default, seen, TestContext.Current.CancellationToken);
        Assert.Equal(1, Assert.Single(seen.Shares));
        Assert.Throws<OperationCanceledException>(() =>
            PictureFolder.Open(_folder.Path, PictureOptions.Default, null, new CancellationToken(canceled: true)));
    }

    private sealed class Seen : IProgress<WorkProgress>
    {
        internal List<double> Shares { get; } = [];

        public void Report(WorkProgress value) => Shares.Add(value.Done);
    }

    [Fact]
    public void No_such_folder_is_said()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Open(_folder.Path + "/nowhere"));
        Assert.Contains("nowhere: there is no such file or folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("with space.png")]
    [InlineData("quo\"te's.png")]
    [InlineData("new\nline\u001b.png")]
    [InlineData("Ωmega 写真 é.png")]
    [InlineData("options[page=1,n=-1].png")]
    [InlineData("-dash%20$HOME;`x`.png")]
    [InlineData(".png")]
    public void A_name_may_hold_anything(string name)
    {
        _folder.Write(name, TestImages.Save(TestImages.Photo(6, 4), "png"));
        _folder.Write("bad" + name, Encoding.ASCII.GetBytes("text"));
        PictureFolder source = Open();
        int good = source.Documents.ToList().FindIndex(d => d.Name == name);
        Assert.Equal(24, source.Read(good)[0].Pixels);
        Assert.DoesNotContain(Refusal(source, "bad" + name), char.IsControl);
    }

    [Fact]
    public void Unusable_files_are_documents_that_say_why_and_the_rest_goes_on()
    {
        byte[] photo = TestImages.Save(TestImages.Photo(40, 40), "jpg");
        _folder.Write("good.jpg", photo);
        _folder.Write("cut.jpg", photo[..(photo.Length / 2)]);
        _folder.Write("crc.png", TestImages.WithWrongChecksum(TestImages.Save(TestImages.Photo(30, 30), "png")));
        _folder.Write("text.png", Encoding.UTF8.GetBytes("not an image"));
        _folder.Write("empty.png", []);
        _folder.Write("bomb.png", TestImages.ZeroPng(30_000, 30_000));
        _folder.Write("1x1.png", TestImages.Save(TestImages.Photo(1, 1), "png"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "broken.png"), "nowhere.png");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "self.png"), "self.png");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "linked.jpg"), "good.jpg");
        PictureFolder source = Open();
        Assert.Matches("^cut.jpg: cannot be used as JPEG: its data ends in ", Refusal(source, "cut.jpg"));
        Assert.Contains("CRC", Refusal(source, "crc.png"), StringComparison.Ordinal);
        Assert.Contains("its content is none of the formats", Refusal(source, "text.png"), StringComparison.Ordinal);
        Assert.Contains("is empty (0 bytes)", Refusal(source, "empty.png"), StringComparison.Ordinal);
        Assert.Contains("the limit is 200000000", Refusal(source, "bomb.png"), StringComparison.Ordinal);
        Assert.Contains("is a broken link", Refusal(source, "broken.png"), StringComparison.Ordinal);
        Assert.Contains("is a link that leads nowhere", Refusal(source, "self.png"), StringComparison.Ordinal);
        int Read(string name) => source.Read(source.Documents.ToList().FindIndex(d => d.Name == name))[0].Width;
        Assert.Equal((40, 40, 1), (Read("good.jpg"), Read("linked.jpg"), Read("1x1.png")));
        Assert.Empty(source.Notices);
        Assert.Equal(photo.Length, source.Documents.Single(d => d.Name == "linked.jpg").Bytes);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_says_so()
    {
        string path = _folder.Write("a.png", TestImages.Save(TestImages.Photo(6, 4), "png"));
        // A lock stands in for missing rights, which the superuser would not notice.
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("cannot be read: ", Refusal(Open(), "a.png"), StringComparison.Ordinal);
        if (Environment.IsPrivilegedProcess || OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Contains("cannot be read: permission denied", Refusal(Open(), "a.png"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_changes_or_vanishes_during_the_run_is_not_used()
    {
        byte[] png = TestImages.Save(TestImages.Photo(6, 4), "png");
        string first = _folder.Write("a.png", png), second = _folder.Write("b.png", png);
        PictureFolder source = Open();
        File.WriteAllBytes(first, TestImages.Save(TestImages.Photo(6, 4, 9), "png"));
        File.Delete(second);
        Assert.Contains("changed during the run", Refusal(source, "a.png"), StringComparison.Ordinal);
        Assert.Contains("changed during the run: it is gone", Refusal(source, "b.png"), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_that_are_links_are_passed_over_with_a_notice()
    {
        _folder.Write("a/b/x.png", TestImages.Save(TestImages.Photo(6, 4), "png"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "a/b/up"), "../..");
        PictureFolder source = Open();
        Assert.Single(source.Documents);
        Assert.Equal("a/b/up: a link to a folder, not followed", Assert.Single(source.Notices));
    }

    [Fact]
    public void A_pipe_does_not_stop_the_run()
    {
        if (OperatingSystem.IsWindows()) return;
        using (var mkfifo = Process.Start("mkfifo", [Path.Combine(_folder.Path, "pipe.jpg")])) mkfifo.WaitForExit();
        Assert.Contains("is no regular file but a pipe or a device", Refusal(Open(), "pipe.jpg"), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_of_the_decoder_become_one_notice_for_all_files_that_gave_them()
    {
        using var image = TestImages.Raw(2, 1, 1, [3, 200], "b-w");
        using var other = TestImages.ToVips(TestImages.Photo(1, 1));
        using var tagged = other.Apply("icc_transform").Set("output-profile", "p3").Set("input-profile", "srgb").BuildImage();
        image.IccProfile = tagged.IccProfile;
        byte[] tiff = TestImages.Save(image, "tif");
        foreach (string name in new[] { "c.tif", "b.tif", "a.tif" }) _folder.Write(name, tiff);
        PictureFolder source = Open();
        for (int i = 2; i >= 0; i--) source.Read(i);
        source.Read(0);
        Assert.StartsWith("a.tif and 2 more: its ICC profile is for", Assert.Single(source.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_threads_read_what_one_reads()
    {
        for (int i = 0; i < 12; i++)
        {
            string format = TestImages.Formats[i % TestImages.Formats.Length].Extension;
            _folder.Write($"{i}.{format}", TestImages.Save(TestImages.Photo(64, 48, (ulong)i), format));
        }
        // Faults of many kinds at once: libvips has one error buffer, and each file must get its own words.
        byte[] cut = TestImages.Save(TestImages.Photo(64, 48), "jpg"), png = TestImages.Save(TestImages.Photo(64, 48), "png");
        for (int i = 0; i < 6; i++)
        {
            _folder.Write($"cut{i}.jpg", cut[..(cut.Length * (i + 2) / 10)]);
            _folder.Write($"cut{i}.png", png[..(png.Length * (i + 2) / 10)]);
            _folder.Write($"crc{i}.png", TestImages.WithWrongChecksum(png));
        }
        PictureFolder source = Open();
        string[] one = [.. Enumerable.Range(0, source.Documents.Count).Select(Outcome)];
        string[] two = new string[one.Length];
        Parallel.For(0, one.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => two[i] = Outcome(i));
        Assert.Equal(one, two);

        string Outcome(int i)
        {
            try
            {
                return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(source.Read(i)[0].Rgb));
            }
            catch (UnusableDocumentException error)
            {
                return error.Message;
            }
        }
    }

    [Fact]
    public void Many_empty_files_take_little_time()
    {
        for (int i = 0; i < 2000; i++) File.Create(Path.Combine(_folder.Path, $"{i}.jpg")).Dispose();
        var watch = Stopwatch.StartNew();
        PictureFolder source = Open();
        Assert.Equal(2000, source.Documents.Count);
        Assert.All(source.Documents, d => Assert.Equal(UInt128.Zero, d.Content));
        // Measured at 15 microseconds a file, 30 ms in all; thirty times that for a loaded machine.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
    }

    [Fact]
    public void How_files_are_coded_is_known_where_it_matters_to_coding_them_again()
    {
        var photo = TestImages.Photo(24, 16);
        using var folder = new TempFolder();
        folder.Write("a.jpg", TestImages.Save(photo, "jpg"));
        folder.Write("b.webp", TestImages.Save(TestImages.ToVips(photo), "webp", save => save.Set("lossless", false).Set("Q", 50)));
        folder.Write("c.webp", TestImages.Save(TestImages.ToVips(photo), "webp"));
        folder.Write("d.png", TestImages.Save(photo, "png"));
        folder.Write("e.png", TestImages.Save(TestImages.Raw16(4, 4, 3, new ushort[48], "rgb16"), "png"));
        PictureFolder found = PictureFolder.Open(folder.Path, PictureOptions.Default, null, CancellationToken.None);
        Assert.Equal(["jpeg", "webp", null, null, "png16"], found.Documents.Select(document => document.Format));
        found.Read(4);
        Assert.Contains(found.Notices, notice => notice.Contains("16 bits", StringComparison.Ordinal));
    }
}
