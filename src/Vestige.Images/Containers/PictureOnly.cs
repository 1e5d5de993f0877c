using System.Buffers.Binary;

namespace Vestige.Images.Containers;

/// <summary>Takes out of a coded file what is not the picture's.</summary>
/// <remarks>libvips puts into files what nobody asked for, in spite of being told not to: an EXIF block of 186 bytes into every WebP (8.14), the
/// resolution into every PNG, OpenJPEG's own name into every JPEG 2000. A rate is that of the picture.</remarks>
internal static class PictureOnly
{
    /// <summary>A WebP of one frame without transparency in its simple form (RFC 9649, 2.5 and 2.6); another as it is.</summary>
    internal static byte[] Webp(byte[] file)
    {
        List<Piece> chunks = Piece.OfWebp(file);
        if (chunks.Exists(chunk => chunk.Type is "ALPH" or "ANIM")) return file;
        int at = chunks.FindIndex(chunk => chunk.Type is "VP8 " or "VP8L");
        if (at < 0) return file;
        ReadOnlySpan<byte> picture = file.AsSpan(chunks[at].Start..chunks[at].End);
        byte[] bare = new byte[12 + picture.Length];
        file.AsSpan(0, 12).CopyTo(bare);
        BinaryPrimitives.WriteUInt32LittleEndian(bare.AsSpan(4), (uint)(bare.Length - 8));
        picture.CopyTo(bare.AsSpan(12));
        return bare;
    }

    /// <summary>A PNG of what its pixels need: header, palette, transparency, data, end.</summary>
    internal static byte[] Png(byte[] file)
    {
        List<Piece> chunks = Piece.OfPng(file);
        if (chunks.Count == 0 || chunks[^1].Type != "IEND") return file;
        using var bare = new MemoryStream(file.Length);
        bare.Write(Piece.PngSignature);
        foreach (Piece chunk in chunks)
            if (chunk.Type is "IHDR" or "PLTE" or "tRNS" or "IDAT" or "IEND") bare.Write(file, chunk.Start, chunk.End - chunk.Start);
        return bare.ToArray();
    }

    /// <summary>A JPEG 2000 (JP2) without boxes of metadata, and without comments in its codestream (ISO 15444-1, A.9.2).</summary>
    internal static byte[] Jp2(byte[] file)
    {
        List<Piece> boxes = Piece.Boxes(file, 0, file.Length);
        if (boxes.Count == 0 || boxes[^1].End != file.Length || boxes[0].Type != "jP  ") return file;
        using var bare = new MemoryStream(file.Length);
        Span<byte> header = stackalloc byte[8];
        foreach (Piece box in boxes)
        {
            if (box.Type is "jP  " or "ftyp" or "jp2h")
            {
                bare.Write(file, box.Start, box.End - box.Start);
            }
            else if (box.Type == "jp2c")
            {
                byte[] codestream = WithoutComments(box.Of(file));
                BinaryPrimitives.WriteUInt32BigEndian(header, (uint)(codestream.Length + 8));
                "jp2c"u8.CopyTo(header[4..]);
                bare.Write(header);
                bare.Write(codestream);
            }
        }
        return bare.ToArray();
    }

    private static byte[] WithoutComments(ReadOnlySpan<byte> codestream)
    {
        const int startOfTile = 0xFF90, comment = 0xFF64;
        using var bare = new MemoryStream(codestream.Length);
        int at = Math.Min(2, codestream.Length);
        bare.Write(codestream[..at]);
        while (at + 4 <= codestream.Length)
        {
            int marker = BinaryPrimitives.ReadUInt16BigEndian(codestream[at..]), length = 2 + BinaryPrimitives.ReadUInt16BigEndian(codestream[(at + 2)..]);
            if (marker == startOfTile || at + length > codestream.Length) break;
            if (marker != comment) bare.Write(codestream.Slice(at, length));
            at += length;
        }
        bare.Write(codestream[at..]);
        return bare.ToArray();
    }
}
