using Vestige.Images;
using Vestige.Images.Sources;

namespace Vestige.Tests.Images.Sources;

public sealed class AreaAverageTests
{
    [Fact]
    public void A_half_is_the_mean_of_four_rounded_half_up()
    {
        byte[] rgb = [0, 10, 1, 0, 11, 1, 9, 9, 9, 1, 12, 2, 1, 13, 2, 9, 9, 9];
        Picture half = AreaAverage.Reduce(new Picture(3, 2, rgb), Ratio.Parse("1/2"));
        Assert.Equal((1, 1), (half.Width, half.Height));
        Assert.Equal([1, 12, 2], half.Rgb); // 0.5, 11.5, 1.5
    }

    [Theory]
    [InlineData("1/2")]
    [InlineData("1/3")]
    [InlineData("2/3")]
    [InlineData("0.7")]
    [InlineData("999/1000")]
    public void Any_fraction_is_the_integral_over_its_area(string text)
    {
        Ratio scale = Ratio.Parse(text);
        Picture photo = TestImages.Photo(41, 29);
        Picture reduced = AreaAverage.Reduce(photo, scale);
        Assert.Equal(41 * scale.Numerator / scale.Denominator, reduced.Width);
        Assert.Equal(29 * scale.Numerator / scale.Denominator, reduced.Height);
        double step = (double)scale.Denominator / scale.Numerator;
        for (int y = 0; y < reduced.Height; y++)
            for (int x = 0; x < reduced.Width; x++)
                for (int c = 0; c < 3; c++)
                {
                    double sum = 0;
                    for (int j = 0; j < photo.Height; j++)
                        for (int i = 0; i < photo.Width; i++)
                            sum += Overlap(x, i) * Overlap(y, j) * photo.Rgb[(((j * photo.Width) + i) * 3) + c];
                    // Half a step of rounding, and the error of doubles.
                    Assert.InRange(reduced.Rgb[(((y * reduced.Width) + x) * 3) + c] - (sum / (step * step)), -0.5 - 1e-9, 0.5 + 1e-9);
                }

        double Overlap(int to, int from) => Math.Max(0, Math.Min((to + 1) * step, from + 1) - Math.Max(to * step, from));
    }

    [Fact]
    public void Nothing_gets_smaller_than_one_pixel()
    {
        Picture reduced = AreaAverage.Reduce(new Picture(2, 1, [10, 20, 30, 20, 40, 60]), Ratio.Parse("1/10"));
        Assert.Equal([15, 30, 45], reduced.Rgb);
    }

    [Fact]
    public void A_whole_factor_keeps_what_hangs_over_the_edge()
    {
        Picture reduced = AreaAverage.Reduce(new Picture(3, 1, [0, 0, 0, 10, 10, 10, 7, 7, 7]), 2);
        Assert.Equal([5, 5, 5, 7, 7, 7], reduced.Rgb);
    }

    [Theory]
    [InlineData("1/2", "1/2")]
    [InlineData("0.5", "1/2")]
    [InlineData("2/4", "1/2")]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("0.125", "1/8")]
    public void A_scale_is_reduced_to_lowest_terms(string text, string canonical) => Assert.Equal(canonical, Ratio.Parse(text).ToString());

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("3/2")]
    [InlineData("-1/2")]
    [InlineData("1/0")]
    [InlineData("0.5/2")]
    [InlineData("1/2/3")]
    [InlineData("half")]
    [InlineData("")]
    [InlineData("1/1001")]
    [InlineData("0.3333333333333333333")]
    public void Anything_else_is_refused_with_examples(string text)
    {
        var error = Assert.Throws<FormatException>(() => Ratio.Parse(text));
        Assert.Contains("1/2", error.Message, StringComparison.Ordinal);
    }
}
