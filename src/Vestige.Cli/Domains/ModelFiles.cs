using Vestige.Cli.Faults;
using Vestige.Files.Interop;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Models;

namespace Vestige.Cli.Domains;

/// <summary>Files that hold a text model, of whatever project.</summary>
internal static class ModelFiles
{
    /// <summary>The file of a name as an audit takes it, <c>gguf:FILE</c> or <c>model:FILE</c>; any other name is the file's own.</summary>
    internal static string PathOf(string name)
    {
        if (File.Exists(name)) return name;
        foreach (string prefix in (string[])["gguf:", "model:"])
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return name[prefix.Length..];
        return name;
    }

    /// <summary>Reads one; it draws as it is.</summary>
    /// <exception cref="DataException">There is none, or it cannot be used here; the message names it and says why.</exception>
    internal static ITextModel Read(string path)
    {
        try
        {
            return IsGguf(path) ? GgufText.Read(path) : TextModelFile.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw new DataException(e.Message);
        }
    }

    /// <summary>Whether a file calls itself GGUF; what cannot be read is none, and is refused by who reads it.</summary>
    private static bool IsGguf(string path)
    {
        try
        {
            if (FileFacts.Of(path)?.Kind != FileKind.File) return false;
            byte[] start = new byte[4];
            using FileStream stream = File.OpenRead(path);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && GgufText.IsModel(start);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
