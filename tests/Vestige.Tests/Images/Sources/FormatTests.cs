using Vestige.Images;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Tests.Images.Sources;

/// <summary>The smaller formats, and what a folder passes over.</summary>
public sealed class FormatTests
{
    private static Picture Decode(byte[] file, List<string>? notices = null) => PictureReader.Decode(file, 1_000_000, notices ?? []);

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    [Theory]
    [InlineData("P3 2 1 255 1 2 3 250 251 252", new byte[] { 1, 2, 3, 250, 251, 252 })]
    [InlineData("P3\n# a remark 9 9\n2 1\n# another\n3\n0 1 2 3 3 3", new byte[] { 0, 85, 170, 255, 255, 255 })]
    [InlineData("P2 2 1 15 0 15", new byte[] { 0, 0, 0, 255, 255, 255 })]
    [InlineData("P1 3 1 010", new byte[] { 255, 255, 255, 0, 0, 0, 255, 255, 255 })]
    [InlineData("P2 1 1 65535 32768", new byte[] { 128, 128, 128 })]
    public void Netpbm_in_text_is_read(string file, byte[] rgb) => Assert.Equal(rgb, Decode(Ascii(file)).Rgb);

    [Fact]
    public void Netpbm_in_binary_is_read()
    {
        Picture photo = TestImages.Photo(37, 21);
        Assert.Equal(photo.Rgb, Decode([.. "P6\n37 21\n255\n"u8, .. photo.Rgb]).Rgb);
        Assert.Equal(photo.Rgb, Decode([.. "P7\nWIDTH 37\nHEIGHT 21\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n"u8, .. photo.Rgb]).Rgb);
        Assert.Equal(photo.Rgb, Decode([.. "P6 37 21 65535\n"u8, .. photo.Rgb.SelectMany(v => new[] { v, v })]).Rgb); // v x 257
        Assert.Equal([7, 7, 7, 9, 9, 9], Decode([.. "P5 2 1 255\n"u8, 7, 9]).Rgb);
        Assert.Equal([0, 0, 0, 255, 255, 255, 0, 0, 0], Decode([.. "P4 3 1\n"u8, 0b1010_0000]).Rgb);
        // Alpha over white: 51 / 255 of 100, and the rest 255.
        Assert.Equal([224, 224, 224], Decode([.. "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"u8, 100, 100, 100, 51]).Rgb);
    }

    [Theory]
    [InlineData("P6 9 9 255\nshort", "cut short")]
    [InlineData("P6 99999 99999 255\nshort", "the limit is 1000000")]
    [InlineData("P6 999999999999 1 255\nshort", "a number is too large")]
    [InlineData("P6 0 9 255\n", "out of range")]
    [InlineData("P3 1 1 255 1 2 999", "a sample is 999, and the largest is 255")]
    [InlineData("P3 1 1 255 1 2", "cannot be decoded as PNM")]
    [InlineData("P6 ", "a number is missing")]
    [InlineData("P7\nWIDTH 1\n", "its header does not end")]
    [InlineData("BM0123456789(\0\0\0", "its content is none of the formats read here")]
    public void Damage_is_told(string file, string words) =>
        Assert.Contains(words, Assert.Throws<UnusableDocumentException>(() => Decode(Ascii(file))).Message, StringComparison.Ordinal);

    /// <summary>A BMP of a header of 40 bytes: bits a pixel, height (negative: from the top), palette or masks, rows.</summary>
    private static byte[] Bmp(int width, int height, int bits, int compression, byte[] between, byte[] rows) =>
    [
        .. "BM"u8, .. Words(54 + between.Length + rows.Length, 0, 54 + between.Length, 40, width, height), 1, 0, (byte)bits, 0,
        .. Words(compression, rows.Length, 0, 0, bits <= 8 ? between.Length / 4 : 0, 0), .. between, .. rows,
    ];

