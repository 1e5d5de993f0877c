using System.Buffers.Binary;
using System.Globalization;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Language.Sources.Records;

/// <summary>Reads Parquet: a row a record, of whose columns only those are read that are looked for, one row group at a time.</summary>
internal static class ParquetRecords
{
    // What a row group's column may hold: it stands in memory.
    private const long MostBytes = 1L << 31;
    private const long MostValues = 1 << 26;
    private const int TailBytes = 8;

    /// <summary>The records of a file, numbered by its rows from 1.</summary>
    /// <param name="stream">The file; must seek.</param>
    /// <param name="query">What is looked for.</param>
    /// <exception cref="UnusableDocumentException">It is no Parquet, encrypted, cut off, or has no such column; the message is for the user.</exception>
    internal static IEnumerable<FoundRecord> Read(Stream stream, RecordQuery query)
    {
        CheckEnds(stream);
        ParquetReader reader = Library(() => ParquetReader.CreateAsync(stream).GetAwaiter().GetResult(), "it has no readable list of its columns");
        FileMetaData file = reader.Metadata!;
        if (file.EncryptionAlgorithm is not null) throw Encrypted();
        ParquetColumn.ReadAsBytes(file);
        ParquetSchema schema = Library(() => reader.Schema, "its columns are of a kind that is not known");
        var column = ParquetColumn.Find(schema, query.Field, "--field");
        DataField? by = query.Group is { } group ? ParquetColumn.Find(schema, FieldPath.Parse(group), "--group").Leaf : null;
        PageRoom room = new(), byRoom = new();
        long row = 0;
        foreach (ParquetRowGroupReader rows in reader.RowGroups)
        {
            // Rows come in order within a group, and groups one after the other.
            using IEnumerator<FoundRecord> found = Group(stream, rows, column, by, row, (room, byRoom)).GetEnumerator();
            while (found.MoveNext()) yield return found.Current;
            row += rows.RowCount;
        }
    }

    private static IEnumerable<FoundRecord> Group(Stream stream, ParquetRowGroupReader rows, ParquetColumn column, DataField? by, long before,
        (PageRoom Texts, PageRoom Groups) rooms)
    {
        ParquetValues? texts = null, roles = null, groups = null;
        string? fault = null;
        try
        {
            texts = Values(stream, rows, column.Leaf, rooms.Texts);
            roles = column.Role is { } role ? Values(stream, rows, role, rooms.Groups) : null;
            groups = by is not null ? Values(stream, rows, by, rooms.Groups) : null;
        }
        catch (UnusableDocumentException error)
        {
            fault = error.Message;
        }
        if (fault is not null)
        {
            yield return Unusable(before, "a row group of ", rows.RowCount, fault);
            yield break;
        }
        var turns = new Turns();
        string name = column.Leaf.Path.ToString().Replace("/", ".", StringComparison.Ordinal);
        for (long row = before; ; row++)
        {
            ReadOnlyMemory<byte> text = default;
            UInt128 grouped = 0;
            try
            {
                if (!texts!.Next()) break;
                text = column.Leaf.MaxRepetitionLevel == 0 ? texts.Value : Joined(texts, roles, column, turns);
                if (groups is not null && groups.Next() && !groups.IsNull) grouped = ContentHash.Of(groups.Value.Span);
            }
            catch (UnusableDocumentException error)
            {
                fault = error.Message;
            }
            if (fault is not null)
            {
                yield return Unusable(row, "", before + rows.RowCount - row, fault);
                yield break;
            }
            string? why = FoundRecord.FaultOf(text.Span, name);
            yield return why is null ? new FoundRecord(Number(row + 1), text) { Group = grouped } : FoundRecord.Without(Number(row + 1), why);
        }
    }

    private static FoundRecord Unusable(long row, string what, long rows, string fault) =>
        FoundRecord.Without(Number(row + 1), $"begins {what}{rows.ToString(CultureInfo.InvariantCulture)} rows that cannot be used: it {fault}");

