namespace Vestige.Cli.Rendering;

/// <summary>Files that are written whole or not at all: beside their place first, flushed to the disk, then renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    internal static void Write(string file, ReadOnlySpan<byte> bytes)
    {
        string beside = Beside(file);
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, file, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Throws what writing the file would throw, and leaves nothing behind.</summary>
    internal static void Probe(string file)
    {
        string beside = Beside(file);
        using (new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
        }
        File.Delete(beside);
    }

    private static string Beside(string file) => $"{file}.{Environment.ProcessId}.tmp";
}
