using Vestige.Files;
using Vestige.Results;

namespace Vestige.Language.Sources;

/// <summary>A file that is read as text.</summary>
/// <param name="Name">Relative to the folder, with forward slashes, on one line.</param>
/// <param name="Path">For opening it.</param>
/// <param name="Bytes">Its size; of what it leads to, if it is a link.</param>
/// <param name="Fault">Why it cannot be used, if that is known without opening it.</param>
internal sealed record TextFile(string Name, string Path, long Bytes, string? Fault)
{
    private static readonly string[] s_extensions = [".txt", ".md", ".jsonl"];

    /// <summary>Taken from a folder that has nothing else: beside other texts it mostly says something about them.</summary>
    internal const string ArrayExtension = ".json";

    /// <summary>Whether a gzip stream must be unpacked first.</summary>
    internal bool IsPacked { get; } = IsPackedName(Name);

    /// <summary>Whether it holds records: each line, or each element of an array.</summary>
    internal bool IsRecords { get; } = HasExtension(Unpacked(Name), ".jsonl") || HasExtension(Unpacked(Name), ArrayExtension);

    /// <summary>Whether its records are the elements of an array, or values one after the other, lines or not.</summary>
    internal bool IsArray { get; } = HasExtension(Unpacked(Name), ArrayExtension);

    /// <summary>A file that was found.</summary>
    internal static TextFile Of(FoundFile file) => new(Names.Printable(file.Name), file.Path, file.Bytes, file.Fault);

    /// <summary>Whether a file of this name is taken from a folder.</summary>
    internal static bool IsText(string name) => s_extensions.Any(extension => HasExtension(Unpacked(name), extension));

    /// <summary>Whether a file of this name has one of the extensions, with or without a dot before them.</summary>
    internal static bool Has(string name, IEnumerable<string> extensions) => extensions.Any(extension => HasExtension(Unpacked(name), "." + extension.TrimStart('.')));

    /// <summary>What one of its documents is called beside its number.</summary>
    internal string Part(TextOptions options) => IsArray ? "record" : IsRecords || options.Separator is null ? "line" : "part";

    private static string Unpacked(string name) => IsPackedName(name) ? name[..^3] : name;

    private static bool IsPackedName(string name) => HasExtension(name, ".gz");

    private static bool HasExtension(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
