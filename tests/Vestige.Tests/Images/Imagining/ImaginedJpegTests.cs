using Vestige.Images;
using Vestige.Images.Imagining;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Interop;
using Vestige.Images.Jpeg;
using Vestige.Images.Paired;
using Vestige.Images.Sources;

namespace Vestige.Tests.Images.Imagining;

public sealed class ImaginedJpegTests
{
    private static byte[] File(Picture picture, int quality, string chroma, bool progressive = false)
    {
        using VipsImage image = TestImages.ToVips(picture);
        return image.Apply("jpegsave_buffer").Set("Q", quality).Set("subsample-mode", "VipsForeignSubsample", chroma)
            .Set("interlace", progressive).Set("optimize-coding", true).BuildBuffer();
    }

    private static JpegImage Read(byte[] file) => JpegReader.Read(file, 10_000_000);

    private static ImaginedJpeg Imagine(byte[] file) => new(Read(file), Gallery.Tables);

    private static int Differences(JpegImage one, JpegImage other) => one.Components.Zip(other.Components, (a, b) =>
        Enumerable.Range(0, a.Rows).Sum(row => Enumerable.Range(0, a.Columns).Sum(column =>
        {
            int different = 0;
            for (int k = 0; k < 64; k++) different += a.Block(column, row)[k] == b.Block(column, row)[k] ? 0 : 1;
            return different;
        }))).Sum();

    /// <summary>The medians of the standard's tables without their first are 57 for luma and 99 for chroma (ITU-T T.81, K.1 and K.2), times 5000 / q %, a whole number, under
    /// quality 50, at most 255: what a draw's number of passes goes by.</summary>
    [Theory]
    [InlineData(10, 255, 255)]
    [InlineData(30, 95, 164)]
    [InlineData(50, 57, 99)]
    public void How_wide_cells_are_is_the_median_of_the_steps(int quality, int luma, int chroma)
    {
        JpegImage jpeg = Read(File(Gallery.Paint(32, 32, 1), quality, "on"));
        Assert.Equal([luma, chroma, chroma], jpeg.Components.Select(component => (int)new JpegCells(component, Gallery.Tables.Luma).Step));
    }

