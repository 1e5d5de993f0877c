using Vestige.Images;
using Vestige.Images.Imagining;
using Vestige.Images.Paired;
using Vestige.Images.Sources;

namespace Vestige.Tests.Images.Imagining;

public sealed class ImaginedBoxTests
{
    [Theory]
    [InlineData(160, 160, 2)]
    [InlineData(61, 47, 2)]
    [InlineData(61, 47, 4)]
    [InlineData(50, 33, 8)]
    [InlineData(3, 2, 2)]
    [InlineData(1, 1, 8)]
    public void Averaged_again_the_pixels_are_the_small_pictures(int width, int height, int scale)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            Picture original = Gallery.Paint(width, height, seed), small = AreaAverage.Reduce(original, scale);
            var imagined = new ImaginedBox(small, width, height, scale, Gallery.Tables.Prior);
            foreach (Picture picture in new[] { imagined.Mean(), imagined.Draw(seed) })
            {
                Assert.Equal((width, height), (picture.Width, picture.Height));
                Assert.Equal(small.Rgb, AreaAverage.Reduce(picture, scale).Rgb);
            }
        }
    }

    [Fact]
    public void Colours_at_the_ends_of_the_range_keep_their_sums()
    {
        byte[] rgb = [.. Enumerable.Range(0, 3 * 16 * 16).Select(i => (byte)(i % 7 < 3 ? 255 : 0))];
        Picture small = new(16, 16, rgb);
        var imagined = new ImaginedBox(small, 32, 32, 2, Gallery.Tables.Prior);
        Assert.Equal(rgb, AreaAverage.Reduce(imagined.Draw(1), 2).Rgb);
        Assert.Equal(rgb, AreaAverage.Reduce(imagined.Mean(), 2).Rgb);
    }

    [Fact]
    public void The_mean_is_nearer_than_repeating_and_a_draw_is_not()
    {
        Picture original = Gallery.Paint(160, 160, 51), small = AreaAverage.Reduce(original, 2);
        var imagined = new ImaginedBox(small, 160, 160, 2, Gallery.Tables.Prior);
        byte[] repeated = new byte[original.Rgb.Length];
        for (int i = 0; i < repeated.Length; i++) repeated[i] = small.Rgb[(3 * ((i / 3 / 160 / 2 * 80) + (i / 3 % 160 / 2))) + (i % 3)];
        double plain = Psnr.Of(original, new Picture(160, 160, repeated)), mean = Psnr.Of(original, imagined.Mean()), draw = Psnr.Of(original, imagined.Draw(1));
        Assert.True(mean > plain, $"{mean} {plain}");
        Assert.InRange(mean - draw, 1, 3.3);
        Assert.Equal(imagined.Draw(1).Rgb, imagined.Draw(1).Rgb);
    }
}
