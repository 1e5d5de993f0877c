namespace Vestige.Language.Sources;

/// <summary>How text is read.</summary>
/// <param name="PassageBytes">Length of a passage in bytes, <see cref="Shortest"/> to <see cref="Longest"/>.</param>
/// <param name="Field">The field of a .jsonl record that holds its text.</param>
public sealed record TextOptions(int PassageBytes = 512, string Field = "text")
{
    /// <summary>What documents are dealt with: <see cref="ByFile"/>, or the name of a field of records; null: sections with what they were cut out of.</summary>
    public string? Group { get; init; }

    /// <summary>All documents of a file together.</summary>
    public const string ByFile = "file";

    /// <summary>Every document and section by itself.</summary>
    public const string BySection = "section";

    /// <summary>The field of records that groups them; null where none does.</summary>
    internal string? GroupField => Group is null or ByFile or BySection ? null : Group;

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
        if (Group is { Length: 0 }) throw new ArgumentException("The name of the field that documents are grouped by is empty.");
        if (Field.Length == 0) throw new ArgumentException("The name of the field that holds the text is empty.");
    }
}