    [Theory]
    [InlineData(160, 160, 10, "on")]
    [InlineData(160, 160, 30, "on")]
    [InlineData(160, 160, 75, "on")]
    [InlineData(160, 160, 90, "on")]
    [InlineData(97, 61, 10, "off")]
    [InlineData(97, 61, 30, "off")]
    [InlineData(98, 61, 50, "on")]
    [InlineData(34, 18, 30, "on")]
    [InlineData(7, 5, 10, "on")]
    [InlineData(1, 1, 30, "on")]
    [InlineData(9, 200, 20, "off")]
    public void Coded_again_the_coefficients_are_the_files(int width, int height, int quality, string chroma)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            byte[] file = File(Gallery.Paint(width, height, seed), quality, chroma);
            ImaginedJpeg imagined = Imagine(file);
            foreach (Picture picture in new[] { imagined.Mean(), imagined.Draw(seed) })
            {
                Assert.Equal((width, height, 0), (picture.Width, picture.Height, imagined.Outside));
                Assert.Equal(0, Differences(Read(file), Read(File(picture, quality, chroma))));
            }
        }
    }

    /// <summary>Steps of 2 and 3, and saturated colours, whose pixels can go one way only: what no pixel could repair is told, and is little.</summary>
    [Theory]
    [InlineData(98, 61, "on")]
    [InlineData(97, 61, "off")]
    public void At_small_steps_single_pixels_bring_nearly_all_back(int width, int height, string chroma)
    {
        byte[] file = File(Gallery.Paint(width, height, 1), 90, chroma);
        ImaginedJpeg imagined = Imagine(file);
        Picture drawn = imagined.Draw(1);
        int outside = Differences(Read(file), Read(File(drawn, 90, chroma)));
        Assert.InRange(outside, 0, imagined.Outside);
        // 21 and 13 of some 15,000 were seen.
        Assert.InRange(imagined.Outside, 0, 30);
    }

    [Fact]
    public void At_steps_of_one_it_says_what_rounding_left_outside()
    {
        byte[] file = File(Gallery.Paint(64, 64, 1), 100, "on");
        ImaginedJpeg imagined = Imagine(file);
        Picture mean = imagined.Mean();
        int outside = Differences(Read(file), Read(File(mean, 100, "on")));
        // Ours counts what is near an edge too, which at such steps most are.
        Assert.InRange(outside, 0, imagined.Outside);
        Assert.InRange(imagined.Outside, 1, 3072);
    }

    [Fact]
    public void The_mean_is_nearer_than_a_plain_decoder_and_a_draw_is_not()
    {
        for (ulong seed = 20; seed < 24; seed++)
        {
            Picture original = Gallery.Paint(160, 160, seed);
            byte[] file = File(original, 10, "on");
            ImaginedJpeg imagined = Imagine(file);
            double plain = Psnr.Of(original, PictureReader.Decode(file, 1_000_000, [])), mean = Psnr.Of(original, imagined.Mean()), draw = Psnr.Of(original, imagined.Draw(1));
            Assert.True(mean > plain + 0.1, $"{mean} {plain}");
            // A draw is as far from the mean as the original is: at most 3 dB (Blau, Michaeli 2018), and something, for what blocks do not know of each other.
            Assert.InRange(mean - draw, 1, 3.3);
        }
    }

    /// <summary>What blocks do not know of each other, draws have from the mean's passes: along the edges of blocks their common part is nearer to the original than a plain
    /// decoder is by .76 dB; by .61 where each block stands in its own middle.</summary>
    [Fact]
    public void What_draws_have_in_common_goes_on_from_block_to_block()
    {
        const int Side = 160, Draws = 24;
        double plain = 0, common = 0;
        for (ulong seed = 40; seed < 44; seed++)
        {
            Picture original = Gallery.Paint(Side, Side, seed);
            byte[] file = File(original, 50, "on");
            ImaginedJpeg imagined = Imagine(file);
            byte[] decoded = PictureReader.Decode(file, 1_000_000, []).Rgb;
            byte[][] draws = [.. Enumerable.Range(1, Draws).Select(draw => imagined.Draw((ulong)draw).Rgb)];
            for (int i = 0; i < Side * Side; i++)
            {
                if (i % 8 is not (0 or 7)) continue;
                int green = (3 * i) + 1;
                plain += Math.Pow(decoded[green] - original.Rgb[green], 2);
                common += Math.Pow(draws.Average(draw => (double)draw[green]) - original.Rgb[green], 2);
            }
        }
        Assert.InRange(10 * Math.Log10(plain / common), 0.7, 3);
    }

    [Fact]
    public void A_draw_has_the_detail_that_the_mean_has_not()
    {
        Picture original = Gallery.Paint(160, 160, 31);
        ImaginedJpeg imagined = Imagine(File(original, 10, "on"));
        double real = Detail(original), mean = Detail(imagined.Mean()), draw = Detail(imagined.Draw(1));
        Assert.True(mean < 0.75 * real, $"{mean} {real}");
        Assert.InRange(draw, 0.65 * real, 1.35 * real);
    }

    /// <summary>Mean absolute difference of pixels side by side, of the textured quarter at the right.</summary>
    private static double Detail(Picture picture)
    {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < picture.Height; y++)
            for (int x = picture.Width * 7 / 8; x + 1 < picture.Width; x++, count++)
                sum += Math.Abs(picture.Rgb[(3 * ((y * picture.Width) + x)) + 1] - picture.Rgb[(3 * ((y * picture.Width) + x + 1)) + 1]);
        return sum / count;
    }

    [Fact]
    public void A_sky_stays_smooth()
    {
        Picture original = Gallery.Paint(160, 160, 41);
        Picture drawn = Imagine(File(original, 10, "on")).Draw(1);
        double grain = 0;
        for (int y = 0; y < 160; y++)
            for (int x = 0; x < 15; x++) grain += Math.Abs(drawn.Rgb[3 * ((y * 160) + x)] - drawn.Rgb[3 * ((y * 160) + x + 1)]);
        // Its own noise is .3 a channel; two levels are not seen.
        Assert.InRange(grain / (160 * 15), 0, 2);
    }

    [Fact]
    public void Seeds_repeat_and_differ_and_a_flat_picture_is_itself()
    {
        byte[] file = File(Gallery.Paint(80, 60, 3), 10, "on");
        Assert.Equal(Imagine(file).Draw(5).Rgb, Imagine(file).Draw(5).Rgb);
        Assert.NotEqual(Imagine(file).Draw(5).Rgb, Imagine(file).Draw(6).Rgb);
        ImaginedJpeg flat = Imagine(File(TestImages.Flat(40, 24, 120, 120, 120), 90, "on"));
        Assert.All(flat.Mean().Rgb, value => Assert.InRange(value, 119, 121));
    }

    [Fact]
    public void Any_sampling_progressive_files_and_grey_are_imagined()
    {
        Picture picture = Gallery.Paint(50, 34, 2);
        Assert.Equal(Imagine(File(picture, 30, "on")).Draw(1).Rgb, Imagine(File(picture, 30, "on", progressive: true)).Draw(1).Rgb);
        using VipsImage colour = TestImages.ToVips(picture);
        using VipsImage grey = colour.Apply("colourspace").Set("space", "VipsInterpretation", "b-w").BuildImage();
        Picture imagined = Imagine(grey.Apply("jpegsave_buffer").Set("Q", 20).BuildBuffer()).Draw(1);
        for (int i = 0; i < imagined.Rgb.Length; i += 3) Assert.Equal((imagined.Rgb[i], imagined.Rgb[i]), (imagined.Rgb[i + 1], imagined.Rgb[i + 2]));
    }

    [Theory]
    [InlineData(0x41, 0x11, 4)]
    [InlineData(0x21, 0x11, 2)]
    [InlineData(0x12, 0x11, 2)]
    public void The_header_may_say_other_samplings(byte luma, byte chroma, int smaller)
    {
        // A file of 4:4:4 whose header is made to say another sampling: its blocks are then as many as another size needs.
        byte[] file = File(TestImages.Flat(64, 64, 90, 120, 60), 50, "off");
        int frame = IndexOf(file, [0xFF, 0xC0]);
        file[frame + 11] = luma;
        file[frame + 14] = file[frame + 17] = chroma;
        try
        {
            Picture picture = Imagine(file).Mean();
            Assert.Equal(64, picture.Width);
        }
        catch (JpegException e)
        {
            Assert.NotEmpty(e.Message);
        }
        Assert.InRange(smaller, 2, 4);
    }

    private static int IndexOf(byte[] file, ReadOnlySpan<byte> what) => file.AsSpan().IndexOf(what);

    [Fact]
    public void Four_components_are_refused_in_words()
    {
        Picture picture = Gallery.Paint(32, 32, 1);
        byte[] cmyk = new byte[32 * 32 * 4];
        for (int i = 0; i < picture.Pixels; i++)
            for (int c = 0; c < 3; c++) cmyk[(4 * i) + c] = (byte)(255 - picture.Rgb[(3 * i) + c]);
        using VipsImage image = TestImages.Raw(32, 32, 4, cmyk, "cmyk");
        byte[] file = image.Apply("jpegsave_buffer").Set("Q", 50).BuildBuffer();
        JpegException error = Assert.Throws<JpegException>(() => Imagine(file));
        Assert.True(error.IsOfOtherKind);
        Assert.Contains("4 components", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_intrinsics_the_pixels_are_the_same() =>
        Assert.Equal(Hash(), ChildProcess.Run(Hash, "DOTNET_EnableHWIntrinsic=0", "DOTNET_PROCESSOR_COUNT=1"));

    private static string Hash()
    {
        var tables = new PriorTables(PicturePrior.Learn(new Gallery(1, 16).Entries, null, default));
        var imagined = new ImaginedJpeg(Read(File(Gallery.Paint(19, 11, 1), 20, "on")), tables);
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([.. imagined.Mean().Rgb, .. imagined.Draw(1).Rgb]));
    }
}
