using System.Globalization;
using Spectre.Console;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>The tables of an audit, its findings and its choice, for a person.</summary>
internal static class AuditTable
{
    internal static void Write(IAnsiConsole console, AuditResult result)
    {
        console.WriteLine();
        console.WriteLine(Heading(result));
        console.Write(Ledgers(result));
        foreach (string line in LosslessLines.Of(result)) console.WriteLine(line);
        foreach (string note in Notes(result)) console.WriteLine(note);
        ExactTable.Write(console, result);
        if (result.Rows.Any(row => row is { IsCodec: true, Named: true }))
        {
            console.WriteLine();
            console.Write(Costs(result));
            console.WriteLine($"lossless: bytes over those of the best lossless code, geometric mean over {result.Source.Items}. Speeds: this run's, a thread's.");
        }
        PairedTable.Write(console, result);
        if (result.Rows.Any(row => row.Copying is not null))
        {
            console.WriteLine();
            console.Write(Copies(result));
            console.WriteLine($"copied: share of the characters that stand in verbatim matches with T of {CopyReport.CopiedCharacters} characters or more. extracted: of so many passages of T, and of H, whose first "
                + $"{ExtractionReport.PrefixBytes} bytes are given, those whose next {ExtractionReport.ContinuationBytes} the model's most probable continuation has right.");
        }
        if (result.Findings.Count > 0) console.WriteLine();
        foreach (Finding finding in result.Findings) console.WriteLine("- " + finding.Text);
        Chosen(console, result.Choice);
        Problems(console, result);
    }

    private static string Heading(AuditResult result)
    {
        SourceInfo source = result.Source;
        string lossless = source.LosslessBytes is { } bytes ? $", {Size(bytes)} without loss" : LosslessLines.Best(result);
        string stored = source.CurrentBytes > 0 ? $", {Size(source.CurrentBytes)} as stored today" : ", drawn from a known distribution";
        string items = source.Units == source.Usable ? "" : $" in {source.Usable} documents";
        return string.Create(CultureInfo.InvariantCulture, $"{Names.Printable(source.Name)}: {source.Units} {source.Items}{items}, {source.Size / 1e6:0.0} M{source.SizeUnit}s")
            + $"{stored}{lossless}; {source.Deal.Training.Units} in T, {source.Deal.HeldOut.Units} in H, {source.Deal.Floor.Units} in A, {source.Deal.Yardstick.Units} in B";
    }

    private static Table Ledgers(AuditResult result)
    {
        Table table = NewTable("compressor", "bits/" + result.Source.SizeUnit, "lost", "memorized", "generalized", "hallucinated");
        foreach (Row row in result.Rows)
        {
            Ledger? ledger = row.Ledgers.Count > 0 ? row.Ledgers[0] : null;
            AddRow(table, row.Label, Plain(row.Bits.Rate.Value, "0.000"),
                Cell(ledger?.Lost), Cell(ledger?.Memorized), Cell(ledger?.Generalized), Cell(ledger?.Hallucinated));
        }
        if (Headline(result) is { } any)
        {
            AddRow(table, "floor", "", Share(any.Lost.Floor), Share(any.Memorized.Floor), Share(any.Generalized.Floor), Share(any.Hallucinated.Floor));
        }
        return table;
    }

    private static Table Costs(AuditResult result)
    {
        Table table = NewTable("compressor", "bytes", "saved", "lossless", $"encodes M{result.Source.SizeUnit}s/s", "decodes");
        foreach (Speed speed in result.Speed)
        {
            Row row = result.Rows.First(r => r.Name == speed.Row);
            AddRow(table, row.Label, row.Bits.CodedBytes is { } bytes ? Size(bytes) : "-", Percent(row.Bits.Saving?.Value),
                Cell(row.Bits.RatioToLossless), Plain(speed.Encode, "0.0"), Plain(speed.Decode, "0.0"));
        }
        return table;
    }

