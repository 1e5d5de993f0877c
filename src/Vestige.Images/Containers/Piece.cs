using System.Buffers.Binary;
using System.Text;

namespace Vestige.Images.Containers;

/// <summary>One stretch of a file with a type of its own: a chunk of PNG or RIFF, a box of ISO's base media format.</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="Start">Where it begins, header and all.</param>
/// <param name="Body">Where its content begins.</param>
/// <param name="BodyEnd">Behind its content.</param>
/// <param name="End">Behind its last byte, checksum or padding and all.</param>
internal readonly record struct Piece(string Type, int Start, int Body, int BodyEnd, int End)
{
    /// <summary>Its content.</summary>
    internal ReadOnlySpan<byte> Of(ReadOnlySpan<byte> file) => file[Body..BodyEnd];

    /// <summary>The chunks of a PNG (ISO 15948, 5.3), as far as they are whole; none of another file.</summary>
    internal static List<Piece> OfPng(ReadOnlySpan<byte> file)
    {
        var pieces = new List<Piece>();
        if (!file.StartsWith(PngSignature)) return pieces;
        for (int at = PngSignature.Length; at + 12 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) break;
            int end = at + 12 + (int)length;
            pieces.Add(new Piece(Letters(file.Slice(at + 4, 4)), at, at + 8, end - 4, end));
            at = end;
        }
        return pieces;
    }

    /// <summary>The chunks of a WebP (RFC 9649, 2.3), as far as they are whole; none of another file.</summary>
    internal static List<Piece> OfWebp(ReadOnlySpan<byte> file)
    {
        var pieces = new List<Piece>();
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WEBP"u8)) return pieces;
        for (int at = 12; at + 8 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - 8) break;
            int body = at + 8, bodyEnd = body + (int)length, end = Math.Min(file.Length, bodyEnd + (int)(length & 1));
            pieces.Add(new Piece(Letters(file.Slice(at, 4)), at, body, bodyEnd, end));
            at = end;
        }
        return pieces;
    }

    /// <summary>Boxes one after the other (ISO 14496-12, 4.2), as far as they are whole.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">Where the first begins.</param>
    /// <param name="to">Behind the last.</param>
    internal static List<Piece> Boxes(ReadOnlySpan<byte> file, int from, int to)
    {
        var pieces = new List<Piece>();
        for (int at = from; at + 8 <= to;)
        {
            ulong length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            int header = 8;
            // 1: the length is in eight bytes behind the type; 0: it goes on to the end.
            if (length == 1)
            {
                if (at + 16 > to) break;
                (length, header) = (BinaryPrimitives.ReadUInt64BigEndian(file[(at + 8)..]), 16);
            }
            else if (length == 0)
            {
                length = (ulong)(to - at);
            }
            if (length < (ulong)header || length > (ulong)(to - at)) break;
            int end = at + (int)length;
            pieces.Add(new Piece(Letters(file.Slice(at + 4, 4)), at, at + header, end, end));
            at = end;
        }
        return pieces;
    }

    internal static ReadOnlySpan<byte> PngSignature => [137, 80, 78, 71, 13, 10, 26, 10];

    private static string Letters(ReadOnlySpan<byte> four) => Encoding.Latin1.GetString(four);
}
