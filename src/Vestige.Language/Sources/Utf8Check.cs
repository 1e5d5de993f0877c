using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Vestige.Sources;

namespace Vestige.Language.Sources;

/// <summary>Refuses what is not text: bytes that are not UTF-8, and NUL. Works on a text that comes in parts.</summary>
internal sealed class Utf8Check
{
    private readonly byte[] _cut = new byte[4];
    private int _cutLength;

    /// <summary>Looks at the next part.</summary>
    /// <param name="part">Bytes.</param>
    /// <param name="position">Where they start in the file.</param>
    /// <exception cref="UnusableDocumentException">They are no text; the message says what stands where.</exception>
    internal void Add(ReadOnlySpan<byte> part, long position)
    {
        ReadOnlySpan<byte> rest = part;
        long at = position;
        while (_cutLength > 0 && !rest.IsEmpty)
        {
            _cut[_cutLength++] = rest[0];
            rest = rest[1..];
            at++;
            switch (Rune.DecodeFromUtf8(_cut.AsSpan(0, _cutLength), out _, out _))
            {
                case System.Buffers.OperationStatus.Done:
                    _cutLength = 0;
                    break;
                case System.Buffers.OperationStatus.InvalidData:
                    throw NotUtf8(_cut[0], at - _cutLength);
            }
        }
        int cut = Unfinished(rest);
        ReadOnlySpan<byte> whole = rest[..^cut];
        int nul = whole.IndexOf((byte)0);
        if (nul >= 0) whole = whole[..nul];
        if (!Utf8.IsValid(whole))
        {
            int invalid = FirstInvalid(whole);
            throw NotUtf8(whole[invalid], at + invalid);
        }
        if (nul >= 0) throw new UnusableDocumentException($"is no text but binary: byte 0 at offset {Text(at + nul)}");
        if (cut == 0) return;
        rest[^cut..].CopyTo(_cut);
        _cutLength = cut;
    }

    /// <summary>The text ends at <paramref name="position"/>.</summary>
    /// <exception cref="UnusableDocumentException">It ends inside a character.</exception>
    internal void End(long position)
    {
        if (_cutLength > 0) throw NotUtf8(_cut[0], position - _cutLength);
    }

    // Bytes of a character that is not complete; 0 where the last one is complete or wrong.
    private static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (int length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            ReadOnlySpan<byte> tail = bytes[^length..];
            if ((tail[0] & 0xC0) == 0x80) continue;
            return Rune.DecodeFromUtf8(tail, out _, out _) == System.Buffers.OperationStatus.NeedMoreData ? length : 0;
        }
        return 0;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }

    private static UnusableDocumentException NotUtf8(byte value, long position) => new(
        position == 0 && value is 0xFE or 0xFF
            ? "is not UTF-8: it starts like UTF-16; save it as UTF-8, or say --encoding utf-16"
            : $"is not UTF-8: byte 0x{value:X2} at offset {Text(position)} starts no character; save it as UTF-8, or say --encoding windows-1252, or what it is in");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
