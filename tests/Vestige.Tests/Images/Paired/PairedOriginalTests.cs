using Vestige.Images;
using Vestige.Images.Paired;

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
        Assert.False(Shift(still, new Picture(160, 120, noisy)).IsNotable);
        Assert.Equal(default, Shift(still, still));
        Assert.Equal(default, Shift(TestImages.Flat(64, 64, 9, 9, 9), TestImages.Flat(64, 64, 80, 80, 80)));
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
