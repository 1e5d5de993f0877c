using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vestige.Results;

namespace Vestige.Images.Sources;

/// <summary>Which images are dealt together: those of a folder, and those of folders that share one byte for byte, which is dealt once and would else stand in
/// another sample than the rest of what it belongs to.</summary>
internal sealed class PictureGroups
{
    private readonly Dictionary<UInt128, FoundPicture> _firstOf = [];

    // Of folders that were joined with one that comes before.
    private readonly Dictionary<string, string> _joined = new(StringComparer.Ordinal);
    private (string Of, string Is)? _example;

    internal PictureGroups(IReadOnlyList<FoundPicture> files)
    {
        foreach (FoundPicture file in files)
        {
            if (file.Content == 0 || FolderOf(file) is not { Length: > 0 } folder || _firstOf.TryAdd(file.Content, file)) continue;
            FoundPicture first = _firstOf[file.Content];
            string one = Root(FolderOf(first)), other = Root(folder);
            if (one == other) continue;
            _joined[other] = one;
            _example ??= (file.File.Name, first.File.Name);
        }
    }

    /// <summary>The group of a file; 0 for one that stands alone.</summary>
    internal UInt128 Of(FoundPicture file) => FolderOf(file) is { Length: > 0 } folder ? Hash(Root(folder))
        : file.Content != 0 && _firstOf.TryGetValue(file.Content, out FoundPicture first) ? Hash(Root(FolderOf(first))) : 0;

    /// <summary>That folders were joined; null where none were.</summary>
    internal string? Notice(string name)
    {
        if (_example is not { } example) return null;
        int groups = _joined.Values.Select(Root).Distinct().Count();
        return string.Create(CultureInfo.InvariantCulture, $"{_joined.Count + groups} folders of {name} share images byte for byte ({Names.Printable(example.Of)} is "
            + $"{Names.Printable(example.Is)}) and are dealt as "
            + $"{groups} {(groups == 1 ? "group" : "groups")}; an image that says nothing of what it stands with, as an empty frame, is better taken out");
    }

    private static string FolderOf(FoundPicture file) => Path.GetDirectoryName(file.File.Name) ?? "";

    private string Root(string folder)
    {
        string root = folder;
        while (_joined.TryGetValue(root, out string? next)) root = next;
        // Later ways are short.
        while (folder != root)
        {
            string next = _joined[folder];
            _joined[folder] = root;
            folder = next;
        }
        return root;
    }

    private static UInt128 Hash(string folder) => PictureScan.Truncate(SHA256.HashData(Encoding.UTF8.GetBytes(folder)));
}
