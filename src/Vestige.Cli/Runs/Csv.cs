using System.Globalization;
using System.Text;

namespace Vestige.Cli.Runs;

/// <summary>Cells of a CSV file (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>A whole number; nothing for none.</summary>
    internal static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number; nothing for none.</summary>
    internal static string Number(double? value) => value is not { } number ? "" : double.IsFinite(number) ? number.ToString("0.######", CultureInfo.InvariantCulture) : "inf";

    /// <summary>A text, in quotes where it needs them, and as a spreadsheet shows it.</summary>
    internal static string Field(string text) => Quoted(Shown(text));

    /// <summary>A text behind an apostrophe where a spreadsheet would compute it: a file's name may come from anywhere.</summary>
    internal static string Shown(string text) => text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    /// <summary>The cells of each line of a file that was written so.</summary>
    internal static IEnumerable<string[]> Read(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        char last = ',';
        foreach (char c in text)
        {
            // A quote within quotes is two: the first seems to end them, and the second puts it back.
            if (c == '"')
            {
                quoted = !quoted;
                if (quoted && last == '"') cell.Append(c);
            }
            else if (quoted || c is not (',' or '\r' or '\n'))
            {
                cell.Append(c);
            }
            else if (c != '\r')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return [.. cells];
                    cells.Clear();
                }
            }
            last = c;
        }
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
