namespace Vestige.Language.Sources.Records;

/// <summary>A struct of a Parquet file in Thrift's compact protocol, gone over before the library reads it: that trusts lengths, counts and types, and takes
/// gigabytes or goes on for minutes where they lie.</summary>
/// <remarks>Every element of a list takes a byte at the least, so that none may count more of them than bytes are left. Sets, maps and lists of truths are in no
/// Parquet, and are refused. The library reads a field as what
/// its number says, so that the stored type must be that one. https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md,
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift</remarks>
internal ref struct ThriftShape
{
    private const int True = 1, False = 2, Byte = 3, I16 = 4, I64 = 6, Real = 7, Binary = 8, List = 9, Struct = 12;

    // Parquet's own nest to seven.
    private const int MostNested = 32;

    // A struct a line, its fields by number. w: a whole number, s: bytes, t: true or false, y: a byte, d: a double, a name: a struct of it, *: any
    // struct, [: a list of what follows. What has no number here is gone over.
    private const string Parquet = """
        File 1:w 2:[Element 3:w 4:[RowGroup 5:[Pair 6:s 7:[* 8:Algorithm 9:s
        Element 1:w 2:w 3:w 4:s 5:w 6:w 7:w 8:w 9:w 10:Logical
        Logical 1:* 2:* 3:* 4:* 5:Decimal 6:* 7:Time 8:Time 10:Integer 11:* 12:* 13:* 14:* 15:* 16:Variant 17:Place 18:Place
        Decimal 1:w 2:w
        Time 1:t 2:*
        Integer 1:y 2:t
        Variant 1:y
        Place 1:s 2:w
        RowGroup 1:[Chunk 2:w 3:w 4:[Sorting 5:w 6:w 7:w
        Sorting 1:w 2:t 3:t
        Chunk 1:s 2:w 3:Column 4:w 5:w 6:w 7:w 8:Crypto 9:s
        Crypto 1:* 2:Key
        Key 1:[s 2:s
        Column 1:w 2:[w 3:[s 4:w 5:w 6:w 7:w 8:[Pair 9:w 10:w 11:w 12:Statistics 13:[Encodings 14:w 15:w 16:Sizes 17:Extent
        Statistics 1:s 2:s 3:w 4:w 5:s 6:s 7:t 8:t
        Encodings 1:w 2:w 3:w
        Sizes 1:w 2:[w 3:[w
        Extent 1:Box 2:[w
        Box 1:d 2:d 3:d 4:d 5:d 6:d 7:d 8:d
        Pair 1:s 2:s
        Algorithm 1:Aes 2:Aes
        Aes 1:s 2:s 3:t
        Page 1:w 2:w 3:w 4:w 5:Data 6:* 7:Dictionary 8:Second
        Data 1:w 2:w 3:w 4:w 5:Statistics
        Dictionary 1:w 2:w 3:t
        Second 1:w 2:w 3:w 4:w 5:w 6:w 7:t 8:Statistics
        """;

    private static readonly Dictionary<string, Dictionary<int, string>> s_structs = Parquet.Split('\n').Select(line => line.Trim().Split(' '))
        .ToDictionary(words => words[0], words => words.Skip(1).Select(word => word.Split(':'))
            .ToDictionary(pair => int.Parse(pair[0], System.Globalization.CultureInfo.InvariantCulture), pair => pair[1]));

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Dictionary<(string Struct, int Field), long> _wholes;
    private int _at;

    private ThriftShape(ReadOnlySpan<byte> bytes, Dictionary<(string Struct, int Field), long> wholes)
    {
        _bytes = bytes;
        _wholes = wholes;
    }

    /// <summary>Goes over a struct.</summary>
    /// <param name="name">Which: <c>File</c>, the list of columns, or <c>Page</c>, the head of a page.</param>
    /// <param name="bytes">Begins with it.</param>
    /// <param name="wholes">Receives its whole numbers, and those of the structs within it, by the names and numbers above: of several the last.</param>
    /// <returns>Its bytes; null where it is none, or does not end within the bytes.</returns>
    internal static int? LengthOf(string name, ReadOnlySpan<byte> bytes, Dictionary<(string Struct, int Field), long> wholes)
    {
        var shape = new ThriftShape(bytes, wholes);
        return shape.Fields(name, 0) ? shape._at : null;
    }

    private bool Fields(string name, int depth)
    {
        if (depth > MostNested) return false;
        Dictionary<int, string>? known = s_structs.GetValueOrDefault(name);
        for (int field = 0; _at < _bytes.Length;)
        {
            byte head = _bytes[_at++];
            if (head == 0) return true;
            int type = head & 15, step = head >> 4;
            if (step > 0) field += step;
            else if (Varint() is { } stated) field = (short)ZigZag(stated);
            else return false;
            string? meant = known?.GetValueOrDefault(field);
            if (!Fits(meant, type)) return false;
            // In a field the truth stands in its type.
            if (type is True or False) continue;
            int start = _at;
            if (!Value(type, meant, depth)) return false;
            if (meant == "w") _wholes[(name, field)] = ZigZag(new ThriftShape(_bytes[start.._at], _wholes).Varint() ?? 0);
        }
        return false;
    }

    private static bool Fits(string? meant, int type) => meant switch
    {
        null => true,
        "w" => type is >= I16 and <= I64,
        "s" => type == Binary,
        "t" => type is True or False,
        "y" => type == Byte,
        "d" => type == Real,
        _ when meant[0] == '[' => type == List,
        _ => type == Struct,
    };

    private bool Value(int type, string? meant, int depth)
    {
        switch (type)
        {
            case Byte: return Over(1);
            case >= I16 and <= I64: return Varint() is not null;
            case Real: return Over(sizeof(double));
            case Binary: return Varint() is { } length && Over(length);
            case Struct: return Fields(meant ?? "", depth + 1);
            case List:
                {
                    if (_at >= _bytes.Length) return false;
                    byte head = _bytes[_at++];
                    ulong? count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
                    string? element = meant?[1..];
                    return count is { } elements && (elements == 0 || Fits(element, head & 15)) && Elements(elements, depth, element, head & 15);
                }
            default: return false;
        }
    }

    private bool Elements(ulong count, int depth, string? meant, int type)
    {
        // The library passes over a truth without reading its byte: a few lists of them would keep it for hours.
        if (type is True or False && count > 0) return false;
        if (count > (ulong)(_bytes.Length - _at) || depth >= MostNested) return false;
        for (; count > 0; count--)
            if (!Value(type, meant, depth + 1)) return false;
        return true;
    }

    private bool Over(ulong bytes)
    {
        if (bytes > (ulong)(_bytes.Length - _at)) return false;
        _at += (int)bytes;
        return true;
    }

    private ulong? Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && _at < _bytes.Length; shift += 7)
        {
            byte next = _bytes[_at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
        return null;
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
