using System.Globalization;
using Spectre.Console;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>The exact ledgers of a world beside the estimated ones.</summary>
internal static class ExactTable
{
    internal static void Write(IAnsiConsole console, AuditResult result)
    {
        Row[] rows = [.. result.Rows.Where(row => row.Exact is not null)];
        if (rows.Length == 0) return;
        console.WriteLine();
        console.WriteLine("Exactly, from the world itself; in brackets the estimate less this, with ! where its 95 % interval does not hold it.");
        var table = new FigureTable("compressor", ["q was", "memorized", "generalized", "hallucinated", "lost"]);
        foreach (Row row in rows)
        {
            ExactReport exact = row.Exact!;
            table.Add(row.Label, FigureCell.Text(exact.How), Cell(exact, "memorized", exact.Memorized), Cell(exact, "generalized", exact.Generalized),
                Cell(exact, "hallucinated", exact.Hallucinated), Cell(exact, "lost", exact.Lost));
        }
        table.Write(console);
        Parts(console, rows);
    }

    /// <summary>What the shares are made of; a column for each part that some row has.</summary>
    private static void Parts(IAnsiConsole console, Row[] rows)
    {
        (string Title, Func<ExactReport, SharePart?> Of)[] columns =
        [
            .. Columns(rows, "", exact => exact.GeneralizedParts),
            .. Columns(rows, "", exact => exact.HallucinatedParts),
            // Of the rows that are always there the parrot alone has originals, and gives them back.
            .. Columns([.. rows.Where(row => row.Named)], "in: ", exact => exact.Originals),
        ];
        var table = new FigureTable("of which", [.. columns.Select(column => column.Title)]);
        foreach (Row row in rows) table.Add(row.Label, [.. columns.Select(column => FigureCell.Of(column.Of(row.Exact!)?.Share.Value))]);
        table.Write(console);
        string[] Parts(Func<ExactReport, IReadOnlyList<SharePart>> of) => [.. rows.SelectMany(row => of(row.Exact!)).Select(part => part.Name).Distinct()];
        if (Parts(exact => exact.GeneralizedParts) is { Length: > 0 } generalized) console.WriteLine($"generalized: {string.Join(", ", generalized)}.");
        if (Parts(exact => exact.HallucinatedParts) is { Length: > 0 } hallucinated) console.WriteLine($"hallucinated: {string.Join(", ", hallucinated)}.");
        foreach (Row row in rows.Where(row => row.Exact!.Examples.Count > 0))
        {
            console.WriteLine($"{row.Name} says, for example:");
            foreach (Example example in row.Exact!.Examples) console.WriteLine($"  {example.Kind}: {Names.Printable(example.Text)}");
        }
        if (rows.Any(row => row.Named && row.Exact!.Originals.Count > 0)) console.WriteLine("in: what the items that are put into a codec come back as.");
    }

    private static IEnumerable<(string, Func<ExactReport, SharePart?>)> Columns(Row[] rows, string before, Func<ExactReport, IReadOnlyList<SharePart>> of) =>
        rows.SelectMany(row => of(row.Exact!)).Select(part => part.Name).Distinct()
            .Select(name => (before + name, (Func<ExactReport, SharePart?>)(exact => of(exact).FirstOrDefault(part => part.Name == name))));

    private static FigureCell Cell(ExactReport exact, string name, Figure figure)
    {
        Agreement? agreement = exact.Agreements.FirstOrDefault(a => a.Figure == name);
        return new FigureCell(figure.Value is { } value ? Words.Share(value) : "-", agreement?.Difference is not { } off ? ""
            : "(" + (Math.Round(off, 2) + 0.0).ToString("+.00;-.00;.00", CultureInfo.InvariantCulture) + (agreement.Inside == false ? "!)" : ")"));
    }
}
