using System.Globalization;
using Spectre.Console;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>What codecs did to each document, and codecs beside each other, for a person.</summary>
internal static class PairedTable
{
    internal static void Write(IAnsiConsole console, AuditResult result)
    {
        Row[] rows = [.. result.Rows.Where(row => row.Paired is not null)];
        if (rows.Length == 0) return;
        console.WriteLine();
        PairedMeasureInfo[] all = [.. result.PairedMeasures.Where(measure => measure.Main)], compared = [.. all.Where(measure => measure.Compared)];
        // A column of nothing but zeros is a sentence: the table is wide.
        PairedMeasureInfo[] none = [.. all.Except(compared).Where(measure => measure.Unit == "share" && rows.All(row => IsNone(row.Paired!.Of(measure.Name), measure)))];
        PairedMeasureInfo[] main = [.. all.Except(none)];
        Table table = AuditTable.NewTable("compressor", [.. main.Select(measure => measure.Label), "worst 5 % of each", "worst"]);
        foreach (Row row in rows)
        {
            PairedReport paired = row.Paired!;
            AuditTable.AddRow(table, row.Label, [.. main.Select(measure => Cell(paired, measure)),
                string.Join("  ", compared.Select(measure => Text(paired.Of(measure.Name)?.Worst.Value, measure, paired.Of(measure.Name) is null))),
                compared.Select(measure => paired.Of(measure.Name)).OfType<PairedSummary>().FirstOrDefault()?.WorstDocument ?? "-"]);
        }
        console.Write(table);
        console.WriteLine($"Each of the {result.Source.Items} beside its reconstruction: means, with 95 % intervals over {result.Source.Items} where "
            + $"codecs are compared by them; worst 5 %: "
            + $"means of {string.Join(", ", compared.Select(measure => measure.Label))}.");
        foreach (PairedMeasureInfo measure in main.Where(measure => measure.Unit == "share")) console.WriteLine($"{measure.Label}: {measure.What}");
        if (none.Length > 0) console.WriteLine($"{string.Join(", ", none.Select(measure => measure.Label))}: {Short(0, Format(none[0].Decimals))} in every row.");
        foreach (Row row in rows)
            foreach (string remark in row.Paired!.Remarks) console.WriteLine($"- {row.Label}: {remark}.");
    }

    private static bool IsNone(PairedSummary? summary, PairedMeasureInfo measure) =>
        summary?.Mean.Value is { } value && Text(value, measure, false) == Text(0, measure, false);

    /// <summary>The mean; with its interval where codecs are compared by it.</summary>
    private static string Cell(PairedReport paired, PairedMeasureInfo measure)
    {
        PairedSummary? summary = paired.Of(measure.Name);
        string mean = Text(summary?.Mean.Value, measure, summary is null);
        if (!measure.Compared || summary?.Mean is not { Low: { } low, High: { } high }) return mean;
        // The ends of a score's interval are too far apart for decimals.
        string format = Format(measure.Unit == "share" ? measure.Decimals : 0);
        return $"{mean} [{Short(low, format)} {Short(high, format)}]";
    }

    /// <summary>Without a value it is a figure that has no end: decibels of no error.</summary>
    private static string Text(double? value, PairedMeasureInfo measure, bool isMissing) =>
        isMissing ? "-" : value is { } x ? Short(x, Format(measure.Decimals)) : "infinite";

    private static string Format(int decimals) => decimals <= 0 ? "0" : "0." + new string('0', decimals);

    private static string Short(double value, string format)
    {
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return text.StartsWith("0.", StringComparison.Ordinal) ? text[1..] : text;
    }
}
