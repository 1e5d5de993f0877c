using Vestige.Compressors;
using Vestige.Images.Interop;
using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Images.Codecs;

/// <summary>The registry of codecs of images. A saver of libvips is one row in <see cref="Saver"/>, anything else one here.</summary>
public static class PictureCompressors
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CompressorRow<Picture>> Rows { get; } =
    [
        .. Saver.All.Select(Row),
        JpegTranscode.Row,
        Row("nearest", "every n-th pixel of every n-th row, repeated: interpolation by the nearest neighbour", Resampling.Nearest),
        Box(Row("box", "means of n x n pixels, repeated", Resampling.Box)),
        Row("bicubic", "reduced and enlarged n times with a cubic kernel", Resampling.Bicubic),
        new("exec", "any two programs: one that codes a file, or a folder of them, and one that decodes", spec => Compressor(spec, ExecCodec.Of(spec)))
        {
            Options = ExecCodec.Options,
            Extension = spec => spec.Text("ext"),
            Version = () => "the programs that you name",
        },
    ];

    /// <summary>JPEG files in JPEG XL, byte for byte.</summary>
    public static CompressorRow<Picture> Transcode => JpegTranscode.Row;

    private static CompressorRow<Picture> Row(Saver saver)
    {
        var row = new CompressorRow<Picture>(saver.Name, saver.Description, spec => Compressor(saver, spec))
        {
            Options = saver.Options,
            Extension = _ => saver.Extension,
            Version = () => $"libvips {Vips.Version}" + (saver.Library() is { Length: > 0 } library ? $", {library}" : ""),
        };
        var absent = new Lazy<string?>(() => WhyAbsent(saver, row));
        return row with { WhyAbsent = () => absent.Value };
    }

    private static ICompressor<Picture> Compressor(Saver saver, Spec spec)
    {
        SaverCodec codec = Codec(saver, spec);
        return saver.Imagining is not { } make || ImaginingCompressor.IsPlain(spec) ? Compressor(spec, codec)
            : new ImaginingCompressor(spec, (tables, imagining) => make(codec, tables, imagining));
    }

    private static CompressorRow<Picture> Box(CompressorRow<Picture> row) => row with
    {
        Options = [.. row.Options, .. ImaginingCompressor.Options],
        Make = spec =>
        {
            if (ImaginingCompressor.IsPlain(spec)) return row.Make(spec);
            int scale = spec.WholeNumber("scale");
            return scale is 2 or 4 or 8 ? new ImaginingCompressor(spec, (tables, imagining) => new ImaginingBox(scale, tables, imagining))
                : throw new SpecException($"\"{spec.Name}\": scale={scale} divides no block of 8 pixels; with decode=mean and sample it is 2, 4 or 8.");
        },
    };

    private static CompressorRow<Picture> Row(string name, string description, Resampling resampling) =>
        new(name, description, spec => Compressor(spec, new ResampleCodec(resampling, spec.WholeNumber("scale"))))
        {
            Options = [OptionSpec.WholeNumber("scale", 2, 64, 2, "n; stored is the small image, losslessly coded") with { AlwaysShown = true }],
            Extension = _ => LosslessReference.Extension,
            WhyAbsent = () => LosslessReference.WhyAbsent,
            Version = () => $"libvips {Vips.Version}, {LosslessReference.Name}",
        };

    // libvips may have the saver and lack the encoder behind it.
    private static string? WhyAbsent(Saver saver, CompressorRow row)
    {
        try
        {
            return Vips.Has(saver.Operation)
                ? TryOut(new SaverCodec(saver, Spec.Parse(saver.Name, [row]).Single()))
                : $"this libvips ({Vips.Version}{(Vips.IsPacked ? ", which vestige was packed with" : "")}) was built without {saver.Operation}"
                    + (Vips.IsPacked ? ": install the system's, which comes first" : "");
        }
        catch (VipsException error)
        {
            return error.Message;
        }
    }

    // Some libraries take the option and change pixels all the same (AVIF by libvips 8.14): known before the run, not at its end.
    private static SaverCodec Codec(Saver saver, Spec spec)
    {
        var codec = new SaverCodec(saver, spec);
        return saver.IsLossless(spec) && TryOut(codec) is { } fault ? throw new SpecException($"\"{spec.Name}\": {fault}.") : codec;
    }

    /// <summary>Codes one small picture of noise; what goes wrong, or null.</summary>
    private static string? TryOut(SaverCodec codec)
    {
        const int size = 32;
        var rng = new Rng(1);
        byte[] rgb = new byte[size * size * 3];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)rng.Next();
        try
        {
            codec.Code(new Picture(size, size, rgb));
            return null;
        }
        catch (UnusableDocumentException error)
        {
            return error.Message;
        }
    }

    private static CodecCompressor<Picture> Compressor(Spec spec, ICodec<Picture> codec) => new(spec.Name, codec);
}
