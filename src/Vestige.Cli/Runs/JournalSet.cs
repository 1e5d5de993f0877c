using Vestige.Audits.Documents;
using Vestige.Cli.Faults;

namespace Vestige.Cli.Runs;

/// <summary>The journal of this process, and beside it those that other processes left in a folder: what stands in any of them is done.</summary>
/// <param name="own">Where this process writes; disposed of with the set.</param>
/// <param name="folder">Where the others stand; it need not exist.</param>
internal sealed class JournalSet(JournalFile own, string folder) : IJournal, IDisposable
{
    /// <summary>The folder of workers' journals in a folder of results, and how their names end.</summary>
    internal const string FolderName = "journals/", Extension = ".journal";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, JournalFile> _known = [];

    // Replaced as a whole, so that it is read without a lock.
    private volatile JournalFile[] _others = [];

    /// <summary>Takes up what others have written until now.</summary>
    /// <exception cref="DataException">One of them cannot be read.</exception>
    internal void TakeUp()
    {
        lock (_lock)
        {
            foreach (JournalFile other in _others) other.LoadMore();
            if (!Directory.Exists(folder)) return;
            foreach (string file in Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal))
                if (Path.GetFullPath(file) != own.Place && !_known.ContainsKey(file)) _known.Add(file, JournalFile.OpenToRead(file));
            _others = [.. _known.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];
        }
    }

    /// <summary>Has all that this process wrote on the disk.</summary>
    internal void Flush() => own.Flush();

    public bool Contains(UInt128 key)
    {
        if (own.Contains(key)) return true;
        foreach (JournalFile other in _others)
            if (other.Contains(key)) return true;
        return false;
    }

    public byte[]? Read(UInt128 key, int most = int.MaxValue)
    {
        if (own.Read(key, most) is { } record) return record;
        foreach (JournalFile other in _others)
            if (other.Read(key, most) is { } theirs) return theirs;
        return null;
    }

    public void Write(UInt128 key, ReadOnlySpan<byte> record)
    {
        if (!Contains(key)) own.Write(key, record);
    }

    public void Dispose()
    {
        own.Dispose();
        foreach (JournalFile other in _others) other.Dispose();
    }
}
