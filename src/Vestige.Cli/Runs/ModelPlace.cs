using System.Security.Cryptography;
using Vestige.Language.Sources;
using Vestige.Sources;

namespace Vestige.Cli.Runs;

/// <summary>Where a model and its checkpoint are written.</summary>
internal static class ModelPlace
{
    private const int MostNamed = 10;

    /// <summary>Whether a file is a source, or in a folder that is one.</summary>
    internal static bool IsWithin(string file, string source)
    {
        string around = Path.GetFullPath(source), place = Path.GetFullPath(file);
        return place == around || place.StartsWith(around.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    /// <summary>Checks before the work that a file can be written.</summary>
    /// <exception cref="DataException">It cannot.</exception>
    internal static void Check(string file)
    {
        if (Directory.Exists(file)) throw new DataException($"--out {file} is a folder; name a file");
        try
        {
            AtomicFile.Probe(file);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"--out {file} cannot be written: {e.Message}");
        }
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <exception cref="DataException">It cannot be written; what stood there before still stands.</exception>
    internal static void Write(string file, Action<Stream> write)
    {
        try
        {
            AtomicFile.Write(file, write);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{file} could not be written: {e.Message}");
        }
    }

    /// <summary>What of a text could not be used, a line each.</summary>
    internal static IEnumerable<string> Unusable(TextFolder text)
    {
        int[] faulty = [.. Enumerable.Range(0, text.Documents.Count).Where(i => text.Documents[i].Content == 0)];
        foreach (int document in faulty.Take(MostNamed))
        {
            string? why = null;
            try
            {
                text.Read(document);
            }
            catch (UnusableDocumentException e)
            {
                why = e.Message;
            }
            if (why is not null) yield return $"not used: {why}";
        }
        if (faulty.Length > MostNamed) yield return $"not used: {faulty.Length - MostNamed} more files";
    }

    /// <summary>SHA-256 of a file.</summary>
    internal static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
