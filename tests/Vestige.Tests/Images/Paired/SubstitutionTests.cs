using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Paired;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Planes;
using Vestige.Specs;

namespace Vestige.Tests.Images.Paired;

/// <summary>The flag on fonts and seeds that its threshold was not chosen on (docs/substitution.md); a machine that lacks a font draws it with another.</summary>
public sealed class SubstitutionTests
{
    private static readonly string[] s_fonts = ["Nimbus Sans", "C059", "URW Gothic", "DejaVu Sans Mono"];

    private static readonly string[] s_honest = ["jpeg:q=10", "jpeg:q=50", "jpeg:q=85", "webp:q=20", "webp:q=95"];

    private static Substitution Flag(Picture page, Picture reconstruction) =>
        Substitution.Of(DetailComparison.Of(Luma.Of(page), Luma.Of(reconstruction), map: false));

    [Fact]
    public void Digits_that_were_exchanged_are_found_where_they_stand_and_honest_codecs_are_not_flagged()
    {
        ICodec<Picture>[] codecs = [.. s_honest.Select(name => Spec.Parse(name, PictureCompressors.Rows).Single())
            .Select(spec => (ICodec<Picture>)((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, default))];
        int pages = 0, found = 0, honest = 0, flagged = 0;
        var gate = new Lock();
        Parallel.ForEach(s_fonts.SelectMany(font => new[] { 7, 9, 12, 16 }.Select(points => (font, points))), page =>
        {
            (Picture scan, Picture substituted, int x, int y) = TextPages.Make(page.font, page.points, page.points % 2 * 4, seed: 11);
            Substitution flag = Flag(scan, substituted);
            bool there = flag.IsFlagged && Math.Abs(flag.X - x) <= 32 && Math.Abs(flag.Y - y) <= 40;
            int wrong = codecs.Count(codec => Flag(scan, codec.Code(scan).Reconstruction).IsFlagged);
            lock (gate)
            {
                (pages, found, honest, flagged) = (pages + 1, found + (there ? 1 : 0), honest + codecs.Length, flagged + wrong);
            }
        });
        // Issue 6: at least 95 % found; at most 1 % of honest pages flagged, here none of 80.
        Assert.True(found >= 0.95 * pages, $"{found} of {pages} were found");
        Assert.True(flagged <= 0.01 * honest, $"{flagged} of {honest} were flagged");
    }

    [Fact]
    public void Pages_differ_in_one_glyph_only()
    {
        (Picture scan, Picture substituted, int x, int y) = TextPages.Make("DejaVu Sans", 12, 4, seed: 3);
        int[] changed = [.. Enumerable.Range(0, scan.Rgb.Length).Where(i => scan.Rgb[i] != substituted.Rgb[i])];
        Assert.InRange(changed.Length, 3 * 5, 3 * 30 * 30);
        Assert.All(changed, i => Assert.True(Math.Abs((i / 3 % TextPages.Width) - x) < 30 && Math.Abs((i / 3 / TextPages.Width) - y) < 40));
        // What the flag is for: of the whole picture the score is that of high quality.
        Assert.InRange(new PairedOriginal(scan).Compare(substituted).Ssimulacra2!.Value, 70, 99);
    }

    [Fact]
    public void A_change_that_nobody_sees_is_not_flagged_and_the_same_change_in_full_is()
    {
        // Smooth but for one place, where a checkerboard is exchanged for its negative: of one grey level, and of thirty.
        static (Picture, Picture) Pair(int contrast)
        {
            byte[] before = new byte[256 * 256 * 3], after = new byte[256 * 256 * 3];
            for (int i = 0; i < before.Length; i++)
            {
                (int x, int y) = (i / 3 % 256, i / 3 / 256);
                int sign = x is >= 128 and < 144 && y is >= 128 and < 144 ? (((x / 2) + (y / 2)) % 2 * 2) - 1 : 0;
                (before[i], after[i]) = ((byte)(100 + (x / 4) + (sign * contrast)), (byte)(100 + (x / 4) - (sign * contrast)));
            }
            return (new Picture(256, 256, before), new Picture(256, 256, after));
        }
        (Picture faint, Picture faintExchanged) = Pair(1);
        (Picture plain, Picture plainExchanged) = Pair(30);
        Substitution unseen = Flag(faint, faintExchanged), seen = Flag(plain, plainExchanged);
        Assert.True(unseen.Ratio >= Substitution.Threshold && !unseen.IsFlagged, $"{unseen}");
        Assert.True(seen.IsFlagged && seen.Visible > 10 * Substitution.LeastVisible, $"{seen}");
    }

    [Fact]
    public void The_flag_needs_others_to_compare_with()
    {
        Picture tiny = TestImages.Photo(8, 8);
        Assert.False(Flag(tiny, TestImages.Photo(8, 8, 2)).IsFlagged);
        Assert.False(Flag(tiny, tiny).IsFlagged);
        Assert.Equal(0, Flag(TestImages.Photo(100, 70), TestImages.Photo(100, 70)).Largest);
    }
}
