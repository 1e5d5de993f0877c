using System.Runtime.InteropServices;
using Vestige.Images.Interop;
using Vestige.Images.Jpeg;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>What a file shows, and how it stores that.</summary>
internal sealed record DecodedFile(Picture Picture, PictureFacts Facts);

/// <summary>Decodes a file in memory into a <see cref="Picture"/>.</summary>
/// <remarks>
/// One stated way for everything that is not 8-bit sRGB. An animation or a file of several pages: the first frame, for HEIF the
/// primary image. Alpha: laid over white, on the stored values (<see cref="Layers"/> keeps it). A profile that is sRGB but for rounding is
/// passed over; any other goes to sRGB by relative colorimetry, or the first intent that it supports, with black point compensation; colours
/// outside sRGB are clipped, and their share is among the facts. One that does not belong to the image's colour space is not used, and a notice
/// says so; one that cannot be used is a fault, as are PQ and HLG. Colours stated by number: <see cref="ColourCode"/>. Grey: three
/// equal channels. CMYK: by its profile, else by the one built into libvips, which a notice names. 16 bits: to 8 by rounding v x 255 / 65535.
/// Then EXIF's orientation. Other samples (float, 32 bits) and colour spaces (Lab, spectral) are refused.
/// </remarks>
internal static class PictureReader
{
    private const string IgnoredCode = "ignoring nclx profile";

    /// <summary>Decodes.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="pixelLimit">Most pixels; checked on the header, before any is decoded.</param>
    /// <param name="notices">Receives what libvips warned of, and what was not used.</param>
    /// <exception cref="UnusableDocumentException">It cannot be decoded; the message says why and names no file.</exception>
    internal static Picture Decode(byte[] file, long pixelLimit, List<string> notices) => Read(file, pixelLimit, notices).Picture;

    /// <summary>Decodes, and says how the file stores what it shows.</summary>
    /// <inheritdoc cref="Decode"/>
    internal static DecodedFile Read(byte[] file, long pixelLimit, List<string> notices) => Run(file, notices, (format, own) =>
    {
        (VipsImage image, ColourSpace space) = Open(format, file, pixelLimit);
        using (image)
        {
            ColourProfile? profile = Profile(image, space, own);
            var facts = new PictureFacts(format.Name, image.Format == BandFormat.UShort ? 16 : 8, space.Word, image.HasAlpha, image.IccProfile is not null, image.Orientation)
            {
                IsConverted = profile is { IsSrgb: false } || space == ColourSpace.Cmyk,
            };
            if (facts.Bits > 8) own.Add("has 16 bits a sample: it is read with 8");
            if (image.Pages > 1 && !format.HasLevels) own.Add($"holds {image.Pages} images or frames: the first is read");
            using VipsImage opaque = image.HasAlpha ? Flatten(image, space) : image.Apply("copy").BuildImage();
            using VipsImage srgb = ToSrgb(opaque, space, profile);
            Picture picture = Orientation.Upright(Samples(srgb), image.Orientation);
            return new DecodedFile(picture, profile is { IsWide: true } ? facts with { OutsideSrgb = Outside(format, file, pixelLimit, space, profile) } : facts);
        }
    });

    /// <summary>The colours of a file with transparency, as they are stored, and how opaque each pixel is.</summary>
    /// <inheritdoc cref="Decode"/>
    internal static Layers Layers(byte[] file, long pixelLimit)
    {
        // A pipe of pixels that is read from top to bottom can be read once.
        Picture colour = Run(file, [], (format, own) => Layer(format, colours: true, own));
        Picture alpha = Run(file, [], (format, own) => Layer(format, colours: false, own));
        return new Layers(colour, alpha);

        Picture Layer(PictureFormat format, bool colours, List<string> own)
        {
            (VipsImage image, ColourSpace space) = Open(format, file, pixelLimit);
            using (image)
            {
                using VipsImage part = colours
                    ? image.Apply("extract_band").Set("band", 0).Set("n", space.Bands).BuildImage()
                    : image.Apply("extract_band").Set("band", space.Bands).Set("n", 1).BuildImage();
                using VipsImage read = colours ? ToSrgb(part, space, Profile(image, space, own)) : part.Apply("copy").BuildImage();
                return Orientation.Upright(Samples(read), image.Orientation);
            }
        }
    }

