using Vestige.Images;
using Vestige.Images.Interop;
using Vestige.Images.Jpeg;

namespace Vestige.Tests.Images.Jpeg;

/// <summary>What a JPEG's bytes are for.</summary>
public sealed class JpegLayoutTests
{
    private static readonly byte[] s_plain = Bare(TestImages.Photo(40, 30));

    private static byte[] Bare(Picture picture)
    {
        using VipsImage image = TestImages.ToVips(picture);
        return TestImages.Save(image, "jpg", o => o.Set("strip", true));
    }

    private static JpegImage Read(byte[] file) => JpegReader.Read(file, 1_000_000);

    private static long Of(byte[] file, string what) => Read(file).Parts.Where(part => part.What == what).Sum(part => part.Bytes);

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] With(params ReadOnlySpan<byte> segments) => [.. s_plain[..2], .. segments, .. s_plain[2..]];

    /// <summary>A TIFF block of two directories; the second names a thumbnail of so many bytes, which follow.</summary>
    private static byte[] ExifWithThumbnail(int bytes) =>
    [
        .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0,
        0, 0, 14, 0, 0, 0, // no entries, then the place of the next directory
        1, 0, 0x02, 0x02, 4, 0, 1, 0, 0, 0, (byte)bytes, (byte)(bytes >> 8), 0, 0, 0, 0, 0, 0,
        .. new byte[bytes],
    ];

    [Fact]
    public void Every_byte_is_one_of_a_part()
    {
        byte[] bare = Bare(TestImages.Photo(64, 48));
        byte[][] files = [bare, With(Segment(0xE1, ExifWithThumbnail(300))), [.. bare, .. new byte[100_000]], [.. bare, .. bare, .. "tail"u8]];
        foreach (byte[] file in files)
        {
            JpegImage jpeg = Read(file);
            Assert.Equal(file.Length, jpeg.Parts.Sum(part => part.Bytes));
            Assert.Equal(jpeg.ScanBytes, jpeg.Parts.Single(part => part.What == "coefficients").Bytes);
            Assert.Equal(jpeg.Parts.OrderByDescending(part => part.IsPicture), jpeg.Parts);
        }
    }

    [Fact]
    public void What_stands_beside_and_behind_the_picture_is_named_and_is_not_kept()
    {
        double kept = JpegAccount.Of(Read(s_plain), null, null, null).Kept;
        byte[] gainMap = [.. s_plain[..2], .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x hdr=\"http://ns.adobe.com/hdr-gain-map/1.0/\"/>"u8), .. s_plain[2..]];
        byte[] video = [0, 0, 0, 16, .. "ftypmp42"u8, 0, 0, 0, 0, 0, 0, 0, 24, .. "mdat"u8, .. new byte[16]];
        (string What, int Bytes, byte[] File)[] cases =
        [
            ("zeros behind the end", 100_000, [.. s_plain, .. new byte[100_000]]),
            ("EXIF", 4 + 38, With(Segment(0xE1, ExifWithThumbnail(300)))),
            ("thumbnail in EXIF", 300, With(Segment(0xE1, ExifWithThumbnail(300)))),
            ("thumbnail in JFIF", 48, With(Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 4, 4, .. new byte[48]]))),
            ("XMP", 4 + 32, With(Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, 1, 2, 3]))),
            ("colour profile", 4 + 14, With(Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1]))),
            ("index of further pictures", 4 + 7, With(Segment(0xE2, [.. "MPF\0"u8, 1, 2, 3]))),
            ("comment", 4 + 5, With(Segment(0xFE, "hello"u8))),
            ("application data (APP9)", 4 + 3, With(Segment(0xE9, [1, 2, 3]))),
            ("further picture", s_plain.Length, [.. s_plain, .. s_plain]),
            ("gain map", gainMap.Length, [.. s_plain, .. gainMap]),
            ("video behind the end", video.Length, [.. s_plain, .. video]),
            ("other bytes behind the end", 5, [.. s_plain, .. "words"u8]),
        ];
        foreach ((string what, int bytes, byte[] file) in cases)
        {
            Assert.True(bytes == Of(file, what), $"{what}: {Of(file, what)} bytes, not {bytes}");
            // JFIF's own header, 20 bytes with its length, says how to decode and stays the picture's.
            double beside = what == "thumbnail in JFIF" ? 8 * 18 / 1200.0 : 0;
            Assert.Equal(kept + beside, JpegAccount.Of(Read(file), null, null, null).Kept, 1e-9);
        }
    }

    [Fact]
    public void A_tail_made_of_beginnings_is_walked_in_time()
    {
        byte[] tail = new byte[3_000_000];
        for (int i = 0; i < tail.Length; i++) tail[i] = (i % 3) switch { 1 => 0xD8, _ => 0xFF };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(s_plain.Length + tail.Length, Read([.. s_plain, .. tail]).Parts.Sum(part => part.Bytes));
        // Each of 100 walks sees it once at the most: a second where this takes a few hundredths; a quadratic walk would take hours.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    /// <summary>RGB by its component numbers, and by Adobe's marker.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_RGB_JPEG_is_called_so_and_compared_with_red_green_and_blue(bool byNumbers)
    {
        byte[] file = byNumbers ? WithNumbers(s_plain, "RGB"u8) : With(Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]));
        JpegImage jpeg = Read(file);
        Assert.Equal(JpegColour.Rgb, jpeg.Colour);
        Picture decoded = Vestige.Images.Sources.PictureReader.Decode(file, 1_000_000, []);
        JpegAccount account = JpegAccount.Of(jpeg, null, decoded, null);
        Assert.Equal(["R", "G", "B"], account.Components.Select(c => c.Name));
        // Rounding of pixels moves a coefficient by 4 at the most, which is forgiven; clipping, which is not, touches few blocks. As Y, Cb and Cr it was .7 to .8.
        Assert.All(account.Components, c => Assert.InRange(c.ConsistentButRounding!.Value, 0.97, 1));
        Assert.Equal(["Y", "Cb", "Cr"], JpegAccount.Of(Read(s_plain), null, null, null).Components.Select(c => c.Name));
    }

    [Fact]
    public void With_a_profile_that_is_not_sRGB_coefficients_are_not_compared_with_pixels()
    {
        JpegAccount account = JpegAccount.Of(Read(s_plain), TestImages.Photo(40, 30), TestImages.Photo(40, 30), null, isConverted: true);
        Assert.Equal("its colour profile is not sRGB's, and the pixels are sRGB", account.NotCompared);
        Assert.All(account.Components, c => Assert.True(c is { OfOriginal: null, Consistent: null, ConsistentButRounding: null }));
    }

    /// <summary>The file with other numbers for its three components, in the frame's header and the scans'.</summary>
    internal static byte[] WithNumbers(byte[] jpeg, ReadOnlySpan<byte> numbers)
    {
        byte[] file = [.. jpeg];
        for (int at = 2; file[at + 1] != 0xD9;)
        {
            if (file[at + 1] is 0xC0 or 0xC2) for (int i = 0; i < 3; i++) file[at + 10 + (3 * i)] = numbers[i];
            if (file[at + 1] == 0xDA)
            {
                for (int i = 0; i < 3; i++) file[at + 5 + (2 * i)] = numbers[i];
                return file;
            }
            at += 2 + (file[at + 2] << 8) + file[at + 3];
        }
        return file;
    }
}
