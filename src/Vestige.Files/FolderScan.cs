using Vestige.Results;

namespace Vestige.Files;

/// <summary>A file that was taken.</summary>
/// <param name="Name">Relative to the folder, with forward slashes.</param>
/// <param name="Path">For opening it.</param>
/// <param name="Bytes">Its size; of what it leads to, if it is a link.</param>
/// <param name="Fault">Why it cannot be used, if that is known without opening it.</param>
internal sealed record FoundFile(string Name, string Path, long Bytes, string? Fault)
{
    /// <summary>When its content was last changed, in ticks of UTC; 0 with a fault.</summary>
    internal long Modified { get; init; }
}

/// <summary>The files below a folder.</summary>
/// <param name="Files">Those that were taken, by name, ordinally.</param>
/// <param name="Ignored">How many others there are.</param>
/// <param name="Notices">Folders passed over.</param>
internal sealed record FolderScan(IReadOnlyList<FoundFile> Files, int Ignored, IReadOnlyList<string> Notices)
{
    /// <summary>Kinds of passed over files that are named.</summary>
    private const int MostKinds = 8;

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
            IEnumerable<string> words = kinds.Take(MostKinds).Select(kind => kind.Key.Length > 0 ? $"{kind.Value} {Names.Printable(kind.Key)}" : $"{kind.Value} without one");
            return $"{Ignored} {(Ignored == 1 ? "file was" : "files were")} passed over, whose extension is none that is read: "
                + $"{string.Join(", ", words)}{(others > 0 ? $", {others} others" : "")}";
        }
    }

    /// <summary>The same without some of the files.</summary>
    /// <param name="which">Those.</param>
    /// <param name="why">Why they are left out, for the user.</param>
    internal FolderScan Without(Predicate<FoundFile> which, string why) => this with
    {
        Files = [.. Files.Where(file => !which(file))],
        Notices = [.. Notices, .. Files.Where(file => which(file)).Select(file => $"{Names.Printable(file.Name)} {why}")],
    };

    // Hidden files and those of the system count too: by default .NET passes them over, and the user's data would be fewer than he thinks.
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Lists a folder and what is below it, or a part of it (<see cref="SplitName"/>), or takes one file whatever its name.</summary>
    /// <param name="path">The folder, the folder and its part, or the file.</param>
    /// <param name="takes">Whether a file of this name, without its folder, is taken.</param>
    /// <exception cref="IOException">There is no such thing, or it cannot be listed; the message is for the user.</exception>
    internal static FolderScan Of(string path, Predicate<string> takes)
    {
        var named = SplitName.Of(path);
        FolderScan all = OfAll(named.Folder, takes);
        return named.Split is null ? all : all with { Files = named.Among(all.Files) };
    }

    private static FolderScan OfAll(string path, Predicate<string> takes)
    {
        if (!Directory.Exists(path))
        {
            var file = new FileInfo(path);
            if (!file.Exists && file.LinkTarget is null)
                throw new FileNotFoundException($"{Names.Printable(path)}: there is no such file or folder.");
            return new FolderScan([Examine(file, file.Name)], 0, []);
        }
        List<FoundFile> files = [];
        List<string> notices = [];
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var folders = new Stack<(DirectoryInfo Folder, string Prefix)>([(new DirectoryInfo(path), "")]);
        while (folders.TryPop(out (DirectoryInfo Folder, string Prefix) next))
        {
            try
            {
                foreach (FileSystemInfo entry in next.Folder.EnumerateFileSystemInfos("*", s_everything))
                {
                    string name = next.Prefix + entry.Name;
                    if (entry is DirectoryInfo folder)
                    {
                        if (folder.LinkTarget is null) folders.Push((folder, name + "/"));
                        else notices.Add($"{Names.Printable(name)}: a link to a folder, not followed");
                    }
                    else if (takes(entry.Name))
                    {
                        files.Add(Examine((FileInfo)entry, name));
                    }
                    else
                    {
                        string kind = Path.GetExtension(entry.Name).ToLowerInvariant();
                        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                    }
                }
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                if (next.Prefix.Length == 0) throw new IOException($"{Names.Printable(path)}: {Reason(error)}", error);
                notices.Add($"{Names.Printable(next.Prefix)}: {Reason(error)}");
            }
        }
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        notices.Sort(StringComparer.Ordinal);
        return new FolderScan(files, kinds.Values.Sum(), notices) { Kinds = kinds };
    }

    /// <summary>Why a file cannot be read, in words for the user.</summary>
    internal static string Reason(Exception error) => error is UnauthorizedAccessException
        ? "cannot be read: permission denied"
        : $"cannot be read: {error.Message}";

    // Pipes and devices have no length, so that they are never opened, which might wait for ever.
    private static FoundFile Examine(FileInfo file, string name)
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
        return new FoundFile(name, file.FullName, bytes, fault ?? (bytes == 0 ? "is empty (0 bytes)" : null))
        {
            Modified = fault is null ? target.LastWriteTimeUtc.Ticks : 0,
        };
    }
}
