using System.Globalization;
using Parquet.Meta;
using Vestige.Sources;

namespace Vestige.Language.Sources.Records;

/// <summary>A page of a column, by what its head states.</summary>
/// <param name="At">Where its bytes begin in the file, behind the head.</param>
/// <param name="Packed">So many of them.</param>
/// <param name="Unpacked">So many they become.</param>
/// <param name="Type">0: values; 2: the dictionary; 3: values, as the second version writes them.</param>
/// <param name="Values">Entries, nulls counted.</param>
/// <param name="Encoding">How they are written.</param>
/// <param name="Levels">How it is written which of them are null.</param>
internal readonly record struct ParquetPage(long At, int Packed, int Unpacked, long Type, int Values, long Encoding, long Levels);

/// <summary>What a Parquet file states of its lists and pages, held against its bytes before it is believed.</summary>
internal static class ParquetPages
{
    /// <summary>The type of a page of the second version.</summary>
    private const int SecondPage = 3;

    /// <summary>Bytes of a page, unpacked: writers make them of one megabyte; one value may be long.</summary>
    private const int LargestPage = 1 << 29;

    // A value that repeats takes next to nothing: so many in any file, and so many a byte of it.
    private const long MostValues = 1 << 22, ValuesOfByte = 256;

    // With the least and largest value of the page.
    private const int LargestHeader = 1 << 20;
    private const int FewBytes = 1 << 10;

    private const int Unpacked = 2, Packed = 3;

    /// <summary>Checks the list of columns, which stands before the file's last eight bytes.</summary>
    /// <exception cref="UnusableDocumentException">It is damaged.</exception>
    internal static void CheckColumns(Stream stream, int length, int tail)
    {
        byte[] list = new byte[length];
        stream.Seek(-(tail + length), SeekOrigin.End);
        stream.ReadExactly(list);
        if (ThriftShape.LengthOf("File", list, []) is null) throw new UnusableDocumentException("is damaged: its list of columns says more than its bytes hold");
    }

    /// <summary>Checks a column's pages in one row group.</summary>
    /// <returns>The pages, in order.</returns>
    /// <exception cref="UnusableDocumentException">It states more than is there, or than is read at once.</exception>
    internal static List<ParquetPage> Check(Stream stream, ColumnMetaData column)
    {
        List<ParquetPage> pages = [];
        if (column.NumValues > Math.Max(MostValues, ValuesOfByte * stream.Length))
            throw new UnusableDocumentException(string.Create(CultureInfo.InvariantCulture,
                $"states {column.NumValues} values, which a file of {stream.Length} bytes does not hold"));
        long at = column.DictionaryPageOffset is { } first and > 0 ? Math.Min(first, column.DataPageOffset) : column.DataPageOffset;
        byte[] header = new byte[FewBytes];
        var wholes = new Dictionary<(string, int), long>();
        for (long values = 0; values < column.NumValues;)
        {
            if (at < sizeof(int) || at >= stream.Length) throw Damaged();
            stream.Seek(at, SeekOrigin.Begin);
            int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            wholes.Clear();
            if (ThriftShape.LengthOf("Page", header.AsSpan(0, read), wholes) is not { } length)
            {
                if (read < header.Length || header.Length >= LargestHeader) throw Damaged();
                header = new byte[LargestHeader];
                continue;
            }
            long packed = wholes.GetValueOrDefault(("Page", Packed), -1), unpacked = wholes.GetValueOrDefault(("Page", Unpacked), -1);
            if (packed is < 0 or > int.MaxValue || packed > stream.Length - at - length || unpacked is < 0 or > LargestPage) throw Damaged();
            // Before there is room for what a few bytes state.
            if (unpacked > MostOf(column.Codec) * packed) throw Damaged();
            // Of pages of the second version only a part is packed.
            if (column.Codec == CompressionCodec.SNAPPY && wholes.GetValueOrDefault(("Page", 1), -1) != SecondPage
                && SnappyLength(stream, at + length, (int)Math.Min(packed, sizeof(int) + 1)) != unpacked) throw Damaged();
            long here = wholes.GetValueOrDefault(("Data", 1), 0) + wholes.GetValueOrDefault(("Second", 1), 0);
            if (here is < 0 or > int.MaxValue) throw Damaged();
            pages.Add(new ParquetPage(at + length, (int)packed, (int)unpacked, wholes.GetValueOrDefault(("Page", 1), -1), (int)here,
                wholes.GetValueOrDefault(("Data", 2), wholes.GetValueOrDefault(("Dictionary", 2), -1)), wholes.GetValueOrDefault(("Data", 3), -1)));
            values += here;
            at += length + packed;
        }
        return pages;
    }

    /// <summary>What Snappy's own head states, for which its library makes room before it looks further: seven bits a byte, the least first.</summary>
    private static long SnappyLength(Stream stream, long at, int bytes)
    {
        Span<byte> head = stackalloc byte[bytes];
        stream.Seek(at, SeekOrigin.Begin);
        stream.ReadExactly(head);
        long length = 0;
        for (int i = 0; i < bytes; i++)
        {
            length |= (long)(head[i] & 127) << (7 * i);
            if (head[i] < 128) return length;
        }
        return -1;
    }

    /// <summary>Bytes that a packed byte becomes at most: Snappy copies 64 by 3 bytes, LZ4 255 by one, DEFLATE 258 by two bits; of Zstandard a block of 128 kB may be one
    /// byte behind a head of three, and no page that people write is more than that of the others.</summary>
    private static long MostOf(CompressionCodec codec) => codec switch
    {
        CompressionCodec.UNCOMPRESSED => 1,
        CompressionCodec.SNAPPY => 22,
        CompressionCodec.GZIP => 1032,
        _ => 128 * 1024 / 4,
    };

    internal static UnusableDocumentException Damaged() => new("is damaged: one of its pages says more than its bytes hold");
}
