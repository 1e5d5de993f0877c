using System.Globalization;
using Vestige.Cli.Domains;
using Vestige.Results;

namespace Vestige.Cli.Runs;

/// <summary>The figures of single documents as CSV (RFC 4180, UTF-8): what a page of an audit is too small for.</summary>
internal static class ItemsFile
{
    internal const string Name = "items.csv";

    // Of every kind of items that has any; they stand last, after the columns that every kind has.
    private static readonly string[] s_paired = [.. DomainRegistry.All.SelectMany(domain => domain.PairedMeasures).Select(measure => measure.Name).Distinct()];

    /// <summary>Writes the names of the columns.</summary>
    internal static void WriteHead(Stream stream)
    {
        using StreamWriter writer = Writer(stream);
        writer.WriteLine("source,document,sample,compressor,size,bytes,bits_per_unit,failure,"
            + string.Join(',', s_paired) + ",near_copy_of,similarity,code_length,bits_memorized");
    }

    /// <summary>Writes one line a document and codec of a source, as they come.</summary>
    internal static void Write(Stream stream, string source, IEnumerable<ItemFigure> items)
    {
        using StreamWriter writer = Writer(stream);
        foreach (ItemFigure item in items)
        {
            writer.WriteLine(string.Join(',', Field(source), Field(item.Document), item.Sample, Field(item.Row), Number(item.Size), Number(item.Bytes),
                Number(item.BitsPerUnit),
                Field(item.Why ?? ""), string.Join(',', s_paired.Select(name => Number(item.Paired.TryGetValue(name, out double value) ? value : null))),
                Field(item.NearCopy?.Of ?? ""), Number(item.NearCopy?.Similarity), Number(item.CodeLength), Number(item.BitsMemorized)));
        }
    }

    private static StreamWriter Writer(Stream stream) => new(stream, leaveOpen: true) { NewLine = "\r\n" };

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    internal static string Field(string text) => Quoted(IsFormula(text) ? "'" + text : text);

    // Spreadsheets would compute what starts so, and a file's name may come from anywhere; behind an apostrophe they show it.
    private static bool IsFormula(string text) => text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
