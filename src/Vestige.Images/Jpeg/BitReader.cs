namespace Vestige.Images.Jpeg;

/// <summary>Bits of entropy-coded data, most significant first, without the zeros stuffed behind 0xFF (ITU-T T.81, F.2.2.5).</summary>
/// <remarks>Stops before a marker. What a valid scan reads never lies beyond it, so reading on is an error.</remarks>
internal ref struct BitReader(ReadOnlySpan<byte> file, int position)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private ulong _bits;
    private int _count;

    /// <summary>Where the next byte is taken from.</summary>
    internal int Position { get; private set; } = position;

    /// <summary>Throws away what is left of the last byte, before a marker of restart.</summary>
    internal void Align() => (_bits, _count) = (0, 0);

    /// <summary>Skips bytes of a marker.</summary>
    internal void Skip(int bytes) => Position += bytes;

    /// <summary>The marker that stands here, or 0.</summary>
    internal readonly int Marker => Position + 1 < _file.Length && _file[Position] == 0xFF ? _file[Position + 1] : 0;

    /// <summary>Up to 16 bits without taking them; zeros beyond the end.</summary>
    internal int Peek(int count)
    {
        if (_count < count) Fill();
        return (int)(_count >= count ? _bits >> (_count - count) : _bits << (count - _count)) & ((1 << count) - 1);
    }

    /// <summary>Takes bits that were peeked at.</summary>
    /// <exception cref="JpegException">There are not so many.</exception>
    internal void Take(int count)
    {
        if (_count < count) throw new JpegException("its data ends in the middle of a scan");
        _count -= count;
    }

    /// <summary>Reads 0 to 16 bits.</summary>
    internal int Read(int count)
    {
        if (count == 0) return 0;
        int value = Peek(count);
        Take(count);
        return value;
    }

    /// <summary>A signed number of some bits (T.81, F.2.2.1, EXTEND).</summary>
    internal int Signed(int bits)
    {
        int value = Read(bits);
        return bits > 0 && value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
    }

    private void Fill()
    {
        while (_count <= 48 && Position < _file.Length)
        {
            byte next = _file[Position];
            if (next == 0xFF)
            {
                if (Position + 1 >= _file.Length || _file[Position + 1] != 0) return;
                Position++;
            }
            Position++;
            _bits = (_bits << 8) | next;
            _count += 8;
        }
    }
}
