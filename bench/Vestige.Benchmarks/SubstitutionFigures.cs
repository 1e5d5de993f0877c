using System.Globalization;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Inspections;
using Vestige.Images.Jpeg;
using Vestige.Images.Paired;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Planes;
using Vestige.Images.Sources;
using Vestige.Numerics;
using Vestige.Specs;
using Vestige.Tests.Images.Paired;

namespace Vestige.Benchmarks;

/// <summary>Pages with a digit substituted beside honest codecs, for docs/substitution.md: one line a comparison.</summary>
internal static class SubstitutionFigures
{
    private static readonly string[] s_fonts = ["DejaVu Sans", "Nimbus Roman", "Nimbus Mono PS", "DejaVu Serif", "Nimbus Sans", "C059", "URW Gothic", "DejaVu Sans Mono"];

    private static readonly string[] s_codecs =
        ["jpeg:q=5..95/10", "jpeg:q=50,chroma=444", "webp:q=5..95/15", "jxl:effort=3,q=10..90/20", "avif:effort=0,q=20..80/20", "jp2:q=25..45/5"];

    /// <param name="seeds">How many.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="fonts">Fonts of the pages; none for those of the document.</param>
    internal static void Run(int seeds, ulong first, IReadOnlyList<string> fonts)
    {
        if (fonts.Count == 0) fonts = s_fonts;
        ICodec<Picture>[] codecs = [.. s_codecs.SelectMany(c => Spec.Parse(c, PictureCompressors.Rows))
            .Select(spec => (ICodec<Picture>)((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, default))];
        string[] names = [.. s_codecs.SelectMany(c => Spec.Parse(c, PictureCompressors.Rows)).Select(spec => spec.Name)];
        var lines = new List<(string, int, double, ulong)>();
        foreach (string font in fonts)
            foreach (int points in new[] { 7, 9, 12, 16 })
                foreach (double noise in new[] { 0.0, 3, 8 })
                    for (ulong seed = first; seed < first + (ulong)seeds; seed++) lines.Add((font, points, noise, seed));
        Parallel.ForEach(lines, line =>
        {
            (string font, int points, double noise, ulong seed) = line;
            (Picture page, Picture substituted, _, _) = TextPages.Make(font, points, noise, seed);
            Plane original = Luma.Of(page);
            Print("swap", substituted);
            // What a scanner that substitutes and then codes with little loss, or scans with other noise, would give.
            Print("swap+jpeg:q=95", codecs[Array.IndexOf(names, "jpeg:q=95")].Code(substituted).Reconstruction);
            Print("swap+noise", Noisy(substituted, seed));
            Print("noise", Noisy(page, seed));
            // Each page through a third of the codecs, all codecs over three seeds.
            for (int c = 0; c < codecs.Length; c++)
                if ((c + (int)seed) % 3 == 0) Print(names[c], codecs[c].Code(page).Reconstruction);

            // Codecs that lose much and substitute besides: beside JPEG at the nearest bytes.
            (long Bytes, double[] Statistics)[] plain = [.. Enumerable.Range(0, 10).Select(c => codecs[c].Code(page))
                .Select(c => (c.Bytes, Substitution.Statistics(Compare(c.Reconstruction))))];
            foreach (string name in new[] { "webp:q=20", "webp:q=50", "webp:q=80", "jxl:q=50,effort=3" })
                foreach ((string what, Picture picture) in new[] { ("beside swap+", substituted), ("beside ", page) })
                {
                    Coded<Picture> coded = codecs[Array.IndexOf(names, name)].Code(picture);
                    double[] nearest = plain.MinBy(p => Math.Abs(Math.Log((double)p.Bytes / coded.Bytes))).Statistics;
                    Write(what + name, Substitution.Of(Compare(coded.Reconstruction), nearest));
                    if (picture == substituted) Print("swap+" + name, coded.Reconstruction);
                }

            DetailComparison Compare(Picture reconstruction) =>
                DetailComparison.Of(original, Luma.Of(reconstruction), map: false);

            void Print(string what, Picture reconstruction) => Write(what, Substitution.Of(Compare(reconstruction)));

            void Write(string what, Substitution found)
            {
                lock (lines)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{font}\t{points}\t{noise}\t{seed}\t{what}\t{found.Largest:0.00000}\t{found.Quantile:0.00000}\t{found.Visible:0.00000}"));
            }
        });
    }

    /// <summary>Photographs through honest codecs, and JPEGs coded again at their own quality: name, codec, the flag's figures, and whether it is raised.</summary>
    /// <param name="folder">Photographs.</param>
    internal static void RunPhotographs(string folder)
    {
        Spec[] specs = [.. s_codecs.Append("jpeg:q=95..100/5").Append("jpeg:q=98,chroma=444").SelectMany(c => Spec.Parse(c, PictureCompressors.Rows))];
        int comparisons = 0, flagged = 0;
        Parallel.ForEach(Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal), path =>
        {
            PictureFile file = PictureFile.Read(path);
            Plane original = Luma.Of(file.Picture);
            IEnumerable<Spec> all = specs;
            if (JpegReader.IsJpeg(file.Content) && Inspection.OfJpeg(file).Quality is { } own)
                all = all.Concat(Spec.Parse($"jpeg:q={own}", PictureCompressors.Rows)).Concat(Spec.Parse($"jpeg:q={own},chroma=444", PictureCompressors.Rows));
            foreach (Spec spec in all)
            {
                var codec = (ICodec<Picture>)((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, default);
                Picture coded = codec.Code(file.Picture).Reconstruction;
                var found = Substitution.Of(DetailComparison.Of(original, Luma.Of(coded), map: false));
                lock (specs)
                {
                    comparisons++;
                    if (found.IsFlagged) flagged++;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{Path.GetFileName(path)}\t{spec.Name}\t{Psnr.Of(file.Picture, coded):0.0}\t{found.Ratio:0.00}\t"
                            + $"{found.Visible:0.00000}\t{(found.IsFlagged ? "flagged" : "")}"));
                }
            }
        });
        Console.WriteLine($"{flagged} of {comparisons} honest codings flagged");
    }

    private static Picture Noisy(Picture picture, ulong seed)
    {
        var rng = new Rng(Rng.Mix(seed, "noise"));
        byte[] rgb = [.. picture.Rgb];
        for (int i = 0; i < rgb.Length; i += 3) rgb[i] = rgb[i + 1] = rgb[i + 2] = (byte)Math.Clamp(rgb[i] + (2 * rng.NextNormal()) + 0.5, 0, 255);
        return new Picture(picture.Width, picture.Height, rgb);
    }
}
