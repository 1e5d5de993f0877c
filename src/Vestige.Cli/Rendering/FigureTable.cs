using System.Globalization;
using Spectre.Console;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>A figure in a table: its value, and its interval if it has one.</summary>
/// <param name="Value">".51", or a dash.</param>
/// <param name="Interval">"[.45 .57]", or nothing.</param>
internal readonly record struct FigureCell(string Value, string Interval)
{
    internal static FigureCell Of(Figure? figure) => figure?.Value is not { } value ? new("-", "")
        : figure is { Low: { } low, High: { } high } ? new(Words.Share(value), $"[{Words.Share(low)} {Words.Share(high)}]") : new(Words.Share(value), "");

    internal static FigureCell Of(double? value) => new(value is { } x ? Words.Share(x) : "-", "");

    internal static FigureCell Of(double? value, string format) => new(value?.ToString(format, CultureInfo.InvariantCulture) ?? "-", "");

    /// <summary>A figure's value, or what it is at least where that is all that is known.</summary>
    internal static FigureCell Bounded(Figure figure, string format) => figure is { Value: null, Low: { } least }
        ? new("≥" + least.ToString(format, CultureInfo.InvariantCulture), "") : Of(figure.Value, format);

    internal static FigureCell Text(string text) => new(text, "");

    internal string Line => Interval.Length == 0 ? Value : $"{Value} {Interval}";
}

/// <summary>A table of figures that stays readable where the terminal is narrow: intervals then stand under their values, and long names break
/// after their options.</summary>
internal sealed class FigureTable(string first, IReadOnlyList<string> others)
{
    // What the border and the padding of a column take; where room is scarce the padding on the right goes.
    private const int Between = 3;
    private const int LeastBetween = 2;

    /// <summary>Names are not broken into less.</summary>
    private const int LeastName = 12;

    private readonly List<(string Name, FigureCell[] Cells)> _rows = [];

    internal void Add(string name, params FigureCell[] cells) => _rows.Add((Names.Printable(name), cells));

    internal void Write(IAnsiConsole console)
    {
        int room = console.Profile.Width, name = _rows.Select(row => row.Name.Length).Append(first.Length).Max();
        bool inLine = name + Width(cell => cell.Line.Length, Between) <= room;
        int cellsWidth = Width(cell => Math.Max(cell.Value.Length, cell.Interval.Length), LeastBetween), left = Math.Max(LeastName, room - cellsWidth);
        Table table = AuditTable.NewTable(first, [.. others]);
        foreach (TableColumn column in table.Columns)
            if (!inLine) column.Padding = new Padding(1, 0, 0, 0);
        foreach ((string label, FigureCell[] cells) in _rows)
        {
            AuditTable.AddRow(table, inLine ? [label] : Broken(label, left),
                [.. cells.Select(cell => inLine || cell.Interval.Length == 0 ? cell.Line : $"{cell.Value}\n{cell.Interval}")]);
        }
        // Lines that a terminal folds can still be read; figures cut in two cannot.
        console.Profile.Width = Math.Max(room, inLine ? room : cellsWidth + Math.Min(left, name));
        console.Write(table);
        console.Profile.Width = room;
    }

    /// <summary>Of all columns but the first, with what stands between.</summary>
    private int Width(Func<FigureCell, int> of, int between) =>
        1 + (between * (others.Count + 1)) + others.Select((other, i) => Math.Max(other.Length, _rows.Count == 0 ? 0 : _rows.Max(row => of(row.Cells[i])))).Sum();

    /// <summary>A name in lines that are short enough, broken after commas and colons, else anywhere.</summary>
    internal static string[] Broken(string name, int most)
    {
        var lines = new List<string>();
        while (name.Length > most)
        {
            int at = name.LastIndexOfAny([',', ':', ' '], most - 1, most) + 1;
            if (at < most / 2) at = most;
            lines.Add(name[..at]);
            name = name[at..];
        }
        lines.Add(name);
        return [.. lines];
    }
}
