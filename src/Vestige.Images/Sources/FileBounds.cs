using System.Buffers.Binary;
using System.Text;
using Vestige.Images.Jpeg;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>What a file's header states, held against the bytes that it has, before any decoder sees it: a picture of no bytes takes gigabytes.</summary>
/// <remarks>
/// Each format has its own least size of a picture. JPEG: a bit a block of 8 x 8. PNG: deflate gives 1,032 bytes for one at most (258 for two bits).
/// WebP with loss: three bits a macroblock of 16 x 16, since the modes of key frames have fixed probabilities (RFC 6386, 11.2: 3.4 bits at the least).
/// TIFF: deflate as in PNG, PackBits 64, LZW 2,558 (a code of 12 bits for a string of 3,837 bytes), and nothing where it is not compressed.
/// WebP without loss, JPEG XL, JPEG 2000, AVIF and HEIC write a flat picture of any size in some bytes: of these only <c>--memory</c> decides.
/// What cannot be parsed here is left to the decoder, which says what is wrong with it.
/// </remarks>
internal static class FileBounds
{
    private const int Deflate = 1032, PackBits = 64, Lzw = 2558;

    /// <summary>Refuses a file that cannot hold what it states, or states more work than its pixels are worth.</summary>
    /// <exception cref="UnusableDocumentException">It cannot; the message names no file.</exception>
    internal static void Check(ReadOnlySpan<byte> file)
    {
        if (JpegReader.IsJpeg(file) && JpegBounds.FaultOf(file) is { } fault) throw new UnusableDocumentException(fault);
        (long width, long height, long least) = file switch
        {
            [137, 80, 78, 71, 13, 10, 26, 10, ..] => Png(file),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP(file),
            [(byte)'I', (byte)'I', 42, 0, ..] => Tiff(file, littleEndian: true),
            [(byte)'M', (byte)'M', 0, 42, ..] => Tiff(file, littleEndian: false),
            _ => default,
        };
        if (least > file.Length)
            throw new UnusableDocumentException($"states {width} x {height} pixels, which take {least} bytes at the least, and has {file.Length}: it is cut short, or no picture");
    }

    private static (long, long, long) Png(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file[12..16].SequenceEqual("IHDR"u8)) return default;
        long width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]), height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        int channels = file[25] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        // Interlaced rows are cut otherwise, but are no fewer bits.
        long raw = Saturated(height, ((Saturated(width, channels * file[24]) + 7) / 8) + 1);
        return (width, height, raw / Deflate);
    }

    private static (long, long, long) WebP(ReadOnlySpan<byte> file)
    {
        // The first chunk with a picture of its own; in an animation it stands within a frame, 16 bytes of which come first.
        for (int at = 12; at + 8 <= file.Length;)
        {
            string name = Encoding.ASCII.GetString(file.Slice(at, 4));
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            ReadOnlySpan<byte> chunk = file[(at + 8)..];
            if (name == "VP8 " && chunk.Length >= 10)
            {
                long width = BinaryPrimitives.ReadUInt16LittleEndian(chunk[6..]) & 0x3FFF, height = BinaryPrimitives.ReadUInt16LittleEndian(chunk[8..]) & 0x3FFF;
                return (width, height, (width + 15) / 16 * ((height + 15) / 16) * 3 / 8);
            }
            if (length > int.MaxValue / 2) break;
            at += name == "ANMF" ? 24 : 8 + (int)(length + (length & 1));
        }
        return default;
    }

    private static (long, long, long) Tiff(ReadOnlySpan<byte> file, bool littleEndian)
    {
        if (file.Length < 8) return default;
        long directory = Read(file, 4, 4);
        if (directory + 2 > file.Length) return default;
        long entries = Read(file, directory, 2), width = 0, height = 0, bits = 1, channels = 1, compression = 1;
        for (long i = 0; i < entries; i++)
        {
            long at = directory + 2 + (12 * i);
            if (at + 12 > file.Length) return default;
            long type = Read(file, at + 2, 2), count = Read(file, at + 4, 4);
            // SHORT or LONG; more than two shorts stand elsewhere.
            if (type is not (3 or 4)) continue;
            long where = type == 3 && count > 2 ? Read(file, at + 8, 4) : at + 8;
            if (where + 4 > file.Length) return default;
            long value = Read(file, where, type == 3 ? 2 : 4);
            switch (Read(file, at, 2))
            {
                case 256: width = value; break;
                case 257: height = value; break;
                case 258: bits = value; break;
                case 259: compression = value; break;
                case 277: channels = value; break;
            }
        }
        long raw = Saturated(height, (Saturated(width, channels * bits) + 7) / 8);
        return compression switch
        {
            1 => (width, height, raw),
            5 => (width, height, raw / Lzw),
            8 or 32946 => (width, height, raw / Deflate),
            32773 => (width, height, raw / PackBits),
            _ => default,
        };

        long Read(ReadOnlySpan<byte> from, long offset, int bytes) => (bytes, littleEndian) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(from[(int)offset..]),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(from[(int)offset..]),
            (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(from[(int)offset..]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(from[(int)offset..]),
        };
    }

    private static long Saturated(long a, long b) => a > 0 && b > long.MaxValue / a ? long.MaxValue : a * b;
}
