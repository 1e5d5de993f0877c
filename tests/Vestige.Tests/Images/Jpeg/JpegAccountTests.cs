using Vestige.Images;
using Vestige.Images.Interop;
using Vestige.Images.Jpeg;
using Vestige.Images.Sources;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Jpeg;

public sealed class JpegAccountTests
{
    private static (JpegImage Jpeg, Picture Decoded) Coded(Picture picture, int quality, string chroma = "off")
    {
        using VipsImage image = TestImages.ToVips(picture);
        byte[] file = image.Apply("jpegsave_buffer").Set("Q", quality).Set("subsample-mode", "VipsForeignSubsample", chroma).BuildBuffer();
        return (JpegReader.Read(file, 1_000_000), PictureReader.Decode(file, 1_000_000, []));
    }

    /// <summary>Sums of log2 of the standard tables, as published for libjpeg's qualities.</summary>
    [Theory]
    [InlineData(30, 398.94, 449.15)]
    [InlineData(60, 331.55, 381.73)]
    [InlineData(75, 288.94, 339.44)]
    [InlineData(90, 202.73, 254.49)]
    [InlineData(95, 138.12, 191.43)]
    public void Bits_discarded_are_those_of_the_tables(int quality, double luma, double chroma)
    {
        JpegAccount account = JpegAccount.Of(Coded(TestImages.Photo(32, 32), quality).Jpeg, null, null, null);
        // Two decimals were published.
        Assert.Equal(luma, account.Components[0].DiscardedBits, 0.005);
        Assert.Equal(chroma, account.Components[1].DiscardedBits, 0.005);
        Assert.Equal(quality, account.Quality);
    }

    [Theory]
    [InlineData(30, "off")]
    [InlineData(90, "off")]
    [InlineData(75, "on")]
    public void The_original_quantized_gives_the_file_and_so_does_what_is_decoded(int quality, string chroma)
    {
        Picture photo = TestImages.Photo(128, 96);
        (JpegImage jpeg, Picture decoded) = Coded(photo, quality, chroma);
        JpegAccount account = JpegAccount.Of(jpeg, photo, decoded, 20_000);
        foreach (ComponentAccount component in account.Components)
        {
            // libjpeg transforms in integers, under a level off: that moves a coefficient across the border of its cell in about that share of a step.
            Assert.True(component.OfOriginal > 0.97, $"{component.Name}: {component.OfOriginal}");
            Assert.True(component.EntropyBefore > component.EntropyAfter);
            Assert.Equal(component.EntropyLost, component.EntropyBefore - component.EntropyAfter);
        }
        // Colour is seen through libjpeg's smooth enlarging; luma is not. Published for photographs: 99.9 % at 30, 97 % at 95.
        Assert.True(account.Components[0].Consistent > 0.95);
        Assert.True(account.Components[0].ConsistentButRounding >= account.Components[0].Consistent);
        Assert.Equal(24, account.Redundancy!.Value + account.Discarded!.Value + account.Kept, 1e-9);
        // libvips' saver puts an EXIF block of 190 bytes in where it is not told to leave it out.
        Assert.Equal(8.0 * (jpeg.FileBytes - account.Parts.Single(part => part.What == "EXIF").Bytes) / (128 * 96), account.Kept, 1e-9);
        Picture other = TestImages.Photo(128, 96, 2);
        Assert.True(JpegAccount.Of(jpeg, other, null, null).Components[0].OfOriginal < account.Components[0].OfOriginal);
    }

    [Fact]
    public void A_flat_picture_has_no_entropy_and_nothing_is_open_but_its_mean()
    {
        (JpegImage jpeg, Picture decoded) = Coded(TestImages.Flat(64, 64, 90, 90, 90), 50);
        ComponentAccount luma = JpegAccount.Of(jpeg, TestImages.Flat(64, 64, 90, 90, 90), decoded, null).Components[0];
        Assert.Equal((0, 0, 1, 1), (luma.EntropyBefore, luma.EntropyAfter, luma.OfOriginal, luma.Consistent));
        Assert.True(luma.Unknown >= 16 / Math.Sqrt(12 * 64));
    }

    [Theory]
    [InlineData(0.05, 30)]
    [InlineData(0.2, 10)]
    [InlineData(0.02, 3)]
    [InlineData(1.5, 2)]
    public void What_a_cell_leaves_open_is_what_a_Laplacian_has_left_in_it(double rate, double step)
    {
        var rng = new Rng(4);
        const int count = 200_000;
        double[] draws = [.. Enumerable.Range(0, count).Select(_ => (rng.NextDouble() < 0.5 ? 1 : -1) * -Math.Log(1 - rng.NextDouble()) / rate)];
        int[] cells = [.. draws.Select(y => (int)Math.CopySign(Math.Floor((Math.Abs(y) / step) + 0.5), y))];
        double open = draws.Zip(cells).GroupBy(d => d.Second).Sum(cell =>
        {
            double mean = cell.Average(d => d.First);
            return cell.Sum(d => (d.First - mean) * (d.First - mean));
        }) / count;
        long[] magnitudes = new long[1 + cells.Max(Math.Abs)];
        foreach (int k in cells) magnitudes[Math.Abs(k)]++;
        double found = CellModel.Rate(magnitudes, step);
        // 200,000 draws give a rate, and a mean square, to about 1 / sqrt(200,000) times a few.
        Assert.Equal(rate, found, 0.02 * rate);
        Assert.Equal(open, CellModel.MeanSquare(found, step, (double)magnitudes[0] / count), 0.02 * open);
    }

    [Fact]
    public void The_error_of_a_decoder_is_about_what_the_file_leaves_open()
    {
        Picture photo = TestImages.Photo(256, 192);
        foreach (int quality in new[] { 30, 60, 90 })
        {
            (JpegImage jpeg, Picture decoded) = Coded(photo, quality);
            double open = JpegAccount.Of(jpeg, null, null, null).Components[0].Unknown;
            double square = 0;
            for (int i = 0; i < photo.Rgb.Length; i += 3)
            {
                double error = (0.299 * (photo.Rgb[i] - decoded.Rgb[i])) + (0.587 * (photo.Rgb[i + 1] - decoded.Rgb[i + 1])) + (0.114 * (photo.Rgb[i + 2] - decoded.Rgb[i + 2]));
                square += error * error / photo.Pixels;
            }
            // On nine files of three photographs the ratio was 0.9 to 1.4 (docs/method.md).
            Assert.InRange(open / Math.Sqrt(square), 0.7, 1.6);
        }
    }
}
