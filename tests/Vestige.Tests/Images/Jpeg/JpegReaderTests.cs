using Vestige.Images;
using Vestige.Images.Interop;
using Vestige.Images.Jpeg;
using Vestige.Images.Sources;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Jpeg;

public sealed class JpegReaderTests
{
    private const long Limit = 10_000_000;

    private static byte[] File(Picture picture, int quality, string chroma = "on", bool progressive = false, int restart = 0)
    {
        using VipsImage image = TestImages.ToVips(picture);
        VipsOperation operation = image.Apply("jpegsave_buffer").Set("Q", quality).Set("subsample-mode", "VipsForeignSubsample", chroma)
            .Set("interlace", progressive).Set("optimize-coding", true);
        if (restart > 0) operation.Set("restart-interval", restart);
        return operation.BuildBuffer();
    }

    private static byte[] Grey(Picture picture, int quality, bool progressive)
    {
        byte[] samples = [.. Enumerable.Range(0, (int)picture.Pixels).Select(i => picture.Rgb[3 * i])];
        using VipsImage image = TestImages.Raw(picture.Width, picture.Height, 1, samples, "b-w");
        return image.Apply("jpegsave_buffer").Set("Q", quality).Set("interlace", progressive).BuildBuffer();
    }

    [Fact]
    public void The_headers_tell_the_quality()
    {
        foreach (int quality in new[] { 1, 30, 49, 50, 75, 100 })
        {
            byte[] file = File(TestImages.Photo(40, 24), quality, progressive: quality % 2 == 0);
            Assert.Equal(quality, JpegQuality.Of(file));
            Assert.Equal(quality, JpegQuality.Of(Grey(TestImages.Photo(40, 24), quality, progressive: false)));
            // Cut anywhere it tells the same, or nothing.
            for (int length = 0; length < file.Length; length++) Assert.Equal(quality, JpegQuality.Of(file.AsSpan(0, length)) ?? quality);
        }
        byte[] other = File(TestImages.Photo(40, 24), 30);
        other[other.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]) + 5 + 20]++;
        Assert.Null(JpegQuality.Of(other));
        Assert.Null(JpegQuality.Of(TestImages.Save(TestImages.Photo(8, 8), "png")));
    }

    [Theory]
    [InlineData(8, 8, 50, false)]
    [InlineData(61, 45, 90, false)]
    [InlineData(61, 45, 90, true)]
    [InlineData(130, 9, 30, true)]
    [InlineData(33, 70, 100, true)]
    public void Coefficients_make_the_picture_that_a_decoder_makes(int width, int height, int quality, bool progressive)
    {
        byte[] file = Grey(TestImages.Photo(width, height), quality, progressive);
        JpegImage jpeg = JpegReader.Read(file, Limit);
        Picture decoded = PictureReader.Decode(file, Limit, []);
        Assert.Equal((width, height, progressive, 1), (jpeg.Width, jpeg.Height, jpeg.Progressive, jpeg.Components.Count));
        JpegComponent component = jpeg.Components[0];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double sample = Sample(component, x, y);
                // The decoder's transform is in integers (libjpeg's islow: under a level off) and its samples are rounded.
                Assert.Equal(Math.Clamp(sample, 0, 255), decoded.Rgb[3 * ((y * width) + x)], 1.0);
            }
    }

    [Theory]
    [InlineData("on", 20)]
    [InlineData("on", 95)]
    [InlineData("off", 75)]
    public void One_scan_or_many_with_restarts_or_without_hold_the_same_coefficients(string chroma, int quality)
    {
        Picture photo = TestImages.Photo(75, 53);
        JpegImage one = JpegReader.Read(File(photo, quality, chroma), Limit), many = JpegReader.Read(File(photo, quality, chroma, progressive: true), Limit);
        JpegImage restarts = JpegReader.Read(File(photo, quality, chroma, restart: 3), Limit);
        Assert.Equal(1, one.Scans);
        Assert.True(many.Scans > 3);
        Assert.Equal(chroma == "on" ? "4:2:0" : "4:4:4", one.Chroma);
        for (int c = 0; c < 3; c++)
            for (int row = 0; row < one.Components[c].Rows; row++)
                for (int column = 0; column < one.Components[c].Columns; column++)
                {
                    Assert.True(one.Components[c].Block(column, row).SequenceEqual(many.Components[c].Block(column, row)));
                    Assert.True(one.Components[c].Block(column, row).SequenceEqual(restarts.Components[c].Block(column, row)));
                }
        Assert.Equal(one.Components[0].Steps, many.Components[0].Steps);
    }

    [Fact]
    public void A_file_cut_anywhere_says_so_and_never_more_than_that()
    {
        foreach (bool progressive in new[] { false, true })
        {
            byte[] file = File(TestImages.Photo(64, 48), 75, progressive: progressive);
            for (int length = 0; length < file.Length - 2; length += 7)
            {
                string message = Assert.Throws<JpegException>(() => JpegReader.Read(file[..length], Limit)).Message;
                Assert.NotEqual("", message);
            }
        }
    }

    [Fact]
    public void Damage_is_refused_or_read_and_nothing_else()
    {
        var rng = new Rng(1);
        int refused = 0;
        foreach (bool progressive in new[] { false, true })
        {
            byte[] file = File(TestImages.Photo(48, 40), 60, progressive: progressive, restart: progressive ? 0 : 2);
            for (int trial = 0; trial < 1500; trial++)
            {
                byte[] damaged = [.. file];
                for (int i = 0; i <= (int)(rng.Next() % 3); i++) damaged[(int)(rng.Next() % (ulong)file.Length)] = (byte)rng.Next();
                try
                {
                    JpegAccount.Of(JpegReader.Read(damaged, 100_000), null, null, null);
                }
                catch (JpegException)
                {
                    refused++;
                }
            }
        }
        Assert.InRange(refused, 100, 2900);
    }

    [Theory]
    [InlineData("png", "does not begin as a JPEG")]
    [InlineData("empty", "does not begin as a JPEG")]
    [InlineData("arithmetic", "arithmetic coding")]
    [InlineData("lossless", "lossless")]
    [InlineData("bits", "12 bits a sample")]
    [InlineData("huge", "65535 x 65535 = 4294836225 pixels; the limit is 10000000")]
    [InlineData("bomb", "3000 x 3000 pixels and is too short to hold them")]
    [InlineData("zero", "0 x 16 pixels")]
    [InlineData("step", "a step of 0")]
    public void What_is_not_read_is_refused_in_words(string kind, string words)
    {
        byte[] file = File(TestImages.Photo(16, 16), 75);
        int frame = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]), tables = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xDB]);
        void Size(byte high, byte low) => (file[frame + 5], file[frame + 6], file[frame + 7], file[frame + 8]) = (high, low, high, low);
        switch (kind)
        {
            case "png":
                file = TestImages.Save(TestImages.Photo(16, 16), "png");
                break;
            case "empty":
                file = [];
                break;
            case "arithmetic":
                file[frame + 1] = 0xC9;
                break;
            case "lossless":
                file[frame + 1] = 0xC3;
                break;
            case "bits":
                file[frame + 4] = 12;
                break;
            case "huge":
                Size(0xFF, 0xFF);
                break;
            case "bomb":
                Size(3000 >> 8, 3000 & 0xFF);
                break;
            case "zero":
                (file[frame + 7], file[frame + 8]) = (0, 0);
                break;
            case "step":
                file[tables + 8] = 0;
                break;
        }
        Assert.Contains(words, Assert.Throws<JpegException>(() => JpegReader.Read(file, Limit)).Message, StringComparison.Ordinal);
    }

    /// <summary>One sample by the definition of the inverse transform (T.81, A.3.3).</summary>
    private static double Sample(JpegComponent component, int x, int y)
    {
        ReadOnlySpan<short> block = component.Block(x / 8, y / 8);
        double sum = 128;
        for (int v = 0; v < 8; v++)
            for (int u = 0; u < 8; u++)
                sum += (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / 4 * block[(v * 8) + u] * component.Steps[(v * 8) + u]
                    * Math.Cos(((2 * (x % 8)) + 1) * u * Math.PI / 16) * Math.Cos(((2 * (y % 8)) + 1) * v * Math.PI / 16);
        return sum;
    }
}
