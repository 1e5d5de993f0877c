using System.Text.Unicode;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Language.Sources.Records;

/// <summary>What is looked for in records.</summary>
/// <param name="Field">Where the text stands.</param>
/// <param name="Group">The field that records are grouped by; null where they are not.</param>
internal sealed record RecordQuery(FieldPath Field, string? Group);

/// <summary>A record of a file, of whatever format: its text, or why it has none.</summary>
/// <param name="Number">Of its line, element or row, from 1.</param>
/// <param name="Text">UTF-8 without a zero; valid until the next record is asked for. Empty where there is a fault.</param>
internal readonly record struct FoundRecord(int Number, ReadOnlyMemory<byte> Text)
{
    /// <summary>Whether line ends stay what they are.</summary>
    internal bool IsExact { get; init; }

    /// <summary>A hash of what it is grouped by; 0 where it has none.</summary>
    internal UInt128 Group { get; init; }

    /// <summary>Why it cannot be used, without its number; null where it can.</summary>
    internal string? Fault { get; init; }

    /// <summary>Whether the file began with a byte order mark; of the first record alone.</summary>
    internal bool HadMark { get; init; }

    /// <summary>A record that cannot be used.</summary>
    internal static FoundRecord Without(int number, string fault) => new(number, default) { Fault = fault };

    /// <summary>Why bytes of a table are no text; null where they are.</summary>
    internal static string? FaultOf(ReadOnlySpan<byte> text, string column) => text.IsEmpty ? $"has no text in \"{column}\""
        : !Utf8.IsValid(text) ? $"holds text in \"{column}\" that is not valid UTF-8"
        : text.Contains((byte)0) ? "holds binary data: character U+0000" : null;

    /// <summary>A whole table is refused for want of a column.</summary>
    /// <param name="wanted">Its name, as the user said it or left it.</param>
    /// <param name="columns">Those that there are and that could be read.</param>
    /// <param name="option">What the user says it with.</param>
    internal static UnusableDocumentException NoColumn(string wanted, IReadOnlyList<string> columns, string option)
    {
        const int most = 12;
        string there = columns.Count == 0 ? "none that holds text" : string.Join(", ", columns.Take(most).Select(column => $"\"{column}\""))
            + (columns.Count > most ? $" and {columns.Count - most} more" : "");
        string say = columns.Count == 1 ? $" Say {option} {columns[0]}." : Suggestion.For(wanted, columns);
        return new UnusableDocumentException($"has no column \"{wanted}\"; it has {there}.{say}{(say.Length == 0 && columns.Count > 0 ? $" Say which with {option}." : "")}");
    }
}
