using System.Globalization;
using System.Text;

namespace Vestige.Language.Sources;

/// <summary>A file that has a text's extension.</summary>
/// <param name="Name">Relative to the folder, with forward slashes, on one line.</param>
/// <param name="Path">For opening it.</param>
/// <param name="Bytes">Its size; of what it leads to, if it is a link.</param>
/// <param name="Fault">Why it cannot be used, if that is known without opening it.</param>
internal sealed record TextFile(string Name, string Path, long Bytes, string? Fault)
{
    private static readonly string[] s_extensions = [".txt", ".md", ".jsonl"];

    /// <summary>Whether a gzip stream must be unpacked first.</summary>
    internal bool IsPacked { get; } = IsPackedName(Name);

    /// <summary>Whether each line is a record.</summary>
    internal bool IsRecords { get; } = HasExtension(Unpacked(Name), ".jsonl");

    /// <summary>Whether a file of this name is taken from a folder.</summary>
    internal static bool IsText(string name) => s_extensions.Any(extension => HasExtension(Unpacked(name), extension));

    private static string Unpacked(string name) => IsPackedName(name) ? name[..^3] : name;

    private static bool IsPackedName(string name) => HasExtension(name, ".gz");

    private static bool HasExtension(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The texts below a folder.</summary>
/// <param name="Files">By name, ordinally.</param>
/// <param name="Ignored">Number of files that are no texts by their extension.</param>
/// <param name="Notices">Folders passed over.</param>
internal sealed record TextScan(IReadOnlyList<TextFile> Files, int Ignored, IReadOnlyList<string> Notices)
{
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Lists a folder and what is below it, or takes one file whatever its extension.</summary>
    /// <exception cref="IOException">There is no such thing, or it cannot be listed; the message is for the user.</exception>
    internal static TextScan Of(string path)
    {
        if (!Directory.Exists(path))
        {
            var file = new FileInfo(path);
            if (!file.Exists && file.LinkTarget is null) throw new FileNotFoundException($"{Printable(path)}: there is no such file or folder.");
            return new TextScan([Examine(file, file.Name)], 0, []);
        }
        List<TextFile> files = [];
        List<string> notices = [];
        int ignored = 0;
        var folders = new Stack<(DirectoryInfo Folder, string Prefix)>([(new DirectoryInfo(path), "")]);
        while (folders.TryPop(out (DirectoryInfo Folder, string Prefix) next))
        {
            try
            {
                foreach (FileSystemInfo entry in next.Folder.EnumerateFileSystemInfos("*", s_everything))
                {
                    string name = next.Prefix + entry.Name;
                    if (entry is FileInfo file)
                    {
                        if (TextFile.IsText(name)) files.Add(Examine(file, name));
                        else ignored++;
                    }
                    else if (entry.LinkTarget is null)
                    {
                        folders.Push(((DirectoryInfo)entry, name + "/"));
                    }
                    else
                    {
                        notices.Add($"{Printable(name)}: a link to a folder, not followed");
                    }
                }
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                if (next.Prefix.Length == 0) throw new IOException($"{Printable(path)}: {Reason(error)}", error);
                notices.Add($"{Printable(next.Prefix)}: {Reason(error)}");
            }
        }
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        notices.Sort(StringComparer.Ordinal);
        return new TextScan(files, ignored, notices);
    }

    /// <summary>Why a file cannot be read, in words for the user.</summary>
    internal static string Reason(Exception error) => error is UnauthorizedAccessException
        ? "cannot be read: permission denied"
        : $"cannot be read: {error.Message}";

    // Control characters as \n or \u001b, so that a file's name cannot write on the terminal.
    private static string Printable(string name)
    {
        if (!name.Any(char.IsControl)) return name;
        var text = new StringBuilder();
        foreach (char c in name)
        {
            if (c == '\n') text.Append("\\n");
            else if (char.IsControl(c)) text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(c);
        }
        return text.ToString();
    }

    // Pipes and devices have no length, so that they are never opened, which might wait for ever.
    private static TextFile Examine(FileInfo file, string name)
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
        return new TextFile(Printable(name), file.FullName, bytes, fault ?? (bytes == 0 ? "is empty (0 bytes)" : null));
    }
}
