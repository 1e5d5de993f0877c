using Vestige.Images;
using Vestige.Images.Exhibits;
using Vestige.Images.Sources;

namespace Vestige.Tests.Images.Exhibits;

/// <summary>Pictures cut for a page: the same exact pixels of each, where they differ, within the bytes allowed.</summary>
public sealed class PictureCutterTests
{
    private static readonly Picture s_photo = TestImages.Photo(300, 200);

    private static Picture Decode(byte[] file) => PictureReader.Decode(file, PictureOptions.MostPixels, []);

    /// <summary>The photo with a square of other pixels.</summary>
    private static Picture Changed(int left, int top, int side)
    {
        byte[] rgb = [.. s_photo.Rgb];
        for (int y = top; y < top + side; y++)
            for (int x = 3 * left; x < 3 * (left + side); x++) rgb[(y * 3 * s_photo.Width) + x] ^= 0x80;
        return new Picture(s_photo.Width, s_photo.Height, rgb);
    }

    [Fact]
    public void What_fits_is_whole_and_exact()
    {
        byte[] png = TestImages.Save(s_photo, "png");
        PictureCutter.Part part = PictureCutter.Fit([png], 1, 10 * png.Length)!;
        Assert.Equal((300, 200, true), (part.Width, part.Height, part.Whole));
        Assert.Equal(s_photo.Rgb, Decode(part.Files[0]).Rgb);
    }

    [Theory]
    [InlineData(210, 110)]
    [InlineData(7, 120)]
    public void The_part_shows_what_changed_and_stays_within_its_bytes(int left, int top)
    {
        Picture changed = Changed(left, top, 40);
        byte[][] files = [TestImages.Save(s_photo, "png"), TestImages.Save(changed, "png")];
        int bytes = files.Sum(f => f.Length) / 4;
        PictureCutter.Part part = PictureCutter.Fit(files, 2, bytes)!;
        Assert.False(part.Whole);
        Assert.InRange(part.Files.Sum(f => f.Length), 1, bytes);
        Assert.True(part.Left <= left && part.Top <= top && left + 40 <= part.Left + part.Width && top + 40 <= part.Top + part.Height,
            $"the change at ({left}, {top}) is not in {part.Width} x {part.Height} from ({part.Left}, {part.Top})");
        foreach ((byte[] file, Picture whole) in part.Files.Zip([s_photo, changed]))
        {
            Picture shown = Decode(file);
            for (int y = 0; y < part.Height; y++)
                Assert.Equal(
                    whole.Rgb.AsSpan(3 * (((part.Top + y) * whole.Width) + part.Left), 3 * part.Width), shown.Rgb.AsSpan(3 * y * part.Width, 3 * part.Width));
        }
    }

    [Fact]
    public void Maps_are_cut_like_the_pictures_they_lie_over_and_take_little()
    {
        Picture changed = Changed(210, 110, 40);
        byte[] map = TestImages.Save(changed, "png");
        byte[][] files = [TestImages.Save(s_photo, "png"), map, map, map];
        PictureCutter.Part part = PictureCutter.Fit(files, 2, files[0].Length)!;
        Assert.False(part.Whole);
        Picture exact = Decode(part.Files[1]), coded = Decode(part.Files[2]);
        Assert.Equal((part.Width, part.Height), (coded.Width, coded.Height));
        Assert.True(2 * part.Files[2].Length < part.Files[1].Length);
        Assert.Equal(part.Files[2], part.Files[3]);
        // The same place: coded with loss a sample is off by a few levels, another place by tens.
        double error = exact.Rgb.Zip(coded.Rgb, (a, b) => (double)Math.Abs(a - b)).Average();
        Assert.InRange(error, 0, 12);
    }

    [Fact]
    public void What_cannot_be_shown_is_left_out()
    {
        byte[] png = TestImages.Save(s_photo, "png");
        Assert.Null(PictureCutter.Fit([png, TestImages.Save(TestImages.Photo(200, 200), "png")], 2, 1 << 20));
        Assert.Null(PictureCutter.Fit([png, png[..(png.Length / 2)]], 2, 1 << 20));
        Assert.Null(PictureCutter.Fit([png, png], 2, 100));
        Assert.Null(PictureCutter.Fit([], 0, 100));
    }
}
