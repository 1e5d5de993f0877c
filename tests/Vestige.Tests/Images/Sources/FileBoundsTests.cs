using System.Buffers.Binary;
using Vestige.Files;
using Vestige.Images.Jpeg;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Tests.Images.Sources;

/// <summary>Files that state more than they hold, or more work than they are worth, and damaged ones: a reason, before any decoder sees them.</summary>
public sealed class FileBoundsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Why(string name, byte[] content, MemoryBudget? memory = null) =>
        Assert.Throws<UnusableDocumentException>(() => PictureFile.Read(_folder.Write(name, content), memory)).Message;

    [Fact]
    public void What_every_saver_writes_is_within_its_bounds_even_where_nothing_is_in_it()
    {
        foreach (string extension in new[] { "png", "jpg", "webp", "tif" })
        {
            FileBounds.Check(TestImages.Save(TestImages.Flat(1000, 700, 9, 9, 9), extension));
            FileBounds.Check(TestImages.Save(TestImages.Photo(37, 19), extension));
        }
        // 5000 x 5000 pixels of one bit in some kB: what deflate can do, and no more.
        FileBounds.Check(TestImages.ZeroPng(5000, 5000));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    [InlineData("tif")]
    public void Cut_off_at_any_byte_a_file_is_refused_or_left_to_its_decoder(string extension)
    {
        byte[] whole = TestImages.Save(TestImages.Photo(8, 8), extension);
        for (int length = 0; length < Math.Min(whole.Length, 600); length++)
        {
            try
            {
                FileBounds.Check(whole.AsSpan(0, length));
            }
            catch (UnusableDocumentException)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void Headers_that_state_more_than_the_file_can_hold_are_refused()
    {
        byte[] png = TestImages.Save(TestImages.Photo(64, 48), "png");
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 30000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 30000);
        // 3 x 30,000 bytes and the filter's in each of 30,000 rows, 1,032 to a byte.
        Assert.Contains($"states 30000 x 30000 pixels, which take {30000L * 90001 / 1032} bytes at the least, and has {png.Length}", Why("a.png", png), StringComparison.Ordinal);

        byte[] jpeg = TestImages.Save(TestImages.Flat(64, 48, 9, 9, 9), "jpg");
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteInt16BigEndian(jpeg.AsSpan(frame + 5), 9900);
        BinaryPrimitives.WriteInt16BigEndian(jpeg.AsSpan(frame + 7), 9900);
        Assert.Contains("states 9900 x 9900 pixels and is too short to hold them", Why("a.jpg", jpeg), StringComparison.Ordinal);

        // The header of a key frame of VP8, and little behind it.
        byte[] webp = [.. "RIFF"u8, 38, 0, 0, 0, .. "WEBPVP8 "u8, 26, 0, 0, 0, 0x10, 0, 0, 0x9D, 0x01, 0x2A, 0, 0, 0, 0, .. new byte[16]];
        BinaryPrimitives.WriteInt16LittleEndian(webp.AsSpan(26), 16000);
        BinaryPrimitives.WriteInt16LittleEndian(webp.AsSpan(28), 16000);
        // A million macroblocks, three bits each.
        Assert.Contains($"which take {1000 * 1000 * 3 / 8} bytes at the least", Why("a.webp", webp), StringComparison.Ordinal);

        byte[] tiff = TestImages.Save(TestImages.Photo(64, 48), "tif");
        int directory = BinaryPrimitives.ReadInt32LittleEndian(tiff.AsSpan(4));
        for (int at = directory + 2; at < directory + 2 + (12 * BinaryPrimitives.ReadInt16LittleEndian(tiff.AsSpan(directory))); at += 12)
            if (BinaryPrimitives.ReadInt16LittleEndian(tiff.AsSpan(at)) is 256 or 257)
                BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(at + 8), BinaryPrimitives.ReadInt16LittleEndian(tiff.AsSpan(at + 2)) == 3 ? 20000 : 40000);
        Assert.Contains("at the least, and has", Why("a.tif", tiff), StringComparison.Ordinal);
    }

    [Fact]
    public void A_JPEG_whose_scans_go_over_its_blocks_again_and_again_is_refused_from_its_headers()
    {
        byte[] jpeg;
        using (Vestige.Images.Interop.VipsImage image = TestImages.ToVips(TestImages.Flat(1024, 1024, 9, 99, 9)))
            jpeg = TestImages.Save(image, "jpg", o => o.Set("interlace", true));
        Assert.Equal((1024, 1024), (JpegReader.Read(jpeg, 1 << 30).Width, JpegReader.Read(jpeg, 1 << 30).Height));
        // The last scan and the end marker: 16,384 blocks of luma in some bytes.
        int scan = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] Repeated(int times) => [.. jpeg[..^2], .. Enumerable.Repeat(jpeg[scan..^2], times).SelectMany(s => s), 0xFF, 0xD9];
        Assert.Null(JpegBounds.FaultOf(Repeated(20)));
        string why = Why("scans.jpg", Repeated(100));
        Assert.Contains("goes over each block more than 20 times", why, StringComparison.Ordinal);
        // The reader of coefficients has the same rule, for those who call it alone.
        Assert.Contains("more than 20 times", Assert.Throws<JpegException>(() => JpegReader.Read(Repeated(100), 1 << 30)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a gap")]
    [InlineData("zeros")]
    [InlineData("an end")]
    public void A_JPEG_with_damage_in_the_middle_is_no_photograph(string kind)
    {
        byte[] jpeg = TestImages.Save(TestImages.Photo(320, 240), "jpg");
        int middle = jpeg.Length / 2;
        byte[] damaged = kind switch
        {
            "a gap" => [.. jpeg[..middle], .. jpeg[(middle + 300)..]],
            "zeros" => [.. jpeg[..middle], .. new byte[1000], .. jpeg[(middle + 1000)..]],
            _ => [.. jpeg[..middle], 0xFF, 0xD9, .. jpeg[(middle + 2)..]],
        };
        Assert.Contains("damaged.jpg: cannot be used as JPEG", Why("damaged.jpg", damaged), StringComparison.Ordinal);
        Assert.Equal(320, PictureFile.Read(_folder.Write("sound.jpg", jpeg)).Picture.Width);
    }

    [Fact]
    public void A_picture_that_does_not_fit_alone_is_a_reason_and_the_others_take_turns()
    {
        // 100 bytes a pixel: 4 megapixels take 400 MB.
        var memory = new MemoryBudget(300_000_000);
        Assert.Contains("has 2000 x 2000 pixels, which take about 401 MB of memory; --memory is 300 MB",
            Why("large.png", TestImages.ZeroPng(2000, 2000), memory), StringComparison.Ordinal);
        foreach (string name in new[] { "a", "b", "c" }) _folder.Write(name + ".png", TestImages.ZeroPng(1000, 1200));
        PictureFolder folder = PictureFolder.Open(_folder.Path, PictureOptions.Default with { Memory = memory }, null, TestContext.Current.CancellationToken);
        int Numbered(string name) => folder.Documents.Index().Single(d => d.Item.Name == name).Index;
        using (folder.Reserve(Numbered("a.png"), Stop))
        using (folder.Reserve(Numbered("b.png"), Stop))
        {
            using var soon = new CancellationTokenSource(50);
            Assert.ThrowsAny<OperationCanceledException>(() => folder.Reserve(Numbered("c.png"), soon.Token));
        }
        folder.Reserve(Numbered("c.png"), Stop).Dispose();
        Assert.Contains("large.png: has 2000 x 2000 pixels", Assert.Throws<UnusableDocumentException>(()
            => folder.Reserve(Numbered("large.png"), Stop)).Message, StringComparison.Ordinal);
        Assert.Throws<UnusableDocumentException>(() => folder.Read(Numbered("large.png")));
        Assert.Single(folder.Read(Numbered("a.png")));
    }

    [Fact]
    public void No_more_is_taken_at_once_than_there_is()
    {
        var memory = new MemoryBudget(100);
        long taken = 0, most = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            long own = 1 + (i * 37 % 60);
            using IDisposable share = memory.Take(own, Stop);
            long now = Interlocked.Add(ref taken, own);
            lock (memory) most = Math.Max(most, now);
            Interlocked.Add(ref taken, -own);
        });
        Assert.Equal(0, taken);
        Assert.InRange(most, 60, 100);
        memory.Take(100, Stop).Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Take(101, Stop));
    }
}
