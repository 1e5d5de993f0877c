using System.Globalization;

namespace Vestige.Cli.Runs;

/// <summary>Cells of a CSV file (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>A whole number; nothing for none.</summary>
    internal static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number; nothing for none.</summary>
    internal static string Number(double? value) => value is not { } number ? "" : double.IsFinite(number) ? number.ToString("0.######", CultureInfo.InvariantCulture) : "inf";

    /// <summary>A text, in quotes where it needs them.</summary>
    internal static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
