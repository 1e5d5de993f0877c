using System.Text;

namespace Vestige.Models.Gguf;

/// <summary>Reads the head of a GGUF file, trusting none of its lengths.</summary>
internal sealed class GgufReader
{
    private const uint Whole8 = 0, Signed8 = 1, Whole16 = 2, Signed16 = 3, Whole32 = 4, Signed32 = 5, Real32 = 6, Truth = 7,
        Text = 8, Array = 9, Whole64 = 10, Signed64 = 11, Real64 = 12;

    // Arrays of arrays are allowed; of more than this many no file is made.
    private const int MostNested = 4;

    private const int MostDimensions = 4;

    private readonly BinaryReader _reader;
    private readonly long _end;

    private GgufReader(Stream stream) => (_reader, _end) = (new BinaryReader(stream, Encoding.UTF8, leaveOpen: true), stream.Length);

    private long Left => _end - _reader.BaseStream.Position;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or damaged; the message says how, without the file's name.</exception>
    internal static GgufHeader Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return Read(stream);
    }

    /// <inheritdoc cref="Read(string)"/>
    internal static GgufHeader Read(Stream stream)
    {
        try
        {
            return new GgufReader(stream).Read();
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("is cut off inside its header");
        }
    }

    private GgufHeader Read()
    {
        Span<byte> magic = stackalloc byte[4];
        if (Left < 24 || _reader.Read(magic) != 4 || !GgufHeader.Is(magic)) throw new InvalidDataException("is no GGUF file: it does not start with GGUF");
        uint version = _reader.ReadUInt32();
        if (version is not (2 or 3))
        {
            throw new InvalidDataException(version > 0xFFFF ? "is a GGUF file with the big end first, which is not read here"
                : $"is a GGUF file of version {version}; versions 2 and 3 are read");
        }
        ulong tensorCount = _reader.ReadUInt64(), valueCount = _reader.ReadUInt64();
        // A tensor takes 32 bytes of header at least, a value 13.
        if (tensorCount > (ulong)Left / 32 || valueCount > (ulong)Left / 13)
            throw new InvalidDataException($"says that it has {tensorCount} tensors and {valueCount} values, and is too short for them");
        Dictionary<string, object> values = new(StringComparer.Ordinal);
        for (ulong i = 0; i < valueCount; i++)
        {
            string key = ReadText();
            if (!values.TryAdd(key, Value(_reader.ReadUInt32(), 0))) throw new InvalidDataException($"says {key} twice");
        }
        var tensors = new TensorInfo[tensorCount];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = Tensor();
        if (tensors.GroupBy(tensor => tensor.Name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new InvalidDataException($"has two tensors {twice.Key}");
        var header = new GgufHeader(version, values, tensors);
        CheckRanges(header);
        return header;
    }

    private TensorInfo Tensor()
    {
        string name = ReadText();
        uint dimensions = _reader.ReadUInt32();
        if (dimensions > MostDimensions) throw new InvalidDataException($"has a tensor {name} of {dimensions} dimensions; {MostDimensions} is the most");
        ulong[] shape = new ulong[dimensions];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = _reader.ReadUInt64();
            if (shape[i] is 0 or > 1L << 40) throw new InvalidDataException($"has a tensor {name} of {shape[i]} elements along one dimension");
        }
        return new TensorInfo(name, shape, _reader.ReadUInt32(), _reader.ReadUInt64());
    }

    private void CheckRanges(GgufHeader header)
    {
        long alignment = header.Whole("general.alignment") ?? 32;
        if (alignment is < 8 or > 1 << 20 || (alignment & (alignment - 1)) != 0)
            throw new InvalidDataException($"says general.alignment = {alignment}; a power of two from 8 up is needed");
        long start = (_reader.BaseStream.Position + alignment - 1) / alignment * alignment;
        foreach (TensorInfo tensor in header.Tensors)
        {
            UInt128? bytes;
            try
            {
                bytes = TensorTypes.SizeOf(tensor.Type, tensor.Shape);
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"has a tensor {tensor.Name} that {e.Message}", e);
            }
            if (tensor.Offset % (ulong)alignment != 0) throw new InvalidDataException($"has a tensor {tensor.Name} at {tensor.Offset}, which is not a multiple of {alignment}");
            UInt128 end = (UInt128)start + tensor.Offset + (bytes ?? 0);
            if (end > (UInt128)_end) throw new InvalidDataException($"is cut off: tensor {tensor.Name} ends at byte {end}, and the file at {_end}");
        }
    }

    private object Value(uint type, int depth) => type switch
    {
        Whole8 => (ulong)_reader.ReadByte(),
        Signed8 => (long)_reader.ReadSByte(),
        Whole16 => (ulong)_reader.ReadUInt16(),
        Signed16 => (long)_reader.ReadInt16(),
        Whole32 => (ulong)_reader.ReadUInt32(),
        Signed32 => (long)_reader.ReadInt32(),
        Real32 => (double)_reader.ReadSingle(),
        Truth => _reader.ReadByte() != 0,
        Text => ReadText(),
        Array => ReadArray(depth),
        Whole64 => _reader.ReadUInt64(),
        Signed64 => _reader.ReadInt64(),
        Real64 => _reader.ReadDouble(),
        _ => throw new InvalidDataException($"has a value of type {type}, which there is not"),
    };

    private ArrayInfo ReadArray(int depth)
    {
        uint type = _reader.ReadUInt32();
        ulong count = _reader.ReadUInt64();
        if (type > Real64 || depth >= MostNested) throw new InvalidDataException($"has an array of type {type}, {depth} deep, which there is not");
        if (count > (ulong)Left) throw new InvalidDataException($"says that an array has {count} elements, and is too short for them");
        List<string>? texts = type == Text ? [] : null;
        for (ulong i = 0; i < count; i++)
        {
            object value = Value(type, depth + 1);
            texts?.Add((string)value);
        }
        return new ArrayInfo(type, count, texts);
    }

    private string ReadText()
    {
        ulong length = _reader.ReadUInt64();
        if (length > (ulong)Left) throw new InvalidDataException($"says that a text has {length} bytes, and is too short for it");
        return Encoding.UTF8.GetString(_reader.ReadBytes((int)Math.Min(length, int.MaxValue)));
    }
}
