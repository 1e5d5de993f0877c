using System.Globalization;
using Spectre.Console;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>What models keep of another, for a person.</summary>
internal static class ComparisonTable
{
    internal static void Write(IAnsiConsole console, AuditResult result)
    {
        if (result.Against is not { } against) return;
        Row[] rows = [.. result.Rows.Where(row => row.Against is not null)];
        console.WriteLine();
        console.WriteLine($"Against {Names.Printable(against.Row)}, on {Positions(rows)} {against.Symbol}s of H:");
        var table = new FigureTable("model", ["bits/byte", "more", "lost", $"KL, bits/{against.Symbol}", "most probable kept", "size"]);
        foreach (Row row in rows)
        {
            ComparisonFigures figures = row.Against!.HeldOut;
            table.Add(row.Label, Cell(figures.BitsPerByte, false), Cell(figures.MoreBits, true), Cell(figures.Lost, true), Cell(figures.Divergence, true),
                Cell(figures.SameTop, true), FigureCell.Text(row.Bits.DescriptionBytes is { } bytes ? AuditTable.Size(bytes) : "-"));
        }
        table.Write(console);
        console.WriteLine($"lost: mass of the model above that is gone at a {against.Symbol}, and as much is invented there; "
            + "more: bits/byte that it costs; 95 % intervals over documents.");
        Costs(console, rows);
        foreach (Row row in rows)
        {
            if (row.Against!.Why is { } why) console.WriteLine($"- {Names.Printable(row.Label)}: {why}.");
            if (row.Against.LeftOut > 0)
                console.WriteLine($"- {Names.Printable(row.Label)}: {row.Against.LeftOut} passages hold bytes that one of the two cannot write, and were left out.");
            if (row.Against.Domains.Where(part => part.Figures.Lost.IsMeasured).MaxBy(part => part.Figures.Lost.Value) is { Figures.Lost.Value: > 0 } worst)
                console.WriteLine($"- {Names.Printable(row.Label)}: most was lost in {Names.Printable(worst.Name)}, {Cell(worst.Figures.Lost, true).Line}.");
        }
    }

    private static void Costs(IAnsiConsole console, Row[] rows)
    {
        Row[] costs = [.. rows.Where(row => row.Against!.Cost is { } cost && (cost.Memory.IsMeasured || cost.Generalization.IsMeasured))];
        if (costs.Length == 0) return;
        var table = new FigureTable("model", ["bytes saved", "memory lost", "generalization lost", "memory first by"]);
        foreach (Row row in costs)
        {
            ComparisonCost cost = row.Against!.Cost!;
            table.Add(row.Label, FigureCell.Of(cost.Saved), Cell(cost.Memory, true), Cell(cost.Generalization, true), Cell(cost.MemoryFirst, true));
        }
        table.Write(console);
        console.WriteLine("memory: what the model above needs less of T than of H; generalization: what it needs less of H than 8 bits/byte; the share of each that is gone.");
        if (costs[0].Against!.Cost!.Memory is { IsMeasured: false, Why: { } why }) console.WriteLine($"memory lost is not measurable: {why}.");
    }

    private static string Positions(Row[] rows) => rows.Max(row => row.Against!.HeldOut.Positions).ToString("N0", CultureInfo.InvariantCulture);

    private static FigureCell Cell(Figure figure, bool interval) => figure.Value is not { } value ? FigureCell.Text("-")
        : interval && figure is { Low: { } low, High: { } high } ? new FigureCell(Short(value), $"[{Short(low)} {Short(high)}]") : FigureCell.Text(Short(value));

    // Quantizations differ by thousandths, and by less.
    private static string Short(double value)
    {
        string text = value.ToString(Math.Abs(value) is > 0 and < 0.1 ? "G2" : "0.000", CultureInfo.InvariantCulture);
        return text.StartsWith("0.", StringComparison.Ordinal) ? text[1..] : text.StartsWith("-0.", StringComparison.Ordinal) ? "-" + text[2..] : text;
    }
}