    private static Table Copies(AuditResult result)
    {
        Table table = NewTable("compressor", "copied", "mean match", "longest match", "extracted from T", "from H");
        foreach (Row row in result.Rows)
        {
            if (row.Copying is not { } copying) continue;
            AddRow(table, row.Label, Cell(copying.Copied), Plain(copying.MeanMatch, "0.0"), Plain(copying.LongestMatch, "0"),
                row.Extraction is { } t ? $"{t.TrainingExact} of {t.TrainingTried}" : "-", row.Extraction is { } h ? $"{h.HeldOutExact} of {h.HeldOutTried}" : "-");
        }
        return table;
    }

    private static IEnumerable<string> Notes(AuditResult result)
    {
        if (Headline(result) is not { } ledger) yield break;
        yield return $"Shares of the view '{ledger.View}' with 95 % intervals; a dash is not measurable. floor: what fresh real {result.Source.Items} score before it is taken off.";
        foreach (string shared in new Labels(result.Rows.Select(row => row.Name)).Shared) yield return $"In all rows of {shared}.";
        if (result.Rows.Any(row => row.Bits.RateIsIdeal)) yield return "A model's bits are the ideal code length of held-out items.";
        if (result.Rows.Any(row => row is { IsCodec: true, Named: true })) yield return "For a codec, memorized is what is still its original, and generalized reads: plausible, but not the original.";
        foreach (string why in Figures(result).Where(f => f.Why is not null).Select(f => f.Why!).Distinct().Take(3)) yield return "Note: " + why + ".";
    }

    private static IEnumerable<Figure> Figures(AuditResult result) =>
        result.Rows.Where(row => row.Ledgers.Count > 0).SelectMany(row => new[]
        {
            row.Ledgers[0].Lost, row.Ledgers[0].Memorized, row.Ledgers[0].Generalized, row.Ledgers[0].Hallucinated,
        });

    private static Ledger? Headline(AuditResult result) => result.Rows.FirstOrDefault(row => row.Ledgers.Count > 0)?.Ledgers[0];

    private static void Chosen(IAnsiConsole console, Choice? choice)
    {
        if (choice is null) return;
        console.WriteLine();
        console.WriteLine(choice.Text);
        foreach (CodecChoice codec in choice.Codecs) console.WriteLine($"  {codec.Family}: {codec.Text}");
    }

    private static void Problems(IAnsiConsole console, AuditResult result)
    {
        const int most = 10;
        if (result.Problems.Count == 0) return;
        console.WriteLine();
        console.WriteLine("Files that could not be used:");
        foreach (Problem problem in result.Problems.Take(most))
            console.WriteLine($"  {Names.Printable(problem.Document)}{(problem.Row is null ? "" : " (" + problem.Row + ")")}: {Names.Printable(problem.Why)}");
        if (result.Problems.Count > most) console.WriteLine($"  and {result.Problems.Count - most} more; --json lists all");
    }

    /// <summary>A table whose columns after the first are figures.</summary>
    internal static Table NewTable(string first, params ReadOnlySpan<string> others)
    {
        Table table = new Table().Border(TableBorder.Simple).Collapse();
        table.AddColumn(new TableColumn(first).NoWrap());
        foreach (string name in others) table.AddColumn(new TableColumn(name).RightAligned());
        return table;
    }

    internal static void AddRow(Table table, string name, params ReadOnlySpan<string> cells)
    {
        var row = new List<Text> { new(Names.Printable(name)) };
        foreach (string cell in cells) row.Add(new Text(cell));
        table.AddRow(row);
    }

    /// <summary>A value and its interval: ".51 [.45 .57]".</summary>
    private static string Cell(Figure? figure) => figure?.Value is not { } value ? "-"
        : figure.Low is { } low && figure.High is { } high ? $"{Share(value)} [{Share(low)} {Share(high)}]"
        : Share(value);

    private static string Plain(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double? share) => share is { } x ? Plain(100 * x, "0") + " %" : "-";

    /// <summary>Two decimals without the leading zero, never "-.00".</summary>
    internal static string Share(double? value)
    {
        if (value is not { } x) return "-";
        string text = (Math.Round(x, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture);
        return text == "-0.00" ? ".00"
            : text.StartsWith("0.", StringComparison.Ordinal) ? text[1..]
            : text.StartsWith("-0.", StringComparison.Ordinal) ? "-" + text[2..]
            : text;
    }

    /// <summary>A count of bytes for people: 15.3 MB.</summary>
    internal static string Size(double bytes)
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
}
