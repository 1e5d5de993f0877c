using Vestige.Images;
using Vestige.Images.Paired;
using Vestige.Images.Planes;

namespace Vestige.Tests.Images.Paired;

public sealed class PairedOriginalTests
{
    [Fact]
    public void Psnr_is_infinite_for_equal_images_and_else_what_its_definition_says()
    {
        Picture photo = TestImages.Photo(50, 40), other = TestImages.Photo(50, 40, 2);
        Assert.Equal(double.PositiveInfinity, Psnr.Of(photo, photo));
        // The same formula, its sum in another order.
        Assert.Equal(TestImages.Psnr(photo, other), Psnr.Of(photo, other), 1e-9);
        // 255 everywhere is the largest error that there is.
        Assert.Equal(0, Psnr.Of(TestImages.Flat(300, 200, 0, 0, 0), TestImages.Flat(300, 200, 255, 255, 255)));
        Assert.Throws<ArgumentException>(() => Psnr.Of(photo, TestImages.Photo(40, 50)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-3, 2)]
    [InlineData(0, -6)]
    [InlineData(5, 5)]
    public void A_shift_of_whole_pixels_is_found(int x, int y)
    {
        Picture scene = TestImages.Photo(200, 180);
        GlobalShift shift = Shift(Crop(scene, 20, 20, 150, 130), Crop(scene, 20 - x, 20 - y, 150, 130));
        // The same pixels: the step below one pixel is that of rounding.
        Assert.Equal(x, shift.X, 1e-3);
        Assert.Equal(y, shift.Y, 1e-3);
    }

    [Fact]
    public void A_shift_of_half_a_pixel_is_found_and_noise_is_none()
    {
        Picture scene = Smooth(161, 121), still = Crop(scene, 0, 0, 160, 120);
        byte[] half = [.. still.Rgb.Select((v, i) => (byte)((v + scene.Rgb[i + (i / 480 * 3) + 3] + 1) / 2))];
        GlobalShift shift = Shift(still, new Picture(160, 120, half));
        // One step of a linearization; a tenth of a pixel is what is called notable.
        Assert.Equal(-0.5, shift.X, 0.1);
        Assert.Equal(0, shift.Y, 0.1);
        var rng = new Numerics.Rng(1);
        byte[] noisy = [.. still.Rgb.Select(v => (byte)Math.Clamp(v + (10 * rng.NextNormal()), 0, 255))];
        GlobalShift none = Shift(still, new Picture(160, 120, noisy));
        Assert.InRange(Math.Max(Math.Abs(none.X), Math.Abs(none.Y)), 0, GlobalShift.Notable);
        Assert.Equal((0, 0, false), (Shift(still, still).X, Shift(still, still).Y, Shift(still, still).IsOther));
        Assert.Equal(1, Shift(still, still).Likeness!.Value, 1e-9);
        Assert.Equal(default, Shift(TestImages.Flat(64, 64, 9, 9, 9), TestImages.Flat(64, 64, 80, 80, 80)));
    }

    [Fact]
    public void Pictures_that_have_nothing_to_do_with_each_other_are_told_so_and_have_no_shift()
    {
        Picture[] pictures = [Texture(192, 160), Texture(192, 160, 9), Smooth(192, 160), Crop(TestImages.Photo(400, 300), 180, 90, 192, 160)];
        for (int i = 0; i < pictures.Length; i++)
            for (int j = 0; j < pictures.Length; j++)
            {
                GlobalShift shift = Shift(pictures[i], pictures[j]);
                Assert.Equal((i, j, i != j), (i, j, shift.IsOther));
                if (i != j) Assert.Equal((0, 0), (shift.X, shift.Y));
            }
        // However little a codec keeps is the picture's own: here means of 16 x 16 pixels of noise, a sixteenth of its contrast.
        Assert.False(Shift(pictures[0], Squares(pictures[0], 16)).IsOther);
        Assert.False(Shift(pictures[0], TestImages.Flat(192, 160, 128, 128, 128)).IsOther);
    }

    [Fact]
    public void A_smooth_ramp_that_was_rounded_otherwise_has_lost_next_to_nothing()
    {
        static Picture Ramp(int half)
        {
            byte[] rgb = new byte[256 * 256 * 3];
            for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)(((i / 3 / 256 * 127) + half) / 255);
            return new Picture(256, 256, rgb);
        }
        PairedComparison found = new PairedOriginal(Ramp(0)).Compare(Ramp(254));
        Assert.True(found.MeanSquaredError > 0.5 && found.Ssimulacra2 > 90);
        // Half the rows differ, by one level; two levels are what a share is of at the least.
        Assert.InRange(found.Detail.Total.Lost, 0, 0.2);
        Assert.InRange(found.Detail.Total.Invented, 0, 0.2);
        Assert.All(Enumerable.Range(0, 4), level => Assert.InRange(found.Detail.Level(level).Lost, 0, 0.3));
        Assert.Equal(1, found.ShareOf(TileKind.Faithful));
    }

