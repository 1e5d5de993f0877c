using System.Globalization;
using Spectre.Console;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>What codecs did to each document, and codecs beside each other, for a person.</summary>
internal static class PairedTable
{
    /// <summary>A shift of so many pixels and more is said.</summary>
    private const double NotableShift = 0.1;

    internal static void Write(IAnsiConsole console, AuditResult result)
    {
        Row[] rows = [.. result.Rows.Where(row => row.Paired is not null)];
        if (rows.Length == 0) return;
        console.WriteLine();
        Table table = AuditTable.NewTable("compressor", "PSNR", "SSIMULACRA 2", "lost", "invented", "worst 5 % of each", "worst");
        foreach (Row row in rows)
        {
            PairedReport paired = row.Paired!;
            AuditTable.AddRow(table, row.Label, Text(paired.Of("psnr")?.Mean.Value, "0.0"), Cell(paired, "ssimulacra2", "0.0", "0"), Cell(paired, "lost", "0.00", "0.00"), Cell(paired, "invented", "0.00", "0.00"),
                $"{Worst(paired, "ssimulacra2", "0.0")}  {Worst(paired, "lost", "0.00")}  {Worst(paired, "invented", "0.00")}", (paired.Of("ssimulacra2") ?? paired.Of("lost"))?.WorstDocument ?? "-");
        }
        console.Write(table);
        console.WriteLine($"Each of the {result.Source.Items} beside its reconstruction: means, with 95 % intervals over {result.Source.Items}; means of the worst 5 %. lost and invented:");
        console.WriteLine("shares of detail that is gone, and that the original has not (luma, weighted by visibility; vestige inspect shows where).");
        foreach (Row row in rows)
        {
            if (row.Paired!.Of("shift") is { Mean.Value: >= NotableShift } shift)
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"- {row.Label} shifts {result.Source.Items} by {shift.Mean.Value:0.0} pixels: the figures count that as loss and invention."));
            if (row.Paired.Of("substituted") is { Mean.Value: > 0 } flagged)
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"- {row.Label}: in {flagged.Mean.Value * row.Paired.Documents:0} of {row.Paired.Documents} {result.Source.Items} one place changed as no other did ({Names.Printable(flagged.WorstDocument)}); look at it with vestige inspect."));
            }
        }
    }

    private static string Cell(PairedReport paired, string name, string format, string ends) => paired.Of(name) is not { } summary ? "-"
        : summary.Mean is { Low: { } low, High: { } high } ? $"{Text(summary.Mean.Value, format)} [{Text(low, ends)} {Text(high, ends)}]"
        : Text(summary.Mean.Value, format);

    private static string Worst(PairedReport paired, string name, string format) => paired.Of(name) is { } summary ? Text(summary.Worst.Value, format) : "-";

    /// <summary>Without a value it is a figure that has no end: decibels of no error.</summary>
    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) is not { } text ? "infinite"
        : text.StartsWith("0.", StringComparison.Ordinal) ? text[1..] : text;
}
