using System.Globalization;
using Vestige.Files.Interop;
using Vestige.Images.Interop;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Images.Codecs;

/// <summary>What goes to programs and comes from them as files.</summary>
internal static class ExecFiles
{
    /// <summary>Bytes a pixel that a decoded image may take as a file, beside <see cref="Headers"/>: twice those of 16 bits and four channels.</summary>
    private const int MostBytes = 16;

    private const int Headers = 1 << 20;

    /// <summary>Writes a picture as a PNG of 8-bit sRGB.</summary>
    internal static void Write(Picture picture, string path) => File.WriteAllBytes(path, Vips.Run([], () =>
    {
        using var image = VipsImage.FromSamples(picture.Width, picture.Height, 3, picture.Rgb);
        // It is read once: time spent on making it small would be wasted.
        return image.Apply("pngsave_buffer").Set("strip", true).Set("compression", 1).BuildBuffer();
    }));

    /// <summary>Why what a program wrote is no file with something in it; null where it is one.</summary>
    internal static string? Fault(string path) => FileFacts.Of(path, follow: false)?.Kind switch
    {
        null => "ended well but wrote no file",
        FileKind.File => new FileInfo(path).Length == 0 ? "ended well but wrote an empty file" : null,
        _ => "ended well but what it wrote is no plain file",
    };

    /// <summary>Reads what a decoder wrote for an image.</summary>
    /// <exception cref="UnusableDocumentException">It cannot be read, or is of another size.</exception>
    internal static Picture Decode(string path, Picture original)
    {
        long length = new FileInfo(path).Length;
        if (length > Headers + (MostBytes * (long)original.Width * original.Height))
            throw new UnusableDocumentException(string.Create(CultureInfo.InvariantCulture, $"dec wrote {length:N0} bytes for {original.Width} x {original.Height} pixels"));
        Picture decoded;
        try
        {
            decoded = PictureReader.Decode(File.ReadAllBytes(path), PictureOptions.MostPixels, []);
        }
        catch (UnusableDocumentException error)
        {
            throw new UnusableDocumentException($"what dec wrote {error.Message}", error);
        }
        return (decoded.Width, decoded.Height) == (original.Width, original.Height) ? decoded
            : throw new UnusableDocumentException($"dec gave {decoded.Width} x {decoded.Height} pixels for {original.Width} x {original.Height}");
    }

    /// <summary>Takes a folder away.</summary>
    internal static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A program that was stopped may still hold a file; the system clears its temporary folder.
        }
    }

    /// <summary>Which file a program is: another version is another codec.</summary>
    internal static string Stamp(string program)
    {
        var file = new FileInfo(program);
        return string.Create(CultureInfo.InvariantCulture, $"{program} {file.Length} {file.LastWriteTimeUtc.Ticks}");
    }
}
