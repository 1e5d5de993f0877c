using System.Globalization;
using Spectre.Console;
using Vestige.Images.Inspections;
using Vestige.Images.Paired;
using Vestige.Pairs;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>An inspection for a person.</summary>
internal static class InspectTable
{
    /// <summary>Rows shown of a folder; the JSON has all.</summary>
    private const int MostRows = 30;

    internal static void Write(IAnsiConsole console, InspectionResult result)
    {
        console.WriteLine();
        console.WriteLine(Heading(result));
        InspectionRow[] measured = [.. result.Rows.Where(row => row.Detail is not null)];
        if (measured.Length > 0)
        {
            bool folder = result.Width is null;
            // In a folder the worst first, so that what is left out is what is good.
            InspectionRow[] shown = folder ? [.. measured.OrderBy(row => row.Ssimulacra2 ?? double.PositiveInfinity).Take(MostRows)] : measured;
            console.Write(Figures(result, shown, measured));
            if (shown.Length < measured.Length) console.WriteLine($"The {shown.Length} worst of {measured.Length}; --json lists all.");
            console.WriteLine("lost: share of the original's detail that is gone; invented: share of the reconstruction's detail that the original has not; visible: not masked.");
            console.Write(Tiles(result, shown, measured));
            console.WriteLine("Tiles of 32 pixels that are faithful, blurred (visibly lost only), artefacts (visibly invented only), substituted (both); of the others those");
            console.WriteLine("of other colour, and of other brightness. colour: both colour differences; tones: brightness in means over 16 pixels.");
            if (!folder) console.Write(Levels(measured));
            Flags(console, measured);
        }
        if (result.Jpeg is { } alone) JpegTable.Write(console, result.Original, alone);
        if (result.Imagined is { } imagined) Imagined(console, imagined);
        if (result.Width is not null)
            foreach (InspectionRow row in measured.Where(row => row.Jpeg is not null)) JpegTable.Write(console, row.Name, row.Jpeg!, row.Identical);
        foreach (InspectionRow row in result.Rows.Where(row => row.Why is not null)) console.WriteLine($"- {Names.Printable(Because(row))}");
        foreach (string note in result.Notes) console.WriteLine("- " + Names.Printable(note));
    }

