using System.Globalization;
using Vestige.Results;

namespace Vestige.Cli.Runs;

/// <summary>What rows copied from T, as CSV (RFC 4180, UTF-8): too long for a result.</summary>
internal static class CopiesFile
{
    internal const string Name = "copies.csv";

    /// <summary>Writes what stood there before, else the names of the columns, and a line a copy.</summary>
    internal static void Write(Stream stream, byte[]? before, string source, IEnumerable<CopiedSpan> copies)
    {
        stream.Write(before);
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\r\n" };
        if (before is null) writer.WriteLine("source,compressor,kind,document,offset,characters,copied_from,offset_there,similarity,text");
        foreach (CopiedSpan copy in copies)
        {
            writer.WriteLine(string.Join(',', Csv.Field(source), Csv.Field(copy.Row), copy.Kind, Csv.Field(copy.Document), Number(copy.Offset),
                Number(copy.Characters), Csv.Field(copy.Source), Number(copy.SourceOffset), copy.Similarity.ToString("0.###", CultureInfo.InvariantCulture),
                Csv.Field(copy.Text)));
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
