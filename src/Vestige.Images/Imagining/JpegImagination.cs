using Vestige.Compressors;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Jpeg;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Images.Imagining;

/// <summary>What a JPEG does not say, without its original: the mean of what it may have been, draws from that, and where they differ.</summary>
public sealed record JpegImagination
{
    /// <summary>The mean.</summary>
    public required Picture Mean { get; init; }

    /// <summary>Draws, each as probable as the others.</summary>
    public required IReadOnlyList<Picture> Samples { get; init; }

    /// <summary>Where the draws differ, orange over the dimmed mean: at a spread of <see cref="MapScale"/> grey levels it is at 63 % of its strength, in every map.</summary>
    public required Picture Map { get; init; }

    /// <summary>The figures.</summary>
    public required ImaginationFigures Figures { get; init; }

    /// <summary>Spread, in grey levels, at which the map's colour is at 63 % of its strength.</summary>
    public const double MapScale = 20;

    /// <summary>Imagines a file's original.</summary>
    /// <param name="file">A JPEG.</param>
    /// <param name="prior">A file of <see cref="LearnPrior"/>.</param>
    /// <param name="samples">Draws, 2 to 64.</param>
    /// <param name="seed">Of the draws: the first has this one, the next the next.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="JpegException">The file is damaged, or of a kind that is not imagined; the message names no file.</exception>
    /// <exception cref="InvalidDataException">The prior is none; the message names no file.</exception>
    public static JpegImagination Of(PictureFile file, ReadOnlySpan<byte> prior, int samples, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, 64);
        PicturePrior read = PriorFile.Read(prior);
        JpegImage jpeg = JpegReader.Read(file.Content, PictureOptions.Default.PixelLimit);
        if (file.Facts.IsConverted) throw new JpegException("has colours of another profile than sRGB's, of which the prior knows nothing") { IsOfOtherKind = true };
        var imagined = new ImaginedJpeg(jpeg, new PriorTables(read));
        Report(0);
        Picture mean = imagined.Mean();
        long outside = imagined.Outside;
        var drawn = new List<Picture>();
        for (int i = 0; i < samples; i++)
        {
            cancel.ThrowIfCancellationRequested();
            Report(i + 1);
            drawn.Add(imagined.Draw(seed + (ulong)i));
            outside = Math.Max(outside, imagined.Outside);
        }
        double[] spread = Spread(drawn);
        return new JpegImagination
        {
            Mean = Upright(mean),
            Samples = [.. drawn.Select(Upright)],
            // Orange as what is lost: what the file does not say.
            Map = Upright(MapPicture.Of(mean, (x, y) => (1 - Math.Exp(-spread[(y * mean.Width) + x] / MapScale), 0))),
            Figures = new ImaginationFigures(samples, Math.Sqrt(spread.Average(s => s * s)), (double)outside / jpeg.Components.Sum(c => 64L * c.Columns * c.Rows)),
        };

        void Report(int done) => progress?.Report(new WorkProgress("imagining", (double)done / (samples + 1)));

        Picture Upright(Picture picture) => Orientation.Upright(picture, file.Facts.Orientation);
    }

    /// <summary>Learns what pictures look like, as a file.</summary>
    /// <param name="documents">Pictures; up to 4,000 of them are looked at.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="UnusableDocumentException">None of them could be read.</exception>
    public static byte[] LearnPrior(IReadOnlyList<Entry<Picture>> documents, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return PriorFile.Write(PicturePrior.Learn(documents, progress, cancel));
    }

    /// <summary>(pixels) standard deviation of luma over the draws, n - 1.</summary>
    private static double[] Spread(List<Picture> drawn)
    {
        double[] spread = new double[drawn[0].Pixels];
        for (int i = 0; i < spread.Length; i++)
        {
            double sum = 0, squares = 0;
            foreach (Picture picture in drawn)
            {
                double luma = Luma(picture, i);
                sum += luma;
                squares += luma * luma;
            }
            spread[i] = Math.Sqrt(Math.Max(0, squares - (sum * sum / drawn.Count)) / (drawn.Count - 1));
        }
        return spread;
    }

    private static double Luma(Picture picture, int pixel) =>
        ((299 * picture.Rgb[3 * pixel]) + (587 * picture.Rgb[(3 * pixel) + 1]) + (114 * picture.Rgb[(3 * pixel) + 2])) / 1000.0;
}

/// <summary>Figures of an imagination.</summary>
/// <param name="Samples">Draws.</param>
/// <param name="Spread">Root mean square of the draws' standard deviation of luma, grey levels: what the file leaves open, as far as the prior knows.</param>
/// <param name="Outside">Share of the file's coefficients, 0 to 1, that coding the pictures again would not give: the largest of all of them.</param>
public sealed record ImaginationFigures(int Samples, double Spread, double Outside);
