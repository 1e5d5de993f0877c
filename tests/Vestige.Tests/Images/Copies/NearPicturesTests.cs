using Vestige.Compressors;
using Vestige.Copies;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Copies;
using Vestige.Images.Sources;
using Vestige.Numerics;
using Vestige.Specs;

namespace Vestige.Tests.Images.Copies;

public sealed class NearPicturesTests
{
    private const int Count = 12;

    private static readonly Picture[] s_pictures = [.. Enumerable.Range(0, Count).Select(i => Scene((ulong)i))];

    private static readonly NearPictureIndex s_index = new([.. s_pictures.Select(PictureGrid.Of)], [.. Enumerable.Range(0, Count).Select(i => $"{i}.png")]);

    [Theory]
    [InlineData("same", 1)]
    [InlineData("half the size", 0.95)]
    [InlineData("jpeg q=30", 0.95)]
    [InlineData("half the size, jpeg q=30", 0.9)]
    [InlineData("darker", 0.95)]
    [InlineData("cropped by a twentieth", 0.9)]
    [InlineData("cropped at a corner", 0.85)]
    [InlineData("in a mirror", 0.95)]
    [InlineData("grey", 0.95)]
    public void A_copy_is_found_whatever_was_done_to_it(string how, double least)
    {
        for (int i = 0; i < Count; i++)
        {
            NearMatch match = s_index.Find([Change(s_pictures[i], how)]);
            Assert.Equal((i, $"{i}.png", true), (match.OfNumber, match.Of, match.IsCopy));
            Assert.InRange(match.Similarity, least, 1);
        }
    }

    /// <summary>All of one kind: smooth, with edges, and with the bright above the dark that many photographs share.</summary>
    [Fact]
    public void Fresh_pictures_of_the_same_kind_are_no_copies()
    {
        for (ulong seed = 100; seed < 150; seed++)
        {
            (_, float similarity) = s_index.Nearest(PictureGrid.Of(Scene(seed)));
            Assert.InRange(similarity, 0, NearPictures.Threshold - 0.01f);
        }
    }

    /// <summary>A frame, or the outline of a cut-out, has the largest details of every picture in it; what it shows differs, or does not.</summary>
    [Theory]
    [InlineData("frame", 255)]
    [InlineData("ellipse", 255)]
    [InlineData("ellipse", 0)]
    [InlineData("bottle", 255)]
    public void Other_pictures_of_the_same_outline_are_no_copies_and_the_same_is(string outline, byte ground)
    {
        PictureGrid[] grids = [.. s_pictures.Select(picture => PictureGrid.Of(CutOut(picture, outline, ground)))];
        var index = new NearPictureIndex(grids, [.. Enumerable.Range(0, Count).Select(i => $"{i}.png")]);
        for (ulong seed = 100; seed < 130; seed++) Assert.False(index.Find([CutOut(Scene(seed), outline, ground)]).IsCopy, $"seed {seed}");
        for (int i = 0; i < Count; i++)
        {
            NearMatch match = index.Find([Change(CutOut(s_pictures[i], outline, ground), "half the size, jpeg q=30")]);
            Assert.Equal((i, true), (match.OfNumber, match.IsCopy));
        }
    }

    private static Picture CutOut(Picture picture, string outline, byte ground)
    {
        byte[] rgb = [.. picture.Rgb];
        for (int i = 0; i < rgb.Length; i++)
        {
            // From the middle, in half sides.
            double x = Math.Abs((2 * ((i / 3 % picture.Width) + 0.5) / picture.Width) - 1), y = (2 * ((i / 3 / picture.Width) + 0.5) / picture.Height) - 1;
            bool shown = outline switch
            {
                "ellipse" => (x * x) + (y * y) < 0.7,
                "bottle" => Math.Abs(y) < 0.9 && x < (y < -0.3 ? 0.2 : 0.5),
                _ => Math.Max(x, Math.Abs(y)) < 0.85,
            };
            if (!shown) rgb[i] = ground;
        }
        return new Picture(picture.Width, picture.Height, rgb);
    }

    /// <summary>A few strokes on a plain ground are a few large cells: none is cut off, so that nothing is more like a picture than itself.</summary>
    [Fact]
    public void A_darker_copy_of_a_digit_is_found_among_many()
    {
        Picture[] digits = [.. Enumerable.Range(0, 150).Select(i => Digit((ulong)i, 255))];
        var index = new NearPictureIndex([.. digits.Select(PictureGrid.Of)], [.. Enumerable.Range(0, digits.Length).Select(i => $"{i}.png")]);
        for (int i = 0; i < digits.Length; i++) Assert.Equal((i, true), index.Find([Digit((ulong)i, 204)]) is var match ? (match.OfNumber, match.IsCopy) : default);
    }

    // Two strokes of 28 x 28 pixels.
    private static Picture Digit(ulong seed, byte ink)
    {
        var rng = new Rng(seed);
        byte[] rgb = new byte[28 * 28 * 3];
        for (int stroke = 0; stroke < 2; stroke++)
        {
            double x = 5 + (18 * rng.NextDouble()), y = 5 + (18 * rng.NextDouble()), u = 5 + (18 * rng.NextDouble()), v = 5 + (18 * rng.NextDouble());
            for (int step = 0; step <= 60; step++)
            {
                int column = (int)(x + ((u - x) * step / 60)), row = (int)(y + ((v - y) * step / 60));
                for (int i = 0; i < 4; i++) rgb.AsSpan(3 * (((row + (i / 2)) * 28) + column + (i % 2)), 3).Fill(ink);
            }
        }
        return new Picture(28, 28, rgb);
    }

