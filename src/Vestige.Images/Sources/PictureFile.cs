using Vestige.Conclusions.Wording;
using Vestige.Files;
using Vestige.Files.Interop;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>How a file stores its samples; a <see cref="Picture"/> is 8-bit sRGB whatever they are.</summary>
/// <param name="Format">"JPEG", "PNG".</param>
/// <param name="Bits">Bits of a sample: 8 or 16.</param>
/// <param name="Colour">"RGB", "grey" or "CMYK".</param>
/// <param name="HasAlpha">Whether there is a channel of transparency; it was laid over white.</param>
/// <param name="HasProfile">Whether a colour profile is embedded.</param>
/// <param name="Orientation">EXIF's, 1 to 8; 1 where it is stored as it is shown.</param>
public sealed record PictureFacts(string Format, int Bits, string Colour, bool HasAlpha, bool HasProfile, int Orientation)
{
    /// <summary>Whether its colours went through a profile on the way to sRGB: its samples are then not those of the picture.</summary>
    public bool IsConverted { get; init; }

    /// <summary>Share of the pixels whose colours lie outside sRGB, 0 to 1; they were clipped to it.</summary>
    public double OutsideSrgb { get; init; }

    /// <summary>In words: "PNG, 8 bits, RGB".</summary>
    public override string ToString() =>
        $"{Format}, {Bits} bits, {Colour}{(HasAlpha ? " with transparency" : "")}{(HasProfile ? ", colour profile" : "")}";
}

/// <summary>One image file, read whole.</summary>
/// <param name="Name">As the user named it.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Picture">What it shows, as 8-bit sRGB, upright.</param>
/// <param name="Facts">How it stores that.</param>
/// <param name="Notices">What was noticed and stopped nothing.</param>
public sealed record PictureFile(string Name, byte[] Content, Picture Picture, PictureFacts Facts, IReadOnlyList<string> Notices)
{
    /// <summary>Its colours and its transparency apart; null where every pixel is opaque.</summary>
    internal Layers? Layers()
    {
        if (!Facts.HasAlpha) return null;
        Layers layers = PictureReader.Layers(Content, PictureOptions.Default.PixelLimit);
        return layers.IsTransparent ? layers : null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="memory">What it may take while it is worked on; null for no limit but that on pixels.</param>
    /// <exception cref="UnusableDocumentException">It cannot be read or decoded, or is too large; the message names it and says why.</exception>
    public static PictureFile Read(string path, MemoryBudget? memory = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = Names.Printable(path);
        var notices = new List<string>();
        try
        {
            if (Directory.Exists(path)) throw new UnusableDocumentException("is a folder; name a file");
            // Pipes and devices have no length and might wait for ever.
            var file = new FileInfo(path);
            if (!file.Exists) throw new UnusableDocumentException("there is no such file");
            if (FileFacts.Of(path)?.Kind is not (null or FileKind.File)) throw new UnusableDocumentException("is no regular file but a pipe or a device");
            if ((file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length == 0) throw new UnusableDocumentException("is empty (0 bytes)");
            if (memory is not null && file.Exists && file.Length >= memory.Total) throw PictureCost.TooLarge($"{file.Length} bytes", file.Length, memory);
            byte[] content = File.ReadAllBytes(path);
            if (memory is not null) PictureCost.Of(content, Ratio.One, memory);
            PictureReader.CheckData(content, PictureOptions.Default.PixelLimit);
            DecodedFile decoded = PictureReader.Read(content, PictureOptions.Default.PixelLimit, notices);
            if (decoded.Facts.OutsideSrgb > 0)
                notices.Add(
                    $"{Words.Percent(decoded.Facts.OutsideSrgb)} of its pixels have colours outside sRGB, which were clipped to it: what changed there is not seen");
            return new PictureFile(path, content, decoded.Picture, decoded.Facts, notices);
        }
        catch (UnusableDocumentException error)
        {
            throw new UnusableDocumentException($"{name}: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableDocumentException($"{name}: {FolderScan.Reason(error)}", error);
        }
    }
}
