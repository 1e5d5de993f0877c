using Vestige.Files;
using Vestige.Language.Sources.Records;
using Vestige.Sources;

namespace Vestige.Language.Sources;

/// <summary>How text is read.</summary>
/// <param name="PassageBytes">Length of a passage in bytes, <see cref="Shortest"/> to <see cref="Longest"/>.</param>
/// <param name="Field">The field of a record that holds its text: a name, or a path such as <c>instances.0.output</c> or <c>messages[].content</c>.</param>
public sealed record TextOptions(int PassageBytes = 512, string Field = "text")
{
    /// <summary>What documents are dealt with: <see cref="ByFile"/>, <see cref="ByFolder"/>, or the name of a field of records; null: sections with what they were cut
    /// out of.</summary>
    public string? Group { get; init; }

    /// <summary>The encoding of all files, a name as <c>windows-1252</c>; null: UTF-8, and nothing else is read.</summary>
    public string? Encoding { get; init; }

    /// <summary>What stands between the documents of a file that is no records; null: a file is one document. Signs alone separate as a line of their own.</summary>
    public string? Separator { get; init; }

    /// <summary>Of a source with more documents (files, lines, elements, rows) so many are kept, drawn by what they hold; <see cref="ContentSample.Least"/> and more.</summary>
    public int MostDocuments { get; init; } = ContentSample.Usual;

    /// <summary>Extensions of the files that are taken from a folder, as <c>py</c> or <c>.py</c>; null: .txt, .md, .jsonl and .parquet, where there are none of
    /// these .csv and .tsv, and where there are none of these either .json. Any of them also with .gz or .zst.</summary>
    public IReadOnlyList<string>? Extensions { get; init; }

    /// <summary>What earlier readings found of the files, which takes up what this one finds; null for none. Only what is read from the files themselves is known so:
    /// no records, nothing that is packed or in another encoding.</summary>
    public FileListing? Known { get; init; }

    /// <summary>All documents of a file together.</summary>
    public const string ByFile = "file";

    /// <summary>All files of a folder below the one that is opened together; what lies directly in it by file.</summary>
    public const string ByFolder = "folder";

    /// <summary>Every document and section by itself.</summary>
    public const string BySection = "section";

    /// <summary>The field of records that groups them; null where none does.</summary>
    internal string? GroupField => Group is null or ByFile or ByFolder or BySection ? null : Group;

    /// <summary>Shortest passage.</summary>
    public const int Shortest = 16;

    /// <summary>Longest passage.</summary>
    public const int Longest = 65536;

    /// <summary>Passages of 512 bytes; records with a field <c>text</c>.</summary>
    public static TextOptions Default { get; } = new();

    /// <summary>Bytes of a section: whole passages, about 16 KB.</summary>
    internal int SectionBytes => Math.Max(1, 16384 / PassageBytes) * PassageBytes;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message is for the user.</exception>
    internal void Validate()
    {
        if (PassageBytes is < Shortest or > Longest)
            throw new ArgumentException($"A passage of {PassageBytes} bytes is not allowed; it has {Shortest} to {Longest}.");
        if (MostDocuments < ContentSample.Least) throw new ArgumentException($"At most {MostDocuments} documents are too few; it takes {ContentSample.Least} or more.");
        if (Group is { Length: 0 }) throw new ArgumentException("The name of the field that documents are grouped by is empty.");
        FieldPath.Parse(Field);
        if (Separator is not null) Sources.Separator.Parse(Separator);
        if (Encoding is not null) EncodedText.Find(Encoding);
        if (Extensions?.FirstOrDefault(e => e.Trim('.').Length == 0 || e.Contains('/', StringComparison.Ordinal)) is { } wrong)
            throw new ArgumentException($"\"{wrong}\" is no extension of files; one is py, or .py.");
    }
}
