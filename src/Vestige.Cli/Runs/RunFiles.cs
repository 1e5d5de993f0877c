using Vestige.Compressors;
using Vestige.Results;

namespace Vestige.Cli.Runs;

/// <summary>What an audit writes: results whole or not at all, a journal as it goes, things to look at. Checked before the work.</summary>
internal sealed class RunFiles : IDisposable
{
    internal const string ResultName = "results.json";
    private const string JournalName = "journal";

    private readonly List<string> _results = [];
    private readonly string? _folder;
    private bool _itemsBegun;

    /// <summary>Prepares the places asked for.</summary>
    /// <param name="json">A file, or null.</param>
    /// <param name="folder">A folder, made where it is missing; null for none, and the journal is then a temporary one.</param>
    /// <param name="sources">What is audited: a folder inside it would be audited too.</param>
    /// <exception cref="DataException">A place cannot be written to, or another process writes there.</exception>
    /// <exception cref="UsageException">The folder is inside a source.</exception>
    internal RunFiles(string? json, string? folder, IEnumerable<string> sources)
    {
        if (folder is not null && sources.FirstOrDefault(source => IsInside(folder, source)) is { } around)
            throw new UsageException($"--out {folder} is inside {around}: what is written there would be audited too; give a folder outside");
        _folder = folder;
        if (json is not null) Prepare("--json", json, Path.GetDirectoryName(Path.GetFullPath(json)) ?? "/");
        if (folder is not null) Prepare("--out", Path.Combine(folder, ResultName), Path.GetFullPath(folder));
        Journal = folder is null ? JournalFile.Temporary() : JournalFile.Open(Path.Combine(folder, JournalName));
    }

    internal JournalFile Journal { get; }

    /// <summary>Where models are kept; null without a folder.</summary>
    internal IShelf? Shelf => _folder is null ? null : new ModelShelf(Path.Combine(_folder, "models"));

    /// <summary>Writes the result to all places.</summary>
    /// <exception cref="DataException">A disk is full or gone; what stood there before still stands.</exception>
    internal void Write(AuditResult result) => Write(ResultJson.ToUtf8(result));

    /// <summary>Writes a set of results to all places.</summary>
    /// <exception cref="DataException">A disk is full or gone; what stood there before still stands.</exception>
    internal void Write(AuditSet set) => Write(ResultJson.ToUtf8(set));

    private void Write(byte[] bytes)
    {
        foreach (string file in _results) Write(file, bytes);
    }

    /// <summary>Writes a file of an exhibit into the folder.</summary>
    /// <param name="path">Relative to the folder.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="DataException">It cannot be written.</exception>
    internal void SaveExhibit(string path, byte[] content)
    {
        string file = Path.Combine(_folder!, path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{file} cannot be written: {e.Message}");
        }
        Write(file, content);
    }

    /// <summary>Adds the figures of a source's documents to the folder's; the first source of a run begins anew.</summary>
    /// <exception cref="DataException">They cannot be written.</exception>
    internal void SaveItems(string source, IEnumerable<ItemFigure> items)
    {
        byte[]? before = _itemsBegun ? File.ReadAllBytes(Path.Combine(_folder!, ItemsFile.Name)) : null;
        _itemsBegun = true;
        Guarded(Path.Combine(_folder!, ItemsFile.Name), file => AtomicFile.Write(file, stream =>
        {
            if (before is null) ItemsFile.WriteHead(stream);
            else stream.Write(before);
            ItemsFile.Write(stream, source, items);
        }));
    }

    public void Dispose() => Journal.Dispose();

    private sealed class ModelShelf(string folder) : IShelf
    {
        public string? Find(string name) => File.Exists(At(name)) ? At(name) : null;

        public void Keep(string name, Action<Stream> write)
        {
            Guarded(folder, path => Directory.CreateDirectory(path));
            Guarded(At(name), file => AtomicFile.Write(file, write));
        }

        public void Drop(string name) => Guarded(At(name), File.Delete);

        private string At(string name) => Path.Combine(folder, name);
    }

    private static void Write(string file, byte[] content) => Guarded(file, name => AtomicFile.Write(name, content));

    private static void Guarded(string file, Action<string> write)
    {
        try
        {
            write(file);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{file} could not be written: {e.Message}");
        }
    }

    private void Prepare(string option, string file, string folder)
    {
        try
        {
            if (Directory.Exists(file)) throw new DataException($"{option} {file} is a folder; name a file");
            Directory.CreateDirectory(folder);
            AtomicFile.Probe(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DataException($"{option} {file} cannot be written: {e.Message}");
        }
        _results.Add(file);
    }

    private static bool IsInside(string folder, string source)
    {
        string around = Path.GetFullPath(source).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return (Path.GetFullPath(folder) + Path.DirectorySeparatorChar).StartsWith(around, StringComparison.Ordinal);
    }
}
