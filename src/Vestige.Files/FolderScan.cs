using System.Globalization;
using Vestige.Compressors;
using Vestige.Files.Interop;

namespace Vestige.Files;

/// <summary>A file that was taken.</summary>
/// <param name="Name">Relative to the folder, with forward slashes.</param>
/// <param name="Root">The folder, in full: of a file by itself the one that it stands in.</param>
/// <param name="Bytes">Its size; of what it leads to, if it is a link.</param>
/// <param name="Fault">Why it cannot be used, if that is known without opening it.</param>
internal sealed record FoundFile(string Name, string Root, long Bytes, string? Fault)
{
    /// <summary>When its content was last changed, in ticks of UTC; 0 with a fault.</summary>
    internal long Modified { get; init; }

    /// <summary>For opening it. Made when asked for: a folder may have millions of files.</summary>
    internal string Path => System.IO.Path.Join(Root, Name);
}

/// <summary>The files below a folder. Of more than so many only their number is kept, and the folder is gone through again by whoever wants them.</summary>
internal sealed class FolderScan
{
    /// <summary>Kinds of passed over files that are named.</summary>
    private const int MostKinds = 8;

    /// <summary>Files from one report of progress to the next.</summary>
    private const int EachReport = 1024;

    private readonly IReadOnlyList<FoundFile>? _files;
    private readonly IEnumerable<Entry> _walk;
    private readonly string _root;
    private readonly int _most;

    /// <summary>A file as a folder lists it, before anything is asked about it.</summary>
    private readonly record struct Entry(FileInfo File, string Name);