    [Fact]
    public void Pictures_that_show_nothing_are_copies_only_where_they_are_equal()
    {
        Picture white = TestImages.Flat(60, 40, 255, 255, 255), other = TestImages.Flat(61, 40, 255, 255, 255);
        var index = new NearPictureIndex([PictureGrid.Of(white), null], ["white", "gone"]);
        Assert.Equal(("white", 1), (index.Find([TestImages.Flat(60, 40, 255, 255, 255)]) is var same ? (same.Of, same.Similarity) : default));
        Assert.Null(index.Find([other]).Of);
        Assert.Null(new NearPictureIndex([], []).Find([white]).Of);
    }

    [Fact]
    public void The_smallest_pictures_have_grids()
    {
        foreach ((int width, int height) in new[] { (1, 1), (1, 50), (33, 2) })
        {
            var grid = PictureGrid.Of(TestImages.Flat(width, height, 10, 20, 30));
            // 0.299 R + 0.587 G + 0.114 B.
            foreach (float cell in grid.Cells) Assert.Equal(18.15f, cell, 0.001f);
        }
    }

    private static byte Luma(Picture picture, int pixel) =>
        (byte)Math.Round((0.299 * picture.Rgb[3 * pixel]) + (0.587 * picture.Rgb[(3 * pixel) + 1]) + (0.114 * picture.Rgb[(3 * pixel) + 2]));

    /// <summary>Stripes of about one direction correlate at some shift whatever they are of: blue ones are no copies of grey ones, nor faint ones of strong.</summary>
    [Fact]
    public void Stripes_of_another_colour_or_contrast_are_no_copies()
    {
        var index = new NearPictureIndex([PictureGrid.Of(Stripes(0.2, 50, 0, 0, 0))], ["grey"]);
        Assert.True(index.Find([Stripes(0.2, 50, 4, -4, 8)]).IsCopy);
        Assert.False(index.Find([Stripes(0.2, 50, -40, -40, 60)]).IsCopy);
        Assert.False(index.Find([Stripes(0.2, 10, 0, 0, 0)]).IsCopy);
        Assert.False(index.Find([Stripes(0.19, 50, 60, -20, -20)]).IsCopy);
    }

    private static Picture Stripes(double frequency, double strength, int red, int green, int blue)
    {
        byte[] rgb = new byte[96 * 96 * 3];
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)(120 + (new[] { red, green, blue })[i % 3] + (strength * Math.Sin(frequency * ((i / 3 % 96) + (i / 3 / 96)))));
        return new Picture(96, 96, rgb);
    }

    private static Picture Change(Picture picture, string how)
    {
        foreach (string step in how.Split(", "))
        {
            picture = step switch
            {
                "half the size" => AreaAverage.Reduce(picture, 2),
                "jpeg q=30" => Jpeg(picture),
                "grey" => new Picture(picture.Width, picture.Height, [.. Enumerable.Range(0, picture.Rgb.Length).Select(i => Luma(picture, i / 3))]),
                "darker" => new Picture(picture.Width, picture.Height, [.. picture.Rgb.Select(value => (byte)(0.7 * value))]),
                "cropped by a twentieth" => Crop(picture, 0.05, 0.05, 0.05, 0.05),
                "cropped at a corner" => Crop(picture, 0.1, 0.07, 0, 0),
                "in a mirror" => Mirror(picture),
                _ => picture,
            };
        }
        return picture;
    }

    private static Picture Jpeg(Picture picture)
    {
        Spec spec = Spec.Parse("jpeg:q=30", [.. PictureCompressors.Rows])[0];
        return ((ICodec<Picture>)((CompressorRow<Picture>)spec.Row).Create(spec).Compress(new Training<Picture>([], 1), null, default)).Code(picture).Reconstruction;
    }

    private static Picture Crop(Picture picture, double left, double top, double right, double bottom)
    {
        int x = (int)(left * picture.Width), y = (int)(top * picture.Height);
        int width = (int)((1 - left - right) * picture.Width), height = (int)((1 - top - bottom) * picture.Height);
        byte[] rgb = new byte[3 * width * height];
        for (int row = 0; row < height; row++) Array.Copy(picture.Rgb, 3 * (((y + row) * picture.Width) + x), rgb, 3 * row * width, 3 * width);
        return new Picture(width, height, rgb);
    }

    private static Picture Mirror(Picture picture)
    {
        byte[] rgb = new byte[picture.Rgb.Length];
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
                Array.Copy(picture.Rgb, 3 * ((y * picture.Width) + x), rgb, 3 * ((y * picture.Width) + picture.Width - 1 - x), 3);
        return new Picture(picture.Width, picture.Height, rgb);
    }

    /// <summary>Sky over ground, discs of all sizes (dead leaves), and noise.</summary>
    private static Picture Scene(ulong seed)
    {
        const int width = 192, height = 128;
        var rng = new Rng(seed);
        double[] light = new double[width * height];
        for (int i = 0; i < light.Length; i++) light[i] = i < light.Length / 2 ? 190 : 80;
        for (int disc = 0; disc < 60; disc++)
        {
            double x = rng.NextDouble() * width, y = rng.NextDouble() * height, radius = 3 / (0.06 + (0.94 * rng.NextDouble())), value = 255 * rng.NextDouble();
            for (int row = Math.Max(0, (int)(y - radius)); row < Math.Min(height, y + radius); row++)
                for (int column = Math.Max(0, (int)(x - radius)); column < Math.Min(width, x + radius); column++)
                    if (((row - y) * (row - y)) + ((column - x) * (column - x)) < radius * radius) light[(row * width) + column] = value;
        }
        byte[] rgb = new byte[3 * light.Length];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)Math.Clamp(light[i / 3] + (4 * rng.NextNormal()), 0, 255);
        return new Picture(width, height, rgb);
    }
}
