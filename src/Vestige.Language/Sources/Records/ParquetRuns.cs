namespace Vestige.Language.Sources.Records;

/// <summary>Small numbers as runs of one and as groups of eight, packed by bits.</summary>
/// <param name="bytes">The runs.</param>
/// <param name="width">Bits of a number.</param>
internal struct ParquetRuns(ReadOnlyMemory<byte> bytes, int width)
{
    private int _at, _run;
    private long _bit;
    private bool _isPacked;
    private int _value;

    /// <summary>The next number.</summary>
    /// <exception cref="Vestige.Sources.UnusableDocumentException">There is none, or it is too large.</exception>
    internal int Next()
    {
        while (_run == 0) Begin();
        _run--;
        if (!_isPacked || width == 0) return _value;
        ReadOnlySpan<byte> packed = bytes.Span;
        uint value = 0;
        // The least bit comes first.
        for (int bit = 0; bit < width; bit++, _bit++) value |= (uint)((packed[(int)(_bit >> 3)] >> (int)(_bit & 7)) & 1) << bit;
        return value <= int.MaxValue ? (int)value : throw ParquetPages.Damaged();
    }

    private void Begin()
    {
        ReadOnlySpan<byte> all = bytes.Span;
        const int mostBits = 32;
        if (width > mostBits) throw ParquetPages.Damaged();
        ulong head = 0;
        for (int shift = 0; ; shift += 7)
        {
            if (_at >= all.Length || shift > mostBits) throw ParquetPages.Damaged();
            byte next = all[_at++];
            head |= (ulong)(next & 127) << shift;
            if (next < 128) break;
        }
        ulong count = head >> 1;
        _isPacked = (head & 1) == 1;
        if (_isPacked)
        {
            // Some writers leave out what the last group does not need.
            ulong there = (ulong)(all.Length - _at), length = Math.Min(count * (ulong)width, there);
            ulong numbers = width == 0 ? 8 * count : Math.Min(8 * count, 8 * length / (ulong)width);
            if (numbers > int.MaxValue) throw ParquetPages.Damaged();
            (_bit, _run, _value) = (8L * _at, (int)numbers, 0);
            _at += (int)length;
            return;
        }
        int size = (width + 7) / 8;
        if (count > int.MaxValue || size > all.Length - _at) throw ParquetPages.Damaged();
        uint repeated = 0;
        for (int i = 0; i < size; i++) repeated |= (uint)all[_at++] << (8 * i);
        if (repeated > int.MaxValue) throw ParquetPages.Damaged();
        (_value, _run) = ((int)repeated, (int)count);
    }
}
