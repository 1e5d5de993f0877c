using System.Buffers.Binary;
using Parquet.Meta;
using Parquet.Schema;
using Snappier;
using Vestige.Sources;
using ZstdSharp;

namespace Vestige.Language.Sources.Records;

/// <summary>The values of a column without lists, a page in memory at a time, out of the page's own bytes.</summary>
/// <remarks>The library makes an array of every value and copies it: of texts that takes six times as long as unpacking them, and a row group of memory. What is
/// written in rarer ways (pages of the second version, delta lengths, gzip, Brotli, LZ4) is left to it.
/// https://github.com/apache/parquet-format/blob/master/Encodings.md</remarks>
/// <param name="stream">The file.</param>
/// <param name="pages">Of the column, checked.</param>
/// <param name="codec">What they are packed with.</param>
/// <param name="count">Entries in all.</param>
/// <param name="full">The level of an entry that is not null; 0 where none is.</param>
/// <param name="room">For a page; of the row group before.</param>
internal sealed class PagedValues(Stream stream, IReadOnlyList<ParquetPage> pages, CompressionCodec codec, int count, int full, PageRoom room) : ParquetValues
{
    private const int ValuesPage = 0, DictionaryPage = 2;
    private const int Plain = 0, PlainDictionary = 2, Runs = 3, RunsDictionary = 8;

    private readonly List<ReadOnlyMemory<byte>> _words = [];
    private ReadOnlyMemory<byte> _rest, _value;
    private ParquetRuns _levels, _indices;
    private int _page, _left, _given;
    private bool _isNull, _byDictionary;

    internal override bool IsNull => _isNull;

    internal override ReadOnlyMemory<byte> Value => _value;

    internal override bool GoesOn => false;

    /// <summary>Whether a column is written so that it can be read here.</summary>
    internal static bool Takes(DataField field, ColumnMetaData about, IEnumerable<ParquetPage> pages) =>
        field.MaxRepetitionLevel == 0 && about.Type == Parquet.Meta.Type.BYTE_ARRAY
        && about.Codec is CompressionCodec.UNCOMPRESSED or CompressionCodec.SNAPPY or CompressionCodec.ZSTD
        && pages.All(page => page.Type switch
        {
            ValuesPage => page.Encoding is Plain or PlainDictionary or RunsDictionary && (field.MaxDefinitionLevel == 0 || page.Levels == Runs),
            DictionaryPage => page.Encoding is Plain or PlainDictionary,
            _ => false,
        });

    /// <inheritdoc/>
    /// <exception cref="UnusableDocumentException">The page is damaged.</exception>
    internal override bool Next()
    {
        _value = default;
        // The last page may hold more than the column is said to have.
        if (_given == count) return false;
        while (_left == 0)
        {
            if (_page == pages.Count) return false;
            Open(pages[_page++]);
        }
        _left--;
        _given++;
        _isNull = full > 0 && _levels.Next() != full;
        if (_isNull) return true;
        if (!_byDictionary) _value = Taken();
        else _value = _indices.Next() is var index && index < _words.Count ? _words[index] : throw ParquetPages.Damaged();
        return true;
    }

    private void Open(ParquetPage page)
    {
        ReadOnlyMemory<byte> bytes = Bytes(page);
        if (page.Type == DictionaryPage)
        {
            _words.Clear();
            // As long as there are values.
            for (_rest = bytes.ToArray(); !_rest.IsEmpty;) _words.Add(Taken());
            return;
        }
        _left = page.Values;
        if (full > 0)
        {
            if (bytes.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(bytes.Span) is var length && (length < 0 || length > bytes.Length - sizeof(int)))
                throw ParquetPages.Damaged();
            _levels = new ParquetRuns(bytes.Slice(sizeof(int), length), 32 - int.LeadingZeroCount(full));
            bytes = bytes[(sizeof(int) + length)..];
        }
        _byDictionary = page.Encoding != Plain;
        // A page of nulls alone need not say how its values are written.
        if (_byDictionary) _indices = bytes.IsEmpty ? default : new ParquetRuns(bytes[1..], bytes.Span[0]);
        else _rest = bytes;
    }

    /// <summary>The next value of those that stand one after the other, each behind its length.</summary>
    private ReadOnlyMemory<byte> Taken()
    {
        if (_rest.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(_rest.Span) is var length && (length < 0 || length > _rest.Length - sizeof(int)))
            throw ParquetPages.Damaged();
        ReadOnlyMemory<byte> value = _rest.Slice(sizeof(int), length);
        _rest = _rest[(sizeof(int) + length)..];
        return value;
    }

    private ReadOnlyMemory<byte> Bytes(ParquetPage page)
    {
        bool isPacked = codec != CompressionCodec.UNCOMPRESSED;
        if (!isPacked && page.Packed != page.Unpacked) throw ParquetPages.Damaged();
        Memory<byte> unpacked = room.Unpacked(page.Unpacked);
        Span<byte> stored = isPacked ? room.Packed(page.Packed).Span : unpacked.Span;
        stream.Seek(page.At, SeekOrigin.Begin);
        stream.ReadExactly(stored);
        return !isPacked || Unpack(stored, unpacked.Span) == page.Unpacked ? unpacked : throw ParquetPages.Damaged();
    }

    private int Unpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        try
        {
            if (codec == CompressionCodec.SNAPPY) return Snappy.Decompress(packed, unpacked);
            using var zstandard = new Decompressor();
            return zstandard.Unwrap(packed, unpacked);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or ZstdException or ArgumentException)
        {
            throw new UnusableDocumentException(ParquetPages.Damaged().Message, error);
        }
    }
}

/// <summary>Room for a page, as it is stored and unpacked. What is new each time costs as much as unpacking.</summary>
internal sealed class PageRoom
{
    private byte[] _packed = [], _unpacked = [];

    internal Memory<byte> Packed(int length) => Of(ref _packed, length);

    internal Memory<byte> Unpacked(int length) => Of(ref _unpacked, length);

    private static Memory<byte> Of(ref byte[] buffer, int length)
    {
        // Pages differ by little.
        if (buffer.Length < length) buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, length + (length / 4L)));
        return buffer.AsMemory(0, length);
    }
}
