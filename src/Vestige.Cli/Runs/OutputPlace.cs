using Vestige.Cli.Faults;
using Vestige.Files.Interop;
using Vestige.Results;

namespace Vestige.Cli.Runs;

/// <summary>The one way to write: a file or a folder of the user's choice, checked before the work, in which every file is written whole or not
/// at all and none is written to that the run reads, by whatever name.</summary>
/// <remarks>Files of a folder may be written from several threads.</remarks>
internal sealed class OutputPlace : IDisposable
{
    private const string LockSuffix = ".vestige-lock";

    private readonly Lock _lock = new();
    private readonly HashSet<string> _ready = [];
    private readonly Inputs _inputs;
    private readonly string _option;
    private readonly bool _stream;
    private FileStream? _claim;

    private OutputPlace(string option, string path, Inputs inputs, bool stream = false) => (_option, Path, _inputs, _stream) = (option, path, inputs, stream);

    /// <summary>The file or folder, as the user named it.</summary>
    internal string Path { get; }

    private string Named => $"{_option} {Path}";

    /// <summary>A file. Until the place is disposed of, no other run writes to it.</summary>
    /// <param name="option">What the user named it with: "--json".</param>
    /// <param name="path">The file. A pipe and a device such as <c>/dev/stdout</c> are written to as they are.</param>
    /// <param name="inputs">What the run reads.</param>
    /// <param name="kind">What will be written; of what is there already, nothing else is written over.</param>
    /// <param name="makeFolder">Makes the folder that it is in.</param>
    /// <exception cref="DataException">It cannot be written, or another run is writing it.</exception>
    /// <exception cref="UsageException">It is an input, or inside one, or something else is there.</exception>
    internal static OutputPlace File(string option, string path, Inputs inputs, OwnFile kind, bool makeFolder = true)
    {
        FileKind? stands = FileFacts.Of(path)?.Kind;
        var place = new OutputPlace(option, path, inputs, stands is FileKind.Pipe or FileKind.Device || (stands is FileKind.File && IsStream(path)));
        if (stands is FileKind.Folder) throw new DataException($"{place.Named} is a folder; name a file");
        if (stands is FileKind.Disk or FileKind.Other) throw new DataException($"{place.Named} is a disk or a socket; name a file");
        inputs.Refuse(place.Named, path);
        if (place._stream) return place;
        kind.Refuse(place.Named, path);
        place.Guard(() => place.Claim(makeFolder));
        return place;
    }

