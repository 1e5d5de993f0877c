using System.Security.Cryptography;

namespace Vestige.Language.Coding;

/// <summary>Writes the parts of a coded file, with checks; see <see cref="CodedFileWriter"/>.</summary>
internal sealed class CodedWriter(Stream to) : IDisposable
{
    internal const int CheckBytes = 8;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes written.</summary>
    internal long Length { get; private set; }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        to.Write(bytes);
        Length += bytes.Length;
    }

    internal void AddNumber(long number)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        for (; number >= 0x80; number >>= 7) bytes[count++] = (byte)(number | 0x80);
        bytes[count++] = (byte)number;
        Add(bytes[..count]);
    }

    /// <summary>Checks all since the last check, and that too.</summary>
    internal void Check()
    {
        byte[] check = _hash.GetHashAndReset()[..CheckBytes];
        to.Write(check);
        Length += check.Length;
        _hash.AppendData(check);
    }

    public void Dispose() => _hash.Dispose();
}

/// <summary>Reads what <see cref="CodedWriter"/> wrote.</summary>
internal sealed class CodedReader(Stream from) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _block;

    internal bool IsAtEnd => from.ReadByte() < 0;

    /// <summary>The next bytes, or fewer where the file ends.</summary>
    internal byte[] AtMost(int count)
    {
        byte[] bytes = new byte[count];
        int read = from.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        _hash.AppendData(bytes, 0, read);
        return read == count ? bytes : bytes[..read];
    }

    internal byte[] Bytes(int count) => AtMost(count) is var bytes && bytes.Length == count ? bytes : throw CutOff();

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <exception cref="InvalidDataException">It is another.</exception>
    internal long Number(long least, long most, string what)
    {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte part = Bytes(1)[0];
            number |= (long)(part & 0x7F) << shift;
            if (part >= 0x80) continue;
            return number >= least && number <= most ? number : throw new InvalidDataException($"it is damaged: {what} would have {number} bytes, and has {least} to {most}");
        }
        throw Damaged("a length");
    }

    internal void Check()
    {
        byte[] expected = _hash.GetHashAndReset()[..CodedWriter.CheckBytes], check = new byte[CodedWriter.CheckBytes];
        if (from.ReadAtLeast(check, check.Length, throwOnEndOfStream: false) < check.Length) throw CutOff();
        if (!check.AsSpan().SequenceEqual(expected)) throw Damaged(_block == 0 ? "its header" : $"part {_block}");
        _hash.AppendData(check);
        _block++;
    }

    internal static InvalidDataException Damaged(string what) => new($"it is damaged: {what} is not as it was written");

    internal static InvalidDataException CutOff() => new("it is cut off: there must be more of it");

    public void Dispose() => _hash.Dispose();
}
