using System.Buffers.Binary;

namespace Vestige.Images.Jpeg;

/// <summary>Reads the quantized coefficients of a JPEG: baseline, extended and progressive, Huffman coded, 8 bits (ITU-T T.81).</summary>
/// <remarks>No pixel is made. Every length that a file states is held against what there is before anything is allocated or read.</remarks>
public sealed class JpegReader
{
    private readonly byte[] _file;
    private readonly int[]?[] _steps = new int[4][];
    private readonly HuffmanTable?[] _dc = new HuffmanTable[4], _ac = new HuffmanTable[4];
    private readonly List<(JpegComponent Component, int Table)> _components = [];
    private int _width, _height, _unitColumns, _unitRows, _restart, _scans;
    private long _scanBytes, _visits, _blocks;
    private bool _progressive;

    private JpegReader(byte[] file) => _file = file;

    /// <summary>Whether a file begins as a JPEG does.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="pixelLimit">Most pixels; checked before memory is taken for them.</param>
    /// <exception cref="JpegException">It is damaged, or of a kind that is not read; the message names no file.</exception>
    public static JpegImage Read(byte[] file, long pixelLimit)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!IsJpeg(file)) throw new JpegException("does not begin as a JPEG");
        return new JpegReader(file).Run(pixelLimit);
    }

    private JpegImage Run(long pixelLimit)
    {
        int at = 2;
        while (true)
        {
            int marker = NextMarker(ref at);
            if (marker == 0xD9) break;
            // TEM and restarts have no length; out of place they say nothing.
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            if (at + 2 > _file.Length) throw new JpegException("ends in the middle of a segment");
            int length = BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));
            if (length < 2 || at + length > _file.Length) throw new JpegException("ends in the middle of a segment");
            ReadOnlySpan<byte> segment = _file.AsSpan(at + 2, length - 2);
            at += length;
            switch (marker)
            {
                case 0xDB:
                    QuantizationTables(segment);
                    break;
                case 0xC4:
                    HuffmanTables(segment);
                    break;
                case 0xDD:
                    if (segment.Length != 2) throw new JpegException("has a restart interval of the wrong length");
                    _restart = BinaryPrimitives.ReadUInt16BigEndian(segment);
                    break;
                case 0xC0 or 0xC1 or 0xC2:
                    Frame(segment, marker == 0xC2, pixelLimit);
                    break;
                case 0xC3 or (>= 0xC5 and <= 0xCF and not 0xC8 and not 0xCC):
                    throw new JpegException($"is a JPEG of a kind that is not read here ({Kind(marker)})") { IsOfOtherKind = true };
                case 0xDA:
                    int end = Scan.Decode(ScanHeader(segment), _unitColumns, _unitRows, _file, at);
                    _scanBytes += end - at;
                    CheckEnd(end);
                    at = end;
                    break;
            }
        }
        if (_scans == 0) throw new JpegException("holds no image data");
        foreach ((JpegComponent component, _) in _components)
            if (component.Steps.Count == 0) throw new JpegException($"has no data for component {component.Id}");
        var layout = JpegLayout.Of(_file);
        return new JpegImage
        {
            Width = _width,
            Height = _height,
            Progressive = _progressive,
            Scans = _scans,
            FileBytes = _file.Length,
            ScanBytes = _scanBytes,
            Parts = layout.Parts,
            Colour = layout.Colour([.. _components.Select(c => c.Component.Id)]),
            Components = [.. _components.Select(c => c.Component)],
        };
    }

    private static string Kind(int marker) => marker switch
    {
        0xC3 => "lossless",
        0xC5 or 0xC6 or 0xC7 or 0xCD or 0xCE or 0xCF => "hierarchical",
        _ => "arithmetic coding",
    };

    /// <summary>Finds the next marker. Encoders may fill up before one, and some cameras leave bytes between segments.</summary>
    /// <summary>Behind its last block a scan ends. Some cameras fill up with zeros; what is left besides was blocks, and somewhere before bits are wrong.</summary>
    private void CheckEnd(int end)
    {
        const int most = 32;
        int left = 0;
        for (int at = end; at + 1 < _file.Length && !(_file[at] == 0xFF && _file[at + 1] is not 0 and not 0xFF); at++)
            left += _file[at] == 0 ? 0 : 1;
        if (left > most) throw new JpegException($"goes on for {left} bytes behind its last block: its data is damaged");
    }

    private int NextMarker(ref int at)
    {
        while (at + 1 < _file.Length)
        {
            if (_file[at] == 0xFF && _file[at + 1] is not 0 and not 0xFF)
            {
                at += 2;
                return _file[at - 1];
            }
            at++;
        }
        throw new JpegException("ends without its end marker: it is cut short");
    }

    private void QuantizationTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            int bytes = 1 + (segment[0] >> 4), number = segment[0] & 15;
            if (number > 3 || bytes > 2 || segment.Length < 1 + (64 * bytes)) throw new JpegException("has a damaged quantization table");
            int[] steps = new int[64];
            for (int k = 0; k < 64; k++)
            {
                int step = bytes == 1 ? segment[1 + k] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * k))..]);
                if (step == 0) throw new JpegException("has a quantization table with a step of 0");
                steps[Scan.Natural[k]] = step;
            }
            _steps[number] = steps;
            segment = segment[(1 + (64 * bytes))..];
        }
    }

    private void HuffmanTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            if (segment.Length < 17) throw new JpegException("has a damaged Huffman table");
            int kind = segment[0] >> 4, number = segment[0] & 15, symbols = 0;
            ReadOnlySpan<byte> counts = segment[1..17];
            foreach (byte count in counts) symbols += count;
            if (kind > 1 || number > 3 || symbols > 256 || segment.Length < 17 + symbols) throw new JpegException("has a damaged Huffman table");
            (kind == 0 ? _dc : _ac)[number] = new HuffmanTable(counts, segment.Slice(17, symbols));
            segment = segment[(17 + symbols)..];
        }
    }

    private void Frame(ReadOnlySpan<byte> segment, bool progressive, long pixelLimit)
    {
        if (_components.Count > 0) throw new JpegException("has two frames");
        if (segment.Length < 6) throw new JpegException("has a damaged frame header");
        if (segment[0] != 8) throw new JpegException($"has {segment[0]} bits a sample; 8 are read here") { IsOfOtherKind = true };
        _height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        _width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        int count = segment[5];
        if (_width == 0 || _height == 0) throw new JpegException($"states {_width} x {_height} pixels");
        if ((long)_width * _height > pixelLimit) throw new JpegException($"has {_width} x {_height} = {(long)_width * _height} pixels; the limit is {pixelLimit}");
        if (count is < 1 or > 4 || segment.Length != 6 + (3 * count)) throw new JpegException($"has a damaged frame header: {count} components");
        _progressive = progressive;
        var parts = new (int Id, int H, int V, int Table)[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> part = segment.Slice(6 + (3 * i), 3);
            parts[i] = (part[0], part[1] >> 4, part[1] & 15, part[2]);
        }
        if (parts.Any(p => p.H is < 1 or > 4 || p.V is < 1 or > 4 || p.Table > 3) || parts.DistinctBy(p => p.Id).Count() != count)
            throw new JpegException("has a damaged frame header: sampling or tables out of range");
        int mostH = parts.Max(p => p.H), mostV = parts.Max(p => p.V);
        _unitColumns = (_width + (8 * mostH) - 1) / (8 * mostH);
        _unitRows = (_height + (8 * mostV) - 1) / (8 * mostV);
        // A block takes a bit at the least, in the scan that gives its mean.
        _blocks = parts.Sum(p => JpegBounds.BlocksOf(_width, _height, p.H, p.V, mostH, mostV));
        if (_blocks > 8L * _file.Length) throw new JpegException($"states {_width} x {_height} pixels and is too short to hold them: it is cut short");
        foreach ((int id, int h, int v, int table) in parts)
        {
            int stride = _unitColumns * h, rows = _unitRows * v;
            _components.Add((new JpegComponent
            {
                Id = id,
                Horizontal = h,
                Vertical = v,
                Width = ((_width * h) + mostH - 1) / mostH,
                Height = ((_height * v) + mostV - 1) / mostV,
                Stride = stride,
                Coefficients = new short[checked(stride * rows * 64)],
            }, table));
        }
    }

    private ScanHeader ScanHeader(ReadOnlySpan<byte> segment)
    {
        if (_components.Count == 0) throw new JpegException("has a scan before its frame header");
        _scans++;
        int count = segment.Length > 0 ? segment[0] : 0;
        if (count is < 1 or > 4 || segment.Length != 4 + (2 * count)) throw new JpegException("has a damaged scan header");
        var components = new List<(JpegComponent, HuffmanTable?, HuffmanTable?)>();
        int units = 0;
        for (int i = 0; i < count; i++)
        {
            int id = segment[1 + (2 * i)], tables = segment[2 + (2 * i)];
            (JpegComponent component, int steps) = _components.FirstOrDefault(c => c.Component.Id == id);
            if (component is null || components.Any(c => c.Item1 == component)) throw new JpegException($"has a scan of component {id}, which is none or twice");
            if (tables >> 4 > 3 || (tables & 15) > 3) throw new JpegException("has a damaged scan header");
            // The table counts as it stands when the component's first scan comes; later ones may reuse its number.
            if (component.Steps.Count == 0) component.Steps = _steps[steps] ?? throw new JpegException($"lacks quantization table {steps}");
            components.Add((component, _dc[tables >> 4], _ac[tables & 15]));
            units += component.Horizontal * component.Vertical;
            _visits += (long)component.Columns * component.Rows;
        }
        if (_visits > JpegBounds.MostVisits(_blocks)) throw new JpegException(JpegBounds.TooMany(_width, _height));
        if (count > 1 && units > 10) throw new JpegException("has more than ten blocks in a unit");
        (int first, int last, int high, int low) = (segment[^3], segment[^2], segment[^1] >> 4, segment[^1] & 15);
        if (!_progressive) (first, last, high, low) = (0, 63, 0, 0);
        else if (first > last || last > 63 || (first == 0 && last != 0) || (first > 0 && count > 1) || low > 13 || (high > 0 && high != low + 1))
            throw new JpegException($"has a scan of coefficients {first} to {last}, bits {high} to {low}, which cannot be");
        return new ScanHeader(components, first, last, high, low, _progressive, _restart);
    }
}
