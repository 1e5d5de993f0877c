using System.Diagnostics;
using Vestige.Compressors;
using Vestige.Images.Interop;
using Vestige.Images.Sources;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Images.Codecs;

/// <summary>Codes pictures with one of libvips' savers, and decodes what it wrote.</summary>
internal sealed class SaverCodec(Saver saver, Spec spec) : ICodec<Picture>, IPictureEncoder
{
    public long? DescriptionBytes => null;

    public Coded<Picture> Code(Picture item) => CodeToFile(item).Coded;

    public (Coded<Picture> Coded, byte[] File) CodeToFile(Picture item)
    {
        ArgumentNullException.ThrowIfNull(item);
        (byte[] file, double encode) = EncodeTimed(item);
        var watch = Stopwatch.StartNew();
        // Decoders' remarks on what this very codec wrote are not about the user's files.
        Picture decoded = PictureReader.Decode(file, PictureOptions.MostPixels, []);
        double decode = watch.Elapsed.TotalSeconds;
        if ((decoded.Width, decoded.Height) != (item.Width, item.Height))
            throw new UnusableDocumentException(
                $"{spec.Name} gave {decoded.Width} x {decoded.Height} pixels for {item.Width} x {item.Height}");
        if (saver.IsLossless(spec) && !decoded.Rgb.AsSpan().SequenceEqual(item.Rgb))
            throw new UnusableDocumentException(
                $"{spec.Name} is not lossless with this library ({saver.Library()}): pixels came back changed");
        return (new Coded<Picture>(file.Length, decoded, encode, decode), file);
    }

    public byte[] Encode(Picture picture) => EncodeTimed(picture).File;

    /// <summary>The one sample of each pixel of a picture without colours, as the codecs' own programs are given it; null where a pixel has one.</summary>
    private static byte[]? GreyOf(Picture picture)
    {
        ReadOnlySpan<byte> rgb = picture.Rgb;
        for (int i = 0; i < rgb.Length; i += 3)
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) return null;
        byte[] grey = new byte[rgb.Length / 3];
        for (int i = 0; i < grey.Length; i++) grey[i] = rgb[3 * i];
        return grey;
    }

    private (byte[] File, double Seconds) EncodeTimed(Picture picture)
    {
        List<string> warnings = [];
        try
        {
            (byte[], double) result = Vips.Run(warnings, () =>
            {
                byte[]? grey = saver.HasGrey ? GreyOf(picture) : null;
                using var image = VipsImage.FromSamples(picture.Width, picture.Height, grey is null ? 3 : 1, grey ?? picture.Rgb);
                var watch = Stopwatch.StartNew();
                VipsOperation operation = image.Apply(saver.Operation).Set("strip", true);
                saver.Configure(operation, spec);
                byte[] file = saver.Bare(operation.BuildBuffer());
                return (file, watch.Elapsed.TotalSeconds);
            });
            // libvips warns where it goes on with something else than was asked for, another encoder for one.
            return warnings.Count == 0 ? result : throw new VipsException(string.Join("; ", warnings));
        }
        catch (VipsException error)
        {
            throw new UnusableDocumentException($"cannot be coded as {spec.Name}: {error.Message}", error);
        }
    }
}
