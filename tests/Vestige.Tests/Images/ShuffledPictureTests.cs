using Vestige.Images;
using Vestige.Numerics;

namespace Vestige.Tests.Images;

public sealed class ShuffledPictureTests
{
    private static byte[] Shuffle(Picture picture)
    {
        var rng = new Rng(1);
        Picture shuffled = ShuffledPicture.Of(picture, ref rng);
        Assert.Equal((picture.Width, picture.Height), (shuffled.Width, shuffled.Height));
        return shuffled.Rgb;
    }

    private static Picture Noise(int width, int height)
    {
        var rng = new Rng(9);
        byte[] rgb = new byte[width * height * 3];
        foreach (ref byte b in rgb.AsSpan()) b = (byte)rng.Next();
        return new Picture(width, height, rgb);
    }

    [Theory]
    [InlineData(16, 24)]
    [InlineData(8, 8)]
    [InlineData(7, 100)]
    [InlineData(35, 21)]
    public void The_same_values_in_other_places(int width, int height)
    {
        Picture picture = Noise(width, height);
        byte[] shuffled = Shuffle(picture);
        Assert.Equal(picture.Rgb.Order(), shuffled.Order());
        // What is under a block stays: at the right and at the bottom.
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (x < width / 8 * 8 && y < height / 8 * 8) continue;
                int at = 3 * ((y * width) + x);
                Assert.Equal(picture.Rgb.AsSpan(at, 3), shuffled.AsSpan(at, 3));
            }
        }
    }

    [Fact]
    public void A_block_stays_together()
    {
        byte[] rgb = new byte[32 * 32 * 3];
        for (int i = 0; i < 32 * 32; i++) rgb.AsSpan(3 * i, 3).Fill((byte)((i / 32 / 8 * 4) + (i % 32 / 8)));
        byte[] shuffled = Shuffle(new Picture(32, 32, rgb));
        Assert.NotEqual(rgb, shuffled);
        for (int i = 0; i < 32 * 32; i++)
        {
            int first = (i / 32 / 8 * 8 * 32) + (i % 32 / 8 * 8);
            Assert.Equal(shuffled[3 * first], shuffled[3 * i]);
        }
    }
}