    [Theory]
    [InlineData("BGR")]
    [InlineData("GRB")]
    [InlineData("RBG")]
    [InlineData("GBR")]
    [InlineData("BRG")]
    public void Exchanged_channels_are_named_and_their_tiles_are_of_other_colour(string order)
    {
        Picture scene = Colourful(128, 96);
        byte[] rgb = new byte[scene.Rgb.Length];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = scene.Rgb[i - (i % 3) + "RGB".IndexOf(order[i % 3], StringComparison.Ordinal)];
        PairedComparison found = new PairedOriginal(scene).Compare(new Picture(128, 96, rgb));
        Assert.Equal((order, RangeChange.None), (found.Change.Exchanged, found.Change.Range));
        Assert.Contains("channels exchanged: its red, green and blue are the original's", found.Change.Words, StringComparison.Ordinal);
        Assert.Equal(1, found.ShareOf(TileKind.OtherColour));
        // Luma's detail is the same in all channels: only colour tells.
        Assert.InRange(found.Detail.Total.Lost, 0, 0.1);
        Assert.True(found.Colour.Lost > 0.3 && found.Colour.Invented > 0.3, $"{found.Colour}");
    }

    [Fact]
    public void Limited_range_is_named_both_ways_and_a_codec_s_own_error_is_neither()
    {
        Picture scene = Colourful(128, 96), squeezed = Mapped(scene, v => 16 + (v * 219 / 255.0)), stretched = Mapped(scene, v => (v - 16) * 255 / 219.0);
        GlobalChange Change(Picture other) => new PairedOriginal(scene).Compare(other).Change;
        Assert.Equal(new GlobalChange(null, RangeChange.Squeezed), Change(squeezed));
        Assert.Equal(new GlobalChange(null, RangeChange.Stretched), Change(stretched));
        Assert.Contains("limited range", Change(squeezed).Words, StringComparison.Ordinal);
        Assert.Equal(default, Change(scene));
        // An offset, a blur, noise, grey: other errors.
        var rng = new Numerics.Rng(5);
        Assert.Equal(default, Change(Mapped(scene, v => v + 20)));
        Assert.Equal(default, Change(Squares(scene, 8)));
        Assert.Equal(default, Change(Mapped(scene, v => v + (25 * rng.NextNormal()))));
        Assert.Null(Change(scene).Words);
        // Of a picture without contrast nothing can be told: 90 becomes 93.3, or is another grey.
        Assert.Equal(default, new PairedOriginal(TestImages.Flat(64, 64, 40, 40, 40)).Compare(TestImages.Flat(64, 64, 50, 50, 50)).Change);
    }

