using System.Buffers.Binary;
using Vestige.Images.Containers;

namespace Vestige.Images.Jpeg;

/// <summary>One kind of bytes in a JPEG file.</summary>
/// <param name="What">In words: "coefficients", "EXIF", "zeros behind the end".</param>
/// <param name="Bytes">How many of the file's are of it.</param>
/// <param name="IsPicture">Whether the picture needs them.</param>
public sealed record JpegPart(string What, long Bytes, bool IsPicture);

/// <summary>How three components code colour.</summary>
public enum JpegColour
{
    /// <summary>Y, Cb and Cr (ITU-R BT.601, full range).</summary>
    YCbCr,

    /// <summary>Red, green and blue as they are.</summary>
    Rgb,
}

/// <summary>What the bytes of a JPEG file are for: the picture, what was put beside it, and what stands behind its end.</summary>
/// <remarks>Segments by their first bytes: EXIF (JEITA CP-3451), XMP (ISO 16684-3), ICC (ICC.1, B.4), MPF (CIPA DC-007), gain maps (ISO 21496-1, Adobe's
/// and Apple's names). Damage ends the walk; the rest is then "other bytes".</remarks>
internal sealed class JpegLayout
{
    private const string Coefficients = "coefficients", Tables = "headers and tables", Exif = "EXIF", Other = "other bytes behind the end";

    /// <summary>Things that are told apart behind the end; what follows is other bytes. Each costs a walk.</summary>
    private const int MostBehind = 100;

    private readonly byte[] _file;
    private readonly int _start;
    private readonly List<JpegPart> _parts = [];
    private bool _isJfif;
    private int? _adobe;

    private JpegLayout(byte[] file, int start) => (_file, _start) = (file, start);

    /// <summary>All of the file's bytes by what they are for, the picture's first, then in the order of their first.</summary>
    internal IReadOnlyList<JpegPart> Parts => [.. _parts.OrderByDescending(part => part.IsPicture)];

    /// <summary>Reads a file that begins as a JPEG does.</summary>
    internal static JpegLayout Of(byte[] file)
    {
        var layout = new JpegLayout(file, 0);
        int at = layout.Segments();
        for (int i = 0; at < file.Length && i < MostBehind; i++) at = layout.Behind(at);
        layout.Add(Other, file.Length - at);
        return layout;
    }

    /// <summary>What three components with these numbers are: libjpeg's rules (jdapimin.c), which all go by. JFIF has YCbCr only; else Adobe's marker says it; else
    /// the letters R, G, B.</summary>
    internal JpegColour Colour(IReadOnlyList<int> ids) =>
        !_isJfif && (_adobe is { } transform ? transform == 0 : ids is [(byte)'R', (byte)'G', (byte)'B']) ? JpegColour.Rgb : JpegColour.YCbCr;

