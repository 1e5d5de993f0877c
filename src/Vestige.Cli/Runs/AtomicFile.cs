namespace Vestige.Cli.Runs;

/// <summary>Files that are written whole or not at all: under another name beside their place first, flushed to the disk, then renamed.</summary>
internal static class AtomicFile
{
    // No other program's files are called so. Short, so that it fits wherever the file's own name does.
    private const string Prefix = ".vestige-", Suffix = ".tmp";

    private const int Tries = 3;

    /// <summary>Writes a file.</summary>
    internal static void Write(string file, byte[] bytes) => Write(file, stream => stream.Write(bytes));

    /// <summary>Writes a file. A link at its place is replaced, not followed.</summary>
    /// <param name="file">Its place.</param>
    /// <param name="write">Writes its content.</param>
    internal static void Write(string file, Action<Stream> write)
    {
        string? beside = null;
        try
        {
            // It stays open, and so locked, until it has its name: nobody sweeps it away before.
            using FileStream stream = Begin(Folder(file));
            beside = stream.Name;
            write(stream);
            stream.Flush(flushToDisk: true);
            File.Move(beside, file, overwrite: true);
        }
        catch
        {
            if (beside is not null) File.Delete(beside);
            throw;
        }
    }

    /// <summary>Writes a file that others read and write at the same time, on whatever machines: no lock keeps a reader waiting.</summary>
    /// <param name="file">Its place.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="lasting">Whether it must outlast the machine.</param>
    internal static void WriteShared(string file, byte[] bytes, bool lasting)
    {
        string? beside = null;
        try
        {
            using (FileStream stream = Begin(Folder(file), shared: true))
            {
                beside = stream.Name;
                stream.Write(bytes);
                stream.Flush(flushToDisk: lasting);
            }
            File.Move(beside, file, overwrite: true);
        }
        catch
        {
            if (beside is not null) File.Delete(beside);
            throw;
        }
    }

    /// <summary>Makes a file where there is none; of several that try, on whatever machines, one does.</summary>
    /// <returns>False where it is there.</returns>
    internal static bool TryCreate(string file, byte[] bytes)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException e) when (FileFault.IsThere(e))
        {
            return false;
        }
        using (stream) stream.Write(bytes);
        return true;
    }

    /// <summary>Throws what writing a file of this folder would throw, and leaves nothing behind.</summary>
    internal static void Probe(string file)
    {
        using FileStream stream = Begin(Folder(file));
        File.Delete(stream.Name);
    }

    /// <summary>Takes away what runs that were killed while they wrote have left.</summary>
    /// <param name="folder">Where; links to other folders are not followed.</param>
    /// <param name="deep">Also below it.</param>
    /// <param name="locks">How the names of their locks end.</param>
    internal static void Sweep(string folder, bool deep, string locks)
    {
        var where = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = deep, IgnoreInaccessible = true };
        foreach (string left in Directory.EnumerateFiles(folder, "*", where).Where(file => IsTemporary(file) || file.EndsWith(locks, StringComparison.Ordinal)))
        {
            try
            {
                // Whoever still writes it holds its lock.
                using var stream = new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(left);
            }
            catch (Exception e) when (FileFault.Is(e))
            {
                // In use, or of another user: not ours to take away.
            }
        }
    }

    /// <summary>Whether a file is one that has not got its name yet.</summary>
    internal static bool IsTemporary(string file) =>
        Path.GetFileName(file.AsSpan()) is var name && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);

    private static FileStream Begin(string folder, bool shared = false)
    {
        // Windows renames an open file only where that is shared.
        FileShare share = shared ? FileShare.ReadWrite | FileShare.Delete : OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(Path.Combine(folder, $"{Prefix}{Guid.NewGuid():n}{Suffix}"), FileMode.CreateNew, FileAccess.Write, share);
            }
            catch (IOException e) when (FileFault.IsLocked(e) && tries < Tries)
            {
                // Another run swept it away between its making and its locking.
            }
        }
    }

    private static string Folder(string file) => Path.GetDirectoryName(Path.GetFullPath(file)) ?? throw new IOException($"{file} is no file");
}
