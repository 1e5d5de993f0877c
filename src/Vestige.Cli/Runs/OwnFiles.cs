using Vestige.Cli.Faults;
using Vestige.Files.Interop;
using Vestige.Results;

namespace Vestige.Cli.Runs;

/// <summary>A kind of file that vestige writes, told by how it begins. A file that is there already is written over only where it is of the kind that would be
/// written: anything else may be the only copy of something.</summary>
/// <param name="What">In words.</param>
/// <param name="Is">Whether a file that begins so (or, if it is shorter, all of it) is of the kind.</param>
internal sealed record OwnFile(string What, OwnFile.Beginning Is)
{
    // Results say what wrote them early, after the words of their command line.
    private const int HeadBytes = 1 << 16;

    internal delegate bool Beginning(ReadOnlySpan<byte> head);

    /// <summary>Results of audits, inspections and studies, of any version.</summary>
    internal static OwnFile Result { get; } = new("result of vestige", head => IsObject(head) && Holds(head, "\"schema\""u8) && Holds(head, "\"vestige\""u8));

    /// <summary>Text models and what is kept while they train.</summary>
    internal static OwnFile Model { get; } = new("model of vestige", head => head.StartsWith("vestige."u8)
        || (head.Length > 8 && IsObject(head[8..]) && Holds(head, "vestige.transformer"u8)));

    internal static OwnFile Prior { get; } = new("prior of vestige", head => head.StartsWith("vestige prior "u8));

    internal static OwnFile Gguf { get; } = new("GGUF file", head => head.StartsWith("GGUF"u8));

    internal static OwnFile Coded { get; } = new("file that vestige encode wrote", head => head.StartsWith("vestige.coded\0"u8));

    internal static OwnFile Page { get; } = new("page of vestige", head => Holds(head, "<title>Vestige"u8));

    /// <summary>What may be of any content, so that nothing tells that it is ours.</summary>
    internal static OwnFile Unknown { get; } = new("", _ => false);

    /// <summary>Refuses a place where something else stands; an empty file is nothing.</summary>
    /// <param name="named">The place as the user knows it: "--json novel.txt".</param>
    /// <param name="path">Its path; it need not exist.</param>
    /// <exception cref="UsageException">Something else stands there.</exception>
    internal void Refuse(string named, string path)
    {
        if (FileFacts.Of(path)?.Kind is not FileKind.File || HeadOf(path) is { } head && (head.Length == 0 || Is(head))) return;
        throw new UsageException($"{named} is there already{(What.Length > 0 ? $" and is no {What}" : "")}: it is left as it is; name another file, or remove it");
    }

    /// <summary>How a file begins; null where it cannot be read.</summary>
    internal static byte[]? HeadOf(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] head = new byte[Math.Min(HeadBytes, stream.Length)];
            return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            return null;
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> head) => head.StartsWith("{"u8);

    private static bool Holds(ReadOnlySpan<byte> head, ReadOnlySpan<byte> word) => head.IndexOf(word) >= 0;
}

/// <summary>Which folders vestige may write into: new and empty ones, and those that it made. Their files have fixed names, which others use too.</summary>
internal static class OwnFolder
{
    /// <summary>The file that says so, from the first moment on.</summary>
    internal const string MarkName = ".vestige";

    // By which the folders of older versions are known.
    private static readonly (string Name, OwnFile.Beginning Is)[] s_signs =
    [
        (JournalFile.Name, JournalFile.Is), (ResultFiles.ResultName, head => OwnFile.Result.Is(head)), (Studies.StudyFolder.ResultName, head => OwnFile.Result.Is(head)),
        (Studies.StudyFolder.PlanName, head => head.StartsWith("vestige "u8)), (Fleet.Leases.FleetFolder.PlanName, head => head.StartsWith("{\"Arguments\":["u8)),
    ];

    // What systems put everywhere.
    private static readonly string[] s_others = ["lost+found", "Thumbs.db", "desktop.ini"];

    /// <summary>Refuses a folder that holds what others put there.</summary>
    /// <param name="named">The folder as the user knows it: "--out photos".</param>
    /// <param name="path">Its path; it need not exist.</param>
    /// <returns>Whether it is to be marked: nothing says yet that it is ours.</returns>
    /// <exception cref="UsageException">It holds something, and vestige did not make it.</exception>
    internal static bool Refuse(string named, string path)
    {
        if (IsOwn(path)) return false;
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)!).Where(IsSomething(path))
            .Order(StringComparer.Ordinal).FirstOrDefault() is { } found)
            throw new UsageException($"{named} holds {Names.Printable(found)} and was not made by vestige, which would write over "
                + "what stands there: name a new or an empty folder");
        return true;
    }

    /// <summary>Whether vestige made a folder.</summary>
    internal static bool IsOwn(string path) => IsFile(Path.Combine(path, MarkName)) || Array.Exists(s_signs, sign => Path.Combine(path, sign.Name) is var file
        && IsFile(file) && OwnFile.HeadOf(file) is { } head && sign.Is(head));

    /// <summary>Says that a folder is ours.</summary>
    internal static void Mark(string path) => AtomicFile.TryCreate(Path.Combine(path, MarkName), "vestige made this folder and writes over its files\n"u8.ToArray());

    // Hidden files are of systems and of versions; an empty journal is of a run of an older version that was stopped at once.
    private static Func<string, bool> IsSomething(string path) => name => !name.StartsWith('.') && !s_others.Contains(name)
        && !(name == JournalFile.Name && IsFile(Path.Combine(path, name)) && new FileInfo(Path.Combine(path, name)).Length == 0);

    private static bool IsFile(string path) => FileFacts.Of(path, follow: false)?.Kind is FileKind.File;
}
