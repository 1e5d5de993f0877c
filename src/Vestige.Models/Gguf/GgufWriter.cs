using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Vestige.Models.Gguf;

/// <summary>Writes a GGUF file, version 3, of 32-bit tensors: first what is said of the model, then its tensors.</summary>
internal sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<byte> _values = [];
    private readonly List<(string Name, ulong[] Shape, ReadOnlyMemory<float> Elements)> _tensors = [];
    private ulong _count;

    internal void Add(string key, string value) => Value(key, 8, Text(value));

    internal void Add(string key, uint value) => Value(key, 4, Bytes(value));

    internal void Add(string key, float value) => Value(key, 6, Bytes(value));

    internal void Add(string key, bool value) => Value(key, 7, [(byte)(value ? 1 : 0)]);

    internal void Add(string key, IReadOnlyList<byte[]> texts) => Array(key, 8, texts.Count, [.. texts.SelectMany(text => (byte[])[.. Bytes((ulong)text.Length), .. text])]);

    internal void Add(string key, ReadOnlySpan<float> values) => Array(key, 6, values.Length, MemoryMarshal.AsBytes(values));

    internal void Add(string key, ReadOnlySpan<int> values) => Array(key, 5, values.Length, MemoryMarshal.AsBytes(values));

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="elements">Its elements.</param>
    /// <param name="shape">Elements along each dimension, the one that runs fastest first.</param>
    internal void Add(string name, ReadOnlyMemory<float> elements, params ReadOnlySpan<int> shape)
    {
        ulong[] lengths = [.. shape.ToArray().Select(length => (ulong)length)];
        if (lengths.Aggregate(1UL, (product, length) => product * length) != (ulong)elements.Length)
            throw new ArgumentException($"{name} has {elements.Length} elements, not {string.Join(" x ", lengths)}.", nameof(elements));
        _tensors.Add((name, lengths, elements));
    }

    /// <summary>Writes the file.</summary>
    internal void Write(Stream stream)
    {
        using var head = new MemoryStream();
        head.Write("GGUF"u8);
        head.Write(Bytes(3u));
        head.Write(Bytes((ulong)_tensors.Count));
        head.Write(Bytes(_count));
        head.Write(CollectionsMarshal.AsSpan(_values));
        ulong offset = 0;
        foreach ((string name, ulong[] shape, ReadOnlyMemory<float> elements) in _tensors)
        {
            head.Write(Text(name));
            head.Write(Bytes((uint)shape.Length));
            foreach (ulong length in shape) head.Write(Bytes(length));
            head.Write(Bytes((uint)TensorType.F32));
            head.Write(Bytes(offset));
            offset += Padded((ulong)elements.Length * sizeof(float));
        }
        Pad(head, (ulong)head.Length);
        head.WriteTo(stream);
        foreach ((_, _, ReadOnlyMemory<float> elements) in _tensors)
        {
            stream.Write(MemoryMarshal.AsBytes(elements.Span));
            Pad(stream, (ulong)elements.Length * sizeof(float));
        }
    }

    private void Value(string key, uint type, ReadOnlySpan<byte> value)
    {
        _values.AddRange(Text(key));
        _values.AddRange(Bytes(type));
        _values.AddRange(value);
        _count++;
    }

    private void Array(string key, uint type, int count, ReadOnlySpan<byte> elements) => Value(key, 9, [.. Bytes(type), .. Bytes((ulong)count), .. elements]);

    private static ulong Padded(ulong length) => (length + Alignment - 1) / Alignment * Alignment;

    private static void Pad(Stream stream, ulong length) => stream.Write(new byte[(int)(Padded(length) - length)]);

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [.. Bytes((ulong)bytes.Length), .. bytes];
    }

    private static byte[] Bytes(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Bytes(ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Bytes(float value) => Bytes(BitConverter.SingleToUInt32Bits(value));
}
