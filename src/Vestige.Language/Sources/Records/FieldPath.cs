using System.Globalization;
using System.Text.Json;

namespace Vestige.Language.Sources.Records;

/// <summary>Where in a record its text stands: names of fields and numbers of elements with dots between them, <c>[]</c> for every element, as in
/// <c>instances.0.output</c> and <c>messages[].content</c>.</summary>
/// <remarks>A field whose name is the whole path, dots and all, comes first. Of several texts all are taken (<see cref="Turns"/>).</remarks>
internal sealed class FieldPath
{
    /// <summary>The step to every element.</summary>
    internal const string Every = "[]";

    private readonly string[] _steps;

    private FieldPath(string text, string[] steps) => (Text, _steps) = (text, steps);

    /// <summary>As it was written.</summary>
    internal string Text { get; }

    /// <summary>Its steps; <see cref="Every"/> for every element, a number for one.</summary>
    internal IReadOnlyList<string> Steps => _steps;

    /// <summary>Whether it leads into a field rather than to one.</summary>
    internal bool IsDeep => _steps.Length > 1;

    /// <exception cref="ArgumentException">It is no path; the message is for the user.</exception>
    internal static FieldPath Parse(string text)
    {
        var steps = new List<string>();
        foreach (string part in text.Split('.'))
        {
            string name = part;
            int every = 0;
            for (; name.EndsWith(Every, StringComparison.Ordinal); every++) name = name[..^Every.Length];
            if (name.Length == 0 && (every == 0 || steps.Count > 0))
                throw new ArgumentException(text.Length == 0 ? "The name of the field that holds the text is empty."
                    : $"The field {text} is no path: names and numbers with a dot between them, [] for every element, as messages[].content.");
            if (name.Length > 0) steps.Add(name);
            steps.AddRange(Enumerable.Repeat(Every, every));
        }
        return new FieldPath(text, [.. steps]);
    }

    /// <summary>Whether the record's field that a reader stands on is where it begins.</summary>
    internal bool Begins(in Utf8JsonReader reader) => reader.ValueTextEquals(_steps[0]);

    /// <summary>The texts that it leads to within a field; the reader stands on the field's value, and on its end afterwards.</summary>
    /// <param name="reader">Of the record.</param>
    /// <param name="into">Takes them, unescaped.</param>
    /// <returns>What stands there that is no text; None for nothing.</returns>
    internal JsonTokenType Collect(ref Utf8JsonReader reader, Turns into) => Collect(ref reader, 1, into);

    private JsonTokenType Collect(ref Utf8JsonReader reader, int step, Turns into)
    {
        JsonTokenType other = JsonTokenType.None;
        if (step == _steps.Length)
        {
            if (reader.TokenType == JsonTokenType.String) into.Add(null, Unescaped(reader));
            else other = reader.TokenType;
            reader.Skip();
            return other;
        }
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                // Who speaks stands beside the text, before it or after it.
                bool isTurn = step == _steps.Length - 1 && _steps[step - 1] == Every;
                int first = into.Count, best = Turns.RoleFields.Length;
                byte[]? role = null;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    bool wanted = reader.ValueTextEquals(_steps[step]);
                    int field = 0;
                    while (isTurn && !wanted && field < best && !reader.ValueTextEquals(Turns.RoleFields[field])) field++;
                    reader.Read();
                    if (isTurn && !wanted && field < best && reader.TokenType == JsonTokenType.String) (role, best) = (Unescaped(reader), field);
                    if (wanted) other = Collect(ref reader, step + 1, into);
                    else reader.Skip();
                }
                if (isTurn) into.Say(first, role);
                break;
            case JsonTokenType.StartArray:
                int wantedAt = int.TryParse(_steps[step], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : _steps[step] == Every ? -1 : -2;
                for (int at = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; at++)
                {
                    if (wantedAt == -1 || wantedAt == at) other = Collect(ref reader, step + 1, into);
                    else reader.Skip();
                }
                break;
            default:
                reader.Skip();
                break;
        }
        return other;
    }

    /// <summary>A hash of the first value, of whatever kind, that it leads to within a field, 0 for none; the reader stands on the field's value, and on its
    /// end afterwards.</summary>
    /// <param name="reader">Of the record.</param>
    /// <param name="record">What it reads.</param>
    internal UInt128 FirstValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> record) => FirstValue(ref reader, record, 1);

    private UInt128 FirstValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, int step)
    {
        UInt128 found = 0;
        if (step == _steps.Length)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            return ContentHash.Of(record[start..(int)reader.BytesConsumed]);
        }
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool wanted = found == 0 && reader.ValueTextEquals(_steps[step]);
                reader.Read();
                if (wanted) found = FirstValue(ref reader, record, step + 1);
                else reader.Skip();
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            int at = 0, one = int.TryParse(_steps[step], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
            for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; at++)
            {
                if (found == 0 && (_steps[step] == Every || at == one)) found = FirstValue(ref reader, record, step + 1);
                else reader.Skip();
            }
        }
        else
        {
            reader.Skip();
        }
        return found;
    }

    internal static byte[] Unescaped(Utf8JsonReader reader)
    {
        byte[] text = new byte[reader.ValueSpan.Length];
        return text[..reader.CopyString(text)];
    }
}
