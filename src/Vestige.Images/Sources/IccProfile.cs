using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Vestige.Images.Sources;

/// <summary>What is read of an ICC profile here (ICC.1:2022), and the making of a small one.</summary>
internal static partial class IccProfile
{
    private const int HeaderBytes = 128, EntryBytes = 12;

    // A profile of version 4 in the connection space XYZ under D50; TRC is a parametric curve (10.18).
    private static readonly string[] s_tags = ["desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"];

    /// <summary>The letters of its colour space: "RGB", "GRAY", "CMYK"; "" of what is no profile.</summary>
    internal static string Space(ReadOnlySpan<byte> profile) =>
        profile.Length < HeaderBytes ? "" : Encoding.ASCII.GetString(profile[16..20]).Trim();

    /// <summary>Its description, "" where it has none that can be read.</summary>
    internal static string Description(ReadOnlySpan<byte> profile)
    {
        ReadOnlySpan<byte> tag = Tag(profile, "desc");
        if (tag.Length < 12) return "";
        // Version 2 (ICC.1:2001-04, 6.5.17): length and ASCII. Version 4 (10.15): records of length and place, UTF-16.
        if (tag.StartsWith("desc"u8)) return Text(tag, 12, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(tag[8..]), int.MaxValue), Encoding.ASCII);
        if (!tag.StartsWith("mluc"u8) || tag.Length < 28) return "";
        uint length = BinaryPrimitives.ReadUInt32BigEndian(tag[20..]), at = BinaryPrimitives.ReadUInt32BigEndian(tag[24..]);
        return Text(tag, (int)Math.Min(at, int.MaxValue), (int)Math.Min(length, int.MaxValue), Encoding.BigEndianUnicode);
    }

    /// <summary>How it codes brightness beyond white: "PQ" or "HLG"; null where it does not.</summary>
    /// <remarks>By its tag cicp (9.2.17), which newer ones have, and by name: "Rec2100PQ", "ITUR_2100_PQ_FULL", libjxl's "RGB_D65_202_Rel_PeQ". The
    /// curve of such a profile says no more than that of a steep one.</remarks>
    internal static string? HighDynamicRange(ReadOnlySpan<byte> profile)
    {
        ReadOnlySpan<byte> code = Tag(profile, "cicp");
        if (code.Length >= 12 && ColourCode.HighDynamicRange(code[9]) is { } stated) return stated;
        string name = Description(profile);
        return PqName().IsMatch(name) ? "PQ" : HlgName().IsMatch(name) ? "HLG" : null;
    }

    /// <summary>A profile of three primaries, their white and one curve.</summary>
    /// <param name="name">Its description, ASCII.</param>
    /// <param name="primaries">Chromaticities x and y of red, green, blue and white.</param>
    /// <param name="curve">Parameters of y = x^g, or of sRGB's function: g, a, b, c, d (10.18, types 0 and 3).</param>
    internal static byte[] OfPrimaries(string name, ReadOnlySpan<double> primaries, ReadOnlySpan<double> curve)
    {
        double[,] columns = ToD50(primaries);
        byte[] trc = Curve(curve);
        byte[][] contents =
        [
            Multilingual(name), Multilingual("none"), Xyz(0.9642, 1, 0.8249),
            Xyz(columns[0, 0], columns[1, 0], columns[2, 0]), Xyz(columns[0, 1], columns[1, 1], columns[2, 1]), Xyz(columns[0, 2], columns[1, 2], columns[2, 2]),
            trc, trc, trc,
        ];
        int at = HeaderBytes + 4 + (EntryBytes * s_tags.Length);
        byte[] profile = new byte[at + contents.Sum(content => content.Length)];
        Span<byte> all = profile;
        BinaryPrimitives.WriteInt32BigEndian(all, profile.Length);
        BinaryPrimitives.WriteUInt32BigEndian(all[8..], 0x04300000);
        "mntrRGB XYZ "u8.CopyTo(all[12..]);
        "acsp"u8.CopyTo(all[36..]);
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(all[68..]);
        BinaryPrimitives.WriteInt32BigEndian(all[HeaderBytes..], s_tags.Length);
        for (int i = 0; i < s_tags.Length; i++)
        {
            Span<byte> entry = all[(HeaderBytes + 4 + (EntryBytes * i))..];
            Encoding.ASCII.GetBytes(s_tags[i], entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], at);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], contents[i].Length);
            contents[i].CopyTo(all[at..]);
            at += contents[i].Length;
        }
        return profile;
    }

    /// <summary>A tag's content, empty where there is none or it lies outside.</summary>
    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> profile, string signature)
    {
        if (profile.Length < HeaderBytes + 4) return [];
        long count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderBytes..]), (profile.Length - HeaderBytes - 4) / EntryBytes);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = profile[(HeaderBytes + 4 + (EntryBytes * i))..];
            if (Encoding.ASCII.GetString(entry[..4]) != signature) continue;
            uint at = BinaryPrimitives.ReadUInt32BigEndian(entry[4..]), length = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
            return at <= profile.Length && length <= profile.Length - at ? profile.Slice((int)at, (int)length) : [];
        }
        return [];
    }

    private static string Text(ReadOnlySpan<byte> tag, int at, int length, Encoding encoding) =>
        at < 0 || at > tag.Length ? "" : encoding.GetString(tag.Slice(at, Math.Clamp(length, 0, tag.Length - at))).TrimEnd('\0').Trim();

    /// <summary>Columns X, Y, Z of red, green and blue, adapted to D50 by Bradford's matrix (ICC.1:2022, annex E).</summary>
    private static double[,] ToD50(ReadOnlySpan<double> p)
    {
        double[,] plain = new double[3, 3];
        for (int i = 0; i < 3; i++) (plain[0, i], plain[1, i], plain[2, i]) = (p[2 * i] / p[(2 * i) + 1], 1, (1 - p[2 * i] - p[(2 * i) + 1]) / p[(2 * i) + 1]);
        double[] white = [p[6] / p[7], 1, (1 - p[6] - p[7]) / p[7]];
        double[] strength = Times(Inverse(plain), white);
        for (int row = 0; row < 3; row++)
            for (int i = 0; i < 3; i++) plain[row, i] *= strength[i];
        double[,] bradford = { { 0.8951, 0.2664, -0.1614 }, { -0.7502, 1.7135, 0.0367 }, { 0.0389, -0.0685, 1.0296 } };
        double[] from = Times(bradford, white), to = Times(bradford, [0.9642, 1, 0.8249]);
        double[,] scale = new double[3, 3];
        for (int i = 0; i < 3; i++) scale[i, i] = to[i] / from[i];
        return Times(Inverse(bradford), Times(scale, Times(bradford, plain)));
    }

    private static double[] Times(double[,] m, double[] v) => [.. Enumerable.Range(0, 3).Select(row => (m[row, 0] * v[0]) + (m[row, 1] * v[1]) + (m[row, 2] * v[2]))];

    private static double[,] Times(double[,] a, double[,] b)
    {
        double[,] product = new double[3, 3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
                for (int i = 0; i < 3; i++) product[row, column] += a[row, i] * b[i, column];
        return product;
    }

    private static double[,] Inverse(double[,] m)
    {
        double[,] inverse = new double[3, 3];
        double determinant = 0;
        for (int i = 0; i < 3; i++)
        {
            determinant += m[0, i] * Minor(0, i);
            for (int j = 0; j < 3; j++) inverse[j, i] = Minor(i, j);
        }
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) inverse[i, j] /= determinant;
        return inverse;

        // With its sign: rows and columns go round.
        double Minor(int row, int column)
        {
            (int r, int s, int c, int d) = ((row + 1) % 3, (row + 2) % 3, (column + 1) % 3, (column + 2) % 3);
            return (m[r, c] * m[s, d]) - (m[r, d] * m[s, c]);
        }
    }

    private static byte[] Xyz(double x, double y, double z)
    {
        byte[] tag = new byte[20];
        "XYZ "u8.CopyTo(tag);
        Fixed(tag.AsSpan(8), [x, y, z]);
        return tag;
    }

    private static byte[] Curve(ReadOnlySpan<double> parameters)
    {
        byte[] tag = new byte[12 + (4 * parameters.Length)];
        "para"u8.CopyTo(tag);
        tag[9] = (byte)(parameters.Length == 1 ? 0 : 3);
        Fixed(tag.AsSpan(12), parameters);
        return tag;
    }

    private static byte[] Multilingual(string text)
    {
        // Padded to a multiple of four, as every tag is.
        byte[] tag = new byte[28 + (((2 * text.Length) + 3) & ~3)];
        "mluc"u8.CopyTo(tag);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(8), 1);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(12), EntryBytes);
        "enUS"u8.CopyTo(tag.AsSpan(16));
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(20), 2 * text.Length);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(24), 28);
        Encoding.BigEndianUnicode.GetBytes(text, tag.AsSpan(28));
        return tag;
    }

    /// <summary>s15Fixed16 (4.6).</summary>
    private static void Fixed(Span<byte> into, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32BigEndian(into[(4 * i)..], (int)Math.Round(values[i] * 65536));
    }

    [GeneratedRegex(@"(^|[^A-Za-z])(PQ|PeQ)([^A-Za-z]|$)|2100PQ|2084")]
    private static partial Regex PqName();

    [GeneratedRegex(@"(^|[^A-Za-z])HLG([^A-Za-z]|$)|2100HLG|B67")]
    private static partial Regex HlgName();
}
