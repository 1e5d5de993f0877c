using System.Globalization;
using Vestige.Numerics;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>Turns items into files for a person to look at.</summary>
public interface IExhibitor<in TItem>
{
    /// <summary>The extension of its files, with the dot: ".png".</summary>
    string Extension { get; }

    /// <summary>One item.</summary>
    /// <returns>The file, and what it does not show of the item, or null where it shows all.</returns>
    (byte[] File, string? Remark) Whole(TItem item);

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

    /// <summary>A name that any file system takes and no two rows share.</summary>
    private static string Slug(string name)
    {
        string plain = Names.Slug(name);
        return plain[..Math.Min(60, plain.Length)] + "-" + Rng.Mix(0, name).ToString("x16", CultureInfo.InvariantCulture)[..6];
    }
}
