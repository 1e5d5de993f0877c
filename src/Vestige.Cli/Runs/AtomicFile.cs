namespace Vestige.Cli.Runs;

/// <summary>Files that are written whole or not at all: beside their place first, flushed to the disk, then renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    internal static void Write(string file, byte[] bytes) => Write(file, stream => stream.Write(bytes));

    /// <summary>Writes a file.</summary>
    /// <param name="file">Its place.</param>
    /// <param name="write">Writes its content.</param>
    internal static void Write(string file, Action<Stream> write)
    {
        if (IsDevice(file))
        {
            using var device = new FileStream(file, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }
        string beside = Beside(file);
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                write(stream);
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
        if (IsDevice(file)) return;
        string beside = Beside(file);
        using (new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
        }
        File.Delete(beside);
    }

    // A device is written to: renaming a file over it, which root may, would end it.
    private static bool IsDevice(string file) => Path.GetFullPath(file).StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(file);

    private static string Beside(string file) => $"{file}.{Environment.ProcessId}.tmp";
}
