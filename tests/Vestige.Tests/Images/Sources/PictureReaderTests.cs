using Vestige.Images;
using Vestige.Images.Interop;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Tests.Images.Sources;

public sealed class PictureReaderTests
{
    private const long Limit = 1_000_000;

    public static TheoryData<string> Formats => [.. TestImages.Formats.Select(f => f.Extension)];

    private static Picture Decode(byte[] file, List<string>? notices = null, long limit = Limit) =>
        PictureReader.Decode(file, limit, notices ?? []);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_is_read(string format)
    {
        Picture photo = TestImages.Photo(67, 45);
        List<string> notices = [];
        Picture read = Decode(TestImages.Save(photo, format), notices);
        Assert.Empty(notices);
        // 95 of 100 is within 33 dB for both lossy formats (4:2:0 in AVIF costs most); the others are exact.
        if (format is "jpg" or "avif") Assert.True(TestImages.Psnr(photo, read) > 33, $"{TestImages.Psnr(photo, read)} dB");
        else Assert.Equal(photo.Rgb, read.Rgb);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void One_pixel_is_an_image(string format)
    {
        byte[] pixel = [200, 100, 50];
        Picture read = Decode(TestImages.Save(new Picture(1, 1, pixel), format));
        Assert.Equal((1, 1), (read.Width, read.Height));
        // 8: what 4:2:0 at quality 95 was seen to do to one pixel, rounded up.
        for (int c = 0; c < 3; c++) Assert.InRange(read.Rgb[c] - pixel[c], -8, 8);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_cut_short_is_refused(string format)
    {
        byte[] file = TestImages.Save(TestImages.Photo(128, 128), format);
        foreach (double share in new[] { 0.1, 0.5, 0.9 })
        {
            var error = Assert.Throws<UnusableDocumentException>(() => Decode(file[..(int)(file.Length * share)]));
            // A TIFF may have its directory at the end, and is no TIFF without it.
            Assert.Matches("cannot be decoded as|its content is none of the formats", error.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bytes_turned_anywhere_never_do_worse_than_an_error(string format)
    {
        byte[] file = TestImages.Save(TestImages.Photo(48, 48), format);
        var rng = new Vestige.Numerics.Rng(5);
        int read = 0;
        for (int i = 0; i < 40; i++)
        {
            byte[] damaged = [.. file];
            damaged[rng.NextInt(file.Length)] ^= (byte)(1 << rng.NextInt(8));
            try
            {
                read += Decode(damaged).Width > 0 ? 1 : 0;
            }
            catch (UnusableDocumentException error)
            {
                Assert.NotEqual("", error.Message);
            }
        }
        Assert.InRange(read, 0, 40);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_image_over_the_limit_is_refused_by_its_header(string format)
    {
        byte[] file = TestImages.Save(TestImages.Photo(40, 30), format);
        var error = Assert.Throws<UnusableDocumentException>(() => Decode(file, limit: 1199));
        Assert.Equal("has 40 x 30 = 1200 pixels; the limit is 1199", error.Message);
        Assert.Equal(1200, Decode(file, limit: 1200).Pixels);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_takes_memory()
    {
        byte[] bomb = TestImages.ZeroPng(30_000, 30_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<UnusableDocumentException>(() => Decode(bomb, limit: PictureOptions.Default.PixelLimit));
        Assert.Contains("30000 x 30000 = 900000000 pixels", error.Message, StringComparison.Ordinal);
        // 30,000 x 30,000 x 3 would be 2.7 GB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        byte[] png = TestImages.WithWrongChecksum(TestImages.Save(TestImages.Photo(30, 30), "png"));
        var error = Assert.Throws<UnusableDocumentException>(() => Decode(png));
        Assert.Contains("CRC", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no image at all")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")]
    [InlineData("%PDF-1.4")]
    public void Other_content_is_refused_and_the_formats_are_named(string text)
    {
        var error = Assert.Throws<UnusableDocumentException>(() => Decode(System.Text.Encoding.ASCII.GetBytes(text)));
        Assert.Contains("its content is none of the formats read here, or it is damaged: JPEG, PNG, WebP", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("tif")]
    [InlineData("jxl")]
    [InlineData("jp2")]
    public void Sixteen_bits_are_rounded_to_eight(string format)
    {
        ushort[] values = [0, 128, 129, 32767, 32768, 65535, 257, 300, 400, 65400, 65406, 65407];
        using VipsImage image = TestImages.Raw16(4, 1, 3, values, "rgb16");
        Assert.Equal(values.Select(v => (byte)Math.Round(v * 255.0 / 65535)), Decode(TestImages.Save(image, format)).Rgb);
    }

    [Fact]
    public void Grey_becomes_three_equal_channels()
    {
        using VipsImage image = TestImages.Raw(3, 1, 1, [0, 77, 255], "b-w");
        Assert.Equal([0, 0, 0, 77, 77, 77, 255, 255, 255], Decode(TestImages.Save(image, "png")).Rgb);
        using VipsImage wide = TestImages.Raw16(2, 1, 1, [257, 65535], "grey16");
        Assert.Equal([1, 1, 1, 255, 255, 255], Decode(TestImages.Save(wide, "png")).Rgb);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("tif")]
    [InlineData("webp")]
    [InlineData("jxl")]
    [InlineData("jp2")]
    public void Alpha_is_laid_over_white(string format)
    {
        using VipsImage image = TestImages.Raw(3, 1, 4, [10, 20, 30, 0, 10, 20, 30, 255, 100, 0, 200, 51], "srgb");
        // 51 / 255 = 0.2; libvips rounds down.
        Assert.Equal([255, 255, 255, 10, 20, 30, 224, 204, 244], Decode(TestImages.Save(image, format)).Rgb);
    }

    [Fact]
    public void Alpha_of_grey_and_of_sixteen_bits_is_laid_over_white()
    {
        using VipsImage grey = TestImages.Raw(2, 1, 2, [10, 0, 10, 255], "b-w");
        Assert.Equal([255, 255, 255, 10, 10, 10], Decode(TestImages.Save(grey, "png")).Rgb);
        using VipsImage wide = TestImages.Raw16(2, 1, 4, [2570, 5140, 7710, 0, 2570, 5140, 7710, 65535], "rgb16");
        Assert.Equal([255, 255, 255, 10, 20, 30], Decode(TestImages.Save(wide, "png")).Rgb);
    }

    [Fact]
    public void Cmyk_goes_through_a_profile()
    {
        using VipsImage inks = TestImages.Raw(4, 1, 4, [0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 255], "cmyk");
        using VipsImage large = new VipsOperation("zoom").Set("input", inks).Set("xfac", 8).Set("yfac", 8).BuildImage();
        Picture read = Decode(TestImages.Save(large, "jpg", o => o.Set("Q", 100)));
        byte[] At(int x) => read.Rgb.AsSpan((4 * 32 * 3) + (x * 3), 3).ToArray();
        // Paper, cyan, red and black of a press: the bounds say which colour it is, not its exact shade.
        Assert.All(At(4), v => Assert.InRange(v, 245, 255));
        Assert.True(At(12) is [< 80, > 120, > 180], string.Join(' ', At(12)));
        Assert.True(At(20) is [> 180, < 80, < 80], string.Join(' ', At(20)));
        Assert.All(At(28), v => Assert.InRange(v, 0, 70));
    }

    [Theory]
    [InlineData("webp")]
    [InlineData("tif")]
    public void Only_the_first_frame_counts(string format)
    {
        Picture first = TestImages.Photo(20, 10, 1), second = TestImages.Photo(20, 10, 2);
        using var both = VipsImage.FromSamples(20, 20, 3, [.. first.Rgb, .. second.Rgb]);
        Assert.Equal(first.Rgb, Decode(TestImages.Save(both, format, o => o.Set("page-height", 10))).Rgb);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    [InlineData("avif")]
    [InlineData("jxl")]
    [InlineData("tif")]
    public void A_wide_gamut_profile_is_converted(string format)
    {
        Picture flat = TestImages.Flat(32, 32, 200, 60, 40);
        using VipsImage srgb = TestImages.ToVips(flat);
        using VipsImage p3 = srgb.Apply("icc_transform").Set("output-profile", "p3").Set("input-profile", "srgb").BuildImage();
        byte[] values = [];
        p3.Read((_, _, samples) => values = samples.ToArray());
        byte[] tagged = TestImages.Save(p3, format), bare = TestImages.Save(new Picture(32, 32, values), format);
        List<string> notices = [];
        // There and back: roundings of 8 bits, twice, and of YCbCr in JPEG and AVIF. Without the profile red is about 20 steps off.
        Assert.InRange(Furthest(Decode(tagged, notices)), 0, 3);
        Assert.DoesNotContain(notices, n => n.Contains("profile is", StringComparison.Ordinal));
        Assert.InRange(Furthest(Decode(bare)), 10, 40);

        int Furthest(Picture read) => read.Rgb.Zip(flat.Rgb, (a, b) => Math.Abs(a - b)).Max();
    }

    [Fact]
    public void An_sRGB_profile_changes_nothing()
    {
        Picture photo = TestImages.Photo(32, 32);
        using VipsImage image = TestImages.ToVips(photo);
        image.IccProfile = Profile("srgb");
        byte[] file = TestImages.Save(image, "png");
        Assert.True(file.AsSpan().IndexOf("iCCP"u8) > 0);
        Assert.Equal(photo.Rgb, Decode(file).Rgb);
    }

    [Fact]
    public void A_profile_of_another_colour_space_is_noticed_and_not_used()
    {
        using VipsImage grey = TestImages.Raw(2, 1, 1, [3, 200], "b-w");
        grey.IccProfile = Profile("p3");
        List<string> notices = [];
        Assert.Equal([3, 3, 3, 200, 200, 200], Decode(TestImages.Save(grey, "tif"), notices).Rgb);
        Assert.Contains(notices, n => n.Contains("profile is for \"RGB\" and the image is GRAY", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_orientation_agrees_with_libvips()
    {
        Picture photo = TestImages.Photo(13, 7);
        byte[] jpeg = TestImages.Save(photo, "jpg");
        for (byte orientation = 1; orientation <= 8; orientation++)
        {
            byte[] turned = TestImages.WithOrientation(jpeg, orientation);
            using VipsImage image = new VipsOperation("jpegload_buffer").Set("buffer", turned).BuildImage();
            Assert.Equal(orientation, image.Orientation);
            using VipsImage expected = image.Apply("autorot").BuildImage();
            Picture read = Decode(turned);
            Assert.Equal((expected.Width, expected.Height), (read.Width, read.Height));
            expected.Read((_, _, samples) => Assert.Equal(samples.ToArray(), read.Rgb));
        }
    }

    [Fact]
    public void Float_samples_are_refused()
    {
        using VipsImage photo = TestImages.ToVips(TestImages.Photo(8, 8));
        using VipsImage real = photo.Apply("cast").Set("format", "VipsBandFormat", "float").BuildImage();
        var error = Assert.Throws<UnusableDocumentException>(() => Decode(TestImages.Save(real, "tif")));
        Assert.Contains("not whole numbers of 8 or 16 bits", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Profile(string name)
    {
        using VipsImage image = TestImages.ToVips(TestImages.Photo(1, 1));
        using VipsImage tagged = image.Apply("icc_transform").Set("output-profile", name).Set("input-profile", "srgb").BuildImage();
        return tagged.IccProfile!;
    }
}
