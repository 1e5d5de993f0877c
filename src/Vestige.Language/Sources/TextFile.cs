using Vestige.Files;
using Vestige.Results;

namespace Vestige.Language.Sources;

/// <summary>How the texts of a file stand in it.</summary>
internal enum TextShape
{
    /// <summary>The file is text.</summary>
    Plain,

    /// <summary>A JSON object a line.</summary>
    Lines,

    /// <summary>The elements of a JSON array, or values one after the other, lines or not.</summary>
    Elements,

    /// <summary>A row of fields with commas, semicolons, tabs or bars between them.</summary>
    Csv,

    /// <summary>A row of fields with tabs between them.</summary>
    Tsv,

    /// <summary>A column of a Parquet file.</summary>
    Parquet,
}

/// <summary>How a file is packed.</summary>
internal enum Packing
{
    None,
    Gzip,
    Zstandard,
}

/// <summary>A file that is read as text.</summary>
/// <param name="Found">The file.</param>
/// <param name="Name">Its name relative to the folder, with forward slashes, on one line.</param>
internal sealed record TextFile(FoundFile Found, string Name)
{
    private static readonly string[] s_extensions = [".txt", ".md", ".jsonl", ".parquet"];

    private static readonly (string Extension, TextShape Shape)[] s_shapes =
    [
        (".jsonl", TextShape.Lines), (".json", TextShape.Elements), (".csv", TextShape.Csv), (".tsv", TextShape.Tsv), (".parquet", TextShape.Parquet),
    ];

    /// <summary>What is taken from a folder that has none of the usual texts, in this order: beside others they mostly say something about them.</summary>
    internal static IReadOnlyList<string[]> Otherwise { get; } = [["csv", "tsv"], ["json"]];

    /// <summary>How it must be unpacked first.</summary>
    internal Packing Packing { get; } = PackingOf(Name);

    /// <summary>How its texts stand in it.</summary>
    internal TextShape Shape { get; } = ShapeOf(Name);

    /// <summary>Whether it holds records: lines, elements or rows, each with a text in one field.</summary>
    internal bool IsRecords => Shape != TextShape.Plain;

    /// <summary>A file that was found.</summary>
    internal static TextFile Of(FoundFile file) => new(file, Names.Printable(file.Name));

    /// <summary>Whether a file of this name is taken from a folder.</summary>
    internal static bool IsText(string name) => s_extensions.Any(extension => HasExtension(Unpacked(name), extension));

    /// <summary>Whether a file of this name says what the records beside it are: a hub's card.</summary>
    internal static bool IsCard(string name) => System.IO.Path.GetFileName(name).Equals("README.md", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file of this name holds records.</summary>
    internal static bool HoldsRecords(string name) => ShapeOf(name) != TextShape.Plain;

    /// <summary>Whether a file of this name has one of the extensions, with or without a dot before them.</summary>
    internal static bool Has(string name, IEnumerable<string> extensions) => extensions.Any(extension => HasExtension(Unpacked(name), "." + extension.TrimStart('.')));

    /// <summary>What one of its documents is called beside its number.</summary>
    internal string Part(TextOptions options) => Shape switch
    {
        TextShape.Elements => "record",
        TextShape.Parquet => "row",
        TextShape.Plain when options.Separator is not null => "part",
        _ => "line",
    };

    private static TextShape ShapeOf(string name) => s_shapes.FirstOrDefault(shape => HasExtension(Unpacked(name), shape.Extension)).Shape;

    private static string Unpacked(string name) => PackingOf(name) switch
    {
        Packing.Gzip => name[..^3],
        Packing.Zstandard => name[..^4],
        _ => name,
    };

    private static Packing PackingOf(string name) => HasExtension(name, ".gz") ? Packing.Gzip : HasExtension(name, ".zst") ? Packing.Zstandard : Packing.None;

    private static bool HasExtension(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
