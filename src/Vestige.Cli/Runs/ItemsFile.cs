using System.Globalization;
using Vestige.Results;

namespace Vestige.Cli.Runs;

/// <summary>The figures of single documents as CSV (RFC 4180, UTF-8): what a page of an audit is too small for.</summary>
internal static class ItemsFile
{
    internal const string Name = "items.csv";

    /// <summary>Writes one line a document and codec, as they come.</summary>
    internal static void Write(Stream stream, IEnumerable<ItemFigure> items)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine("document,sample,compressor,size,bytes,bits_per_unit,failure");
        foreach (ItemFigure item in items)
        {
            writer.WriteLine(string.Join(',', Field(item.Document), item.Sample, Field(item.Row), Number(item.Size), Number(item.Bytes),
                item.BitsPerUnit?.ToString("0.######", CultureInfo.InvariantCulture), Field(item.Why ?? "")));
        }
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
