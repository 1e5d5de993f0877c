using System.Globalization;
using Spectre.Console;
using Vestige.Images.Inspections;
using Vestige.Pairs;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>An inspection for a person.</summary>
internal static class InspectTable
{
    /// <summary>Rows shown of a folder; the JSON has all.</summary>
    private const int MostRows = 30;

    private static readonly IReadOnlyList<PairedMeasure> s_measures = new Images.Paired.PicturePairing().Measures;

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
            console.WriteLine("lost: share of the original's detail that is gone; invented: share of the reconstruction's detail that the original has not.");
            console.Write(Tiles(result, shown, measured));
            console.WriteLine("Tiles of 32 pixels that are faithful, blurred (visibly lost only), artefacts (visibly invented only), substituted (both); of the others those");
            console.WriteLine("of other colour, and of other brightness. colour: both colour differences; tones: brightness in means over 16 pixels.");
            if (!folder) console.Write(Levels(measured));
            Flags(console, measured);
        }
        if (result.Jpeg is { } alone) JpegTable.Write(console, result.Original, alone);
        if (result.Imagined is { } imagined) Imagined(console, imagined);
        if (result.Width is not null)
            foreach (InspectionRow row in measured.Where(row => row.Jpeg is not null)) JpegTable.Write(console, row.Name, row.Jpeg!);
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
        Table table = NewTable(First(result), "bytes", "bits/pixel", "shift", Label("psnr"), Label("ssimulacra2"), $"{Label("lost")} (visible)", $"{Label("invented")} (visible)");
        foreach (InspectionRow row in rows)
        {
            Add(table, row.Name, AuditTable.Size(row.Bytes!.Value), Text(row.Rate, "0.000"), Shift(row), row.Identical ? "infinite"
                : Text(row.Psnr, "0.00"), Text(row.Ssimulacra2, "0.00"),
                Pair(row.Detail!.Lost, row.Detail.VisibleLost), Pair(row.Detail.Invented, row.Detail.VisibleInvented));
        }
        if (result.Width is null)
        {
            Add(table, "mean", AuditTable.Size(all.Average(row => row.Bytes!.Value)), Text(all.Average(row => row.Rate), "0.000"), "",
                Text(all.Average(row => row.Psnr), "0.00"), Text(all.Average(row => row.Ssimulacra2), "0.00"),
                Pair(all.Average(row => row.Detail!.Lost), all.Average(row => row.Detail!.VisibleLost)),
                Pair(all.Average(row => row.Detail!.Invented), all.Average(row => row.Detail!.VisibleInvented)));
        }
        return table;
    }

    private static Table Tiles(InspectionResult result, InspectionRow[] rows, InspectionRow[] all)
    {
        Table table = NewTable(First(result), "faithful", "blurred", "artefact", "substituted", "other colour", "other brightness",
            "colour lost / invented", "tones lost / invented");
        foreach (InspectionRow row in rows) AddTiles(row.Name, [row]);
        if (result.Width is null) AddTiles("mean", all);
        return table;

        void AddTiles(string name, InspectionRow[] of) => Add(table, name,
            Percent(of.Average(row => row.Tiles!.Faithful)), Percent(of.Average(row => row.Tiles!.Blurred)),
            Percent(of.Average(row => row.Tiles!.Artefact)), Percent(of.Average(row => row.Tiles!.Substituted)),
            Percent(of.Average(row => row.Tiles!.OtherColour)), Percent(of.Average(row => row.Tiles!.OtherBrightness)),
            Both(of.Average(row => row.Colour!.Lost), of.Average(row => row.Colour!.Invented)), Both(of.Average(row => row.Tones!.Lost), of.Average(row => row.Tones!.Invented)));
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

    /// <summary>The name of a measure as in the table of an audit.</summary>
    private static string Label(string name) => s_measures.Single(measure => measure.Name == name).Label;

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

    private static string Pair(double raw, double visible) => $"{Text(raw, "0.000")} ({Text(visible, "0.000")})";

    private static string Both(double lost, double invented) => $"{Text(lost, "0.000")} / {Text(invented, "0.000")}";

    private static string Percent(double share) => Text(100 * share, "0") + " %";

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
