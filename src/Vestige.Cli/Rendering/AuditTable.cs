using System.Globalization;
using Spectre.Console;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>The tables of an audit, its findings and its choice, for a person.</summary>
internal static class AuditTable
{
    internal static void Write(IAnsiConsole console, AuditResult result)
    {
        console.WriteLine();
        console.WriteLine(Heading(result));
        foreach (Finding finding in Of(result, FindingPart.Warning)) console.WriteLine("! " + Names.Printable(finding.Text));
        Ledgers(result).Write(console);
        foreach (string line in CoderLines.Of(result)) console.WriteLine(line);
        foreach (string note in Notes(result)) console.WriteLine(note);
        DifferenceTable.Write(console, result);
        ExactTable.Write(console, result);
        ComparisonTable.Write(console, result);
        if (result.Rows.Any(row => row is { IsCodec: true, Named: true }))
        {
            console.WriteLine();
            Costs(result).Write(console);
            console.WriteLine($"lossless: bytes over those of the best lossless code, geometric mean over {result.Source.Items}. Speeds: this run's, a thread's.");
        }
        PairedTable.Write(console, result);
        if (result.Rows.Any(row => row.Copying is not null))
        {
            console.WriteLine();
            Copies(result).Write(console);
            console.WriteLine($"copied: share of the characters that stand in verbatim matches with T of {CopyReport.CopiedCharacters} characters or more. "
                + ExtractionLines.Legend(result));
            foreach (string line in ExtractionLines.Of(result)) console.WriteLine(line);
        }
        Finding[] findings = [.. Of(result, FindingPart.Account), .. Of(result, FindingPart.Note), .. Of(result, FindingPart.Matched)];
        if (findings.Length > 0) console.WriteLine();
        foreach (Finding finding in findings) console.WriteLine("- " + Names.Printable(finding.Text));
        Finding[] choice = [.. Of(result, FindingPart.Choice)];
        if (choice.Length > 0) console.WriteLine();
        for (int i = 0; i < choice.Length; i++) console.WriteLine((i > 0 ? "  " : "") + Names.Printable(choice[i].Text));
        Problems(console, result);
    }

    private static IEnumerable<Finding> Of(AuditResult result, FindingPart part) => result.Findings.Where(finding => finding.Part == part);

    private static string Heading(AuditResult result)
    {
        SourceInfo source = result.Source;
        // What was found is documents: items are what is read in them.
        if (source.Usable == 0) return $"{Names.Printable(source.Name)}: of {Words.Count(source.Documents, source.Document, source.Document + "s")} none can be used";
        string lossless = source.LosslessBytes is { } bytes ? $", {Size(bytes)} without loss" : CoderLines.Best(result);
        string stored = source.CurrentBytes > 0 ? $", {Size(source.CurrentBytes)} as stored today" : source.Size == 0 ? "" : ", drawn from a known distribution";
        string items = source.Units == source.Usable ? "" : $" in {source.Usable} documents";
        return string.Create(CultureInfo.InvariantCulture, $"{Names.Printable(source.Name)}: {source.Units} {source.Items}{items}, {source.Size / 1e6:0.0} M{source.SizeUnit}s")
            + $"{stored}{lossless}; {source.Deal.Training.Units} in T, {source.Deal.HeldOut.Units} in H, {source.Deal.Floor.Units} in A, {source.Deal.Yardstick.Units} in B";
    }

    private static readonly (string Name, Func<Ledger, Figure?> Of, bool Always)[] s_shares =
    [
        ("memorized", ledger => ledger.Memorized, true), ("generalized", ledger => ledger.Generalized, true), ("hallucinated", ledger => ledger.Hallucinated, true),
        ("at most", ledger => ledger.AtMost is { } most ? new Figure { Value = most.Value } : null, false),
        ("in T", ledger => ledger.InTraining is { } known ? new Figure { Value = known.Value, Floor = known.Floor } : null, false),
        ("lost", ledger => ledger.Lost, true),
    ];

    private const string ByRow = "by row";

    private static FigureTable Ledgers(AuditResult result)
    {
        // A view of points has neither limit nor anything to be found in T.
        (string Name, Func<Ledger, Figure?> Of, bool)[] shares = [.. s_shares.Where(share => share.Always
            || result.Rows.Any(row => row.Ledgers.Count > 0 && share.Of(row.Ledgers[0])?.Value is not null))];
        bool characters = ByCharacter(result);
        FigureCell[] Characters(FigureCell cell) => characters ? [cell] : [];
        var table = new FigureTable("compressor", ["bits/" + result.Source.SizeUnit, .. characters ? ["bits/char"] : (string[])[], .. shares.Select(share => share.Name)]);
        foreach (Row row in result.Rows)
        {
            Ledger? ledger = row.Ledgers.Count > 0 ? row.Ledgers[0] : null;
            table.Add(row.Label, [FigureCell.Bounded(row.Bits.Rate, "0.000"),
                .. Characters(FigureCell.Of(row.Bits.RatePerCharacter?.Value, "0.000")), .. shares.Select(share => FigureCell.Of(ledger is null ? null : share.Of(ledger)))]);
        }
        if (Headline(result) is not null) table.Add("floor", [FigureCell.Text(""), .. Characters(FigureCell.Text("")), .. shares.Select(share => Floor(result, share.Of))]);
        return table;
    }

