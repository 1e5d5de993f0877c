using System.Collections.Concurrent;
using Vestige.Files.Interop;

namespace Vestige.Language.Registry;

/// <summary>Files that hold a text model of any kind.</summary>
public static class TextModelFile
{
    /// <summary>Length of the passages that a model draws unless it is told another.</summary>
    internal static int PassageBytes => Sources.TextOptions.Default.PassageBytes;

    // Rows that differ in how they draw share what was read.
    private static readonly ConcurrentDictionary<(string Path, long Bytes, DateTime Written), WeakReference<ITextModel>> s_read = [];

    /// <summary>Reads a model; it draws as it is.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is damaged, or newer than this program; the message names the file and says which.</exception>
    public static ITextModel Read(string path)
    {
        if (Directory.Exists(path)) throw new InvalidDataException($"{path} is a folder; name a file that vestige train wrote");
        var file = new FileInfo(path);
        if (FileFacts.Of(path)?.Kind is not (null or FileKind.File)) throw new InvalidDataException($"{path} is a pipe or a device; name a file that vestige train wrote");
        if (!file.Exists) throw new InvalidDataException($"{path} does not exist; name a file that vestige train wrote");
        try
        {
            (string, long, DateTime) key = (file.FullName, file.Length, file.LastWriteTimeUtc);
            if (s_read.TryGetValue(key, out WeakReference<ITextModel>? known) && known.TryGetTarget(out ITextModel? model)) return model;
            model = Load(path);
            s_read[key] = new WeakReference<ITextModel>(model);
            return model;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidDataException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static ITextModel Load(string path)
    {
        byte[] start = new byte[16];
        using (FileStream stream = File.OpenRead(path)) start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.AsSpan().StartsWith("GGUF"u8)) throw new InvalidDataException($"{path} is a GGUF file, which llama.cpp runs: write gguf:{path}");
        try
        {
            return TextModels.All.First(kind => kind.IsModel(start)).Read(path);
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} cannot be used: {error.Message}", error);
        }
    }
}
