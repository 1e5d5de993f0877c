using Vestige.Images;
using Vestige.Images.Exhibits;
using Vestige.Images.Paired;
using Vestige.Images.Sources;

namespace Vestige.Tests.Images.Exhibits;

/// <summary>Layers that lie over each other: the original, what came back, and in one hue each what was lost and what was invented.</summary>
public sealed class PictureExhibitorTests
{
    private static readonly Picture s_photo = TestImages.Photo(160, 96);

    private static Picture[] Layers(Picture original, Picture reconstruction)
    {
        (IReadOnlyList<(string Label, byte[] File)> files, string? remark) = new PictureExhibitor().Layers(original, reconstruction);
        Assert.Null(remark);
        Assert.Equal(["original", "reconstruction", "lost map", "invented map"], files.Select(f => f.Label));
        return [.. files.Select(f => PictureReader.Decode(f.File, PictureOptions.MostPixels, []))];
    }

    /// <summary>The left half with every pixel the mean of five.</summary>
    private static Picture Blurred()
    {
        byte[] rgb = [.. s_photo.Rgb];
        for (int y = 0; y < s_photo.Height; y++)
            for (int x = 4; x < s_photo.Width / 2; x++)
                for (int c = 0; c < 3; c++)
                    rgb[(3 * ((y * s_photo.Width) + x)) + c] = (byte)Enumerable.Range(x - 2, 5).Average(i => s_photo.Rgb[(3 * ((y * s_photo.Width) + i)) + c]);
        return new Picture(s_photo.Width, s_photo.Height, rgb);
    }

    /// <summary>How much more red than blue is in a half, a pixel.</summary>
    private static double Redness(Picture picture, bool left) =>
        Enumerable.Range(0, (int)picture.Pixels).Where(i => i % picture.Width < picture.Width / 2 == left).Average(i => picture.Rgb[3 * i] - (double)picture.Rgb[(3 * i) + 2]);

    [Fact]
    public void What_was_lost_is_orange_in_its_map_and_more_than_what_was_invented()
    {
        Picture blurred = Blurred();
        Picture[] layers = Layers(s_photo, blurred);
        Assert.Equal(s_photo.Rgb, layers[0].Rgb);
        Assert.Equal(blurred.Rgb, layers[1].Rgb);
        // A blur takes more than it puts in, and does both only where it is.
        Assert.True(Redness(layers[2], left: true) > 10, $"{Redness(layers[2], left: true)}");
        Assert.True(Redness(layers[2], left: true) > -Redness(layers[3], left: true));
        Assert.True(Redness(layers[2], left: true) > 2 * Redness(layers[2], left: false));
        // The other way round it is the other hue that has more.
        Picture[] sharpened = Layers(blurred, s_photo);
        Assert.True(Redness(sharpened[3], left: true) < -10);
        Assert.True(Redness(sharpened[2], left: true) < -Redness(sharpened[3], left: true));
    }

    [Fact]
    public void Together_the_maps_have_what_the_map_of_an_inspection_has()
    {
        Picture blurred = Blurred();
        Picture[] layers = Layers(s_photo, blurred);
        Picture both = new PairedOriginal(s_photo).Compare(blurred, map: true).Map(s_photo)!;
        int alone = 0;
        for (int i = 0; i < both.Rgb.Length; i += 3)
        {
            bool lost = layers[2].Rgb[i] != layers[2].Rgb[i + 2], invented = layers[3].Rgb[i] != layers[3].Rgb[i + 2];
            if (lost && invented) continue;
            alone++;
            // Where only one of both happened the map is that one's layer, to one level: a trace of the other rounds away in its own.
            for (int c = 0; c < 3; c++) Assert.InRange(both.Rgb[i + c] - layers[invented ? 3 : 2].Rgb[i + c], -1, 1);
        }
        Assert.True(alone > both.Pixels / 4, $"{alone}");
    }

    [Fact]
    public void What_came_back_unchanged_is_grey_in_both_maps() =>
        Assert.All(Layers(s_photo, s_photo)[2..], map => Assert.Equal((0, 0), (Redness(map, left: true), Redness(map, left: false))));

    [Fact]
    public void Of_a_large_picture_all_layers_show_the_same_part()
    {
        Picture wide = TestImages.Photo(PictureExhibitor.MostPixels + 100, 40);
        byte[] other = [.. wide.Rgb.Select(b => (byte)(b ^ 1))];
        (IReadOnlyList<(string Label, byte[] File)> files, string? remark) = new PictureExhibitor().Layers(wide, new Picture(wide.Width, wide.Height, other));
        Assert.Contains("its middle, 2048 x 40 of 2148 x 40", remark, StringComparison.Ordinal);
        Picture[] shown = [.. files.Select(f => PictureReader.Decode(f.File, PictureOptions.MostPixels, []))];
        Assert.All(shown, p => Assert.Equal((PictureExhibitor.MostPixels, 40), (p.Width, p.Height)));
        Assert.Equal(shown[0].Rgb.Select(b => (byte)(b ^ 1)), shown[1].Rgb);
    }
}
