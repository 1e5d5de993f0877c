using Vestige.Images;
using Vestige.Images.Inspections;
using Vestige.Images.Interop;
using Vestige.Images.Paired.Ssimulacra;
using Vestige.Images.Sources;
using Vestige.Tests.Images.Paired;

namespace Vestige.Tests.Images.Inspections;

/// <summary>Transparency is looked at over a dark and over a bright ground.</summary>
public sealed class TransparencyTests : IDisposable
{
    private const int Side = 32;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A picture of an even colour whose left half, or all of it, is of that alpha.</summary>
    private string Write(string name, byte value, byte left, byte right)
    {
        byte[] samples = new byte[Side * Side * 4];
        for (int i = 0; i < Side * Side; i++)
        {
            samples.AsSpan(4 * i, 3).Fill(value);
            samples[(4 * i) + 3] = i % Side < Side / 2 ? left : right;
        }
        using VipsImage image = TestImages.Raw(Side, Side, 4, samples, "srgb");
        return _folder.Write(name, TestImages.Save(image, "png"));
    }

    private static (InspectionRow Row, List<string> Notes) Compare(string original, string other)
    {
        List<string> notes = [];
        return (new Inspection(PictureFile.Read(original)).OfFile(other, null, notes), notes);
    }

    [Fact]
    public void White_that_became_transparent_is_not_identical()
    {
        string opaque = _folder.Write("opaque.png", TestImages.Save(TestImages.Flat(Side, Side, 255, 255, 255), "png")), clear = Write("clear.png", 255, 0, 0);
        foreach ((string a, string b) in new[] { (opaque, clear), (clear, opaque) })
        {
            (InspectionRow row, List<string> notes) = Compare(a, b);
            Assert.False(row.Identical);
            // Over linear .1, which is 89 on sRGB's curve, against 255: 20 log10(255 / 166).
            Assert.Equal(20 * Math.Log10(255.0 / 166), row.Psnr!.Value, 1e-6);
            // What the plain twin gives for white and that ground: 39.15, and 50.44 the other way round: its terms for edges, which an even
            // field has at its border, have a direction. The tolerance of its norms, 2e-5, moves these scores by .001.
            Picture white = TestImages.Flat(Side, Side, 255, 255, 255), ground = TestImages.Flat(Side, Side, 89, 89, 89);
            double[] norms = a == opaque ? PlainSsimulacra2.Norms(white, ground) : PlainSsimulacra2.Norms(ground, white);
            Assert.Equal(Ssimulacra2.ScoreOf(norms), row.Ssimulacra2!.Value, 1e-3);
            Assert.Contains(notes, n => n.Contains("its transparency changed, in 100 % of the pixels and by up to 255 of 255; compared over a dark "
                + "and over a bright ground: the figures are those over the dark one, the worse", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Black_that_became_transparent_is_worse_over_the_bright_ground()
    {
        (InspectionRow row, List<string> notes) = Compare(Write("a.png", 0, 255, 255), Write("b.png", 0, 128, 255));
        Assert.False(row.Identical);
        Assert.Contains(notes, n => n.Contains("in 50 % of the pixels and by up to 127 of 255", StringComparison.Ordinal)
            && n.Contains("over the bright one", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_transparency_is_identical_and_the_map_is_of_one_ground()
    {
        (InspectionRow row, List<string> notes) = Compare(Write("a.png", 90, 100, 0), Write("b.png", 90, 100, 0));
        Assert.True(row.Identical);
        Assert.Contains(notes, n => n.Contains("its transparency is the original's", StringComparison.Ordinal));
        int maps = 0;
        new Inspection(PictureFile.Read(Write("c.png", 90, 100, 0))).OfFile(Write("d.png", 90, 0, 0), _ => maps++, []);
        Assert.Equal(1, maps);
    }

    [Fact]
    public void A_channel_of_all_opaque_is_no_transparency()
    {
        string opaque = _folder.Write("opaque.png", TestImages.Save(TestImages.Flat(Side, Side, 7, 7, 7), "png"));
        (InspectionRow row, List<string> notes) = Compare(opaque, Write("b.png", 7, 255, 255));
        Assert.True(row.Identical);
        Assert.Empty(notes);
    }

    [Fact]
    public void Codecs_are_given_it_over_white_and_that_is_said()
    {
        List<string> notes = [];
        var inspection = new Inspection(PictureFile.Read(Write("a.png", 90, 100, 0)));
        var codec = (Vestige.Compressors.ICodec<Picture>)new Vestige.Images.Codecs.SaverCodec(
            Vestige.Images.Codecs.Saver.All[0], Vestige.Specs.Spec.Parse("jpeg", Vestige.Images.Codecs.PictureCompressors.Rows).Single());
        inspection.OfCodec("jpeg", codec, null, notes);
        inspection.OfCodec("jpeg", codec, null, notes);
        Assert.Equal(["the original has transparency: codecs were given it laid over white"], notes);
    }

    [Fact]
    public void Light_adds_up_over_a_ground()
    {
        var layers = new Layers(TestImages.Flat(1, 1, 255, 0, 128), TestImages.Flat(1, 1, 128, 128, 128));
        // sRGB's curve at (128 x linear + 127 x .9) / 255, by hand: linear of 128 is .21586.
        Assert.Equal([249, 179, 197], layers.Over(Layers.Bright).Rgb);
    }
}
