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
            writer.WriteLine(string.Join(',', Csv.Field(source), Csv.Field(item.Document), item.Sample, Csv.Field(item.Row), Csv.Number(item.Size), Csv.Number(item.Bytes),
                Csv.Number(item.BitsPerUnit),
                Csv.Field(item.Why ?? ""), string.Join(',', s_paired.Select(name => Csv.Number(item.Paired.TryGetValue(name, out double value) ? value : null))),
                Csv.Field(item.NearCopy?.Of ?? ""), Csv.Number(item.NearCopy?.Similarity), Csv.Number(item.CodeLength), Csv.Number(item.BitsMemorized)));
        }
    }

    private static StreamWriter Writer(Stream stream) => new(stream, leaveOpen: true) { NewLine = "\r\n" };
}