    private FolderScan(IEnumerable<Entry> walk, string root, int most, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        (_walk, _root, _most) = (walk, root, most);
        List<FoundFile>? files = [];
        foreach (Entry entry in walk)
        {
            if (++Count > most) files = null;
            if (Count % EachReport == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new WorkProgress("listing files", double.NaN) { Detail = string.Create(CultureInfo.InvariantCulture, $"{Count:#,0} so far") });
            }
            files?.Add(Examine(entry.File, root, entry.Name));
        }
        files?.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        _files = files;
    }

    /// <summary>How many were taken.</summary>
    internal int Count { get; }

    /// <summary>Those that were taken: by name, ordinally; in no order where there are more than were to be kept.</summary>
    internal IEnumerable<FoundFile> Files => _files ?? _walk.Select(entry => Examine(entry.File, _root, entry.Name));

    /// <summary>The same as a list; null where there are more than were to be kept.</summary>
    internal IReadOnlyList<FoundFile>? Listed => _files;

    /// <summary>Their names.</summary>
    internal IEnumerable<string> Names => _files?.Select(file => file.Name) ?? _walk.Select(entry => entry.Name);

    /// <summary>How many others there are.</summary>
    internal int Ignored => Kinds.Values.Sum();

    /// <summary>Folders passed over, and what else is to be said.</summary>
    internal IReadOnlyList<string> Notices { get; private init; } = [];

    /// <summary>How many of those that were not taken have which extension, with its dot, in small letters; "" for none.</summary>
    internal IReadOnlyDictionary<string, int> Kinds { get; private init; } = new Dictionary<string, int>();

    /// <summary>What was passed over, in words: "12 files were passed over, whose extensions are none that are read: 9 .txt, 3 without one"; null for nothing.</summary>
    internal string? Passed
    {
        get
        {
            if (Ignored == 0) return null;
            (string Key, int Value)[] kinds = [.. Kinds.OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => (kind.Key, kind.Value))];
            int others = kinds.Skip(MostKinds).Sum(kind => kind.Value);
            IEnumerable<string> words = kinds.Take(MostKinds)
                .Select(kind => kind.Key.Length > 0 ? $"{kind.Value} {Results.Names.Printable(kind.Key)}" : $"{kind.Value} without one");
            return $"{Ignored} {(Ignored == 1 ? "file was" : "files were")} passed over, whose extension is none that is read: "
                + $"{string.Join(", ", words)}{(others > 0 ? $", {others} others" : "")}";
        }
    }

    // Hidden files and those of the system count too: by default .NET passes them over, and the user's data would be fewer than he thinks.
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Lists a folder and what is below it, or a part of it (<see cref="SplitName"/>), or takes one file whatever its name.</summary>
    /// <param name="path">The folder, the folder and its part, or the file.</param>
    /// <param name="takes">Whether a file of this name, without its folder, is taken.</param>
    /// <param name="most">Files that are kept in memory; of more only the number is.</param>
    /// <param name="progress">How many there are so far.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="IOException">There is no such thing, or it cannot be listed; the message is for the user.</exception>
    internal static FolderScan Of(
        string path, Predicate<string> takes, int most = int.MaxValue, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        var named = SplitName.Of(path);
        FolderScan all = OfAll(named.Folder, takes, most, progress, cancel);
        return named.Split is null ? all : all.Where(named.Among(all));
    }

    /// <summary>The same with a part of the files.</summary>
    /// <param name="which">Which, by their names.</param>
    /// <param name="why">Why the others are left out, for the user; null where that need not be said.</param>
    internal FolderScan Where(Predicate<string> which, string? why = null) => new(_walk.Where(entry => which(entry.Name)), _root, _most)
    {
        Kinds = Kinds,
        Notices = why is null ? Notices : [.. Notices, .. Names.Where(name => !which(name)).Select(name => $"{Results.Names.Printable(name)} {why}")],
    };

    /// <summary>What is now there of a file that was found before.</summary>
    /// <param name="root">Its folder, in full.</param>
    /// <param name="name">Its name in there.</param>
    internal static FoundFile Again(string root, string name) => Examine(new FileInfo(Path.Join(root, name)), root, name);

    /// <summary>The folder that a source is in, in full: what names of its files are relative to.</summary>
    internal static string RootOf(string path) => Path.GetFullPath(SplitName.Of(path).Folder);

    private static FolderScan OfAll(string path, Predicate<string> takes, int most, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        if (!Directory.Exists(path))
        {
            var file = new FileInfo(path);
            if (!file.Exists && file.LinkTarget is null)
                throw new FileNotFoundException($"{Results.Names.Printable(path)}: there is no such file or folder.");
            return new FolderScan([new Entry(file, file.Name)], Path.GetDirectoryName(file.FullName)!, 1);
        }
        List<string> notices = [];
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        // What is passed over is noted the first time.
        bool isFirst = true;
        IEnumerable<Entry> walk = Walk(path, takes, (text, kind) =>
        {
            if (!isFirst) return;
            if (text is not null) notices.Add(text);
            if (kind is not null) kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        });
        var scan = new FolderScan(walk, Path.GetFullPath(path), most, progress, cancel) { Kinds = kinds, Notices = notices };
        isFirst = false;
        notices.Sort(StringComparer.Ordinal);
        return scan;
    }

    /// <summary>Goes through a folder: what is taken.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="takes">Whether a file of this name is taken.</param>
    /// <param name="passed">Takes what is not: a sentence, or the extension of a file.</param>
    private static IEnumerable<Entry> Walk(string path, Predicate<string> takes, Action<string?, string?> passed)
    {
        var folders = new Stack<(DirectoryInfo Folder, string Prefix)>([(new DirectoryInfo(path), "")]);
        while (folders.TryPop(out (DirectoryInfo Folder, string Prefix) next))
        {
            using IEnumerator<FileSystemInfo>? entries = Begin(next.Folder, next.Prefix);
            while (entries is not null && Next(entries, next.Prefix) is { } entry)
            {
                string name = next.Prefix + entry.Name;
                if (entry is DirectoryInfo folder)
                {
                    if (folder.LinkTarget is null) folders.Push((folder, name + "/"));
                    else passed($"{Results.Names.Printable(name)}: a link to a folder, not followed", null);
                }
                else if (takes(entry.Name)) yield return new Entry((FileInfo)entry, name);
                else passed(null, Path.GetExtension(entry.Name).ToLowerInvariant());
            }
        }

        IEnumerator<FileSystemInfo>? Begin(DirectoryInfo folder, string prefix) => Try(() => folder.EnumerateFileSystemInfos("*", s_everything).GetEnumerator(), prefix);

        FileSystemInfo? Next(IEnumerator<FileSystemInfo> entries, string prefix) => Try(() => entries.MoveNext() ? entries.Current : null, prefix);

        T? Try<T>(Func<T?> what, string prefix)
            where T : class
        {
            try
            {
                return what();
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                if (prefix.Length == 0) throw new IOException($"{Results.Names.Printable(path)}: {Reason(error)}", error);
                passed($"{Results.Names.Printable(prefix)}: {Reason(error)}", null);
                return null;
            }
        }
    }

    /// <summary>Why a file cannot be read, in words for the user.</summary>
    internal static string Reason(Exception error) => error is UnauthorizedAccessException
        ? "cannot be read: permission denied"
        : $"cannot be read: {error.Message}";

    // Pipes and devices have no length, so that they are never opened, which might wait for ever.
    private static FoundFile Examine(FileInfo file, string root, string name)
    {
        FileInfo target = file;
        string? fault = null;
        try
        {
            if (file.LinkTarget is not null) target = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
            if (!target.Exists) fault = name.Contains('\uFFFD') ? "cannot be read: its name is not valid UTF-8" : "is a broken link";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fault = error is IOException && file.LinkTarget is not null ? "is a link that leads nowhere" : Reason(error);
        }
        long bytes = fault is null ? target.Length : 0;
        return new FoundFile(name, root, bytes, fault ?? (bytes > 0 ? null
            : FileFacts.Of(target.FullName)?.Kind is null or FileKind.File ? "is empty (0 bytes)" : "is no regular file but a pipe or a device"))
        {
            Modified = fault is null ? target.LastWriteTimeUtc.Ticks : 0,
        };
    }
}
