using System.Buffers.Binary;

namespace Vestige.Images.Jpeg;

/// <summary>What a JPEG's headers alone tell of how much work its data is; no entropy-coded bit is read.</summary>
internal static class JpegBounds
{
    /// <summary>Blocks that all scans together may visit, in multiples of the blocks of the picture. Every visit costs, even of a block in which a scan
    /// changes nothing, and an end-of-band run skips 32,767 for some bits. libjpeg's progressive script takes 5, one that gives each bit of each
    /// coefficient a scan of its own would take 800.</summary>
    private const int MostRounds = 20;

    /// <summary>So many visits are allowed to any picture: some hundredths of a second.</summary>
    private const long Few = 1 << 20;

    /// <summary>Blocks of 8 x 8 of one component, those at the edges whole.</summary>
    internal static long BlocksOf(int width, int height, int h, int v, int mostH, int mostV) =>
        (((((long)width * h) + mostH - 1) / mostH) + 7) / 8 * ((((((long)height * v) + mostV - 1) / mostV) + 7) / 8);

    /// <summary>Most visits of a picture of so many blocks.</summary>
    internal static long MostVisits(long blocks) => Math.Max(Few, MostRounds * blocks);

    /// <summary>Why a file states more than it can hold or than is worth decoding; null where it does not, or where the headers cannot be read.</summary>
    internal static string? FaultOf(ReadOnlySpan<byte> file)
    {
        var blocks = new Dictionary<int, long>();
        (int width, int height, long all, long visits) = (0, 0, 0, 0);
        for (int at = 2; Next(file, ref at) is var marker and not 0xD9 and not 0;)
        {
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            if (at + 2 > file.Length) return null;
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || at + length > file.Length) return null;
            ReadOnlySpan<byte> segment = file.Slice(at + 2, length - 2);
            at += length;
            if (marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC && all == 0)
            {
                if (segment.Length < 6 || segment.Length < 6 + (3 * segment[5]) || segment[5] == 0) return null;
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
                int mostH = 1, mostV = 1;
                for (int i = 0; i < segment[5]; i++) (mostH, mostV) = (Math.Max(mostH, segment[7 + (3 * i)] >> 4), Math.Max(mostV, segment[7 + (3 * i)] & 15));
                for (int i = 0; i < segment[5]; i++)
                {
                    byte sampling = segment[7 + (3 * i)];
                    long own = BlocksOf(width, height, sampling >> 4, sampling & 15, mostH, mostV);
                    blocks[segment[6 + (3 * i)]] = own;
                    all += own;
                }
                // A block takes a bit at the least, in the scan that gives its mean. Arithmetic codes (from 0xC9 on) take less.
                if (marker < 0xC9 && all > 8L * file.Length) return $"states {width} x {height} pixels and is too short to hold them: it is cut short";
            }
            else if (marker == 0xDA && segment.Length > 0)
            {
                for (int i = 0; i < segment[0] && 1 + (2 * i) < segment.Length; i++) visits += blocks.GetValueOrDefault(segment[1 + (2 * i)]);
                if (visits > MostVisits(all)) return TooMany(width, height);
            }
        }
        return null;
    }

    /// <summary>What is said of too many visits.</summary>
    internal static string TooMany(int width, int height) =>
        $"has so many scans for its {width} x {height} pixels that decoding goes over each block more than {MostRounds} times: no encoder does that";

    /// <summary>The next marker behind entropy-coded data or a segment; 0 where there is none.</summary>
    private static int Next(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length)
        {
            int step = file[at..].IndexOf((byte)0xFF);
            if (step < 0 || at + step + 1 >= file.Length) return 0;
            at += step + 1;
            if (file[at] is not 0 and not 0xFF) return file[at++];
        }
        return 0;
    }
}
