using System.Text;
using Vestige.Sources;

namespace Vestige.Language.Sources.Records;

/// <summary>Reads tables of fields with something between them: a head with the names of columns, and a row a record.</summary>
internal static class CsvRecords
{
    /// <summary>The records of a stream, numbered by the line that they begin in.</summary>
    /// <param name="stream">The table.</param>
    /// <param name="delimiter">What stands between fields; 0: a comma, a semicolon, a tab or a bar, whichever the head has most of.</param>
    /// <param name="query">What is looked for.</param>
    /// <exception cref="UnusableDocumentException">It has no head, or no such column in it; the message is for the user.</exception>
    internal static IEnumerable<FoundRecord> Read(Stream stream, byte delimiter, RecordQuery query)
    {
        var rows = new CsvRows(stream, delimiter);
        while (rows.Next() && rows.IsBlank) { }
        if (rows.Count == 0) yield break;
        if (rows.Fault is { } wrong) throw new UnusableDocumentException($"has no head: its first line {wrong}");
        string[] names = [.. Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows[i].Span).Trim())];
        int column = Find(query.Field.Text, "--field"), by = query.Group is { } group ? Find(group, "--group") : -1;
        bool marked = rows.HadMark;
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            string? fault = rows.Fault ?? (rows.Count != names.Length ? $"has {rows.Count} {(rows.Count == 1 ? "field" : "fields")} where the head has {names.Length}" : null)
                ?? FoundRecord.FaultOf(rows[column].Span, names[column]);
            FoundRecord record = fault is null
                ? new FoundRecord(rows.Line, rows[column]) { Group = by < 0 ? 0 : ContentHash.Of(rows[by].Span) }
                : FoundRecord.Without(rows.Line, fault);
            yield return record with { HadMark = marked };
            marked = false;
        }

        int Find(string name, string option)
        {
            int found = Array.IndexOf(names, name);
            return found >= 0 ? found : throw FoundRecord.NoColumn(name, names, option);
        }
    }
}