    /// <summary>The texts of one row, of which the first is stood on.</summary>
    private static byte[] Joined(ParquetValues texts, ParquetValues? roles, ParquetColumn column, Turns turns)
    {
        turns.Clear();
        int element = 0;
        roles?.Next();
        do
        {
            bool wanted = (column.Element is null || column.Element == element++) && !texts.IsNull;
            if (wanted) turns.Add(roles is { IsNull: false } ? roles.Value.ToArray() : null, texts.Value.ToArray());
            if (texts.GoesOn) roles?.Next();
        }
        while (texts.GoesOn && texts.Next());
        return turns.Count > 0 ? turns.Joined() : [];
    }

    private static ParquetValues Values(Stream stream, ParquetRowGroupReader rows, DataField field, PageRoom room)
    {
        ColumnMetaData about = rows.GetMetadata(field)?.MetaData ?? throw new UnusableDocumentException("lacks the column: it is damaged or encrypted");
        if (about.NumValues is < 0 or > MostValues || about.TotalUncompressedSize > MostBytes)
            throw new UnusableDocumentException(string.Create(CultureInfo.InvariantCulture,
                $"holds {about.NumValues} values of {about.TotalUncompressedSize} bytes at once; write the file with smaller row groups"));
        List<ParquetPage> pages = ParquetPages.Check(stream, about);
        if (PagedValues.Takes(field, about, pages)) return new PagedValues(stream, pages, about.Codec, (int)about.NumValues, field.MaxDefinitionLevel, room);
        int count = (int)about.NumValues;
        var values = new ReadOnlyMemory<byte>[count];
        int[]? defined = field.MaxDefinitionLevel > 0 ? new int[count] : null, repeated = field.MaxRepetitionLevel > 0 ? new int[count] : null;
        Library(() =>
        {
            // Not an empty memory in place of none.
            Memory<int>? definitions = defined is null ? default(Memory<int>?) : defined.AsMemory(), repetitions = repeated is null ? default(Memory<int>?) : repeated.AsMemory();
            rows.ReadRawAsync<ReadOnlyMemory<byte>>(field, values, definitions, repetitions).AsTask().GetAwaiter().GetResult();
            return true;
        }, "it is damaged, or packed in a way that is not known");
        return new HeldValues(values, defined, repeated, field.MaxDefinitionLevel);
    }

    /// <summary>A file that was closed begins and ends with the same four letters, with its list of columns before the last.</summary>
    private static void CheckEnds(Stream stream)
    {
        Span<byte> ends = stackalloc byte[4 + TailBytes];
        if (stream.Length < ends.Length) throw new UnusableDocumentException("is no Parquet file: it is too short");
        stream.Seek(0, SeekOrigin.Begin);
        stream.ReadExactly(ends[..4]);
        stream.Seek(-TailBytes, SeekOrigin.End);
        stream.ReadExactly(ends[4..]);
        if (ends[..4].SequenceEqual("PARE"u8) || ends[^4..].SequenceEqual("PARE"u8)) throw Encrypted();
        if (!ends[..4].SequenceEqual("PAR1"u8)) throw new UnusableDocumentException("is no Parquet file: it does not begin with PAR1");
        if (!ends[^4..].SequenceEqual("PAR1"u8)) throw new UnusableDocumentException("was cut off: a Parquet file ends with PAR1, and this one does not");
        if (BinaryPrimitives.ReadInt32LittleEndian(ends[4..]) is int length && (length <= 0 || length > stream.Length - ends.Length))
            throw new UnusableDocumentException("is damaged: its list of columns is longer than the file");
        ParquetPages.CheckColumns(stream, BinaryPrimitives.ReadInt32LittleEndian(ends[4..]), TailBytes);
    }

    private static UnusableDocumentException Encrypted() => new("is an encrypted Parquet file; write it again without encryption");

    private static int Number(long row) => (int)Math.Min(row, int.MaxValue);

    /// <summary>What is wrong with a file ends in exceptions of any kind within the library.</summary>
    private static T Library<T>(Func<T> read, string otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (OperationCanceledException or UnusableDocumentException))
        {
            throw new UnusableDocumentException($"cannot be read as Parquet: {otherwise} ({Names.Printable(error.Message.Split('\n')[0])})", error);
        }
    }
}
