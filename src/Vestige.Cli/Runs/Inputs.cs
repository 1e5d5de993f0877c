using Vestige.Cli.Faults;
using Vestige.Files;
using Vestige.Files.Interop;

namespace Vestige.Cli.Runs;

/// <summary>What a run reads: nothing of it is ever written to, nor anything put among it, by whatever name.</summary>
internal sealed class Inputs
{
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, RecurseSubdirectories = true, IgnoreInaccessible = true };

    private readonly List<Input> _inputs = [];

    /// <summary>One of them. What its files are is looked up once, where a file stands already that may be one of them by another name.</summary>
    private sealed record Input(string Path, FileFacts Facts)
    {
        /// <summary>Of a folder, the files that its links lead to.</summary>
        internal Lazy<HashSet<FileIdentity>> Linked { get; } = new(() => Files(Path, file => (file.Attributes & FileAttributes.ReparsePoint) != 0));

        internal Lazy<HashSet<FileIdentity>> All { get; } = new(() => Files(Path, _ => true));
    }

    /// <param name="paths">Files and folders; those that do not exist, and worlds, are passed over.</param>
    internal Inputs(IEnumerable<string> paths)
    {
        foreach (string path in paths.Select(path => SplitName.Of(path).Folder))
            if (FileFacts.Of(path) is { } facts) _inputs.Add(new Input(path, facts));
    }

    /// <summary>Nothing is read.</summary>
    internal static Inputs None { get; } = new([]);

    /// <summary>Refuses a place that is an input, or inside one.</summary>
    /// <param name="what">The place as the user knows it: "--json novel.txt".</param>
    /// <param name="place">Its path; it need not exist.</param>
    /// <exception cref="UsageException">It is.</exception>
    internal void Refuse(string what, string place)
    {
        if (_inputs.Count == 0) return;
        FileFacts? stands = FileFacts.Of(place);
        HashSet<FileIdentity> around = [.. FileFacts.Around(Nearest(place))];
        if (stands is { Kind: FileKind.Folder }) around.UnionWith(FileFacts.Around(place));
        if (Target(place) is { } target) around.UnionWith(FileFacts.Around(Nearest(target)));
        foreach (Input input in _inputs)
        {
            if (input.Facts.Kind != FileKind.Folder && input.Facts.Identity == stands?.Identity)
                throw new UsageException($"{what} is {(input.Path == place ? "an input" : "the same file as " + input.Path)}, which is read and never "
                    + $"written to; name another place");
            if (input.Facts.Kind == FileKind.Folder && around.Contains(input.Facts.Identity))
                throw new UsageException($"{what} is inside {input.Path}, which is read: what is written there would be taken for data; name a place outside");
            if (input.Facts.Kind == FileKind.Folder && stands is { Kind: FileKind.File } file && IsAmong(input, file))
                throw new UsageException($"{what} is the same file as one of {input.Path}, which is read and never written to; name another place");
        }
    }

    /// <summary>Whether a file is one of a folder by another name: a hard link, or where a link of the folder leads.</summary>
    private static bool IsAmong(Input folder, FileFacts file) =>
        folder.Linked.Value.Contains(file.Identity) || (file.Names > 1 && folder.All.Value.Contains(file.Identity));

    private static HashSet<FileIdentity> Files(string folder, Predicate<FileInfo> which)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles("*", s_everything).Where(file => which(file))
                .Select(file => FileFacts.Of(file.FullName)?.Identity).OfType<FileIdentity>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A source that cannot be listed cannot be read either, and is refused where it is opened.
            return [];
        }
    }

    /// <summary>Where a link leads in the end; null for what is none.</summary>
    private static string? Target(string place)
    {
        try
        {
            return new FileInfo(place).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The folder that the place is in or, while that is missing, the nearest around it.</summary>
    private static string Nearest(string place)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(place));
        while (folder is not null && !Directory.Exists(folder)) folder = Path.GetDirectoryName(folder);
        return folder ?? Path.GetPathRoot(Path.GetFullPath(place))!;
    }
}
