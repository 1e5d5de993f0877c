using System.CommandLine;
using Vestige.Language.Sources;

namespace Vestige.Cli.Domains;

/// <summary>How text is read, as the user said it; null is the default.</summary>
internal sealed record TextFormat
{
    internal int? PassageBytes { get; init; }

    internal string? Field { get; init; }

    internal string? Encoding { get; init; }

    internal string? Separator { get; init; }

    internal IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>What documents are dealt with.</summary>
    internal string? Group { get; init; }

    /// <summary>The first option that says something, as it is written; null where none does.</summary>
    internal string? FirstSaid => PassageBytes is { } bytes ? $"--passage {bytes}" : Group is not null ? $"--group {Group}" : Field is not null ? $"--field {Field}"
        : Encoding is not null ? $"--encoding {Encoding}" : Separator is not null ? $"--separator {Separator}"
        : Extensions.Count > 0 ? $"--ext {string.Join(',', Extensions)}" : null;

    internal TextOptions Options => TextOptions.Default with
    {
        PassageBytes = PassageBytes ?? TextOptions.Default.PassageBytes,
        Field = Field ?? TextOptions.Default.Field,
        Encoding = Encoding,
        Separator = Separator,
        Extensions = Extensions.Count == 0 ? null : Extensions,
        Group = Group,
    };
}

/// <summary>The options of every command that reads text.</summary>
internal sealed record ReadingOptions(Option<int?> Passage, Option<string?> Field, Option<string?> Encoding, Option<string?> Separator, Option<string[]> Extensions)
{
    internal static ReadingOptions Create() => new(
        new("--passage")
        {
            Description = $"Length of the passages that text is cut into, {TextOptions.Shortest} to {TextOptions.Longest} bytes; "
                + $"{TextOptions.Default.PassageBytes} without a word.",
            HelpName = "BYTES"
        },
        new("--field")
        {
            Description = "The field or column of a record (.jsonl, .json, .csv, .parquet) that holds its text, or the way to it: instances.0.output, "
                + $"messages[].content; \"{TextOptions.Default.Field}\" without a word.",
            HelpName = "NAME"
        },
        new("--encoding") { Description = "The encoding of all texts, as windows-1252 or utf-16; UTF-8 without a word.", HelpName = "NAME" },
        new("--separator")
        {
            Description = "What stands between the documents of a text: <|endoftext|>, or a line of signs such as ---; \\n for a line end.",
            HelpName = "TEXT"
        },
        new("--ext")
        {
            Description = "Which files of a folder are read, as py,rs; .txt, .md, .jsonl and .parquet without a word, else .csv, else .json.",
            HelpName = "LIST",
            DefaultValueFactory = _ => [],
        });

    internal IEnumerable<Option> All => [Passage, Field, Encoding, Separator, Extensions];

    internal TextFormat Of(ParseResult parsed) => new()
    {
        PassageBytes = parsed.GetValue(Passage),
        Field = parsed.GetValue(Field),
        Encoding = parsed.GetValue(Encoding),
        Separator = parsed.GetValue(Separator),
        Extensions = [.. (parsed.GetValue(Extensions) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };
}
