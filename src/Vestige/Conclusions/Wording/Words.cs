using System.Globalization;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Wording;

/// <summary>Figures and names as sentences have them.</summary>
public static class Words
{
    /// <summary>Two decimals without the leading zero, never "-.00".</summary>
    public static string Share(double value)
    {
        string text = (Math.Round(value, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture);
        return text == "-0.00" ? ".00"
            : text.StartsWith("0.", StringComparison.Ordinal) ? text[1..]
            : text.StartsWith("-0.", StringComparison.Ordinal) ? "-" + text[2..]
            : text;
    }

    /// <summary>A value and its interval: ".51 [.45 .57]"; "not measurable" without a value.</summary>
    public static string Share(Figure? figure) => figure?.Value is not { } value ? "not measurable"
        : figure is { Low: { } low, High: { } high } ? $"{Share(value)} [{Share(low)} {Share(high)}]" : Share(value);

    /// <summary>"12.5 %"; "under 0.1 %" of what is there and would read as nothing.</summary>
    public static string Percent(double share) =>
        share is > 0 and < 0.0005 ? "under 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    /// <summary>"a, b and c".</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : string.Join(", ", all[..^1]) + " and " + all[^1];
    }

    /// <summary>"1 file", "3 files".</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>"images" as one of them.</summary>
    internal static string One(string items) => items.EndsWith('s') ? items[..^1] : items;

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>With a full stop.</summary>
    internal static string Sentence(string text) => Capital(text.TrimEnd('.')) + ".";

    /// <summary>What a sentence is about in the headline view: "word pairs".</summary>
    internal static string Elements(Ledger ledger) => ledger.Element + "s";
}
