using Vestige.Cli.Faults;
using Vestige.Files.Interop;
using Vestige.Language;
using Vestige.Language.Registry;
using Vestige.Models;
using Vestige.Specs;

namespace Vestige.Cli.Domains;

/// <summary>Files that hold a text model, of whatever project.</summary>
internal static class ModelFiles
{
    private const string Gguf = "gguf:";

    /// <summary>The file of a name as an audit takes it, <c>gguf:FILE,flash=true</c> or <c>model:FILE</c>; any other name is the file's own.</summary>
    internal static string PathOf(string name)
    {
        if (File.Exists(name)) return name;
        foreach (string prefix in (string[])[Gguf, "model:"])
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return IsSpec(name) ? WrittenSpec.PathOf(name) : name[prefix.Length..];
        return name;
    }

    /// <summary>Reads the model of such a name; it draws as it is.</summary>
    /// <exception cref="DataException">There is none, or it cannot be used here; the message names it and says why.</exception>
    /// <exception cref="SpecException">Its options are wrong.</exception>
    internal static ITextModel Read(string name)
    {
        string path = PathOf(name);
        try
        {
            return IsSpec(name) ? GgufCompressor.Open(name) : IsGguf(path) ? GgufText.Read(path) : TextModelFile.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw new DataException(e.Message);
        }
    }

    /// <summary>What such a name says of how the model is run; empty for nothing.</summary>
    internal static string OptionsOf(string name) => IsSpec(name) ? string.Join(',', WrittenSpec.Of(name).Parts.Skip(1)) : "";

    // A file's own name may have a comma.
    private static bool IsSpec(string name) =>
        name.StartsWith(Gguf, StringComparison.Ordinal) && !File.Exists(name) && !File.Exists(name[Gguf.Length..]);

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
