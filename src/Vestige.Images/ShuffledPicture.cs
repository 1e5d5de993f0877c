using Vestige.Numerics;

namespace Vestige.Images;

/// <summary>Nonsense made of an image: its blocks of 8 x 8 pixels in random order, the channels of each exchanged at random.</summary>
public static class ShuffledPicture
{
    private const int Block = 8;

    /// <summary>The image shuffled. What is left over at the right and at the bottom (of fewer than 8 pixels) stays where it is, and so does an image
    /// of a single block but for its channels.</summary>
    public static Picture Of(Picture picture, ref Rng rng)
    {
        ArgumentNullException.ThrowIfNull(picture);
        int across = picture.Width / Block, down = picture.Height / Block;
        int[] order = [.. Enumerable.Range(0, across * down)];
        rng.Shuffle<int>(order);
        byte[] shuffled = [.. picture.Rgb];
        int[] channels = [0, 1, 2];
        for (int b = 0; b < order.Length; b++)
        {
            rng.Shuffle<int>(channels);
            int from = At(picture, order[b], across), to = At(picture, b, across);
            for (int y = 0; y < Block; y++)
            {
                for (int x = 0; x < Block; x++)
                {
                    int offset = 3 * ((y * picture.Width) + x);
                    for (int c = 0; c < 3; c++) shuffled[to + offset + c] = picture.Rgb[from + offset + channels[c]];
                }
            }
        }
        return new Picture(picture.Width, picture.Height, shuffled);
    }

    /// <summary>Where a block's first pixel stands.</summary>
    private static int At(Picture picture, int block, int across) => 3 * ((block / across * Block * picture.Width) + (block % across * Block));
}
