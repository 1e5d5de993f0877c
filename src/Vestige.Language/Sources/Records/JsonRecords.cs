using System.Globalization;
using System.Text.Json;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Language.Sources.Records;

/// <summary>Reads JSON Lines: a record a line, its text in one field. Blank lines are passed over.</summary>
internal static class JsonRecords
{
    /// <summary>Longest line: it is held in memory, and so is its text.</summary>
    internal const int LongestLine = 64 << 20;

    // One of a pair of surrogates alone, as "\ud800".
    private const string NoUnicode = "holds text that is not valid Unicode";

    /// <summary>The records of a stream.</summary>
    /// <param name="stream">Lines, or an array's elements.</param>
    /// <param name="isArray">Whether they are elements, or values one after the other.</param>
    /// <param name="query">What is looked for.</param>
    internal static IEnumerable<FoundRecord> Read(Stream stream, bool isArray, RecordQuery query)
    {
        FieldPath? by = query.Group is { } group ? FieldPath.Parse(group) : null;
        foreach ((int number, ReadOnlyMemory<byte> whole) in isArray ? JsonElements.Of(stream) : Lines(stream))
        {
            bool marked = number == 1 && whole.Span.StartsWith("\uFEFF"u8);
            ReadOnlyMemory<byte> line = marked ? whole[3..] : whole;
            if (line.Span.Trim(" \t\r"u8).IsEmpty) continue;
            FoundRecord record;
            try
            {
                (byte[] text, bool isExact) = TextOf(line.Span, query.Field);
                record = new FoundRecord(number, text) { IsExact = isExact, Group = by is null ? 0 : ValueOf(line.Span, by), HadMark = marked };
            }
            catch (UnusableDocumentException error)
            {
                record = FoundRecord.Without(number, error.Message) with { HadMark = marked };
            }
            catch (InvalidOperationException)
            {
                // A name of a field that only grouping looks at.
                record = FoundRecord.Without(number, NoUnicode) with { HadMark = marked };
            }
            yield return record;
        }
    }

    /// <summary>The lines of a stream with their numbers, from 1. A line too long is given as its first <see cref="LongestLine"/> + 1 bytes.</summary>
    internal static IEnumerable<(int Number, ReadOnlyMemory<byte> Line)> Lines(Stream stream)
    {
        byte[] buffer = new byte[1 << 17];
        int start = 0, end = 0, number = 1;
        bool skipping = false;
        while (true)
        {
            int length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                if (!skipping) yield return (number, buffer.AsMemory(start, length));
                skipping = false;
                number++;
                start += length + 1;
                continue;
            }
            if (end - start > LongestLine)
            {
                if (!skipping) yield return (number, buffer.AsMemory(start, LongestLine + 1));
                skipping = true;
                start = end;
            }
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            int read = stream.Read(buffer.AsSpan(end));
            if (read == 0) break;
            end += read;
        }
        if (end > 0 && !skipping) yield return (number, buffer.AsMemory(0, end));
    }

    /// <summary>The field of a record that holds exact bytes in base 64, whatever they are: what a model garbled comes back as it was.</summary>
    internal const string BytesField = "vestige:bytes";

    /// <summary>A record for bytes that are no text: the exact bytes, and what can be read of them.</summary>
    /// <param name="bytes">What is to be kept.</param>
    /// <param name="field">The field that texts stand in.</param>
    internal static byte[] Keep(ReadOnlySpan<byte> bytes, string field)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString(field, System.Text.Encoding.UTF8.GetString(bytes));
            writer.WriteBase64String(BytesField, bytes);
            writer.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>The text of a record: UTF-8, or exact bytes whose line ends are not to be touched.</summary>
    /// <exception cref="UnusableDocumentException">It has none; the message says why, without the line's number.</exception>
    internal static (byte[] Text, bool IsExact) TextOf(ReadOnlySpan<byte> line, FieldPath field)
    {
        if (line.Length > LongestLine) throw new UnusableDocumentException($"is longer than {LongestLine >> 20} MB");
        try
        {
            return Find(line, field);
        }
        catch (JsonException error)
        {
            // The reader counts lines from 0 within this one; only the column is of use.
            string column = error.BytePositionInLine is { } at ? $" at byte {(at + 1).ToString(CultureInfo.InvariantCulture)} of the line" : "";
            throw new UnusableDocumentException($"is not valid JSON{column}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new UnusableDocumentException(NoUnicode, error);
        }
    }

    /// <summary>A hash of the value of a field of a record that was read before, of the first that a path leads to; 0 where it has none.</summary>
    internal static UInt128 ValueOf(ReadOnlySpan<byte> line, FieldPath field)
    {
        var reader = new Utf8JsonReader(line);
        UInt128 within = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool wanted = reader.ValueTextEquals(field.Text), leads = !wanted && within == 0 && field.IsDeep && field.Begins(reader);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            if (leads) within = field.FirstValue(ref reader, line);
            else reader.Skip();
            if (wanted) return ContentHash.Of(line[start..(int)reader.BytesConsumed]);
        }
        return within;
    }

    private static (byte[] Text, bool IsExact) Find(ReadOnlySpan<byte> line, FieldPath field)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new UnusableDocumentException("is no JSON object: a record is {\"" + field.Text + "\": \"…\"}");
        byte[]? text = null, exact = null;
        var within = new Turns();
        List<string> others = [];
        JsonTokenType kind = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool wanted = reader.ValueTextEquals(field.Text), leads = !wanted && field.IsDeep && field.Begins(reader), isBytes = reader.ValueTextEquals(BytesField);
            if (!wanted && others.Count < 10) others.Add(reader.GetString()!);
            reader.Read();
            if (leads)
            {
                within.Clear();
                kind = field.Collect(ref reader, within);
                continue;
            }
            if (!wanted && reader.TokenType == JsonTokenType.String && isBytes)
                exact = reader.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : throw new UnusableDocumentException($"has a field \"{BytesField}\" that is not base 64");
            if (wanted)
            {
                kind = reader.TokenType;
                text = kind == JsonTokenType.String ? FieldPath.Unescaped(reader) : null;
            }
            reader.Skip();
        }
        // What follows the object must be nothing.
        while (reader.Read()) { }
        if (exact is not null) return (exact, true);
        if (within.Count > 0) text ??= within.Joined();
        if (text is not null) return text.AsSpan().Contains((byte)0) ? throw new UnusableDocumentException("holds binary data: character U+0000") : (text, false);
        throw new UnusableDocumentException(kind == default
            ? $"has no field \"{field.Text}\"" + (others.Count == 0 ? "" : $"; it has {string.Join(", ", others.Select(other => $"\"{other}\""))}")
                + (field.IsDeep ? "" : Meant(field.Text, others))
            : $"has a field \"{field.Text}\" that is no string");
    }

    private static string Meant(string wrong, IEnumerable<string> others) => Suggestion.For(wrong, others) is { Length: > 0 } question ? "." + question : "";
}