    private static byte[] Words(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    [Fact]
    public void Bitmaps_are_read()
    {
        byte[] rgb = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]; // two rows of two
        Assert.Equal(rgb, Decode(Bmp(2, 2, 24, 0, [], [255, 0, 0, 30, 20, 10, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0])).Rgb);
        Assert.Equal(rgb, Decode(Bmp(2, -2, 24, 0, [], [0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 30, 20, 10, 0, 0])).Rgb);
        Assert.Equal(rgb, Decode(Bmp(2, -2, 32, 0, [], [0, 0, 255, 9, 0, 255, 0, 9, 255, 0, 0, 9, 30, 20, 10, 9])).Rgb);
        byte[] palette = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 30, 20, 10, 0];
        Assert.Equal(rgb, Decode(Bmp(2, -2, 8, 0, palette, [0, 1, 0, 0, 2, 3, 0, 0])).Rgb);
        Assert.Equal(rgb, Decode(Bmp(2, -2, 4, 0, palette, [0x01, 0, 0, 0, 0x23, 0, 0, 0])).Rgb);
        Assert.Equal([255, 255, 255, 0, 0, 0], Decode(Bmp(2, 1, 1, 0, [0, 0, 0, 0, 255, 255, 255, 0], [0b1000_0000, 0, 0, 0])).Rgb);
        // Five, six and five bits by masks.
        Assert.Equal([255, 0, 0, 0, 255, 0], Decode(Bmp(2, 1, 16, 3, Words(0xF800, 0x7E0, 0x1F), [0x00, 0xF8, 0xE0, 0x07])).Rgb);
        Assert.Equal([255, 0, 0, 0, 255, 0], Decode(Bmp(2, 1, 16, 0, [], [0x00, 0x7C, 0xE0, 0x03])).Rgb);
    }

    [Fact]
    public void Damaged_bitmaps_are_refused()
    {
        byte[] good = Bmp(2, -2, 8, 0, Words(0, 0, 0, 0), [0, 1, 0, 0, 2, 3, 0, 0]);
        Assert.Contains("cut short", Refusal(good[..^1]), StringComparison.Ordinal);
        Assert.Contains("a pixel has colour 9 of 4", Refusal([.. good[..^8], 9, 1, 0, 0, 2, 3, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("compressed (kind 1)", Refusal(Bmp(2, 2, 8, 1, Words(0), [0, 0])), StringComparison.Ordinal);
        Assert.Contains("the limit is 1000000", Refusal(Bmp(100_000, 100_000, 24, 0, [], [])), StringComparison.Ordinal);
        Assert.Contains("out of range", Refusal(Bmp(2, int.MinValue, 24, 0, [], [])), StringComparison.Ordinal);
        for (int i = 0; i < good.Length; i++)
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. good];
                damaged[i] ^= (byte)(1 << bit);
                try
                {
                    Decode(damaged);
                }
                catch (UnusableDocumentException error)
                {
                    Assert.NotEqual("", error.Message);
                }
            }

        static string Refusal(byte[] file) => Assert.Throws<UnusableDocumentException>(() => Decode(file)).Message;
    }

    [Fact]
    public void A_GIF_is_read_and_of_an_animation_the_first_frame()
    {
        // One pixel of (200, 100, 50), and the same frame again (GIF89a, appendix F: clear, 0, end in codes of three bits).
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0];
        byte[] head = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 200, 100, 50, 0, 0, 0];
        List<string> notices = [];
        Assert.Equal([200, 100, 50], Decode([.. head, .. frame, 0x3B], notices).Rgb);
        Assert.Empty(notices);
        Assert.Equal([200, 100, 50], Decode([.. head, .. frame, .. frame, 0x3B], notices).Rgb);
        Assert.Equal(["holds 2 images or frames: the first is read"], notices);
    }

    [Fact]
    public void A_folder_reads_what_can_be_read_and_names_the_rest()
    {
        using var folder = new TempFolder();
        byte[] jpeg = TestImages.Save(TestImages.Photo(16, 16), "jpg");
        foreach (string name in new[] { "a.mpo", "b.JPG" }) folder.Write(name, jpeg);
        folder.Write("c.ppm", Ascii("P3 1 1 255 1 2 3"));
        folder.Write("d.bmp", Bmp(1, 1, 24, 0, [], [1, 2, 3, 0]));
        foreach (string name in new[] { "e.txt", "f.TXT", "g.nef", "README" }) folder.Write(name, [1]);
        var source = PictureFolder.Open(folder.Path, PictureOptions.Default, null, TestContext.Current.CancellationToken);
        Assert.Equal(["a.mpo", "b.JPG", "c.ppm", "d.bmp"], source.Documents.Select(d => d.Name));
        for (int i = 0; i < 4; i++) Assert.Single(source.Read(i));
        Assert.Equal(["4 files were passed over, whose extension is none that is read: 2 .txt, 1 without one, 1 .nef"], source.Notices);
    }

    [Fact]
    public void Every_extension_has_one_format()
    {
        Assert.Equal(PictureFormat.All.Sum(f => f.Extensions.Count), PictureFormat.All.SelectMany(f => f.Extensions).Distinct().Count());
        Assert.All(PictureFormat.All, f => Assert.True(PictureFormat.Takes("x" + f.Extensions[0].ToUpperInvariant())));
    }
}
