using System.Globalization;
using Spectre.Console;
using Vestige.Images.Jpeg;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>The account of a JPEG's bits for a person.</summary>
internal static class JpegTable
{
    /// <param name="console">Where to.</param>
    /// <param name="name">Of the file.</param>
    /// <param name="account">Of it.</param>
    /// <param name="identical">Whether its picture is the original's, sample for sample.</param>
    internal static void Write(IAnsiConsole console, string name, JpegAccount account, bool identical = false)
    {
        console.WriteLine();
        string tables = account.Quality is { } quality ? $"tables of libjpeg's quality {quality}" : "tables of its own";
        console.WriteLine($"{Names.Printable(name)}: {account.Coding} JPEG{(account.Chroma is { } chroma ? ", " + chroma : "")}, {tables}, {AuditTable.Size(account.FileBytes)}: "
            + string.Join(", ", account.Parts.Select(part => $"{part.What} {AuditTable.Size(part.Bytes)}")));
        if (account.Parts.Any(part => !part.IsPicture)) console.WriteLine("What the picture does not need of it counts as neither kept nor discarded.");
        bool paired = account.Components[0].EntropyBefore is not null, decoded = account.Components[0].Consistent is not null;
        Table table = new Table().Border(TableBorder.Simple).Collapse();
        table.AddColumn("bits a block of 8 x 8");
        string[] columns = ["discarded", .. paired ? new[] { "entropy before", "after", "lost" } : ["entropy after"], "non-zero",
            .. paired ? new[] { "of the original" } : [], .. decoded ? new[] { "consistent", "but rounding" } : [], "unknown"];
        foreach (string column in columns) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (ComponentAccount component in account.Components)
        {
            string[] cells =
            [
                component.Name, Text(component.DiscardedBits, "0.00"),
                .. paired ? new[] { Text(component.EntropyBefore, "0.00"), Text(component.EntropyAfter, "0.00"),
                    Text(component.EntropyLost, "0.00") } : [Text(component.EntropyAfter, "0.00")],
                Text(component.NonZero, "0.0"),
                .. paired ? new[] { Percent(component.OfOriginal) } : [],
                .. decoded ? new[] { Percent(component.Consistent), Percent(component.ConsistentButRounding) } : [],
                Text(component.Unknown, "0.00"),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }
        console.Write(table);
        ComponentAccount most = account.Components.MaxBy(component => component.EntropyAfter)!;
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Quantization alone makes one coded block of {most.Name} stand for a volume of 2^{most.DiscardedBits:0} blocks. unknown: grey levels, root mean square, that the"));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"file cannot know, estimated from its coefficients; ") + (identical ? "the picture that was decoded is the original all the same." : string.Create(
                CultureInfo.InvariantCulture, $"for {most.Name} a decoder comes about as near to the original as "
                    + $"{Images.Paired.Psnr.Decibels(most.Unknown * most.Unknown):0.0} dB.")));
        if (decoded) console.WriteLine("consistent: coefficients that come out again when the decoded picture is quantized; but rounding: where rounding pixels is forgiven.");
        if (account.NotCompared is { } why) console.WriteLine($"No coefficient was compared with pixels: {why}.");
        if (account.Discarded is { } discarded) console.WriteLine(Bits(account, discarded));
    }

    /// <summary>Where a pixel's 24 bits went; of files larger than what loses nothing there are no such parts.</summary>
    private static string Bits(JpegAccount account, double discarded)
    {
        if (discarded >= 0 && account.Redundancy >= 0)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"Of 24 bits a pixel, {account.Redundancy:0.00} are redundancy that lossless coding finds, {discarded:0.00} were discarded, {account.Kept:0.00} kept.");
        }
        bool isHead = 2 * account.ScanBytes < account.Parts.Where(part => part.IsPicture).Sum(part => part.Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"The file takes {account.Kept:0.00} bits a pixel, the original without loss {account.Kept + discarded:0.00}, raw 24: ")
            + (isHead ? "headers and tables outweigh the picture, and what was discarded cannot be told in bits."
                : discarded < 0 ? "it is larger than what loses nothing, and what was discarded cannot be told in bits." : "lossless coding finds no redundancy in it.");
    }

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double? share) => share is { } x ? Text(100 * x, "0.00") + " %" : "-";
}
