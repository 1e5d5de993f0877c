using System.Globalization;

namespace Vestige.Results;

/// <summary>Names that others chose (of files, of rows), made fit to be shown and to be stored under.</summary>
public static class Names
{
    /// <summary>On one line, control and invisible characters as <c>\n</c> or <c>\u001b</c>: a file's name cannot write on the terminal.</summary>
    public static string Printable(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.Any(IsHidden) ? name : string.Concat(name.Select(c => c switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => IsHidden(c) ? $"\\u{(int)c:x4}" : c.ToString(),
        }));
    }

    /// <summary>Of letters, digits and dots, with a dash for each other character: any file system takes it. Two names may share one.</summary>
    public static string Slug(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-'));

    private static bool IsHidden(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
