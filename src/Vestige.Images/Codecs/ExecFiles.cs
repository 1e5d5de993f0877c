using System.Globalization;
using Vestige.Files.Interop;
using Vestige.Images.Interop;
using Vestige.Images.Sources;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Images.Codecs;

/// <summary>What goes to programs and comes from them as files.</summary>
internal static class ExecFiles
{
    /// <summary>Bytes a pixel that a decoded image may take as a file, beside <see cref="Headers"/>: twice those of 16 bits and four channels.</summary>
    private const int MostBytes = 16;

    private const int Headers = 1 << 20;

    /// <summary>Names of files in a message.</summary>
    private const int MostNamed = 3;

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

    /// <summary>Copies what is in a file, and neither its time nor its rights nor who may read it, which would be handed on uncounted.</summary>
    internal static void Copy(string from, string to)
    {
        using FileStream source = File.OpenRead(from), target = File.Create(to);
        source.CopyTo(target);
    }

    /// <summary>Whether it is an extension: short, since a decoder reads it and nobody counts it.</summary>
    internal static bool IsExtension(string text) => text.Length is > 0 and <= 16 && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>The names of what stands in a folder; a program may have taken it away.</summary>
    internal static IEnumerable<string> NamesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)) : [];

    /// <summary>What a decoder was given, to follow what it did wrong: it may have missed a file that its encoder wrote beside the coded one.</summary>
    /// <param name="others">What else the encoder wrote.</param>
    internal static string Handed(IEnumerable<string> others)
    {
        const string alone = "; dec is handed the coded file alone";
        string[] names = [.. others.Order(StringComparer.Ordinal)];
        string named = string.Join(", ", names.Take(MostNamed).Select(Names.Printable)) + (names.Length > MostNamed ? ", …" : "");
        return names.Length == 0 ? alone
            : string.Create(CultureInfo.InvariantCulture, $"{alone}, and enc wrote {names.Length} {(names.Length == 1 ? "other" : "others")} beside it ({named})");
    }

    /// <summary>Why a program's work counts for nothing where its folder could not be taken away.</summary>
    internal static string Stays(string program) => $"{Path.GetFileName(program)} left what cannot be removed: another program might read there what is not counted";

    /// <summary>Takes a folder away.</summary>
    /// <returns>Whether it is gone.</returns>
    internal static bool Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A program that was stopped may still hold a file; the system clears its temporary folder.
            return !Directory.Exists(folder);
        }
    }

    /// <summary>Which file a program is: another version is another codec.</summary>
    internal static string Stamp(string program)
    {
        var file = new FileInfo(program);
        return string.Create(CultureInfo.InvariantCulture, $"{program} {file.Length} {file.LastWriteTimeUtc.Ticks}");
    }
}
