using Vestige.Images;
using Vestige.Images.Views;

namespace Vestige.Tests.Images.Views;

public sealed class SceneViewTests
{
    private const int Brightness = 0, TopToBottom = 1, LeftToRight = 2, EdgeToMiddle = 3, Cb = 4, Cr = 5, Colourful = 6, Contrast = 7,
        Fine = 8, Coarser = 9, Unlike = 10, Tails = 11;

    [Fact]
    public void A_flat_picture_has_its_colour_and_the_noise_that_is_taken_for_granted()
    {
        float[] point = Point(Drawn.Colour(40, 30, (_, _, c) => c switch { 0 => 200, 1 => 100, _ => 50 }));
        // BT.601: luma 124.2; Cb (50 - 124.2)/1.772; Cr (200 - 124.2)/1.402; the rest are logarithms of the stated noise.
        double cb = (50 - 124.2) / 1.772, cr = (200 - 124.2) / 1.402;
        Assert.Equal(124.2 / 7, point[Brightness], 1e-4);
        Assert.Equal(cb / 18, point[Cb], 1e-4);
        Assert.Equal(cr / 15, point[Cr], 1e-4);
        Assert.Equal(0.5 * Math.Log((cb * cb) + (cr * cr) + 4) / 0.4, point[Colourful], 1e-4);
        Assert.Equal(0.5 * Math.Log(0.25) / 0.7, point[Fine], 1e-4);
        Assert.Equal(0.5 * Math.Log(2 / Math.PI) / 0.15, point[Tails], 1e-4);
        foreach (int none in new[] { TopToBottom, LeftToRight, EdgeToMiddle, Contrast, Coarser, Unlike }) Assert.Equal(0, point[none], 1e-3);
    }

    [Theory]
    [InlineData(TopToBottom)]
    [InlineData(LeftToRight)]
    [InlineData(EdgeToMiddle)]
    public void A_layout_moves_its_own_statistic_alone(int layout)
    {
        Picture picture = Drawn.Grey(48, 48, (x, y) => 100 + layout switch
        {
            TopToBottom => y < 24 ? 30 : -30,
            LeftToRight => x < 24 ? 30 : -30,
            _ => (x / 12 is 0 or 3 ? 15 : -15) + (y / 12 is 0 or 3 ? 15 : -15),
        });
        float[] point = Point(picture), flat = Point(Drawn.Grey(48, 48, (_, _) => 100));
        foreach (int other in new[] { Brightness, TopToBottom, LeftToRight, EdgeToMiddle, Cb, Cr, Colourful })
            if (other == layout) Assert.True(point[other] - flat[other] > 0.5, $"{point[other]}");
            else Assert.Equal(flat[other], point[other], 1e-3);
    }

    [Fact]
    public void Each_of_what_tells_images_apart_moves_its_statistic_most()
    {
        Picture plain = TestImages.Photo(96, 64);
        float[] from = Point(plain);
        (int Feature, Func<int, int, int, double> Level)[] changes =
        [
            (Brightness, (x, y, c) => Of(plain, x, y, c) - 40),
            (Colourful, (x, y, _) => (0.299 * Of(plain, x, y, 0)) + (0.587 * Of(plain, x, y, 1)) + (0.114 * Of(plain, x, y, 2))),
        ];
        foreach ((int feature, Func<int, int, int, double> level) in changes)
        {
            float[] to = Point(Drawn.Colour(96, 64, level));
            double moved = Math.Abs(to[feature] - from[feature]);
            Assert.True(moved > 2, $"{feature}: {moved}");
            for (int other = 0; other < SceneFeatures.Count; other++)
                Assert.True(Math.Abs(to[other] - from[other]) <= moved, $"{feature} moved {moved}, {other} {to[other] - from[other]}");
        }
    }

    [Fact]
    public void Half_smooth_and_half_rough_patches_are_unlike_and_a_mosaic_has_no_fine_detail()
    {
        float[] rough = Point(Drawn.Noise(256, 192, 3));
        float[] half = Point(Drawn.Colour(256, 192, (x, y, c) => x < 128 ? 128 : Of(s_drawn.Value, x, y, c)));
        float[] mosaic = Point(Drawn.Colour(256, 192, (x, y, c) => Of(s_drawn.Value, x / 4 * 4, y / 4 * 4, c)));
        Assert.True(half[Unlike] > rough[Unlike] + 2);
        Assert.True(mosaic[Coarser] > rough[Coarser] + 1 && mosaic[Fine] < rough[Fine] - 0.5);
    }

    [Fact]
    public void Every_size_gives_one_finite_point_that_a_copy_shares()
    {
        foreach ((int width, int height) in new[] { (1, 1), (1, 50), (50, 1), (2, 3), (3, 5), (4, 4), (5, 7), (33, 31), (65, 64) })
        {
            Picture picture = Drawn.Noise(width, height, 7);
            float[] point = Point(picture);
            Assert.Equal(SceneFeatures.Count, point.Length);
            Assert.All(point, value => Assert.True(float.IsFinite(value)));
            Assert.Equal(point, Point(new Picture(width, height, [.. picture.Rgb])));
        }
    }

    [Fact]
    public void Halving_an_image_hardly_moves_its_place()
    {
        // Layout and colour are those of the scene and not of its pixels; detail is that of the pixels.
        Picture large = Drawn.Colour(128, 96, (x, y, c) => 90 + (50 * Math.Sin((x / 40.0) + c)) + (30 * Math.Cos(y / 30.0)));
        Picture small = Drawn.Colour(64, 48, (x, y, c) => 90 + (50 * Math.Sin((((2 * x) + 0.5) / 40.0) + c)) + (30 * Math.Cos(((2 * y) + 0.5) / 30.0)));
        float[] one = Point(large), other = Point(small);
        for (int i = 0; i <= Contrast; i++) Assert.Equal(one[i], other[i], 0.1);
    }

    private static readonly Lazy<Picture> s_drawn = new(() => Drawn.Noise(256, 192, 3));

    private static double Of(Picture picture, int x, int y, int c) => picture.Rgb[(((y * picture.Width) + x) * 3) + c];

    private static float[] Point(Picture picture)
    {
        var into = new List<float>();
        new SceneView().Points(picture, into);
        return [.. into];
    }
}
