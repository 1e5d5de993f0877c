using System.Buffers.Binary;
using Vestige.Images;
using Vestige.Images.Interop;
using Vestige.Images.Sources;
using Vestige.Sources;
using Vestige.Tests.Images.Jpeg;

namespace Vestige.Tests.Images.Sources;

/// <summary>Colours that are not sRGB: converted, named, or refused.</summary>
public sealed class ColourTests
{
    private const long Limit = 1_000_000;

    private static DecodedFile Read(byte[] file, List<string>? notices = null) => PictureReader.Read(file, Limit, notices ?? []);

    private static string Refusal(byte[] file) => Assert.Throws<UnusableDocumentException>(() => Read(file)).Message;

    private static byte[] Tagged(Picture picture, byte[] profile, string format)
    {
        using VipsImage image = TestImages.ToVips(picture);
        image.IccProfile = profile;
        return TestImages.Save(image, format);
    }

    /// <summary>A profile of one look-up table, for the intent "perceptual" only, as that of XYB JPEGs is: red and blue exchanged, else sRGB.</summary>
    private static byte[] PerceptualOnly()
    {
        byte[] table = [.. "mAB "u8, 0, 0, 0, 0, 3, 3, 0, 0, .. Words(32, 80, 128, 0, 0), .. Gamma(), .. Gamma(), .. Gamma(),
            // sRGB's primaries under D50, blue's column first; in this type XYZ counts in halves (ICC.1:2022, 6.3.4.2).
            .. Fixed(0.1431, 0.3851, 0.4361, 0.0606, 0.7169, 0.2225, 0.7141, 0.0971, 0.0139, 0, 0, 0),
            .. Curve(), .. Curve(), .. Curve()];
        byte[] white = [.. "XYZ "u8, 0, 0, 0, 0, .. FixedWhole(0.9642, 1, 0.8249)];
        byte[] text = [.. "mluc"u8, 0, 0, 0, 0, .. Words(1, 12), .. "enUS"u8, .. Words(2, 28), 0, (byte)'x', 0, 0];
        (string Name, byte[] Content)[] tags = [("desc", text), ("cprt", text), ("wtpt", white), ("A2B0", table)];
        int at = 132 + (12 * tags.Length);
        var profile = new List<byte>([.. Words(0, 0, 0x04300000), .. "mntrRGB XYZ "u8, .. new byte[12], .. "acsp"u8, .. new byte[28],
            .. FixedWhole(0.9642, 1, 0.8249), .. new byte[48], .. Words(tags.Length)]);
        foreach ((string name, byte[] content) in tags)
        {
            profile.AddRange([.. System.Text.Encoding.ASCII.GetBytes(name), .. Words(at, content.Length)]);
            at += content.Length;
        }
        foreach ((_, byte[] content) in tags) profile.AddRange(content);
        byte[] bytes = [.. profile];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        return bytes;

        static byte[] Words(params int[] values) => [.. values.SelectMany(v => new[] { (byte)(v >> 24), (byte)(v >> 16), (byte)(v >> 8), (byte)v })];
        static byte[] FixedWhole(params double[] values) => Words([.. values.Select(v => (int)Math.Round(v * 65536))]);
        static byte[] Fixed(params double[] values) => FixedWhole([.. values.Select(v => v / 2)]);
        static byte[] Gamma() => [.. "para"u8, 0, 0, 0, 0, 0, 0, 0, 0, .. FixedWhole(1)];
        static byte[] Curve() => [.. "para"u8, 0, 0, 0, 0, 0, 3, 0, 0, .. FixedWhole(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)];
    }

    [Theory]
    [InlineData("png")]
    [InlineData("tif")]
    public void A_profile_of_another_intent_than_ours_is_used(string format)
    {
        List<string> notices = [];
        DecodedFile read = Read(Tagged(TestImages.Flat(16, 16, 40, 60, 200), PerceptualOnly(), format), notices);
        // Red and blue come back exchanged; 2: rounding of the table's 16-bit numbers and of 8 bits. Dark ones are darker by up to 6: this intent of version 4
        // has a black of its own (ICC.1:2022, 6.3.3), which is compensated.
        Assert.InRange(read.Picture.Rgb[0], 198, 202);
        Assert.InRange(read.Picture.Rgb[1], 58, 62);
        Assert.InRange(read.Picture.Rgb[2], 34, 42);
        Assert.True(read.Facts.IsConverted);
        Assert.Empty(notices);
    }