    private static void Imagined(IAnsiConsole console, InspectionImagined imagined)
    {
        console.WriteLine();
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Imagined by {Names.Printable(imagined.Prior)}: {imagined.Figures.Samples} draws differ by "
                + $"{imagined.Figures.Spread:0.0} grey levels of luma (root mean square), which this file"));
        console.WriteLine($"leaves open. {string.Join(", ", imagined.Files.Select(Names.Printable))} in --out; the map is orange where the draws differ.");
        if (imagined.Figures.Outside > 0)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Coded again they would give the file's coefficients but for {Math.Ceiling(1e6 * imagined.Figures.Outside):0} in a million, "
                + $"which rounding to pixels leaves no room for."));
    }

    private static string Because(InspectionRow row) => row.Why!.StartsWith(row.Name, StringComparison.Ordinal) ? row.Why : $"{row.Name}: {row.Why}";

    private static string Heading(InspectionResult result) => Names.Printable(result.Original) + (result.Width is null
        ? $": {result.Rows.Count} images"
        : $": {result.Width} x {result.Height} pixels, {result.Stored}, {AuditTable.Size(result.Bytes!.Value)}");

    private static Table Figures(InspectionResult result, InspectionRow[] rows, InspectionRow[] all)
    {
        Table table = NewTable(First(result), ["bytes", "bits/pixel", "shift", .. Labels(InspectionTable.Figures)]);
        foreach (InspectionRow row in rows) AddFigures(row.Name, Shift(row), [row]);
        if (result.Width is null) AddFigures("mean", "", all);
        return table;

        void AddFigures(string name, string shift, InspectionRow[] of) =>
            Add(table, name, [AuditTable.Size(of.Average(row => row.Bytes!.Value)), Text(of.Average(row => row.Rate), "0.000"), shift, .. Cells(of, InspectionTable.Figures)]);
    }

    private static Table Tiles(InspectionResult result, InspectionRow[] rows, InspectionRow[] all)
    {
        Table table = NewTable(First(result), ["faithful", "blurred", "artefact", "substituted", "other colour", "other brightness", .. Labels(InspectionTable.Tiles)]);
        foreach (InspectionRow row in rows) AddTiles(row.Name, [row]);
        if (result.Width is null) AddTiles("mean", all);
        return table;

        void AddTiles(string name, InspectionRow[] of) => Add(table, name,
            [Percent(of.Average(row => row.Tiles!.Faithful)), Percent(of.Average(row => row.Tiles!.Blurred)),
                Percent(of.Average(row => row.Tiles!.Artefact)), Percent(of.Average(row => row.Tiles!.Substituted)),
                Percent(of.Average(row => row.Tiles!.OtherColour)), Percent(of.Average(row => row.Tiles!.OtherBrightness)), .. Cells(of, InspectionTable.Tiles)]);
    }

    private static IEnumerable<string> Labels(InspectionTable table) => Inspection.Columns.Where(column => column.Table == table).Select(column => column.Measure.Label);

    /// <summary>Means as an audit takes them: of what is measured, then shown (decibels are those of the mean error).</summary>
    private static IEnumerable<string> Cells(InspectionRow[] rows, InspectionTable table)
    {
        for (int i = 0; i < Inspection.Columns.Count; i++)
        {
            (PairedMeasure measure, InspectionTable where) = Inspection.Columns[i];
            if (where != table) continue;
            double[] values = [.. rows.Select(row => row.Values[i]).Where(value => !double.IsNaN(value))];
            double shown = values.Length == 0 ? double.NaN : measure.Show(values.Average());
            yield return double.IsNaN(shown) ? "-" : double.IsInfinity(shown) ? "infinite"
                : shown.ToString("F" + (measure.Decimals + 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
    }

    private static string First(InspectionResult result) => result.Width is null ? "image" : "reconstruction";

    private static Table Levels(InspectionRow[] rows)
    {
        string[] names = [.. Enumerable.Range(1, rows[0].Levels.Count).Select(level => $"{1 << level} pixels")];
        Table table = NewTable("lost / invented in details of", names);
        foreach (InspectionRow row in rows)
            Add(table, row.Name, [.. row.Levels.Select(level => Both(level.Lost, level.Invented))]);
        return table;
    }

    private static void Flags(IAnsiConsole console, InspectionRow[] rows)
    {
        foreach (InspectionRow row in rows)
        {
            string name = Names.Printable(row.Name);
            if (row.Other) console.WriteLine($"- {name} does not show the same picture, or shows it turned or far out of place: no other figure says anything.");
            if (row.Change is { } change) console.WriteLine($"- {name}: {change}.");
            if (IsShifted(row))
                console.WriteLine($"- {name} is shifted by {Shift(row)} pixels: every other measure counts that as loss and invention.");
            if (row.Substitution is { Flagged: true } flag)
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"- {name} shows something else at ({flag.X}, {flag.Y}): {flag.Ratio:0} times the change of nearly all other "
                        + $"places{(flag.Beside is null ? "" : $", beside {flag.Beside}")}. Look at it."));
            }
        }
    }

    private static string Shift(InspectionRow row) =>
        row.Other ? "another picture" : !IsShifted(row) ? "none" : string.Create(CultureInfo.InvariantCulture, $"{row.ShiftX:0.0}, {row.ShiftY:0.0}");

    private static bool IsShifted(InspectionRow row) =>
        row is { ShiftX: { } x, ShiftY: { } y } && Math.Max(Math.Abs(x), Math.Abs(y)) >= Images.Paired.GlobalShift.Notable;

    private static Table NewTable(string first, params ReadOnlySpan<string> others)
    {
        Table table = new Table().Border(TableBorder.Simple).Collapse();
        table.AddColumn(first);
        foreach (string name in others) table.AddColumn(new TableColumn(name).RightAligned());
        return table;
    }

    private static void Add(Table table, string name, params ReadOnlySpan<string> cells)
    {
        var row = new List<Text> { new(Names.Printable(name)) };
        foreach (string cell in cells) row.Add(new Text(cell));
        table.AddRow(row);
    }

    private static string Both(double lost, double invented) => $"{Text(lost, "0.000")} / {Text(invented, "0.000")}";

    private static string Percent(double share) => Text(100 * share, "0") + " %";

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
