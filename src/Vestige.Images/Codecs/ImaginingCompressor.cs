using System.Diagnostics;
using System.Security.Cryptography;
using Vestige.Compressors;
using Vestige.Images.Imagining;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Jpeg;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Images.Codecs;

/// <summary>A codec whose decoder imagines what the file does not say, by a prior learned from T or read from a file.</summary>
/// <param name="spec">Has <see cref="Options"/>.</param>
/// <param name="codec">The codec of a prior.</param>
/// <exception cref="SpecException">The file of its prior cannot be used.</exception>
internal sealed class ImaginingCompressor(Spec spec, Func<PriorTables, ImaginingOptions, ICodec<Picture>> codec) : ICompressor<Picture>
{
    private readonly PriorTables? _given = spec.Text("prior") is { Length: > 0 } file ? Read(spec, file) : null;

    private static readonly TrainedOnce<Picture, string, PriorTables> s_priors = new();

    /// <summary>decode, seed and prior.</summary>
    internal static IReadOnlyList<OptionSpec> Options { get; } =
    [
        OptionSpec.Choice("decode", ["plain", "mean", "sample"], "mean: what is likeliest on average, given the file; sample: one picture that it may have been"),
        OptionSpec.WholeNumber("seed", 0, int.MaxValue, 1, "of decode=sample"),
        OptionSpec.Text("prior", "", "of decode=mean and sample: a file of 'vestige train PHOTOS prior'; without it learned from T"),
    ];

    /// <summary>Whether a specification asks for a plain decoder.</summary>
    internal static bool IsPlain(Spec spec)
    {
        bool plain = spec.Choice("decode") == "plain";
        return plain && spec.Text("prior").Length > 0
            ? throw new SpecException($"\"{spec.Name}\": a plain decoder has no prior; leave prior= out, or give decode=mean or decode=sample.") : plain;
    }

    /// <inheritdoc/>
    public string Name => spec.Name;

    /// <inheritdoc/>
    public ICompressed<Picture> Compress(Training<Picture> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        PriorTables tables = _given is not null ? _given
            : training is null ? throw new SpecException($"\"{spec.Name}\": here is no T to learn from; give prior=FILE, which 'vestige train PHOTOS prior --out FILE' makes.")
            : s_priors.Get(training, "", () => new PriorTables(PicturePrior.Learn(training.Documents, progress, cancel)));
        return codec(tables, new ImaginingOptions(spec.Choice("decode") == "sample", (ulong)spec.WholeNumber("seed"), spec.Name));
    }

    private static PriorTables Read(Spec spec, string file)
    {
        try
        {
            return new PriorTables(PriorFile.Read(File.ReadAllBytes(file)));
        }
        catch (InvalidDataException e)
        {
            throw new SpecException($"\"{spec.Name}\": {file} {e.Message}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpecException($"\"{spec.Name}\": {e.Message}", e);
        }
    }
}

/// <summary>How to imagine.</summary>
/// <param name="Draws">A draw, else the mean.</param>
/// <param name="Seed">Of the draw.</param>
/// <param name="Name">The row's.</param>
internal sealed record ImaginingOptions(bool Draws, ulong Seed, string Name)
{
    /// <summary>What tells this decoder from others.</summary>
    internal string Identity(PicturePrior prior) => $"{Name}\n{Convert.ToHexStringLower(SHA256.HashData(PriorFile.Write(prior)))}";
}

/// <summary>JPEG, and a decoder that imagines.</summary>
internal sealed class ImaginingJpeg(IPictureEncoder encoder, PriorTables tables, ImaginingOptions imagining) : ICodec<Picture>, IPictureEncoder, IIdentified
{
    private readonly Lazy<string> _identity = new(() => imagining.Identity(tables.Prior));

    /// <inheritdoc/>
    public long? DescriptionBytes => null;

    /// <inheritdoc/>
    public string Identity => _identity.Value;

    /// <inheritdoc/>
    public byte[] Encode(Picture picture) => encoder.Encode(picture);

    /// <inheritdoc/>
    public Coded<Picture> Code(Picture item) => CodeToFile(item).Coded;

    /// <inheritdoc/>
    public (Coded<Picture> Coded, byte[] File) CodeToFile(Picture picture)
    {
        var watch = Stopwatch.StartNew();
        byte[] file = encoder.Encode(picture);
        double encode = watch.Elapsed.TotalSeconds;
        watch.Restart();
        try
        {
            var imagined = new ImaginedJpeg(JpegReader.Read(file, Sources.PictureOptions.MostPixels), tables);
            Picture decoded = imagining.Draws ? imagined.Draw(imagining.Seed) : imagined.Mean();
            return (new Coded<Picture>(file.Length, decoded, encode, watch.Elapsed.TotalSeconds), file);
        }
        catch (JpegException e)
        {
            throw new UnusableDocumentException($"{imagining.Name}: the file {e.Message}", e);
        }
    }
}

/// <summary>Means of squares of pixels, losslessly coded, and a decoder that imagines.</summary>
internal sealed class ImaginingBox(int scale, PriorTables tables, ImaginingOptions imagining) : ICodec<Picture>, IIdentified
{
    private readonly Lazy<string> _identity = new(() => imagining.Identity(tables.Prior));

    /// <inheritdoc/>
    public long? DescriptionBytes => null;

    /// <inheritdoc/>
    public string Identity => _identity.Value;

    /// <inheritdoc/>
    public Coded<Picture> Code(Picture item) => ResampleCodec.Code(Resampling.Box.Reduce, item, scale, small =>
    {
        var imagined = new ImaginedBox(small, item.Width, item.Height, scale, tables.Prior);
        return imagining.Draws ? imagined.Draw(imagining.Seed) : imagined.Mean();
    });
}