    [Fact]
    public void An_RGB_JPEG_with_a_profile_of_its_own_is_colour_managed()
    {
        byte[] jpeg = JpegLayoutTests.WithNumbers(Tagged(TestImages.Flat(16, 16, 128, 128, 128), PerceptualOnly(), "jpg"), "RGB"u8);
        // As RGB the stored samples are Y, Cb, Cr of grey: 128 each, which the exchange leaves as it is.
        Assert.All(Read(jpeg).Picture.Rgb, v => Assert.InRange(v, 126, 130));
        Assert.True(Read(jpeg).Facts.IsConverted);
    }

    [Fact]
    public void A_profile_that_cannot_be_used_is_a_fault()
    {
        byte[] profile = [.. PerceptualOnly()];
        profile.AsSpan(170).Fill(0xEE);
        Assert.Contains("has an ICC profile that cannot be used (", Refusal(Tagged(TestImages.Photo(8, 8), profile, "tif")), StringComparison.Ordinal);
        Assert.Contains("so that its colours cannot be told", Refusal(Tagged(TestImages.Photo(8, 8), profile, "tif")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_share_of_pixels_outside_sRGB_is_told()
    {
        byte[] p3 = new ColourCode(12, 13).Profile()!;
        // Half of it P3's own red, which sRGB has not; the other half a grey that both have.
        byte[] rgb = new byte[64 * 64 * 3];
        for (int i = 0; i < rgb.Length; i += 3) (rgb[i], rgb[i + 1], rgb[i + 2]) = i < rgb.Length / 2 ? ((byte)255, (byte)0, (byte)0) : ((byte)90, (byte)90, (byte)90);
        DecodedFile read = Read(Tagged(new Picture(64, 64, rgb), p3, "png"));
        Assert.Equal(0.5, read.Facts.OutsideSrgb);
        Assert.Equal([255, 0, 0], read.Picture.Rgb[..3]);
        Assert.Equal(0, Read(Tagged(TestImages.Flat(8, 8, 200, 190, 180), p3, "png")).Facts.OutsideSrgb);
        Assert.Equal(0, Read(TestImages.Save(TestImages.Photo(8, 8), "png")).Facts.OutsideSrgb);
        using var folder = new TempFolder();
        folder.Write("a.png", Tagged(new Picture(64, 64, rgb), p3, "png"));
        folder.Write("b.png", TestImages.Save(TestImages.Photo(8, 8), "png"));
        var source = PictureFolder.Open(folder.Path, PictureOptions.Default, null, TestContext.Current.CancellationToken);
        source.Read(0);
        source.Read(1);
        Assert.Equal(["1 of 2 images have colours outside sRGB, which were clipped to it: 50 % of the pixels of a.png, and fewer of the others"], source.Notices);
    }

    /// <summary>P3 as numbers in AVIF and in PNG reads as the same P3 as a profile.</summary>
    [Fact]
    public void Colours_stated_by_number_are_read_as_the_profile_they_stand_for()
    {
        Picture flat = TestImages.Flat(32, 32, 180, 120, 60);
        byte[] expected = Read(Tagged(flat, new ColourCode(12, 13).Profile()!, "png")).Picture.Rgb;
        // In sRGB red is about ten steps higher (the profile of libvips' own P3 agrees: the test below).
        Assert.InRange(expected[0] - 180, 5, 15);
        Assert.Equal(expected, Read(TestImages.WithChunk(TestImages.Save(flat, "png"), "cICP", [12, 13, 0, 1])).Picture.Rgb);
        byte[] avif = TestImages.Save(flat, "avif");
        byte[] own = Read(avif).Picture.Rgb, wide = Read(WithCode(avif, 12, 13)).Picture.Rgb;
        // YCbCr of 8 bits moves a flat colour by 2 at the most.
        for (int c = 0; c < 3; c++)
        {
            Assert.InRange(own[c] - flat.Rgb[c], -2, 2);
            Assert.InRange(wide[c] - expected[c], -3, 3);
        }
        // sRGB by number, and curves of television, are sRGB.
        foreach (byte transfer in new byte[] { 1, 2, 6, 13, 14, 15 }) Assert.Equal(own, Read(WithCode(avif, 1, transfer)).Picture.Rgb);
    }

    [Fact]
    public void Our_P3_is_libvips_P3()
    {
        using VipsImage grid = TestImages.ToVips(TestImages.Photo(64, 64));
        using VipsImage theirs = grid.Apply("icc_transform").Set("output-profile", "p3").Set("input-profile", "srgb").Set("depth", 8).BuildImage();
        byte[] values = [];
        theirs.Read((_, _, samples) => values = samples.ToArray());
        Picture tagged = new(64, 64, values);
        byte[] a = Read(Tagged(tagged, theirs.IccProfile!, "png")).Picture.Rgb, b = Read(Tagged(tagged, new ColourCode(12, 13).Profile()!, "png")).Picture.Rgb;
        Assert.InRange(a.Zip(b, (x, y) => Math.Abs(x - y)).Max(), 0, 1);
    }

    [Theory]
    [InlineData(16, "PQ")]
    [InlineData(18, "HLG")]
    public void Brightness_beyond_white_is_refused_wherever_it_is_stated(byte transfer, string name)
    {
        Picture photo = TestImages.Photo(16, 16);
        byte[] srgb = new ColourCode(12, 13).Profile()!;
        byte[] named = IccProfile.OfPrimaries(name == "PQ" ? "Rec2100PQ" : "RGB_D65_202_Rel_HLG", [0.708, 0.292, 0.170, 0.797, 0.131, 0.046, 0.3127, 0.3290], [2.2]);
        // The tag of the copyright made one of coding (ICC.1:2022, 9.2.17).
        byte[] coded = [.. srgb];
        int tag = coded.AsSpan().IndexOf("cprt"u8);
        "cicp"u8.CopyTo(coded.AsSpan(tag));
        int content = BinaryPrimitives.ReadInt32BigEndian(coded.AsSpan(tag + 4));
        ((ReadOnlySpan<byte>)[.. "cicp"u8, 0, 0, 0, 0, 9, transfer, 0, 1]).CopyTo(coded.AsSpan(content));
        foreach (byte[] file in new[]
        {
            WithCode(TestImages.Save(photo, "avif"), 9, transfer), TestImages.WithChunk(TestImages.Save(photo, "png"), "cICP", [9, transfer, 0, 1]),
            Tagged(photo, named, "png"), Tagged(photo, named, "jpg"), Tagged(photo, coded, "tif"),
        })
        {
            Assert.StartsWith($"is HDR ({name}): it codes brightness beyond white", Refusal(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Numbers_that_are_in_no_table_are_refused()
    {
        byte[] png = TestImages.Save(TestImages.Photo(8, 8), "png");
        Assert.Contains("states primaries by a number that is not read here (99 of ITU-T H.273)",
            Refusal(TestImages.WithChunk(png, "cICP", [99, 13, 0, 1])), StringComparison.Ordinal);
        Assert.Contains("states a curve by a number that is not read here (77", Refusal(TestImages.WithChunk(png, "cICP", [1, 77, 0, 1])), StringComparison.Ordinal);
    }

    [Fact]
    public void The_profile_assumed_for_CMYK_is_named()
    {
        using VipsImage cmyk = TestImages.Raw(2, 1, 4, [0, 0, 0, 0, 255, 0, 0, 0], "cmyk");
        List<string> notices = [];
        Assert.Equal([255, 255, 255], Read(TestImages.Save(cmyk, "tif"), notices).Picture.Rgb[..3]);
        Assert.Matches("^is CMYK without a colour profile: libvips' \"[^\"]+\" was assumed$", Assert.Single(notices));
    }

    [Fact]
    public void A_PNG_of_linear_samples_is_read_by_its_gamma()
    {
        byte[] png = TestImages.Save(TestImages.Flat(8, 8, 128, 128, 128), "png");
        Assert.All(Read(TestImages.WithChunk(png, "gAMA", [0, 0, 0xB1, 0x8F])).Picture.Rgb, v => Assert.Equal(128, v)); // 45455: sRGB's
        // 128 / 255 in linear light is 188 on sRGB's curve.
        Assert.All(Read(TestImages.WithChunk(png, "gAMA", [0, 1, 0x86, 0xA0])).Picture.Rgb, v => Assert.InRange(v, 187, 189)); // 100000: linear
        Assert.All(Read(TestImages.WithChunk(png, "gAMA", [0, 0, 0, 0])).Picture.Rgb, v => Assert.Equal(128, v)); // no gamma at all
    }

    private static byte[] WithCode(byte[] avif, byte primaries, byte transfer)
    {
        byte[] file = [.. avif];
        int at = file.AsSpan().IndexOf("colrnclx"u8) + 8;
        (file[at], file[at + 1], file[at + 2], file[at + 3]) = (0, primaries, 0, transfer);
        return file;
    }
}
