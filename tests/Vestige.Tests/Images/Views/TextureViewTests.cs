using Vestige.Images;
using Vestige.Images.Views;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Views;

public sealed class TextureViewTests
{
    // Of a patch without detail: half a level of noise, its Geary ratio sqrt(2/pi), two levels of chroma noise.
    private static readonly float s_flatEnergy = (float)Math.Log(0.25);
    private static readonly float s_flatKurtosis = (float)(0.5 * Math.Log(2 / Math.PI));
    private static readonly float s_flatChroma = (float)Math.Log(4);

    [Fact]
    public void Features_are_those_of_the_definition()
    {
        Picture picture = Drawn.Noise(32, 32, 5);
        // Floats near 255 carry 1e-5 of rounding; energies here are over 10, so that their logs carry some 1e-5 as well.
        AssertClose(PlainTexture.Features(picture), Points(picture), 2e-4f);
    }

    [Fact]
    public void Weak_detail_gives_the_features_of_the_definition()
    {
        var rng = new Rng(8);
        Picture picture = Drawn.Colour(32, 32, (x, y, c) => 90 + (10 * c) + (x / 9) + rng.NextInt(2));
        AssertClose(PlainTexture.Features(picture), Points(picture), 2e-4f);
    }

    [Fact]
    public void A_flat_picture_has_the_features_of_the_noise_that_is_taken_for_granted()
    {
        float[] expected = [ExpectedLuma(200, 100, 50), ExpectedCb(200, 100, 50), ExpectedCr(200, 100, 50), .. Flat(), .. Flat(), .. Flat(),
            s_flatChroma, s_flatChroma, s_flatChroma, s_flatChroma];
        // Luma of one colour differs by nothing from pixel to pixel; only the means round, by under 1e-4 of a level.
        AssertClose(expected, Points(Drawn.Colour(32, 32, (_, _, c) => c switch { 0 => 200, 1 => 100, _ => 50 })), 1e-4f);

        static float[] Flat() => [s_flatEnergy, s_flatEnergy, s_flatEnergy, s_flatKurtosis, s_flatKurtosis, s_flatKurtosis, 0];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Stripes_raise_the_band_of_their_direction_at_their_scale(int scale)
    {
        int width = 1 << scale;
        int energies = 3 + (7 * scale);
        float[] upright = Points(Drawn.Grey(32, 32, (x, _) => (x / width % 2) * 100));
        float[] lying = Points(Drawn.Grey(32, 32, (_, y) => (y / width % 2) * 100));
        float[] chequered = Points(Drawn.Grey(32, 32, (x, y) => ((x / width) + (y / width)) % 2 * 100));
        AssertRaised(0, upright);
        AssertRaised(1, lying);
        AssertRaised(2, chequered);

        void AssertRaised(int band, float[] features)
        {
            for (int other = 0; other < 3; other++)
                if (other == band) Assert.True(features[energies + other] > Math.Log(1000));
                else Assert.Equal(s_flatEnergy, features[energies + other], 1e-4);
        }
    }

    [Fact]
    public void The_two_diagonal_directions_have_opposite_orientation()
    {
        float[] falling = Points(Drawn.Grey(32, 32, (x, y) => 128 + (60 * Math.Sin((x + y) * 0.9))));
        float[] rising = Points(Drawn.Grey(32, 32, (x, y) => 128 + (60 * Math.Sin((x - y) * 0.9))));
        for (int scale = 0; scale < 3; scale++)
        {
            Assert.InRange(falling[9 + (7 * scale)], 0.9, 1);
            Assert.InRange(rising[9 + (7 * scale)], -1, -0.9);
        }
    }

    [Fact]
    public void Normal_noise_has_the_kurtosis_of_a_normal_and_rare_dots_a_heavier_tail()
    {
        var rng = new Rng(3);
        float[] normal = Points(Drawn.Grey(240, 160, (_, _) => 128 + (12 * rng.NextNormal())));
        float[] dots = Points(Drawn.Grey(240, 160, (_, _) => 128 + (rng.NextInt(50) == 0 ? 80 : 0)));
        // Geary's ratio has the relative standard deviation 0.27/sqrt(n); 24 patches of 961 values that overlap by two: about 0.003.
        Assert.InRange(MeanOf(normal, 6), s_flatKurtosis - 0.02, s_flatKurtosis + 0.02);
        Assert.True(MeanOf(dots, 6) < s_flatKurtosis - 0.5);

        static double MeanOf(float[] points, int feature) => points.Where((_, i) => i % PatchFeatures.Count == feature).Average();
    }

    [Fact]
    public void Steps_on_the_grid_of_a_block_codec_raise_the_detail_of_a_smooth_picture()
    {
        float[] smooth = Points(Drawn.Grey(240, 160, (x, y) => 60 + (x * 0.5) + (y * 0.2)));
        float[] stepped = Points(Drawn.Grey(240, 160, (x, y) => 60 + (x / 8 * 8 * 0.5) + (y / 8 * 8 * 0.2)));
        for (int i = 0; i < smooth.Length; i += PatchFeatures.Count)
            Assert.True(stepped[i + 3] > smooth[i + 3] + 0.5 && stepped[i + 6] < smooth[i + 6] - 0.25);
    }

    [Fact]
    public void Chroma_detail_moves_chroma_features_alone()
    {
        // Red and blue move against each other so that luma stays within rounding: 0.299 x 38 = 0.114 x 99.7.
        float[] plain = Points(Drawn.Grey(32, 32, (_, _) => 128));
        double[] swing = [38, 0, -99.67];
        float[] striped = Points(Drawn.Colour(32, 32, (x, _, c) => 128 + (x / 8 % 2 == 0 ? swing[c] : -swing[c])));
        for (int i = 3; i < 24; i++) Assert.Equal(plain[i], striped[i], 0.5);
        for (int i = 24; i < 28; i++) Assert.True(striped[i] > plain[i] + 2);
    }

    [Fact]
    public void A_copy_has_the_same_points()
    {
        Picture picture = Drawn.Noise(100, 70, 1);
        Assert.Equal(Points(picture), Points(new Picture(100, 70, [.. picture.Rgb])));
    }

    [Fact]
    public void What_changes_outside_the_patches_changes_no_point_and_inside_it_does()
    {
        Picture picture = Drawn.Noise(100, 70, 1);
        IReadOnlyList<(int X, int Y)> corners = PatchGrid.Corners(100, 70, 32);
        bool Inside(int x, int y) => corners.Any(c => x >= c.X && x < c.X + 32 && y >= c.Y && y < c.Y + 32);
        Picture outside = Drawn.Colour(100, 70, (x, y, c) => picture.Rgb[(((y * 100) + x) * 3) + c] ^ (Inside(x, y) ? 0 : 255));
        Picture inside = Drawn.Colour(100, 70, (x, y, c) => picture.Rgb[(((y * 100) + x) * 3) + c] ^ (Inside(x, y) ? 255 : 0));
        Assert.Equal(Points(picture), Points(outside));
        Assert.NotEqual(Points(picture), Points(inside));
    }

    [Fact]
    public void A_picture_smaller_than_a_patch_is_continued_by_reflection()
    {
        Picture small = Drawn.Noise(5, 3, 4);
        int[] across = [0, 1, 2, 3, 4, 4, 3, 2, 1, 0], down = [0, 1, 2, 2, 1, 0];
        Picture mirrored = Drawn.Colour(32, 32, (x, y, c) => small.Rgb[(((down[y % 6] * 5) + across[x % 10]) * 3) + c]);
        Assert.Equal(Points(mirrored), Points(small));
    }

    [Fact]
    public void Every_size_gives_finite_points_and_as_many_as_there_are_patches()
    {
        int[] heights = [1, 2, 31, 32, 33, 64, 70];
        for (int width = 1; width <= 70; width++)
            foreach (int height in heights)
            {
                AssertFinite(width, height);
                AssertFinite(height, width);
            }

        static void AssertFinite(int width, int height)
        {
            float[] points = Points(Drawn.Noise(width, height, (ulong)width));
            Assert.Equal(PatchFeatures.Count * PatchGrid.Corners(width, height, PatchFeatures.Size).Count, points.Length);
            Assert.All(points, value => Assert.True(float.IsFinite(value)));
        }
    }

    private static float[] Points(Picture picture)
    {
        var points = new List<float>();
        new TextureView().Points(picture, points);
        return [.. points];
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"feature {i}: {actual[i]} instead of {expected[i]}");
    }

    private static float ExpectedLuma(int r, int g, int b) => (float)((0.299 * r) + (0.587 * g) + (0.114 * b));

    private static float ExpectedCb(int r, int g, int b) => (float)((-0.168735892 * r) - (0.331264108 * g) + (0.5 * b));

    private static float ExpectedCr(int r, int g, int b) => (float)((0.5 * r) - (0.418687589 * g) - (0.081312411 * b));
}
