using System.Globalization;
using Vestige.Images;
using Vestige.Images.Paired;
using Vestige.Images.Planes;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Planes;

/// <summary>What is reckoned sixteen pixels at a time, against a plain twin pixel by pixel: equal to the last bit, at every width and on every processor.</summary>
public sealed class RgbLanesTests
{
    private const int Widest = 53;

    [Fact]
    public void It_is_what_the_plain_twin_makes_of_each_pixel() => Assert.Equal("", Faults());

    [Theory]
    [MemberData(nameof(ChildProcess.LesserProcessors), MemberType = typeof(ChildProcess))]
    public void It_is_on_lesser_processors_too(string without) => Assert.Equal("", ChildProcess.Run(Faults, without));

    private static string Faults()
    {
        var rng = new Rng(5);
        List<string> faults = [];
        for (int width = 1; width <= Widest; width++)
        {
            Picture a = Noise(width, 3, ref rng), b = Noise(width, 3, ref rng);
            string size = width.ToString(CultureInfo.InvariantCulture);
            Plane luma = Luma.Of(a), blue = Luma.Blue(a), red = Luma.Red(a);
            for (int y = 0; y < a.Height; y++)
                for (int x = 0; x < width; x++)
                {
                    int at = 3 * ((y * width) + x), r = a.Rgb[at], g = a.Rgb[at + 1], blueness = a.Rgb[at + 2];
                    if (luma.Row(y)[x] != (((299 * r) + (587 * g) + (114 * blueness) + 500) / 1000) - 128) faults.Add("luma " + size);
                    if (blue.Row(y)[x] != ((-168736 * r) - (331264 * g) + (500000 * blueness)) / 1e6f) faults.Add("blue " + size);
                    if (red.Row(y)[x] != ((500000 * r) - (418688 * g) - (81312 * blueness)) / 1e6f) faults.Add("red " + size);
                }
            int count = a.Rgb.Length;
            long squares = Enumerable.Range(0, count).Sum(i => (long)((a.Rgb[i] - b.Rgb[i]) * (a.Rgb[i] - b.Rgb[i])));
            if (Psnr.MeanSquaredError(a, b) != (double)squares / count) faults.Add("error " + size);
            var moments = GlobalChange.Moments.Of(a.Rgb, b.Rgb);
            int[] order = [2, 0, 1];
            long exchanged = Enumerable.Range(0, count).Sum(i => (long)Math.Pow(a.Rgb[i - (i % 3) + order[i % 3]] - b.Rgb[i], 2));
            if (moments.Error(order) != (double)exchanged / count) faults.Add("order " + size);
            double line = Enumerable.Range(0, count).Sum(i => Math.Pow((1.5 * b.Rgb[i]) - 7 - a.Rgb[i], 2)) / count;
            // Halves and integers: exact, but for the division.
            if (Math.Abs(moments.Error(1.5, -7) - line) > 1e-12 * line) faults.Add("line " + size);
        }
        // More than one piece of what fits 32 bits, of the largest differences.
        var white = new Picture(300, 300, [.. Enumerable.Repeat((byte)255, 270_000)]);
        var black = new Picture(300, 300, new byte[270_000]);
        if (Psnr.MeanSquaredError(white, black) != 65025 || GlobalChange.Moments.Of(white.Rgb, black.Rgb).Error([1, 2, 0]) != 65025
            || GlobalChange.Moments.Of(white.Rgb, white.Rgb).Error([1, 2, 0]) != 0) faults.Add("white");
        return string.Join(", ", faults.Distinct());
    }

    private static Picture Noise(int width, int height, ref Rng rng)
    {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)(rng.NextDouble() * 256);
        // The ends of the range among them.
        (rgb[0], rgb[^1]) = (0, 255);
        return new Picture(width, height, rgb);
    }
}
