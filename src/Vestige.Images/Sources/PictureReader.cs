using System.Runtime.InteropServices;
using Vestige.Images.Interop;
using Vestige.Images.Jpeg;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>Decodes a file in memory into a <see cref="Picture"/>.</summary>
/// <remarks>
/// One stated way for everything that is not 8-bit sRGB. An animation or a file of several pages: the first frame, for HEIF the
/// primary image. Alpha: laid over white, on the stored values. A profile that is sRGB but for rounding is passed over; any other goes
/// to sRGB by relative colorimetry with black point compensation; one that does not belong to the image's colour space is not used,
/// and a notice says so. Grey: three equal channels. CMYK: by its profile, else by the one built into libvips. 16 bits: to 8 by
/// rounding v x 255 / 65535. Then EXIF's orientation. Other samples (float, 32 bits) and colour spaces (Lab, spectral) are refused.
/// </remarks>
internal static class PictureReader
{
    private const string JpegXl = "JPEG XL";

    private static readonly (string Loader, string Format)[] s_formats =
    [
        ("VipsForeignLoadJpegBuffer", "JPEG"), ("VipsForeignLoadPngBuffer", "PNG"), ("VipsForeignLoadWebpBuffer", "WebP"),
        ("VipsForeignLoadHeifBuffer", "AVIF/HEIC"), ("VipsForeignLoadJxlBuffer", JpegXl),
        ("VipsForeignLoadJp2kBuffer", "JPEG 2000"), ("VipsForeignLoadTiffBuffer", "TIFF"),
    ];

    /// <summary>Decodes.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="pixelLimit">Most pixels; checked on the header, before any is decoded.</param>
    /// <param name="notices">Receives what libvips warned of, and what was not used.</param>
    /// <exception cref="UnusableDocumentException">It cannot be decoded; the message says why and names no file.</exception>
    internal static Picture Decode(byte[] file, long pixelLimit, List<string> notices)
    {
        string format = "image";
        FileBounds.Check(file);
        try
        {
            return Vips.Run(notices, () =>
            {
                string loader = Loader(file);
                format = s_formats.First(f => f.Loader == loader).Format;
                using IDisposable? silence = format == JpegXl ? NativeStderr.Silence() : null;
                using VipsImage image = VipsImage.Load(loader, file);
                return Decode(image, pixelLimit, notices);
            });
        }
        catch (VipsException error)
        {
            throw new UnusableDocumentException($"cannot be decoded as {format}: {error.Message}", error);
        }
    }

    /// <summary>Pixels of a row, and rows, as the header states them; nothing is decoded.</summary>
    /// <exception cref="UnusableDocumentException">It cannot be read, or the file cannot hold so many; the message names no file.</exception>
    internal static (int Width, int Height) Size(byte[] file)
    {
        FileBounds.Check(file);
        try
        {
            return Vips.Run([], () =>
            {
                using IDisposable? silence = NativeStderr.Silence();
                using VipsImage image = VipsImage.Load(Loader(file), file);
                return (image.Width, image.Height);
            });
        }
        catch (VipsException error)
        {
            throw new UnusableDocumentException($"cannot be decoded: {error.Message}", error);
        }
    }

    /// <summary>Refuses a JPEG whose data is damaged: a decoder would go on with whatever comes, and take what it makes of it for a picture.</summary>
    /// <remarks>What turns one valid code into another of the same length and harms no count is not seen: JPEG has no checksum.</remarks>
    /// <exception cref="UnusableDocumentException">It is; the message names no file.</exception>
    internal static void CheckData(byte[] file, long pixelLimit)
    {
        if (!JpegReader.IsJpeg(file)) return;
        try
        {
            _ = JpegReader.Read(file, pixelLimit);
        }
        catch (JpegException error) when (!error.IsOfOtherKind)
        {
            throw new UnusableDocumentException($"cannot be used as JPEG: {error.Message}", error);
        }
        catch (JpegException)
        {
            // Sound for all that is known here.
        }
    }

