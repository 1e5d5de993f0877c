using System.Globalization;
using Spectre.Console;
using Vestige.Cli.Runs;
using Vestige.Images.Choosing;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>The settings chosen, for a person.</summary>
internal static class ChoiceTable
{
    /// <summary>Images with a line of their own; the CSV has all.</summary>
    private const int MostRows = 30, MostNamed = 5;

    internal static void Write(IAnsiConsole console, ChoiceReport report, string folder)
    {
        ChoiceRow[] chosen = [.. report.Rows.Where(row => row.Setting is not null)];
        console.WriteLine();
        console.WriteLine($"{Names.Printable(report.Source)}: {Images(report.Rows.Count)}, for each the cheapest {report.Ladder[0].Family} with {report.Target}");
        if (chosen.Length > 0)
        {
            if (chosen.Length <= MostRows) console.Write(Each(report, chosen));
            console.Write(Together(report, chosen));
            console.WriteLine($"The files are in {Names.Printable(Path.Combine(folder, "images"))}, a line for each image in {ChoicesFile.Name}.");
            foreach (string line in Lines(report, chosen)) console.WriteLine(line);
        }
        foreach (ChoiceRow row in report.Rows.Where(row => row.Why is not null)) console.WriteLine($"- {Names.Printable(row.Why!)}");
        foreach (string notice in report.Notices) console.WriteLine("- " + Names.Printable(notice));
    }

    private static Table Each(ChoiceReport report, ChoiceRow[] rows)
    {
        Table table = AuditTable.NewTable("image", "setting", "bytes", "bits/pixel", report.Target.Measure.Name, "codings");
        foreach (ChoiceRow row in rows)
        {
            ChosenSetting setting = row.Setting!;
            AuditTable.AddRow(table, row.Document, report.Ladder[setting.Step].Name, AuditTable.Size(setting.Coding.Bytes),
                Text(8.0 * setting.Coding.Bytes / setting.Coding.Pixels, "0.000"),
                Score(report, setting.Coding.Score), setting.Codings.ToString(CultureInfo.InvariantCulture));
        }
        return table;
    }

    private static Table Together(ChoiceReport report, ChoiceRow[] rows)
    {
        Table table = AuditTable.NewTable("all images", "bytes", "bits/pixel", report.Target.Measure.Name, "worst 5 %", "worst");
        double pixels = rows.Sum(row => (double)row.Setting!.Coding.Pixels);
        Add("each its own", [.. rows.Select(row => row.Setting!.Coding)]);
        if (report.One is { } one) Add(report.Ladder[one].Name, [.. rows.Select(row => row.AtOne!.Value)]);
        double original = rows.Sum(row => (double)row.Original);
        AuditTable.AddRow(table, "the files as they are", AuditTable.Size(original), Text(8 * original / pixels, "0.000"), "", "", "");
        return table;

        void Add(string name, Coding[] codings)
        {
            double bytes = codings.Sum(coding => (double)coding.Bytes);
            AuditTable.AddRow(table, name, AuditTable.Size(bytes), Text(8 * bytes / pixels, "0.000"), Score(report, codings.Average(coding => coding.Score)),
                Score(report, report.Target.Worst(codings.Select(coding => coding.Score))),
                    Score(report, report.Target.MoreIsBetter ? codings.Min(coding => coding.Score) : codings.Max(coding => coding.Score)));
        }
    }

    private static IEnumerable<string> Lines(ChoiceReport report, ChoiceRow[] rows)
    {
        int[] steps = [.. rows.Select(row => row.Setting!.Step).Order()];
        double own = rows.Sum(row => (double)row.Setting!.Coding.Bytes);
        if (report.One is { } one)
        {
            double all = rows.Sum(row => (double)row.AtOne!.Value.Bytes);
            string bytes = own == all ? "as many bytes as " : string.Create(CultureInfo.InvariantCulture,
                $"{Math.Abs(100 * (1 - (own / all))):0.0} % {(own < all ? "fewer" : "more")} bytes than ");
            yield return string.Create(CultureInfo.InvariantCulture,
                $"A setting for each takes {bytes}{report.Ladder[one].Name} for all, the cheapest of {report.TriedForAll} tried for all whose worst 5 % are no worse.");
        }
        else if (rows.Length > 1)
        {
            yield return $"None of {report.TriedForAll} settings tried for all has so good a worst 5 %.";
        }
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Settings from {report.Ladder[steps[0]].Name} to {report.Ladder[steps[^1]].Name}, half of them from "
                + $"{report.Ladder[steps[steps.Length / 4]].Name} to {report.Ladder[steps[steps.Length * 3 / 4]].Name}; "
                    + $"{rows.Average(row => row.Setting!.Codings):0.0} codings an image.");
        ChoiceRow[] larger = [.. rows.Where(row => row.Setting!.Coding.Bytes > row.Original)];
        if (larger.Length > 0)
        {
            double coded = larger.Sum(row => (double)row.Setting!.Coding.Bytes), original = larger.Sum(row => (double)row.Original);
            yield return $"- {Images(larger.Length)} of {rows.Length} became larger than {(larger.Length == 1 ? "its file is" : "their files are")}: "
                + $"{AuditTable.Size(coded)} in place of {AuditTable.Size(original)}, {AuditTable.Size(coded - original)} more; "
                + $"better keep {(larger.Length == 1 ? "that as it is" : "those as they are")}, or store {(larger.Length == 1 ? "it" : "them")} without loss: {Some(larger)}";
        }
        ChoiceRow[] below = [.. rows.Where(row => !row.Setting!.Met)];
        if (below.Length > 0)
            yield return $"- {Images(below.Length)} of {rows.Length} {(below.Length == 1 ? "does" : "do")} not reach {report.Target} with any setting that was tried; "
                + $"the best of them was written: {Some(below)}";
    }

    private static string Some(ChoiceRow[] rows) =>
        Names.Printable(string.Join(", ", rows.Take(MostNamed).Select(row => row.Document))) + (rows.Length > MostNamed ? ", ..." : "");

    private static string Images(int count) => count == 1 ? "1 image" : $"{count} images";

    // One digit more than an audit shows: the cheapest that meets the target is near it.
    private static string Score(ChoiceReport report, double value) => Text(value, "F" + (report.Target.Measure.Decimals + 1).ToString(CultureInfo.InvariantCulture));

    private static string Text(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "infinite";
}
