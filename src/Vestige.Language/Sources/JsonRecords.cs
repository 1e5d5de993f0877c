using System.Globalization;
using System.Text.Json;
using Vestige.Sources;

namespace Vestige.Language.Sources;

/// <summary>Reads JSON Lines: a record a line, its text in one field. Blank lines are passed over.</summary>
internal static class JsonRecords
{
    /// <summary>Longest line: it is held in memory, and so is its text.</summary>
    internal const int LongestLine = 64 << 20;

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

    /// <summary>The text of a record, in UTF-8.</summary>
    /// <exception cref="UnusableDocumentException">It has none; the message says why, without the line's number.</exception>
    internal static byte[] TextOf(ReadOnlySpan<byte> line, string field)
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
            throw new UnusableDocumentException("holds text that is not valid Unicode", error);
        }
    }

    /// <summary>A hash of the value of a top-level field of a record that was read before; 0 where it has none.</summary>
    internal static UInt128 ValueOf(ReadOnlySpan<byte> line, string field)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool wanted = reader.ValueTextEquals(field);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (wanted) return DocumentBuilder.Hash(line[start..(int)reader.BytesConsumed]);
        }
        return 0;
    }

    private static byte[] Find(ReadOnlySpan<byte> line, string field)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new UnusableDocumentException("is no JSON object: a record is {\"" + field + "\": \"…\"}");
        byte[]? text = null;
        List<string> others = [];
        JsonTokenType kind = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool wanted = reader.ValueTextEquals(field);
            if (!wanted && others.Count < 10) others.Add(reader.GetString()!);
            reader.Read();
            if (wanted)
            {
                kind = reader.TokenType;
                text = kind == JsonTokenType.String ? Unescaped(reader) : null;
            }
            reader.Skip();
        }
        // What follows the object must be nothing.
        while (reader.Read()) { }
        if (text is not null) return text.AsSpan().Contains((byte)0) ? throw new UnusableDocumentException("holds binary data: character U+0000") : text;
        throw new UnusableDocumentException(kind == default
            ? $"has no field \"{field}\"" + (others.Count == 0 ? "" : $"; it has {string.Join(", ", others.Select(other => $"\"{other}\""))}")
            : $"has a field \"{field}\" that is no string");
    }

    private static byte[] Unescaped(Utf8JsonReader reader)
    {
        byte[] text = new byte[reader.ValueSpan.Length];
        return text[..reader.CopyString(text)];
    }
}
