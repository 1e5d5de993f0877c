using System.Buffers.Binary;
using System.Globalization;
using Vestige.Images.Containers;

namespace Vestige.Images.Sources;

/// <summary>Colours stated by number (ITU-T H.273): AVIF's and HEIC's nclx, PNG's cICP. libvips passes them over.</summary>
/// <remarks>
/// Primaries are turned into a profile and the image goes to sRGB as any other. Curves of television (1, 6, 14, 15) are shown as sRGB's, which is what
/// viewers of photographs do. PQ (16) and HLG (18) code brightness beyond white, which no measure here knows: they are refused, and so is
/// what is not in the tables below, for its colours cannot be told.
/// </remarks>
/// <param name="Primaries">Number of the primaries.</param>
/// <param name="Transfer">Number of the curve.</param>
internal readonly record struct ColourCode(int Primaries, int Transfer)
{
    private const int Unspecified = 2;

    // ITU-T H.273, tables 2 and 3: red, green, blue, white.
    private static readonly Dictionary<int, (string Name, double[] Chromaticities)> s_primaries = new()
    {
        [1] = ("BT.709", [0.640, 0.330, 0.300, 0.600, 0.150, 0.060, 0.3127, 0.3290]),
        [5] = ("BT.470 B/G", [0.640, 0.330, 0.290, 0.600, 0.150, 0.060, 0.3127, 0.3290]),
        [6] = ("SMPTE 170M", [0.630, 0.340, 0.310, 0.595, 0.155, 0.070, 0.3127, 0.3290]),
        [7] = ("SMPTE 240M", [0.630, 0.340, 0.310, 0.595, 0.155, 0.070, 0.3127, 0.3290]),
        [9] = ("BT.2020", [0.708, 0.292, 0.170, 0.797, 0.131, 0.046, 0.3127, 0.3290]),
        [11] = ("DCI P3", [0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.314, 0.351]),
        [12] = ("Display P3", [0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290]),
        [22] = ("EBU 3213", [0.630, 0.340, 0.295, 0.605, 0.155, 0.077, 0.3127, 0.3290]),
    };

    internal static readonly double[] SrgbCurve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

    private static readonly Dictionary<int, double[]> s_curves = new()
    {
        [1] = SrgbCurve,
        [4] = [2.2],
        [5] = [2.8],
        [6] = SrgbCurve,
        [8] = [1],
        [13] = SrgbCurve,
        [14] = SrgbCurve,
        [15] = SrgbCurve,
    };

    /// <summary>What a curve that codes brightness beyond white is called; null for any other.</summary>
    internal static string? HighDynamicRange(int transfer) => transfer switch { 16 => "PQ", 18 => "HLG", _ => null };

    /// <summary>Why its colours cannot be told; null where they can.</summary>
    internal string? Fault => HighDynamicRange(Transfer) is { } range ? ColourProfile.HdrFault(range)
        : Primaries != Unspecified && !s_primaries.ContainsKey(Primaries) ? Unknown("primaries", Primaries)
        : Transfer != Unspecified && !s_curves.ContainsKey(Transfer) ? Unknown("a curve", Transfer)
        : null;

    /// <summary>The profile that says the same; null where that is sRGB. Not for what has a <see cref="Fault"/>.</summary>
    internal byte[]? Profile()
    {
        int primaries = Primaries == Unspecified ? 1 : Primaries;
        double[] curve = s_curves[Transfer == Unspecified ? 13 : Transfer];
        return primaries == 1 && curve == SrgbCurve ? null
            : IccProfile.OfPrimaries(s_primaries[primaries].Name, s_primaries[primaries].Chromaticities, curve);
    }

    /// <summary>The code that a file states; null where it states none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="hasProfile">Whether libvips found an ICC profile: in HEIF that goes before the code, in PNG (third edition, 13.16) behind it.</param>
    internal static ColourCode? Of(ReadOnlySpan<byte> file, bool hasProfile)
    {
        foreach (Piece chunk in Piece.OfPng(file))
            if (chunk.Type == "cICP" && chunk.Of(file) is [var primaries, var transfer, ..]) return new ColourCode(primaries, transfer);
        return hasProfile ? null : OfHeif(file);
    }

    /// <summary>nclx of the primary item: meta/pitm names it, meta/iprp/ipma the numbers of its properties in meta/iprp/ipco (ISO 23008-12, 9.3).</summary>
    private static ColourCode? OfHeif(ReadOnlySpan<byte> file)
    {
        List<Piece> boxes = Piece.Boxes(file, 0, file.Length);
        if (boxes.Count == 0 || boxes[0].Type != "ftyp" || Find(boxes, "meta") is not { } meta) return null;
        // A full box: version and flags come before what it holds.
        List<Piece> inMeta = Piece.Boxes(file, meta.Body + 4, meta.BodyEnd);
        if (Find(inMeta, "iprp") is not { } iprp || Find(inMeta, "pitm") is not { } pitm) return null;
        List<Piece> inProperties = Piece.Boxes(file, iprp.Body, iprp.BodyEnd);
        if (Find(inProperties, "ipco") is not { } ipco || Find(inProperties, "ipma") is not { } ipma) return null;
        List<Piece> properties = Piece.Boxes(file, ipco.Body, ipco.BodyEnd);
        ReadOnlySpan<byte> primary = pitm.Of(file);
        if (primary.Length < 6) return null;
        uint item = primary[0] == 0 || primary.Length < 8 ? BinaryPrimitives.ReadUInt16BigEndian(primary[4..]) : BinaryPrimitives.ReadUInt32BigEndian(primary[4..]);
        foreach (int number in Associated(ipma.Of(file), item))
        {
            if (number < 1 || number > properties.Count || properties[number - 1] is not { Type: "colr" } colour) continue;
            ReadOnlySpan<byte> content = colour.Of(file);
            if (content.Length >= 8 && content.StartsWith("nclx"u8))
                return new ColourCode(BinaryPrimitives.ReadUInt16BigEndian(content[4..]), BinaryPrimitives.ReadUInt16BigEndian(content[6..]));
        }
        return null;
    }

    /// <summary>Numbers, from 1, of the properties of an item.</summary>
    private static List<int> Associated(ReadOnlySpan<byte> ipma, uint item)
    {
        var numbers = new List<int>();
        if (ipma.Length < 8) return numbers;
        bool wideItems = ipma[0] > 0, wideNumbers = (ipma[3] & 1) != 0;
        uint entries = BinaryPrimitives.ReadUInt32BigEndian(ipma[4..]);
        int at = 8, head = wideItems ? 5 : 3, step = wideNumbers ? 2 : 1;
        for (uint entry = 0; entry < entries && at + head <= ipma.Length; entry++)
        {
            uint id = wideItems ? BinaryPrimitives.ReadUInt32BigEndian(ipma[at..]) : BinaryPrimitives.ReadUInt16BigEndian(ipma[at..]);
            int count = ipma[at + head - 1];
            at += head;
            // The highest bit says whether the property is essential.
            for (int i = 0; i < count && at + step <= ipma.Length; i++, at += step)
                if (id == item) numbers.Add(wideNumbers ? BinaryPrimitives.ReadUInt16BigEndian(ipma[at..]) & 0x7FFF : ipma[at] & 0x7F);
        }
        return numbers;
    }

    private static Piece? Find(List<Piece> boxes, string type)
    {
        int at = boxes.FindIndex(box => box.Type == type);
        return at < 0 ? null : boxes[at];
    }

    private static string Unknown(string what, int number) => string.Create(
        CultureInfo.InvariantCulture, $"states {what} by a number that is not read here ({number} of ITU-T H.273), so that its colours cannot be told: convert it to sRGB");
}
