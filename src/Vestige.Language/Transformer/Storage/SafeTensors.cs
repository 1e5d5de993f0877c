using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Vestige.Files.Interop;

namespace Vestige.Language.Transformer.Storage;

/// <summary>A tensor in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Sizes, slowest first.</param>
/// <param name="Values">Its elements.</param>
internal sealed record StoredTensor(string Name, int[] Shape, ReadOnlyMemory<float> Values);

/// <summary>A file in the safetensors format, with tensors of single precision only: 8 bytes of header length, a JSON header, the elements.</summary>
internal sealed class SafeTensors : IDisposable
{
    // The format's own limit.
    private const int MaxHeader = 100_000_000;

    private const string MetadataKey = "__metadata__";

    // SHA-256 of the other notes and of all elements.
    private const string ChecksumKey = "checksum";

    private readonly FileStream _file;
    private readonly string _path;
    private readonly Dictionary<string, (int[] Shape, long Start, long End)> _tensors = [];
    private readonly long _data;

    private SafeTensors(FileStream file, string path)
    {
        (_file, _path) = (file, path);
        byte[] header = ReadHeader();
        _data = 8 + header.Length;
        try
        {
            using var json = JsonDocument.Parse(header);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Bad("its header is not a JSON object");
            foreach (JsonProperty property in json.RootElement.EnumerateObject()) Add(property);
        }
        catch (JsonException e)
        {
            throw Bad($"its header is not JSON ({e.Message})");
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw Bad("its header does not describe tensors as the format wants it");
        }

        CheckRanges();
    }

    /// <summary>What the writer noted beside the tensors.</summary>
    internal Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="InvalidDataException">It is not what the format says; the message names the file and what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static SafeTensors Open(string path)
    {
        if (FileFacts.Of(path)?.Kind is not (null or FileKind.File)) throw new InvalidDataException($"{path} cannot be used: it is a folder, a pipe or a device");
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new SafeTensors(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file.</summary>
    internal static void Write(Stream file, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<StoredTensor> tensors)
    {
        using IncrementalHash hash = Notes(metadata);
        foreach (StoredTensor tensor in tensors) hash.AppendData(MemoryMarshal.AsBytes(tensor.Values.Span));
        byte[] header = Header(new Dictionary<string, string>(metadata) { [ChecksumKey] = Hex(hash) }, tensors);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        file.Write(length);
        file.Write(header);
        foreach (StoredTensor tensor in tensors) file.Write(MemoryMarshal.AsBytes(tensor.Values.Span));
    }

    /// <summary>Checks that a tensor is there, before memory is taken for it.</summary>
    /// <exception cref="InvalidDataException">It is missing or has another shape.</exception>
    internal void Check(string name, int[] shape)
    {
        if (!_tensors.TryGetValue(name, out (int[] Shape, long Start, long End) tensor)) throw Bad($"tensor {name} is missing");
        if (!tensor.Shape.SequenceEqual(shape)) throw Bad($"tensor {name} is {string.Join(" x ", tensor.Shape)}, not {string.Join(" x ", shape)}");
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape it must have.</param>
    /// <param name="values">Its elements, out.</param>
    /// <exception cref="InvalidDataException">It is missing, has another shape, or holds what is not a finite number.</exception>
    internal void Read(string name, int[] shape, Span<float> values)
    {
        Check(name, shape);
        _file.Position = _data + _tensors[name].Start;
        _file.ReadExactly(MemoryMarshal.AsBytes(values));
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) throw Bad($"tensor {name} holds {value}");
        }
    }

    /// <summary>Checks the elements, and what is noted beside them, against the checksum that <see cref="Write"/> noted.</summary>
    /// <returns>False where there is none: the file is of an older version, or of another program.</returns>
    /// <exception cref="InvalidDataException">They are not what was written.</exception>
    internal bool Verify()
    {
        if (!Metadata.TryGetValue(ChecksumKey, out string? stated)) return false;
        using IncrementalHash hash = Notes(Metadata);
        byte[] buffer = new byte[1 << 16];
        _file.Position = _data;
        for (int read; (read = _file.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        return stated == Hex(hash) ? true : throw Bad("its weights, or what is noted beside them, are not those that were written: the checksum differs");
    }

    /// <summary>The error that says what is wrong with this file.</summary>
    internal InvalidDataException Bad(string what) => new($"{_path} cannot be used: {what}. Is it a model that vestige train wrote, and is it whole?");

    public void Dispose() => _file.Dispose();

    private byte[] ReadHeader()
    {
        Span<byte> start = stackalloc byte[8];
        if (_file.Length < 8) throw Bad($"it is {_file.Length} bytes long, too short for a header");
        _file.ReadExactly(start);
        long length = BinaryPrimitives.ReadInt64LittleEndian(start);
        if (length is < 2 or > MaxHeader || length > _file.Length - 8) throw Bad($"its header would be {length} bytes long, of {_file.Length} in all");
        byte[] header = new byte[length];
        _file.ReadExactly(header);
        return header;
    }

    private void Add(JsonProperty property)
    {
        if (property.Name == MetadataKey)
        {
            foreach (JsonProperty note in property.Value.EnumerateObject())
                if (!Metadata.TryAdd(note.Name, note.Value.GetString() ?? "")) throw Bad($"it states {note.Name} twice");
            return;
        }

        string? type = property.Value.GetProperty("dtype").GetString();
        if (type != "F32") throw Bad($"tensor {property.Name} has elements of type {type}; only F32 is known");
        int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        long[] range = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        // No shape overflows: the file would have to be as long.
        long bytes = sizeof(float);
        foreach (int size in shape)
            if (size < 0 || (bytes *= size) > _file.Length) throw Bad($"tensor {property.Name} has a shape and a range that do not agree");
        if (range is not [>= 0 and var from, var to] || to < from || to - from != bytes) throw Bad($"tensor {property.Name} has a shape and a range that do not agree");
        if (!_tensors.TryAdd(property.Name, (shape, from, to))) throw Bad($"tensor {property.Name} is there twice");
    }

    // The format wants the tensors to fill the rest of the file without gap or overlap.
    private void CheckRanges()
    {
        long at = 0;
        foreach ((string name, (int[] _, long start, long end)) in _tensors.OrderBy(tensor => tensor.Value.Start).ThenBy(tensor => tensor.Value.End))
        {
            if (start != at) throw Bad($"tensor {name} {(start < at ? "overlaps another" : "leaves a gap before it")}");
            at = end;
        }

        if (_data + at != _file.Length) throw Bad($"its tensors want {_data + at} bytes, and it has {_file.Length}");
    }

    // Each with its length before it: no two lists of notes run into the same bytes.
    private static IncrementalHash Notes(IReadOnlyDictionary<string, string> metadata)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, string value) in metadata.Where(note => note.Key != ChecksumKey).OrderBy(note => note.Key, StringComparer.Ordinal))
            foreach (byte[] text in new[] { Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value) })
            {
                hash.AppendData(BitConverter.GetBytes((long)text.Length));
                hash.AppendData(text);
            }
        return hash;
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());

    private static byte[] Header(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<StoredTensor> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata) json.WriteString(key, value);
            json.WriteEndObject();
            long at = 0;
            foreach (StoredTensor tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += (long)tensor.Values.Length * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Readers that map the file want the elements aligned; the format allows trailing spaces for that.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
