using System.Text.RegularExpressions;
using Vestige.Results;

namespace Vestige.Files;

/// <summary>A part of a folder as data sets name their parts: <c>DIR:train</c> is every file of <c>data/train-00000-of-00002.parquet</c>, <c>train.jsonl.gz</c>,
/// <c>train/0001.txt</c>.</summary>
/// <param name="Folder">The folder, or what was named where it names no part.</param>
/// <param name="Split">Name of the part; null for all.</param>
internal readonly partial record struct SplitName(string Folder, string? Split)
{
    private const int MostNamed = 12;

    /// <summary>A path that stands for itself, or a folder and a part of it.</summary>
    internal static SplitName Of(string path)
    {
        int colon = path.LastIndexOf(':');
        if (colon <= 0 || colon == path.Length - 1 || path.AsSpan(colon).ContainsAny('/', '\\') || Path.Exists(path) || !Directory.Exists(path[..colon]))
            return new SplitName(path, null);
        return new SplitName(path[..colon], path[(colon + 1)..]);
    }

    /// <summary>Which files are of the part: called so but for numbers, or in a folder called so; where there are none, with its name as a word of theirs.</summary>
    /// <param name="scan">All files of the folder.</param>
    /// <exception cref="FileNotFoundException">There are none; the message names the parts that there are.</exception>
    internal Predicate<string> Among(FolderScan scan)
    {
        if (Split is not { } split) return _ => true;
        bool IsCalled(string name) => Parts(name).Contains(split, StringComparer.OrdinalIgnoreCase);
        bool IsWord(string name) => Path.GetFileName(name).Split('-', '_', '.', ' ').Contains(split, StringComparer.OrdinalIgnoreCase);
        if (scan.Names.Any(IsCalled)) return IsCalled;
        if (scan.Names.Any(IsWord)) return IsWord;
        string[] there = [.. scan.Names.Select(name => Parts(name)[^1]).Distinct().Order(StringComparer.Ordinal)];
        throw new FileNotFoundException($"{Names.Printable(Folder)}: no file of it is of the part \"{split}\"; there {(there.Length == 0 ? "are none that are read"
            : "are " + string.Join(", ", there.Take(MostNamed).Select(Names.Printable)) + (there.Length > MostNamed ? $" and {there.Length - MostNamed} more" : ""))}.");
    }

    // The folders that it is in, and its name without extensions and numbers.
    private static string[] Parts(string name)
    {
        string[] parts = name.Split('/');
        string stem = parts[^1].Split('.')[0];
        string bare = Numbers().Replace(stem, "");
        parts[^1] = bare.Length > 0 ? bare : stem;
        return parts;
    }

    [GeneratedRegex("([-_]?[0-9]+-of-[0-9]+|[-_]?[0-9]+)$")]
    private static partial Regex Numbers();
}
