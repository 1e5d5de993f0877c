using System.Globalization;
using Vestige.Numerics;
using Vestige.Results;

namespace Vestige.Exhibits;

/// <summary>Turns items into files for a person to look at.</summary>
public interface IExhibitor<in TItem>
{
    /// <summary>The extension of its files, with the dot: ".png".</summary>
    string Extension { get; }

    /// <summary>An item and what became of it, to be laid one over another: the original, the reconstruction, maps of what was lost and of what was
    /// invented; all of one size, and of the same part where the whole is too large.</summary>
    /// <returns>Labels (<see cref="ExhibitFile"/>) and files, and what they do not show of the item, or null where they show all.</returns>
    (IReadOnlyList<(string Label, byte[] File)> Files, string? Remark) Layers(TItem original, TItem reconstruction);

    /// <summary>One item by itself.</summary>
    byte[] Show(TItem item);

    /// <summary>Parts of items beside and below each other.</summary>
    /// <param name="rows">Rows of parts; the first of each stands apart from the others, with which it is to be compared.</param>
    byte[] Mosaic(IReadOnlyList<IReadOnlyList<TItem>> rows);
}

/// <summary>Where an audit shows things.</summary>
/// <param name="Exhibitor">Makes the files.</param>
/// <param name="Save">Stores a file under a path relative to the folder of the result. Called from several threads.</param>
public sealed record Exhibition<TItem>(IExhibitor<TItem> Exhibitor, Action<string, byte[]> Save)
{
    /// <summary>Stores a file of a row's exhibit.</summary>
    internal ExhibitFile Add(string row, string file, string label, byte[] content)
    {
        string path = $"exhibits/{Slug(row)}/{file}{Exhibitor.Extension}";
        Save(path, content);
        return new ExhibitFile(label, path);
    }

    /// <summary>Stores an item and what became of it; the caption comes without its full stop.</summary>
    internal Exhibit AddLayers(string row, string kind, string caption, TItem original, TItem reconstruction)
    {
        (IReadOnlyList<(string Label, byte[] File)> files, string? remark) = Exhibitor.Layers(original, reconstruction);
        return new Exhibit(row, kind, caption + (remark is null ? "." : $" ({remark})."),
            [.. files.Select(file => Add(row, $"{kind}-{file.Label.Replace(' ', '-')}", file.Label, file.File))]);
    }

    /// <summary>A name that any file system takes and no two rows share.</summary>
    private static string Slug(string name)
    {
        string plain = Names.Slug(name);
        return plain[..Math.Min(60, plain.Length)] + "-" + Rng.Mix(0, name).ToString("x16", CultureInfo.InvariantCulture)[..6];
    }
}
