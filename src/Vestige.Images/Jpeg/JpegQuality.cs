using System.Buffers.Binary;

namespace Vestige.Images.Jpeg;

/// <summary>The quality that a JPEG was coded with, from its headers alone; no entropy-coded bit is read.</summary>
public static class JpegQuality
{
    /// <summary>libjpeg's quality whose table for luma a file has; null where it is no JPEG, or its tables are another's.</summary>
    public static int? Of(ReadOnlySpan<byte> file)
    {
        if (!JpegReader.IsJpeg(file)) return null;
        int? table = null;
        int[]?[] tables = new int[4][];
        for (int at = 2; at + 4 <= file.Length && file[at] == 0xFF;)
        {
            int marker = file[at + 1], length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length) return null;
            ReadOnlySpan<byte> segment = file.Slice(at + 4, length - 2);
            at += 2 + length;
            if (marker == 0xDB && !Take(segment, tables)) return null;
            // The first component's table: luma, or grey.
            if (marker is >= 0xC0 and <= 0xC2) table = segment.Length >= 9 ? segment[8] : null;
            if (marker == 0xDA) return table is <= 3 && tables[table.Value] is { } steps ? StandardTables.QualityOf(steps) : null;
        }
        return null;
    }

    /// <summary>Takes up tables of 8 bits; those of 16 are none of libjpeg's baseline ones.</summary>
    private static bool Take(ReadOnlySpan<byte> segment, int[]?[] tables)
    {
        for (; segment.Length > 0; segment = segment[65..])
        {
            if (segment[0] > 3 || segment.Length < 65) return false;
            int[] steps = new int[64];
            for (int k = 0; k < 64; k++) steps[Scan.Natural[k]] = segment[1 + k];
            tables[segment[0]] = steps;
        }
        return true;
    }
}