    [Fact]
    public void A_picture_a_shade_darker_is_of_other_brightness_and_has_lost_that_share_of_it()
    {
        Picture scene = Colourful(128, 96);
        PairedComparison darker = new PairedOriginal(scene).Compare(Mapped(scene, v => v * 0.9)), brighter = new PairedOriginal(scene).Compare(Mapped(scene, v => v * 1.1));
        // Rounding, half a level of 60 and more.
        Assert.Equal(0.1, darker.Tones.Lost, 0.01);
        Assert.Equal(0, darker.Tones.Invented, 0.01);
        Assert.Equal(1 - (1 / 1.1), brighter.Tones.Invented, 0.01);
        Assert.Equal(0, brighter.Tones.Lost, 0.01);
        Assert.True(darker.ShareOf(TileKind.OtherBrightness) + darker.ShareOf(TileKind.OtherColour) > 0.9);
        PairedComparison grey = new PairedOriginal(TestImages.Flat(64, 64, 128, 128, 128)).Compare(TestImages.Flat(64, 64, 118, 118, 118));
        Assert.Equal((1, 0), (grey.ShareOf(TileKind.OtherBrightness), grey.ShareOf(TileKind.OtherColour)));
        // 10 of 128 levels; and one level is nobody's shade.
        Assert.Equal(10.0 / 128, grey.Tones.Lost, 1e-6);
        Assert.Equal(1, new PairedOriginal(TestImages.Flat(64, 64, 128, 128, 128)).Compare(TestImages.Flat(64, 64, 127, 127, 127)).ShareOf(TileKind.Faithful));
        // All colour gone, nothing else.
        PairedComparison faded = new PairedOriginal(TestImages.Flat(64, 64, 200, 100, 50)).Compare(TestImages.Flat(64, 64, 124, 124, 124));
        Assert.Equal((1, 1.0, 0.0), (faded.ShareOf(TileKind.OtherColour), Math.Round(faded.Colour.Lost, 2), faded.Colour.Invented));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 40)]
    [InlineData(8, 8)]
    [InlineData(33, 9)]
    public void Any_size_has_all_measures_but_the_one_that_needs_eight_pixels(int width, int height)
    {
        var paired = new PairedOriginal(TestImages.Photo(width, height));
        PairedComparison same = paired.Compare(paired.Picture, map: true), other = paired.Compare(TestImages.Photo(width, height, 2), map: true);
        Assert.Equal(Math.Min(width, height) >= 8, same.Ssimulacra2 is not null);
        Assert.Equal((0, 0, 1), (same.Detail.Total.Lost, same.Substitution.Largest, same.ShareOf(TileKind.Faithful)));
        Assert.Equal(double.PositiveInfinity, same.Psnr);
        Assert.True(other.Psnr < 60 && other.Detail.Total.Lost is >= 0 and <= 1 && other.Tiles.Count == (width + 31) / 32 * ((height + 31) / 32));
        Assert.Equal((width, height), (other.Map(paired.Picture)!.Width, other.Map(paired.Picture)!.Height));
    }

    [Fact]
    public void Tiles_read_as_what_was_done_to_them()
    {
        Picture photo = Texture(128, 128);
        // Upper left as it is; upper right smoothed away; lower left flat in the original and noise in the reconstruction; lower right another texture.
        byte[] before = [.. photo.Rgb], after = [.. photo.Rgb];
        Picture other = Texture(128, 128, 9);
        for (int i = 0; i < after.Length; i++)
        {
            (int x, int y) = (i / 3 % 128, i / 3 / 128);
            if (x >= 64 && y < 64) after[i] = 128;
            if (x < 64 && y >= 64) before[i] = 128;
            if (x >= 64 && y >= 64) after[i] = other.Rgb[i];
        }
        PairedComparison found = new PairedOriginal(new Picture(128, 128, before)).Compare(new Picture(128, 128, after));
        // The outer tiles of each quarter: the inner ones touch their neighbours'.
        TileKind At(int column, int row) => found.Tiles[(row * 4) + column].Kind;
        Assert.Equal([TileKind.Faithful, TileKind.Blurred, TileKind.Artefact, TileKind.Substituted], [At(0, 0), At(3, 0), At(0, 3), At(3, 3)]);
    }

    [Fact]
    public void A_map_is_the_dimmed_original_where_nothing_changed_orange_where_lost_and_blue_where_invented()
    {
        Picture texture = Texture(64, 32);
        byte[] lost = [.. texture.Rgb], invented = [.. texture.Rgb];
        for (int i = 0; i < lost.Length; i++) (lost[i], invented[i]) = (i / 3 % 64 < 32 ? (byte)128 : lost[i], i / 3 % 64 >= 32 ? (byte)128 : invented[i]);
        Picture original = new(64, 32, invented), map = new PairedOriginal(original).Compare(new Picture(64, 32, lost), map: true).Map(original)!;
        (int R, int G, int B) Mean(int from, int to) => ((int)Enumerable.Range(from, to - from).Average(x => map.Rgb[3 * ((16 * 64) + x)]), 0,
            (int)Enumerable.Range(from, to - from).Average(x => map.Rgb[(3 * ((16 * 64) + x)) + 2]));
        Assert.True(Mean(2, 24).R > 2 * Mean(2, 24).B);
        Assert.True(Mean(40, 62).B > 2 * Mean(40, 62).R);
        Picture still = new PairedOriginal(original).Compare(original, map: true).Map(original)!;
        Assert.All(Enumerable.Range(0, 64), x => Assert.Equal(still.Rgb[3 * x], still.Rgb[(3 * x) + 2]));
    }

    private static GlobalShift Shift(Picture original, Picture decoded) => GlobalShift.Of(Luma.Of(original), Luma.Of(decoded));

    private static Picture Crop(Picture from, int left, int top, int width, int height)
    {
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
            Array.Copy(from.Rgb, 3 * (((top + y) * from.Width) + left), rgb, 3 * y * width, 3 * width);
        return new Picture(width, height, rgb);
    }

    /// <summary>The same detail in all channels over colours that are far apart.</summary>
    private static Picture Colourful(int width, int height)
    {
        Picture texture = Texture(width, height);
        byte[] rgb = [.. texture.Rgb.Select((v, i) => (byte)(((v - 128) / 4) + (i % 3) switch { 0 => 170, 1 => 110, _ => 60 } + (i / 3 % width * 60 / width)))];
        return new Picture(width, height, rgb);
    }

    private static Picture Mapped(Picture picture, Func<byte, double> map) =>
        new(picture.Width, picture.Height, [.. picture.Rgb.Select(v => (byte)Math.Clamp(Math.Round(map(v)), 0, 255))]);

    /// <summary>Means of squares.</summary>
    private static Picture Squares(Picture picture, int side)
    {
        byte[] rgb = new byte[picture.Rgb.Length];
        for (int i = 0; i < rgb.Length; i++)
        {
            (int x, int y) = (i / 3 % picture.Width / side * side, i / 3 / picture.Width / side * side);
            int sum = 0, count = 0;
            for (int b = y; b < Math.Min(picture.Height, y + side); b++)
                for (int a = x; a < Math.Min(picture.Width, x + side); a++, count++) sum += picture.Rgb[(3 * ((b * picture.Width) + a)) + (i % 3)];
            rgb[i] = (byte)(sum / count);
        }
        return new Picture(picture.Width, picture.Height, rgb);
    }

    private static Picture Smooth(int width, int height)
    {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)(128 + (60 * Math.Sin(i / 3 % width * 0.21)) + (50 * Math.Cos((i / 3 / width * 0.17) + (i / 3 % width * 0.05))));
        return new Picture(width, height, rgb);
    }

    private static Picture Texture(int width, int height, ulong seed = 1)
    {
        var rng = new Numerics.Rng(seed);
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.Length; i += 3) rgb[i] = rgb[i + 1] = rgb[i + 2] = (byte)(64 + (rng.Next() % 128));
        return new Picture(width, height, rgb);
    }
}
