using System.Globalization;
using Spectre.Console;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>The table of an audit and its findings, for a person.</summary>
internal static class AuditTable
{
    internal static void Write(IAnsiConsole console, AuditResult result)
    {
        SourceInfo source = result.Source;
        console.WriteLine();
        console.WriteLine(Heading(source));
        console.Write(Rows(result));
        foreach (string note in Notes(result)) console.WriteLine(note);
        if (result.Findings.Count > 0) console.WriteLine();
        foreach (Finding finding in result.Findings) console.WriteLine("- " + finding.Text);
        Problems(console, result);
    }

    private static string Heading(SourceInfo source) => string.Create(CultureInfo.InvariantCulture,
        $"{source.Name}: {source.Usable} {source.Items}, {source.Size / 1e6:0.0} M{source.SizeUnit}s, {Bytes(source.CurrentBytes)} as stored today; {source.UnitsPerSample} in each of T, H, A and B");

    private static Table Rows(AuditResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).Collapse();
        table.AddColumn("compressor");
        table.AddColumn(new TableColumn($"bits/{result.Source.SizeUnit}").RightAligned());
        foreach (string name in new[] { "lost", "memorized", "generalized", "hallucinated" }) table.AddColumn(new TableColumn(name).RightAligned());
        foreach (Row row in result.Rows)
        {
            Ledger? ledger = row.Ledgers.Count > 0 ? row.Ledgers[0] : null;
            table.AddRow(
                new Text(row.Name),
                new Text(Plain(row.Bits.Rate, "0.000")),
                new Text(Cell(ledger?.Lost)),
                new Text(Cell(ledger?.Memorized)),
                new Text(Cell(ledger?.Generalized)),
                new Text(Cell(ledger?.Hallucinated)));
        }
        if (result.Rows.FirstOrDefault(row => row.Ledgers.Count > 0)?.Ledgers[0] is { } any)
        {
            table.AddRow(new Text("floor"), new Text(""), new Text(Share(any.Lost.Floor)), new Text(Share(any.Memorized.Floor)),
                new Text(Share(any.Generalized.Floor)), new Text(Share(any.Hallucinated.Floor)));
        }
        return table;
    }

    private static IEnumerable<string> Notes(AuditResult result)
    {
        if (result.Rows.FirstOrDefault(row => row.Ledgers.Count > 0)?.Ledgers[0] is not { } ledger) yield break;
        yield return $"Shares of the view '{ledger.View}' with 95 % intervals; a dash is not measurable. floor: what fresh real {result.Source.Items} score before it is taken off.";
        if (result.Rows.Any(row => row.IsCodec)) yield return "For a codec, memorized is what is still its original, and generalized reads: plausible, but not the original.";
        foreach (string why in Figures(result).Where(f => f.Why is not null).Select(f => f.Why!).Distinct().Take(3)) yield return "Note: " + why + ".";
    }

    private static IEnumerable<Figure> Figures(AuditResult result) =>
        result.Rows.Where(row => row.Ledgers.Count > 0).SelectMany(row => new[]
        {
            row.Ledgers[0].Lost, row.Ledgers[0].Memorized, row.Ledgers[0].Generalized, row.Ledgers[0].Hallucinated,
        });

    private static void Problems(IAnsiConsole console, AuditResult result)
    {
        const int most = 10;
        if (result.Problems.Count == 0) return;
        console.WriteLine();
        console.WriteLine("Files that could not be used:");
        foreach (Problem problem in result.Problems.Take(most))
            console.WriteLine($"  {Printable(problem.Document)}{(problem.Row is null ? "" : " (" + problem.Row + ")")}: {Printable(problem.Why)}");
        if (result.Problems.Count > most) console.WriteLine($"  and {result.Problems.Count - most} more; --json lists all");
    }

    /// <summary>A value and its interval: ".51 [.45 .57]".</summary>
    private static string Cell(Figure? figure) => figure?.Value is not { } value ? "-"
        : figure.Low is { } low && figure.High is { } high ? $"{Share(value)} [{Share(low)} {Share(high)}]"
        : Share(value);

    private static string Plain(Figure figure, string format) => figure.Value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    /// <summary>Two decimals without the leading zero, never "-.00".</summary>
    private static string Share(double? value)
    {
        if (value is not { } x) return "-";
        string text = (Math.Round(x, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture);
        if (text == "-0.00") text = "0.00";
        return text.Replace("0.", ".", StringComparison.Ordinal);
    }

    /// <summary>A count of bytes for people: 15.3 MB.</summary>
    internal static string Bytes(double bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB"];
        int unit = 0;
        while (bytes >= 1000 && unit < units.Length - 1)
        {
            bytes /= 1000;
            unit++;
        }
        return bytes.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    /// <summary>Names of files may hold anything; on a terminal control characters are shown as escapes.</summary>
    internal static string Printable(string text) => string.Concat(text.Select(c => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format => $"\\u{(int)c:x4}",
        _ => c.ToString(),
    }));
}
