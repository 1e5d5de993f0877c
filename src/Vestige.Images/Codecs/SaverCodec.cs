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

    private (byte[] File, double Seconds) EncodeTimed(Picture picture)
    {
        List<string> warnings = [];
        try
        {
            (byte[], double) result = Vips.Run(warnings, () =>
            {
                using var image = VipsImage.FromSamples(picture.Width, picture.Height, 3, picture.Rgb);
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