    private int Segments()
    {
        Add(Tables, 2, isPicture: true);
        int at = _start + 2;
        while (at + 1 < _file.Length)
        {
            int start = at;
            while (at + 1 < _file.Length && !(_file[at] == 0xFF && _file[at + 1] is not 0 and not 0xFF)) at++;
            Add("fill between segments", at - start);
            if (at + 1 >= _file.Length) break;
            int marker = _file[at + 1];
            if (marker is 0xD9 or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                Add(Tables, 2, isPicture: true);
                at += 2;
                if (marker == 0xD9) return at;
                continue;
            }
            int length = at + 4 <= _file.Length ? 2 + BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at + 2)) : int.MaxValue;
            if (length < 4 || length > _file.Length - at) break;
            Segment(marker, _file.AsSpan(at + 4, length - 4), length);
            at += length;
            if (marker != 0xDA) continue;
            start = at;
            while (at + 1 < _file.Length && !(_file[at] == 0xFF && _file[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))) at++;
            Add(Coefficients, at - start, isPicture: true);
        }
        return at;
    }

    private void Segment(int marker, ReadOnlySpan<byte> content, int bytes)
    {
        switch (marker)
        {
            case 0xE0 when content.StartsWith("JFIF\0"u8):
                _isJfif = true;
                // Fourteen bytes and the length; behind them an RGB thumbnail (ITU-T T.871, 10.1).
                Add(Tables, Math.Min(bytes, 18), isPicture: true);
                Add("thumbnail in JFIF", Math.Max(0, bytes - 18));
                break;
            case 0xE0 when content.StartsWith("JFXX\0"u8):
                Add("thumbnail in JFXX", bytes);
                break;
            case 0xEE when content.StartsWith("Adobe"u8):
                if (content.Length >= 12) _adobe = content[11];
                Add(Tables, bytes, isPicture: true);
                break;
            case 0xE1 when content.StartsWith("Exif\0"u8):
                int thumbnail = content.Length > 6 ? Math.Min(Thumbnail(content[6..]), content.Length - 6) : 0;
                Add(Exif, bytes - thumbnail);
                Add("thumbnail in EXIF", thumbnail);
                break;
            case 0xE1 when content.StartsWith("http://ns.adobe.com/x"u8):
                Add("XMP", bytes);
                break;
            case 0xE2 when content.StartsWith("ICC_PROFILE\0"u8):
                Add("colour profile", bytes);
                break;
            case 0xE2 when content.StartsWith("MPF\0"u8):
                Add("index of further pictures", bytes);
                break;
            case 0xED when content.StartsWith("Photoshop"u8):
                Add("Photoshop's data", bytes);
                break;
            case 0xFE:
                Add("comment", bytes);
                break;
            case >= 0xE0 and <= 0xEF:
                Add($"application data (APP{marker - 0xE0})", bytes);
                break;
            default:
                Add(Tables, bytes, isPicture: true);
                break;
        }
    }

    /// <summary>Takes one thing behind the end of the picture; where it ends.</summary>
    private int Behind(int at)
    {
        ReadOnlySpan<byte> rest = _file.AsSpan(at);
        int zeros = rest.IndexOfAnyExcept((byte)0);
        if (zeros < 0) zeros = rest.Length;
        // A few before something else are its padding, or the length of a box.
        if (zeros >= 16 || zeros == rest.Length)
        {
            Add("zeros behind the end", zeros);
            return at + zeros;
        }
        if (JpegReader.IsJpeg(rest))
        {
            int end = new JpegLayout(_file, at).Segments();
            Add(IsGainMap(_file.AsSpan(at..end)) ? "gain map" : "further picture", end - at);
            return end;
        }
        if (rest.Length >= 8 && rest[4..].StartsWith("ftyp"u8))
        {
            List<Piece> boxes = Piece.Boxes(_file, at, _file.Length);
            Add("video behind the end", boxes[^1].End - at);
            return boxes[^1].End;
        }
        int next = Next(rest[1..]);
        int other = next < 0 ? rest.Length : next + 1;
        Add(Other, other);
        return at + other;
    }

    private static int Next(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> start = [0xFF, 0xD8, 0xFF];
        int picture = rest.IndexOf(start), video = rest.IndexOf("ftyp"u8) - 4;
        return picture < 0 || (video >= 0 && video < picture) ? Math.Max(video, -1) : picture;
    }

    private static bool IsGainMap(ReadOnlySpan<byte> picture) =>
        picture.IndexOf("hdr-gain-map"u8) >= 0 || picture.IndexOf("urn:iso:std:iso:ts:21496"u8) >= 0 || picture.IndexOf("hdrgainmap"u8) >= 0;

    /// <summary>Length of the thumbnail that the second directory of a TIFF block names (JPEGInterchangeFormatLength); 0 where there is none.</summary>
    private static int Thumbnail(ReadOnlySpan<byte> tiff)
    {
        const int lengthTag = 0x0202, entryBytes = 12;
        bool little = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || !(little || tiff.StartsWith("MM"u8))) return 0;
        long at = Long(tiff, 4);
        for (int directory = 0; directory < 2; directory++)
        {
            if (at < 8 || at + 2 > tiff.Length) return 0;
            int entries = Short(tiff, (int)at);
            if (at + 2 + (entries * (long)entryBytes) + 4 > tiff.Length) return 0;
            for (int i = 0; directory == 1 && i < entries; i++)
            {
                int entry = (int)at + 2 + (i * entryBytes);
                if (Short(tiff, entry) == lengthTag) return (int)Math.Min(Long(tiff, entry + 8), tiff.Length);
            }
            at = Long(tiff, (int)at + 2 + (entries * entryBytes));
        }
        return 0;

        int Short(ReadOnlySpan<byte> from, int place) => little ? BinaryPrimitives.ReadUInt16LittleEndian(from[place..]) : BinaryPrimitives.ReadUInt16BigEndian(from[place..]);
        uint Long(ReadOnlySpan<byte> from, int place) => little ? BinaryPrimitives.ReadUInt32LittleEndian(from[place..]) : BinaryPrimitives.ReadUInt32BigEndian(from[place..]);
    }

    private void Add(string what, long bytes, bool isPicture = false)
    {
        if (bytes == 0) return;
        int known = _parts.FindIndex(part => part.What == what);
        if (known < 0) _parts.Add(new JpegPart(what, bytes, isPicture));
        else _parts[known] = _parts[known] with { Bytes = _parts[known].Bytes + bytes };
    }
}