    /// <summary>What a file's header says of how its samples are stored.</summary>
    /// <exception cref="UnusableDocumentException">It cannot be read.</exception>
    internal static PictureFacts Examine(byte[] file)
    {
        try
        {
            return Vips.Run([], () =>
            {
                string loader = Loader(file);
                using VipsImage image = VipsImage.Load(loader, file);
                bool grey = image.Interpretation is Interpretation.Grey or Interpretation.Grey16;
                return new PictureFacts(s_formats.First(f => f.Loader == loader).Format, image.Format == BandFormat.UShort ? 16 : 8,
                    image.Interpretation == Interpretation.Cmyk ? "CMYK" : grey ? "grey" : "RGB", image.HasAlpha, image.IccProfile is not null, image.Orientation);
            });
        }
        catch (VipsException error)
        {
            throw new UnusableDocumentException(error.Message, error);
        }
    }

    private static string Loader(byte[] file)
    {
        string? loader = VipsImage.FindLoader(file);
        if (s_formats.Any(f => f.Loader == loader)) return loader!;
        // A TIFF cut short is among them: without its directory, which may be at the end, nothing tells what it was.
        throw new UnusableDocumentException("its content is none of the formats read here, or it is damaged: "
            + string.Join(", ", s_formats.Where(f => Vips.Has(f.Loader)).Select(f => f.Format)));
    }

    private static Picture Decode(VipsImage image, long pixelLimit, List<string> notices)
    {
        long pixels = (long)image.Width * image.Height;
        if (pixels > pixelLimit)
            throw new UnusableDocumentException($"has {image.Width} x {image.Height} = {pixels} pixels; the limit is {pixelLimit}");
        if (image.Format is not (BandFormat.UChar or BandFormat.UShort))
            throw new UnusableDocumentException("has samples that are not whole numbers of 8 or 16 bits");
        ColourSpace space = image.Interpretation switch
        {
            Interpretation.Grey or Interpretation.Grey16 => ColourSpace.Grey,
            Interpretation.Rgb or Interpretation.Srgb or Interpretation.Rgb16 => ColourSpace.Rgb,
            Interpretation.Cmyk => ColourSpace.Cmyk,
            _ => throw new UnusableDocumentException("has a colour space that is not RGB, grey or CMYK"),
        };
        int orientation = image.Orientation;
        using VipsImage opaque = image.HasAlpha ? Flatten(image, space) : image.Apply("copy").BuildImage();
        if (opaque.Bands != space.Bands)
            throw new UnusableDocumentException($"has {opaque.Bands} channels where {space.Name} has {space.Bands}");
        using VipsImage srgb = ToSrgb(opaque, space, notices);
        return Orientation.Upright(Samples(srgb), orientation);
    }

    private static VipsImage Flatten(VipsImage image, ColourSpace space)
    {
        double most = image.Format == BandFormat.UShort ? 65535 : 255;
        // White is no ink at all in CMYK.
        return image.Apply("flatten").Set("background", [space == ColourSpace.Cmyk ? 0 : most]).Set("max-alpha", most).BuildImage();
    }

    private static VipsImage ToSrgb(VipsImage image, ColourSpace space, List<string> notices)
    {
        ColourProfile? profile = image.IccProfile is { } bytes ? ColourProfile.Examine(bytes, space) : null;
        if (profile?.Fault is { } fault) notices.Add(fault);
        bool use = profile is { Fault: null, IsSrgb: false };
        if (space == ColourSpace.Cmyk)
            return ColourProfile.ToSrgb(image).Set("embedded", use).Set("input-profile", "cmyk").BuildImage();
        return use ? ColourProfile.ToSrgb(image).BuildImage() : image.Apply("copy").BuildImage();
    }

    private static Picture Samples(VipsImage image)
    {
        int width = image.Width, height = image.Height, bands = image.Bands;
        bool wide = image.Format == BandFormat.UShort;
        if (bands is not (1 or 3)) throw new UnusableDocumentException($"became {bands} channels on the way to sRGB");
        byte[] rgb = new byte[checked(width * height * 3)];
        image.Read((top, count, samples) =>
        {
            Span<byte> to = rgb.AsSpan(top * width * 3, count * width * 3);
            if (!wide && bands == 3)
            {
                samples.CopyTo(to);
                return;
            }
            ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(samples);
            for (int i = 0; i < to.Length; i++)
            {
                int from = bands == 3 ? i : i / 3;
                to[i] = wide ? (byte)(((words[from] * 255u) + 32767u) / 65535u) : samples[from];
            }
        });
        return new Picture(width, height, rgb);
    }
}