    /// <summary>Whether characters are told beside bytes: where they are not as good as the same.</summary>
    private static bool ByCharacter(AuditResult result)
    {
        const double same = 1.01;
        return result.Rows.Any(row => row.Bits.RatePerCharacter?.Value is { } characters && characters > same * row.Bits.Rate.Value);
    }

    /// <summary>The floor of all rows where they have one; a ledger of points looks at each row from where that differs most, and has a floor there.</summary>
    private static FigureCell Floor(AuditResult result, Func<Ledger, Figure?> of)
    {
        // As it is printed, rows that differ by less than this have the same.
        const double apart = 0.005;
        double[] floors = [.. result.Rows.Where(row => row.Ledgers.Count > 0).Select(row => of(row.Ledgers[0])?.Floor).OfType<double>()];
        return floors.Length == 0 ? FigureCell.Text("") : floors.Max() - floors.Min() < apart ? FigureCell.Of(floors[0]) : FigureCell.Text(ByRow);
    }

    private static FigureTable Costs(AuditResult result)
    {
        var table = new FigureTable("compressor", ["bytes", "saved", "lossless", $"encodes M{result.Source.SizeUnit}s/s", "decodes"]);
        foreach (Speed speed in result.Speed)
        {
            Row row = result.Rows.First(r => r.Name == speed.Row);
            table.Add(row.Label, FigureCell.Text(row.Bits.CodedBytes is { } bytes ? Size(bytes) : "-"), FigureCell.Text(Percent(row.Bits.Saving?.Value)),
                FigureCell.Of(row.Bits.RatioToLossless), Fast(speed.Encode), Fast(speed.Decode));
        }
        return table;
    }

    /// <summary>A speed; a slow one is not nothing.</summary>
    private static FigureCell Fast(double? speed) => FigureCell.Of(speed, speed < 0.1 ? "G2" : "0.0");

    private static FigureTable Copies(AuditResult result)
    {
        var table = new FigureTable("compressor", ["copied", "mean match", "longest match", "extracted from T", "from H"]);
        foreach (Row row in result.Rows)
        {
            if (row.Copying is not { } copying) continue;
            table.Add(row.Label, FigureCell.Of(copying.Copied), FigureCell.Of(copying.MeanMatch, "0.0"), FigureCell.Of(copying.LongestMatch, "0"),
                FigureCell.Text(row.Extraction is { TrainingTried: > 0 } t ? $"{t.TrainingExact} of {t.TrainingTried}" : "-"),
                    FigureCell.Text(row.Extraction is { HeldOutTried: > 0 } h ? $"{h.HeldOutExact} of {h.HeldOutTried}" : "-"));
        }
        return table;
    }

    private static IEnumerable<string> Notes(AuditResult result)
    {
        if (Headline(result) is not { } ledger) yield break;
        yield return $"Shares of {ledger.Element}s (view '{ledger.View}') with 95 % intervals; a dash is not measurable. floor: what fresh real "
            + $"{result.Source.Items} score before it is taken off"
            + $"{(s_shares.Any(share => Floor(result, share.Of).Value == ByRow) ? $"; {ByRow}: each row's own, in the JSON" : "")}.";
        if (result.Rows.Any(row => row.Ledgers.Count > 0 && row.Ledgers[0].InTraining is not null))
            yield return "memorized: said because of this T, and not of any other sample. in T: all that stands in T. at most: hallucinated, whatever "
                + "a compressor favours among what was not seen.";
        foreach (string shared in new Labels(result.Rows.Select(row => row.Name)).Shared) yield return $"In all rows of {shared}.";
        if (result.Rows.Any(row => row.Bits.RateIsIdeal)) yield return "A model's bits are the ideal code length of held-out items." + Files(result);
        if (result.Rows.Any(row => row is { IsCodec: true, Named: true }))
            yield return "For a codec, memorized is what is still its original, and generalized reads: plausible, but not the original.";
    }

    /// <summary>What files take beside what the models' probabilities ask for.</summary>
    private static string Files(AuditResult result)
    {
        string[] rows = [.. result.Rows.Where(row => row.Bits is { FileRate.IsMeasured: true, FileIdeal.IsMeasured: true })
            .Select(row => FormattableString.Invariant($"{row.Name} {row.Bits.FileRate!.Value:0.000} ({row.Bits.FileIdeal!.Value:0.000})"))];
        return rows.Length == 0 ? ""
            : $" Coded files of {result.Rows.Max(row => row.Bits.Files)} held-out documents, each by itself (ideal of the same): {string.Join(", ", rows)}.";
    }

    private static Ledger? Headline(AuditResult result) => result.Rows.FirstOrDefault(row => row.Ledgers.Count > 0)?.Ledgers[0];

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

    /// <summary>Adds a row whose name may take several lines.</summary>
    internal static void AddRow(Table table, IReadOnlyList<string> name, params ReadOnlySpan<string> cells)
    {
        var row = new List<Text> { new(string.Join('\n', name)) };
        foreach (string cell in cells) row.Add(new Text(cell));
        table.AddRow(row);
    }

    internal static void AddRow(Table table, string name, params ReadOnlySpan<string> cells) => AddRow(table, [Names.Printable(name)], cells);

    private static string Percent(double? share) => share is { } x ? (100 * x).ToString("0", CultureInfo.InvariantCulture) + " %" : "-";

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
