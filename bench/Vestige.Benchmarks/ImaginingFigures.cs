using System.Diagnostics;
using System.Globalization;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Imagining;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Jpeg;
using Vestige.Images.Paired;
using Vestige.Images.Paired.Ssimulacra;
using Vestige.Images.Sources;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Benchmarks;

/// <summary>Decoders that imagine, on photographs halved: half of them to learn the prior, of the others what the decoders give.</summary>
internal static class ImaginingFigures
{
    /// <summary>Draws beside which an original is ranked: with 19, 18 of 20 ranks are the central 90 %.</summary>
    private const int Draws = 19;

    /// <summary>Every so many of all photographs are ranked.</summary>
    private const int CoverEach = 10;

    /// <param name="folder">Photographs.</param>
    /// <param name="qualities">Of the files; none for 10 to 90.</param>
    internal static void Run(string folder, int[] qualities)
    {
        PictureFolder source = PictureFolder.Open(folder, new PictureOptions(Ratio.Parse("1/2"), PictureOptions.Default.PixelLimit), null, default);
        Entry<Picture>[] all = [.. source.Documents.Select((_, i) => new Entry<Picture>(source, i))];
        var watch = Stopwatch.StartNew();
        var tables = new PriorTables(PicturePrior.Learn([.. all.Where((_, i) => i % 2 == 0)], null, default));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"prior of {(all.Length + 1) / 2} photographs in {watch.Elapsed.TotalSeconds:0.0} s"));
        Console.WriteLine("q    SSIMULACRA 2: plain   mean  sample   PSNR: plain   mean  sample   "
            + "recoded: of files, of coefficients   covered: Y    Cb    Cr   all   Mpixels/s: mean sample");
        foreach (int quality in qualities is [] ? [10, 30, 50, 75, 90] : qualities) Figures(quality, [.. all.Select(entry => entry.Source.Read(entry.Document)[0])], tables);
    }

    private static void Figures(int quality, Picture[] pictures, PriorTables tables)
    {
        Spec spec = Spec.Parse($"jpeg:q={quality}", PictureCompressors.Rows).Single();
        var encoder = (IPictureEncoder)((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, default);
        var scores = new double[6];
        long[] covered = new long[3], cells = new long[3];
        long same = 0, coefficients = 0, files = 0, pixels = 0;
        double meanSeconds = 0, drawSeconds = 0;
        int compared = 0;
        for (int i = 0; i < pictures.Length; i++)
        {
            Picture original = pictures[i];
            (Coded<Picture> plain, byte[] file) = encoder.CodeToFile(original);
            JpegImage jpeg = JpegReader.Read(file, long.MaxValue);
            var watch = Stopwatch.StartNew();
            var imagined = new ImaginedJpeg(jpeg, tables);
            double start = watch.Elapsed.TotalSeconds;
            watch.Restart();
            Picture mean = imagined.Mean();
            meanSeconds += start + watch.Elapsed.TotalSeconds;
            watch.Restart();
            Picture drawn = imagined.Draw(1);
            drawSeconds += start + watch.Elapsed.TotalSeconds;
            pixels += original.Pixels;
            (long equal, long total) = Recoded(encoder, jpeg, drawn);
            (long equalMean, long totalMean) = Recoded(encoder, jpeg, mean);
            same += equal + equalMean;
            coefficients += total + totalMean;
            files += equal == total && equalMean == totalMean ? 1 : 0;
            if (i % 2 == 0) continue;
            compared++;
            Picture[] decoded = [plain.Reconstruction, mean, drawn];
            for (int d = 0; d < 3; d++)
            {
                scores[d] += Ssimulacra2.Score(original, decoded[d]);
                scores[3 + d] += Psnr.Of(original, decoded[d]);
            }
            if (i % CoverEach == 1) Cover(jpeg, original, imagined, covered, cells);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{quality,-3} {scores[0] / compared,20:0.0} {scores[1] / compared,7:0.0} {scores[2] / compared,7:0.0} "
            + $"{scores[3] / compared,13:0.00} {scores[4] / compared,6:0.00} {scores[5] / compared,7:0.00} "
            + $"{files,16} of {pictures.Length} {(double)same / coefficients,14:0.0000000} "
            + $"{(double)covered[0] / cells[0],14:0.000} {(double)covered[1] / cells[1],5:0.000} {(double)covered[2] / cells[2],5:0.000} "
            + $"{(double)covered.Sum() / cells.Sum(),5:0.0000} "
            + $"{pixels / meanSeconds / 1e6,12:0.00} {pixels / drawSeconds / 1e6,6:0.00}"));
    }

    /// <summary>Coefficients that the encoder gives of a decoded picture and that are the file's.</summary>
    private static (long Same, long All) Recoded(IPictureEncoder encoder, JpegImage jpeg, Picture decoded)
    {
        JpegImage again = JpegReader.Read(encoder.Encode(decoded), long.MaxValue);
        long same = 0, all = 0;
        for (int c = 0; c < jpeg.Components.Count; c++)
            for (int row = 0; row < jpeg.Components[c].Rows; row++)
                for (int column = 0; column < jpeg.Components[c].Columns; column++)
                    for (int k = 0; k < 64; k++, all++)
                        if (jpeg.Components[c].Block(column, row)[k] == again.Components[c].Block(column, row)[k]) same++;
        return (same, all);
    }

    /// <summary>Whether the original's coefficients rank among those of draws; those that are equal in all draws say nothing.</summary>
    private static void Cover(JpegImage jpeg, Picture original, ImaginedJpeg imagined, long[] covered, long[] cells)
    {
        Picture[] draws = [.. Enumerable.Range(0, Draws).Select(seed => imagined.Draw((ulong)seed))];
        Span<double> own = stackalloc double[64], other = stackalloc double[64], least = stackalloc double[64], most = stackalloc double[64];
        for (int c = 0; c < jpeg.Components.Count; c++)
        {
            var truth = ComponentSamples.Of(original, jpeg, c);
            ComponentSamples[] samples = [.. draws.Select(draw => ComponentSamples.Of(draw, jpeg, c))];
            for (int row = 0; row < jpeg.Components[c].Rows; row++)
                for (int column = 0; column < jpeg.Components[c].Columns; column++)
                {
                    truth.Transform(column, row, own);
                    least.Fill(double.PositiveInfinity);
                    most.Fill(double.NegativeInfinity);
                    foreach (ComponentSamples sample in samples)
                    {
                        sample.Transform(column, row, other);
                        for (int k = 1; k < 64; k++) (least[k], most[k]) = (Math.Min(least[k], other[k]), Math.Max(most[k], other[k]));
                    }
                    for (int k = 1; k < 64; k++)
                    {
                        cells[c]++;
                        if (own[k] >= least[k] && own[k] <= most[k]) covered[c]++;
                    }
                }
        }
    }
}