    /// <summary>A folder, made where it is missing.</summary>
    /// <param name="option">What the user named it with: "--out".</param>
    /// <param name="path">The folder.</param>
    /// <param name="inputs">What the run reads.</param>
    /// <param name="shared">Whether other machines write there at the same time: what is half written may be theirs, and is left.</param>
    /// <param name="any">Whether it may hold anything: who writes there sees to it that nothing of others is written over.</param>
    /// <exception cref="DataException">It cannot be written to.</exception>
    /// <exception cref="UsageException">It is an input, or inside one, or vestige did not make what it holds.</exception>
    internal static OutputPlace Folder(string option, string path, Inputs inputs, bool shared = false, bool any = false)
    {
        var place = new OutputPlace(option, path, inputs);
        inputs.Refuse(place.Named, path);
        if (FileFacts.Of(path)?.Kind is not (null or FileKind.Folder)) throw new DataException($"{place.Named} is no folder; name a new or an empty one");
        place.Guard(() =>
        {
            bool isNew = !any && OwnFolder.Refuse(place.Named, path);
            Directory.CreateDirectory(path);
            string file = System.IO.Path.Combine(path, "any");
            AtomicFile.Probe(file);
            if (!shared) AtomicFile.Sweep(path, deep: true, LockSuffix);
            if (isNew) OwnFolder.Mark(path);
        });
        return place;
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="DataException">A disk is full or gone; what stood there before still stands.</exception>
    internal void Write(byte[] content) => Write(stream => stream.Write(content));

    /// <summary>Writes the file.</summary>
    /// <exception cref="DataException">A disk is full or gone; what stood there before still stands.</exception>
    internal void Write(Action<Stream> write) => Put(Path, file =>
    {
        if (!_stream)
        {
            AtomicFile.Write(file, write);
            return;
        }
        // A name that is moved over a device, which root may do, would end it.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        write(stream);
    });

    /// <summary>Writes a file of the folder.</summary>
    /// <param name="name">Relative to the folder, with forward slashes.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="DataException">It cannot be written; what stood there before still stands.</exception>
    internal void Write(string name, byte[] content) => Write(name, stream => stream.Write(content));

    /// <summary>Writes a file of the folder.</summary>
    /// <param name="name">Relative to the folder, with forward slashes.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="DataException">It cannot be written; what stood there before still stands.</exception>
    internal void Write(string name, Action<Stream> write) => Put(At(name), file => AtomicFile.Write(file, write));

    /// <summary>The path of a file of the folder that may be written; the folders that it is in are made.</summary>
    /// <param name="name">Relative to the folder, with forward slashes.</param>
    /// <exception cref="DataException">Something on the way is a link, which would lead out of the folder, or a folder cannot be made.</exception>
    /// <exception cref="UsageException">It is an input, or inside one.</exception>
    internal string At(string name)
    {
        string[] parts = name.Split('/');
        if (parts.Any(part => part is "" or "." or "..")) throw new ArgumentException($"\"{name}\" does not stay in a folder.", nameof(name));
        string folder = Path;
        foreach (string part in parts.SkipLast(1))
        {
            folder = System.IO.Path.Combine(folder, part);
            lock (_lock)
            {
                if (!_ready.Add(folder)) continue;
                RefuseLink(folder);
                Put(folder, made => Directory.CreateDirectory(made));
            }
        }
        string file = System.IO.Path.Combine(folder, parts[^1]);
        if (FileFacts.Of(file)?.Kind is FileKind.Folder) throw new DataException($"{file} is a folder, and a file is to stand there: remove it, or give another {_option}");
        _inputs.Refuse(file, file);
        return file;
    }

    /// <summary>Checks before the work what will be written.</summary>
    /// <param name="name">A file, or a folder with a slash at its end, which is not made yet.</param>
    /// <exception cref="DataException">It cannot be written.</exception>
    /// <exception cref="UsageException">It is an input, or inside one.</exception>
    internal void Check(string name)
    {
        if (!name.EndsWith('/'))
        {
            At(name);
            return;
        }
        string folder = System.IO.Path.Combine(Path, name.TrimEnd('/'));
        RefuseLink(folder);
        if (FileFacts.Of(folder)?.Kind is not (null or FileKind.Folder))
            throw new DataException($"{folder} is no folder, and one is to stand there: " + $"remove it, or give another {_option}");
        _inputs.Refuse(folder, folder);
    }

    /// <summary>Whether a file is in the folder itself, whatever the folder is called.</summary>
    internal bool Holds(string file) =>
        System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file)) is { } around && FileFacts.Of(around)?.Identity is { } identity
            && identity == FileFacts.Of(Path)?.Identity;

    /// <summary>The same as <see cref="At"/> for a file that is opened where it stands, and not written anew.</summary>
    /// <exception cref="DataException">It is a link, a pipe or a device, or something on the way is a link.</exception>
    internal string ToOpen(string name)
    {
        string file = At(name);
        RefuseLink(file);
        return FileFacts.Of(file)?.Kind is null or FileKind.File ? file : throw new DataException($"{file} is no file: remove it, or give another {_option}");
    }

    public void Dispose()
    {
        _claim?.Dispose();
        _claim = null;
    }

    private void Claim(bool makeFolder)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "/";
        if (makeFolder) Directory.CreateDirectory(folder);
        AtomicFile.Probe(Path);
        AtomicFile.Sweep(folder, deep: false, LockSuffix);
        try
        {
            // What a killed run leaves of it has no lock any more, and is taken over.
            _claim = new FileStream(Path + LockSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (FileFault.IsLocked(e))
        {
            throw new DataException($"{Named} is being written by another run of vestige: wait for it, or name another file");
        }
    }

    private void RefuseLink(string path)
    {
        if (FileFacts.Of(path, follow: false)?.Kind is FileKind.Link)
            throw new DataException($"{path} is a link, and what is written into {Path} stays in it: remove the link, or give another {_option}");
    }

    private void Guard(Action prepare)
    {
        try
        {
            prepare();
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{Named} cannot be written: {e.Message}");
        }
    }

    private static void Put(string file, Action<string> write)
    {
        try
        {
            write(file);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{Names.Printable(file)} could not be written: {e.Message}") { IsOfPlace = true };
        }
    }

    // What a shell opened: it may well be a file, but its name is not to be moved over.
    private static bool IsStream(string path) =>
        System.IO.Path.GetFullPath(path) is var full && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal))
        && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
