using Vestige.Images;
using Vestige.Images.Views;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Views;

public sealed class BlocksViewTests
{
    [Fact]
    public void A_flat_picture_is_one_block_of_its_mean()
    {
        Picture picture = Drawn.Grey(40, 24, (_, _) => 182);
        Assert.Single(Atoms(picture));
        short[] block = Quantize(picture, 2, 1);
        // The transform of a constant m is 8 m at frequency 0: 8 x (182 - 128) / 48 = 9 exactly.
        Assert.Equal(9, block[0]);
        Assert.All(block[1..], k => Assert.Equal(0, k));
    }

    [Fact]
    public void Coefficients_are_those_of_the_formula()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Picture picture = Drawn.Noise(16, 8, seed);
            short[] block = Quantize(picture, 1, 0);
            for (int v = 0; v < 8; v++)
                for (int u = 0; u < 8; u++)
                    // The cell of k is k - 1/2 .. k + 1/2 steps; 1e-9 is more than 64 additions of doubles under 1e3 lose.
                    Assert.InRange((Formula(picture, 8, u, v) / BlockQuantizer.Step) - block[(8 * v) + u], -0.5 - 1e-9, 0.5 + 1e-9);
        }

        static double Formula(Picture picture, int left, int u, int v)
        {
            double sum = 0;
            for (int y = 0; y < 8; y++)
                for (int x = 0; x < 8; x++)
                {
                    int at = ((y * picture.Width) + left + x) * 3;
                    decimal exact = (0.299m * picture.Rgb[at]) + (0.587m * picture.Rgb[at + 1]) + (0.114m * picture.Rgb[at + 2]);
                    double wave = Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
                    sum += (double)(Math.Floor(exact + 0.5m) - 128) * wave;
                }
            return sum * Math.Sqrt((u == 0 ? 1 : 2) / 8.0) * Math.Sqrt((v == 0 ? 1 : 2) / 8.0);
        }
    }

    [Fact]
    public void One_wave_is_one_coefficient()
    {
        // 60 x sqrt(8) x sqrt(2/8) x 4 = 339.4 = 7.07 steps; rounding of pixels moves no coefficient by more than 4, a twelfth of a step.
        short[] across = Quantize(Drawn.Grey(8, 8, (x, _) => 128 + (60 * Math.Cos(((2 * x) + 1) * 3 * Math.PI / 16))), 0, 0);
        short[] down = Quantize(Drawn.Grey(8, 8, (_, y) => 128 - (60 * Math.Cos(((2 * y) + 1) * 5 * Math.PI / 16))), 0, 0);
        Assert.Equal([.. Enumerable.Range(0, 64).Select(i => (short)(i == 3 ? 7 : 0))], across);
        Assert.Equal([.. Enumerable.Range(0, 64).Select(i => (short)(i == 40 ? -7 : 0))], down);
    }

    [Fact]
    public void Pixels_beyond_the_last_whole_block_do_not_count()
    {
        Picture picture = Drawn.Noise(15, 17, 2);
        Picture changed = Drawn.Colour(15, 17, (x, y, c) => picture.Rgb[(((y * 15) + x) * 3) + c] ^ (x >= 8 || y >= 16 ? 255 : 0));
        Assert.Equal(2, Atoms(picture).Count);
        Assert.True(Atoms(picture).SetEquals(Atoms(changed)));
    }

    [Theory]
    [InlineData(7, 100)]
    [InlineData(100, 7)]
    [InlineData(1, 1)]
    public void A_picture_without_room_for_a_block_has_no_atoms(int width, int height) =>
        Assert.Empty(Atoms(Drawn.Noise(width, height, 0)));

    [Fact]
    public void Atoms_are_the_distinct_blocks()
    {
        // Three flat levels with a bright dot here and there, so that many blocks repeat and many do not.
        var rng = new Rng(6);
        Picture picture = Drawn.Grey(160, 160, (x, _) => rng.NextInt(200) == 0 ? 255 : 20 + (30 * (x / 8 % 3)));
        var blocks = new HashSet<string>();
        for (int row = 0; row < 20; row++)
            for (int column = 0; column < 20; column++)
                blocks.Add(string.Join(',', Quantize(picture, column, row)));
        Assert.InRange(blocks.Count, 10, 390);
        Assert.Equal(blocks.Count, Atoms(picture).Count);
    }

    [Fact]
    public void Atoms_do_not_depend_on_where_the_blocks_lie()
    {
        Picture picture = Drawn.Noise(24, 16, 3);
        Picture turned = Drawn.Colour(24, 16, (x, y, c) => picture.Rgb[(((((y + 8) % 16) * 24) + ((x + 8) % 24)) * 3) + c]);
        Assert.True(Atoms(picture).SetEquals(Atoms(turned)));
    }

    private static short[] Quantize(Picture picture, int column, int row)
    {
        short[] block = new short[BlockQuantizer.Area];
        BlockQuantizer.Quantize(picture, column, row, block);
        return block;
    }

    private static HashSet<ulong> Atoms(Picture picture)
    {
        var atoms = new HashSet<ulong>();
        new BlocksView().Atoms(picture, atoms);
        return atoms;
    }
}