    private static T Run<T>(byte[] file, List<string> notices, Func<PictureFormat, List<string>, T> work)
    {
        string name = "image";
        List<string> own = [];
        FileBounds.Check(file);
        try
        {
            T result = Vips.Run(own, () =>
            {
                // libvips may run this twice.
                own.Clear();
                PictureFormat format = PictureFormat.Of(file);
                name = format.Name;
                using IDisposable? silence = format.IsTalkative ? NativeStderr.Silence() : null;
                return work(format, own);
            });
            // That code is read here.
            notices.AddRange(own.Where(notice => !notice.Contains(IgnoredCode, StringComparison.Ordinal)));
            return result;
        }
        catch (VipsException error)
        {
            throw new UnusableDocumentException($"cannot be decoded as {name}: {error.Message}", error);
        }
    }

    /// <summary>Pixels of a row, and rows, as the header states them; nothing is decoded.</summary>
    /// <exception cref="UnusableDocumentException">It cannot be read, or the file cannot hold so many; the message names no file.</exception>
    internal static (int Width, int Height) Size(byte[] file) => Run(file, [], (format, _) =>
    {
        using IDisposable? silence = NativeStderr.Silence();
        using VipsImage image = format.Open(file, PictureOptions.Default.PixelLimit);
        return (image.Width, image.Height);
    });

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

    /// <summary>Opens a file and holds its header against what is read here; the profile that a colour code stands for is then the image's.</summary>
    private static (VipsImage Image, ColourSpace Space) Open(PictureFormat format, byte[] file, long pixelLimit)
    {
        VipsImage image = format.Open(file, pixelLimit);
        try
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
            int bands = image.Bands - (image.HasAlpha ? 1 : 0);
            if (bands != space.Bands) throw new UnusableDocumentException($"has {bands} channels where {space.Name} has {space.Bands}");
            return (WithStatedColours(image, file, space), space);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static VipsImage WithStatedColours(VipsImage image, byte[] file, ColourSpace space)
    {
        byte[]? profile = image.IccProfile;
        if (space != ColourSpace.Rgb) return image;
        if (ColourCode.Of(file, profile is not null) is { } code)
        {
            if (code.Fault is { } fault) throw new UnusableDocumentException(fault);
            // sRGB by number goes before a profile, too.
            return With(code.Profile());
        }
        return profile is null && PngColour.Profile(file) is { } stated ? With(stated) : image;

        VipsImage With(byte[]? own)
        {
            using (image)
            {
                VipsImage copy = image.Apply("copy").BuildImage();
                if (own is not null) copy.IccProfile = own;
                else copy.RemoveProfile();
                return copy;
            }
        }
    }

    private static ColourProfile? Profile(VipsImage image, ColourSpace space, List<string> notices)
    {
        if (image.IccProfile is { } bytes)
        {
            var profile = ColourProfile.Examine(bytes, space);
            if (profile.Fault is { } fault) throw new UnusableDocumentException(fault);
            if (profile.Notice is null) return profile;
            notices.Add(profile.Notice);
        }
        if (space == ColourSpace.Cmyk) notices.Add(ColourProfile.AssumedNotice);
        return null;
    }

    private static VipsImage Flatten(VipsImage image, ColourSpace space)
    {
        double most = image.Format == BandFormat.UShort ? 65535 : 255;
        // White is no ink at all in CMYK.
        return image.Apply("flatten").Set("background", [space == ColourSpace.Cmyk ? 0 : most]).Set("max-alpha", most).BuildImage();
    }

    private static VipsImage ToSrgb(VipsImage image, ColourSpace space, ColourProfile? profile) =>
        profile is { IsSrgb: false } ? profile.ToSrgb(image).BuildImage()
        : space == ColourSpace.Cmyk ? ColourProfile.AssumedToSrgb(image).BuildImage()
        : image.Apply("copy").BuildImage();

    private static double Outside(PictureFormat format, byte[] file, long pixelLimit, ColourSpace space, ColourProfile profile)
    {
        (VipsImage image, _) = Open(format, file, pixelLimit);
        using (image)
        {
            using VipsImage opaque = image.HasAlpha ? Flatten(image, space) : image.Apply("copy").BuildImage();
            return profile.OutsideSrgb(opaque);
        }
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
