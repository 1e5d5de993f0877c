using System.Security.Cryptography;

namespace Vestige.Language.Storage;

/// <summary>Writes numbers of variable length, or only counts their bytes.</summary>
/// <param name="to">Where to; null: nowhere.</param>
internal sealed class Packer(Stream? to) : IDisposable
{
    /// <summary>Bytes of the checksum at the end.</summary>
    internal const int ChecksumBytes = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _filled;
    private long _flushed;

    /// <summary>Bytes written so far.</summary>
    internal long Length => _flushed + _filled;

    internal void Add(byte value)
    {
        if (_filled == _buffer.Length) Flush();
        _buffer[_filled++] = value;
    }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) Add(value);
    }

    /// <summary>Seven bits a byte, the lowest first; the highest bit of a byte says that more follow (LEB128).</summary>
    internal void AddNumber(long number)
    {
        for (; number >= 0x80; number >>= 7) Add((byte)(number | 0x80));
        Add((byte)number);
    }

    /// <summary>Ends with a checksum of all that was written.</summary>
    internal void End()
    {
        Flush();
        to?.Write(_hash.GetHashAndReset().AsSpan(0, ChecksumBytes));
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _filled);
        to?.Write(_buffer, 0, _filled);
        _flushed += _filled;
        _filled = 0;
    }
}

/// <summary>Reads what <see cref="Packer"/> wrote.</summary>
internal ref struct Unpacker
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _next;

    /// <summary>Checks the checksum.</summary>
    /// <exception cref="InvalidDataException">It is wrong; the message says so without a name.</exception>
    internal Unpacker(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Packer.ChecksumBytes) throw Damaged();
        _bytes = bytes[..^Packer.ChecksumBytes];
        if (!SHA256.HashData(_bytes).AsSpan(0, Packer.ChecksumBytes).SequenceEqual(bytes[^Packer.ChecksumBytes..])) throw Damaged();
    }

    /// <exception cref="InvalidDataException">There is no more.</exception>
    internal byte Byte() => _next < _bytes.Length ? _bytes[_next++] : throw Damaged();

    internal ReadOnlySpan<byte> Bytes(long count)
    {
        if (count > _bytes.Length - _next) throw Damaged();
        _next += (int)count;
        return _bytes[(_next - (int)count).._next];
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <exception cref="InvalidDataException">It is another, or there is no more.</exception>
    internal long Number(long least, long most)
    {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte part = Byte();
            number |= (long)(part & 0x7F) << shift;
            if (part < 0x80) return number >= least && number <= most ? number : throw Damaged();
        }
        throw Damaged();
    }

    /// <summary>Nothing may be left.</summary>
    /// <exception cref="InvalidDataException">Something is.</exception>
    internal readonly void End()
    {
        if (_next < _bytes.Length) throw Damaged();
    }

    internal static InvalidDataException Damaged() => new("it is damaged or cut off");
}
