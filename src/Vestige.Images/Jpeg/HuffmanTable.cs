namespace Vestige.Images.Jpeg;

/// <summary>A Huffman table of T.81 (annex C): how many codes each length has, and their symbols in order.</summary>
internal sealed class HuffmanTable
{
    private const int FastBits = 9;

    private readonly byte[] _symbols;

    // By length: the first code, one more than the last, and the number of the first symbol less the first code.
    private readonly int[] _end = new int[17], _offset = new int[17];

    // By the next bits: length and symbol, or 0 where the code is longer.
    private readonly ushort[] _fast = new ushort[1 << FastBits];

    /// <exception cref="JpegException">The counts make no prefix code.</exception>
    internal HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, symbol = 0;
        for (int length = 1; length <= 16; length++)
        {
            code <<= 1;
            _offset[length] = symbol - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, symbol++)
            {
                if (length > FastBits) continue;
                int first = code << (FastBits - length);
                if (first + (1 << (FastBits - length)) > _fast.Length) throw Invalid();
                _fast.AsSpan(first, 1 << (FastBits - length)).Fill((ushort)((length << 8) | _symbols[symbol]));
            }
            if (code > 1 << length) throw Invalid();
            _end[length] = code;
        }
    }

    /// <summary>Reads one symbol.</summary>
    /// <exception cref="JpegException">The bits are no code of this table, or there are none.</exception>
    internal int Read(ref BitReader bits)
    {
        int fast = _fast[bits.Peek(FastBits)];
        if (fast != 0)
        {
            bits.Take(fast >> 8);
            return fast & 0xFF;
        }
        int sixteen = bits.Peek(16);
        for (int length = FastBits + 1; length <= 16; length++)
        {
            int code = sixteen >> (16 - length);
            if (code >= _end[length]) continue;
            bits.Take(length);
            int number = code + _offset[length];
            return number >= 0 && number < _symbols.Length ? _symbols[number] : throw new JpegException("its data holds a code that its Huffman table has not");
        }
        // Beyond the end Peek gives zeros, which may be no code either: say which it is.
        bits.Take(16);
        throw new JpegException("its data holds a code that its Huffman table has not");
    }

    private static JpegException Invalid() => new("a Huffman table has more codes than its lengths allow");
}
