using Vestige.Images;
using Vestige.Images.Worlds;
using Vestige.Numerics;
using Vestige.Tests.Core.Worlds;

namespace Vestige.Tests.Images.Worlds;

public sealed class SpritesTests
{
    private static readonly Sprites s_sprites = new(new SpritesOptions());

    private static readonly SpritesOptions s_small = new(shapes: 5, sizes: 2, places: 3, tones: 3);

    [Fact]
    public void About_three_thousand_pictures_come_at_the_default_size()
    {
        Assert.InRange(s_sprites.Items.Length, 2500, 4500);
        Assert.InRange(s_sprites.Grid.Count - s_sprites.Items.Length, 100, s_sprites.Grid.Count / 2);
        Assert.Equal(1, s_sprites.Probabilities.Sum(), 1e-12);
        Assert.Equal(s_sprites.Probabilities.OrderDescending(), s_sprites.Probabilities);
    }

    [Fact]
    public void Pictures_are_drawn_as_p_says()
    {
        long[] counts = new long[s_sprites.Items.Length];
        var rng = new Rng(5);
        for (int i = 0; i < 200_000; i++) counts[s_sprites.Draw(ref rng)]++;
        Statistics.AssertFollow(counts, s_sprites.Probabilities);
    }

    [Fact]
    public void Every_picture_is_nearest_to_itself_and_a_forbidden_one_is_a_substitution()
    {
        for (int place = 0; place < s_sprites.Grid.Count; place++)
        {
            Picture copy = Sprites.ToPicture(SpriteGrid.Draw(s_sprites.Grid[place], s_sprites.Options));
            Assert.Equal(place, s_sprites.PlaceOf(copy));
            bool forbidden = SpriteGrid.IsForbidden(s_sprites.Grid[place], s_sprites.Options);
            Assert.Equal(forbidden, s_sprites.NumberOf(copy) == ~Sprites.Substituted);
        }
        for (int number = 0; number < s_sprites.Items.Length; number++) Assert.Equal(number, s_sprites.NumberOf(s_sprites.Items[number]));
    }

    [Fact]
    public void The_nearest_is_that_of_a_plain_search_and_none_beyond_the_radius()
    {
        var sprites = new Sprites(s_small);
        var rng = new Rng(4);
        int off = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            Picture item = sprites.Items[rng.NextInt(sprites.Items.Length)];
            double noise = 20 * rng.NextDouble();
            byte[] rgb = [.. item.Rgb.Select(value => (byte)Math.Clamp(Math.Round(value + (noise * rng.NextNormal())), 0, 255))];
            (int place, double distance) = Plain(rgb);
            int found = sprites.PlaceOf(new Picture(SpritesOptions.Side, SpritesOptions.Side, rgb));
            Assert.Equal(distance <= s_small.Radius ? place : -1, found);
            if (found < 0) off++;
        }
        Assert.InRange(off, 30, 270);

        // Root mean square, over pixels, of the mean of the channels less the grey.
        (int Place, double Distance) Plain(byte[] rgb)
        {
            (int, double) best = (-1, double.PositiveInfinity);
            for (int place = 0; place < sprites.Grid.Count; place++)
            {
                byte[] grey = SpriteGrid.Draw(sprites.Grid[place], s_small);
                double sum = grey.Select((value, i) => Math.Pow(((rgb[3 * i] + rgb[(3 * i) + 1] + rgb[(3 * i) + 2]) / 3.0) - value, 2)).Sum();
                if (Math.Sqrt(sum / grey.Length) < best.Item2) best = (place, Math.Sqrt(sum / grey.Length));
            }
            return best;
        }
    }

    [Fact]
    public void A_picture_of_another_size_is_off_the_grid() =>
        Assert.Equal(~Sprites.OffGrid, s_sprites.NumberOf(new Picture(8, 8, new byte[192])));

    [Fact]
    public void Distances_are_those_of_a_plain_sum_up_to_their_limit()
    {
        var rng = new Rng(2);
        const int pixels = SpritesOptions.Side * SpritesOptions.Side;
        for (int trial = 0; trial < 50; trial++)
        {
            // The largest differences that there are, among others.
            short[] a = [.. Enumerable.Range(0, pixels).Select(_ => (short)(rng.NextInt(2) * 765))];
            byte[] b = [.. Enumerable.Range(0, pixels).Select(_ => (byte)rng.NextInt(256))];
            long plain = a.Zip(b, (x, y) => (long)(x - (3 * y)) * (x - (3 * y))).Sum();
            Assert.Equal(plain, Sprites.Distance(a, b, long.MaxValue));
            Assert.InRange(Sprites.Distance(a, b, plain / 2), plain / 2, plain);
        }
    }

    [Fact]
    public void Settings_out_of_range_or_too_large_are_refused()
    {
        Statistics.AssertRefused("20000 can be enumerated", () => new SpritesOptions(shapes: 5, sizes: 4, places: 8, tones: 48));
        Statistics.AssertRefused("tones (greys) takes a whole number from 2 to 48", () => new SpritesOptions(tones: 1));
        Assert.Equal("world:sprites:tones=6", new SpritesOptions(tones: 6).Name);
        Assert.Equal(SpritesOptions.Table.Owner, new SpritesOptions().Name);
    }

    [Fact]
    public void The_smallest_and_largest_grids_have_pictures()
    {
        Assert.Equal(2, new Sprites(new SpritesOptions(shapes: 1, sizes: 1, places: 1, tones: 2)).Items.Length);
        Assert.True(new Sprites(new SpritesOptions(shapes: 5, sizes: 4, places: 8, tones: 15)).Items.Length > 10_000);
    }
}
