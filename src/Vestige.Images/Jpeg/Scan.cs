namespace Vestige.Images.Jpeg;

/// <summary>What a scan's header says.</summary>
/// <param name="Components">Its components, with their Huffman tables; null where none was defined.</param>
/// <param name="First">First coefficient in zigzag order.</param>
/// <param name="Last">Last coefficient.</param>
/// <param name="High">Bits of each coefficient that came before, or 0 for a first scan.</param>
/// <param name="Low">The lowest bit that this scan gives.</param>
/// <param name="Progressive">Whether the frame is.</param>
/// <param name="Restart">Blocks, or minimum coded units, between markers of restart; 0 for none.</param>
internal sealed record ScanHeader(
    IReadOnlyList<(JpegComponent Component, HuffmanTable? Dc, HuffmanTable? Ac)> Components, int First, int Last, int High, int Low, bool Progressive, int Restart);

/// <summary>Decodes the entropy-coded data of one scan into coefficients (ITU-T T.81, annexes F and G).</summary>
internal ref struct Scan
{
    /// <summary>Zigzag order to vertical by horizontal frequency (T.81, figure A.6).</summary>
    internal static ReadOnlySpan<byte> Natural =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private readonly ScanHeader _header;
    private readonly int[] _predictions;
    private BitReader _bits;
    private int _endOfBand, _untilRestart, _restarts;

    private Scan(ScanHeader header, ReadOnlySpan<byte> file, int position)
    {
        _header = header;
        _bits = new BitReader(file, position);
        _predictions = new int[header.Components.Count];
        _untilRestart = header.Restart;
    }

    /// <summary>Decodes.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="unitColumns">Minimum coded units in a row of the image.</param>
    /// <param name="unitRows">Rows of them.</param>
    /// <param name="file">The file.</param>
    /// <param name="position">Where the data begins.</param>
    /// <returns>Where it ends.</returns>
    /// <exception cref="JpegException">The data is damaged.</exception>
    internal static int Decode(ScanHeader header, int unitColumns, int unitRows, ReadOnlySpan<byte> file, int position)
    {
        var scan = new Scan(header, file, position);
        if (header.Components.Count == 1)
        {
            // A component alone comes block after block, without those that only fill a unit.
            JpegComponent component = header.Components[0].Component;
            for (int row = 0; row < component.Rows; row++)
                for (int column = 0; column < component.Columns; column++)
                {
                    scan.Restart();
                    scan.Block(0, column, row);
                }
        }
        else
        {
            for (int unitRow = 0; unitRow < unitRows; unitRow++)
                for (int unitColumn = 0; unitColumn < unitColumns; unitColumn++)
                {
                    scan.Restart();
                    for (int i = 0; i < header.Components.Count; i++)
                    {
                        JpegComponent component = header.Components[i].Component;
                        for (int y = 0; y < component.Vertical; y++)
                            for (int x = 0; x < component.Horizontal; x++)
                                scan.Block(i, (unitColumn * component.Horizontal) + x, (unitRow * component.Vertical) + y);
                    }
                }
        }
        return scan._bits.Position;
    }

    private void Restart()
    {
        if (_header.Restart == 0) return;
        if (_untilRestart-- > 0) return;
        _untilRestart = _header.Restart - 1;
        // Bytes read ahead end before the marker, since it is one.
        _bits.Align();
        while (_bits.Marker == 0xFF) _bits.Skip(1);
        if (_bits.Marker != 0xD0 + (_restarts & 7)) throw new JpegException("its data lacks a marker of restart");
        _restarts++;
        _bits.Skip(2);
        _endOfBand = 0;
        Array.Clear(_predictions);
    }

    private void Block(int component, int column, int row)
    {
        JpegComponent of = _header.Components[component].Component;
        Span<short> block = of.Coefficients.AsSpan(((row * of.Stride) + column) * 64, 64);
        if (!_header.Progressive)
        {
            Sequential(component, block);
        }
        else if (_header.First == 0)
        {
            if (_header.High == 0) block[0] = (short)(Difference(component) << _header.Low);
            else if (_bits.Read(1) == 1) block[0] |= (short)(1 << _header.Low);
        }
        else if (_header.High == 0)
        {
            FirstBand(block);
        }
        else
        {
            Refine(block);
        }
    }

    private int Difference(int component)
    {
        HuffmanTable table = _header.Components[component].Dc ?? throw new JpegException("a scan names a Huffman table that is not defined");
        int size = table.Read(ref _bits);
        if (size > 11) throw new JpegException($"a mean differs by {size} bits; 11 are the most");
        int value = _predictions[component] + _bits.Signed(size);
        if (value is < short.MinValue or > short.MaxValue) throw new JpegException("a mean is out of range");
        return _predictions[component] = value;
    }

    private readonly HuffmanTable Ac(int component) =>
        _header.Components[component].Ac ?? throw new JpegException("a scan names a Huffman table that is not defined");

    private void Sequential(int component, Span<short> block)
    {
        block.Clear();
        block[0] = (short)Difference(component);
        HuffmanTable table = Ac(component);
        for (int k = 1; k < 64; k++)
        {
            int symbol = table.Read(ref _bits), size = symbol & 15;
            if (size == 0)
            {
                if (symbol != 0xF0) return;
                k += 15;
                continue;
            }
            k += symbol >> 4;
            if (k > 63) throw Overrun();
            block[Natural[k]] = (short)_bits.Signed(size);
        }
    }

    /// <summary>The first bits of a band (T.81, G.1.2.2).</summary>
    private void FirstBand(Span<short> block)
    {
        if (_endOfBand > 0)
        {
            _endOfBand--;
            return;
        }
        HuffmanTable table = Ac(0);
        for (int k = _header.First; k <= _header.Last; k++)
        {
            int symbol = table.Read(ref _bits), run = symbol >> 4, size = symbol & 15;
            if (size == 0)
            {
                if (run < 15)
                {
                    _endOfBand = (1 << run) - 1 + _bits.Read(run);
                    return;
                }
                k += 15;
                continue;
            }
            k += run;
            if (k > _header.Last) throw Overrun();
            block[Natural[k]] = (short)(_bits.Signed(size) << _header.Low);
        }
    }

    /// <summary>One more bit of each coefficient of a band (T.81, G.1.2.3).</summary>
    private void Refine(Span<short> block)
    {
        short bit = (short)(1 << _header.Low);
        int k = _header.First;
        if (_endOfBand == 0)
        {
            HuffmanTable table = Ac(0);
            for (; k <= _header.Last; k++)
            {
                int symbol = table.Read(ref _bits), run = symbol >> 4, size = symbol & 15, value = 0;
                if (size == 0)
                {
                    if (run < 15)
                    {
                        _endOfBand = (1 << run) + _bits.Read(run);
                        break;
                    }
                }
                else
                {
                    if (size != 1) throw new JpegException("a refined coefficient has more than one bit");
                    value = _bits.Read(1) == 1 ? bit : -bit;
                }
                // Passes over so many zeros, and refines what is not zero on the way.
                for (; k <= _header.Last; k++)
                {
                    ref short coefficient = ref block[Natural[k]];
                    if (coefficient != 0) Grow(ref coefficient, bit);
                    else if (run-- == 0) break;
                }
                if (value == 0) continue;
                if (k > _header.Last) throw Overrun();
                block[Natural[k]] = (short)value;
            }
        }
        if (_endOfBand == 0) return;
        for (; k <= _header.Last; k++)
            if (block[Natural[k]] != 0) Grow(ref block[Natural[k]], bit);
        _endOfBand--;
    }

    private void Grow(ref short coefficient, short bit)
    {
        if (_bits.Read(1) == 0 || (coefficient & bit) != 0) return;
        coefficient += coefficient > 0 ? bit : (short)-bit;
    }

    private static JpegException Overrun() => new("its data has more coefficients than a block");
}
