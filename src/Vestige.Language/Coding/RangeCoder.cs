namespace Vestige.Language.Coding;

/// <summary>
/// Codes steps of known integer probability into bytes, nearly without loss: the interval of Rissanen and Langdon (1979) in 56 bits,
/// of which bytes leave from the top, with a carry (Schindler 1998).
/// </summary>
/// <remarks>The interval stays wider than 2^48, so that totals of up to 2^24 cost less than 2^-24 of a step's bits.</remarks>
/// <param name="to">Where the bytes go.</param>
internal sealed class RangeEncoder(Stream to)
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _filled;
    private ulong _low;
    private ulong _range = 1UL << 56;
    // A byte that a carry may still change, and how many bytes 255 behind it a carry would run through; none before the first.
    private int _held = -1;
    private long _full;

    /// <summary>Bytes so far, but for those that <see cref="End"/> adds.</summary>
    internal long Length { get; private set; }

    /// <summary>Codes a step.</summary>
    /// <param name="below">Sum of the frequencies of all outcomes below this one.</param>
    /// <param name="frequency">Frequency of this one, at least 1.</param>
    /// <param name="total">Sum of all, at most 2^24.</param>
    internal void Encode(uint below, uint frequency, uint total)
    {
        ulong unit = _range / total;
        _low += unit * below;
        // What is left over belongs to the last outcome.
        _range = below + frequency == total ? _range - (unit * below) : unit * frequency;
        while (_range < 1UL << 48) Shift();
    }

    /// <summary>Codes a bit.</summary>
    /// <param name="bit">The bit.</param>
    /// <param name="one">Probability of a 1 in units of 2^-16, 1 to 65535.</param>
    internal void Encode(int bit, int one)
    {
        ulong bound = (_range >> 16) * (uint)one;
        if (bit != 0)
        {
            _range = bound;
        }
        else
        {
            _low += bound;
            _range -= bound;
        }
        while (_range < 1UL << 48) Shift();
    }

    /// <summary>Writes what is needed to tell the last step; nothing may be coded afterwards.</summary>
    internal void End()
    {
        // The number in the interval with the most zeros at its end, which need not be written: a decoder reads zeros behind the end.
        for (int zeros = 48; ; zeros -= 8)
        {
            ulong mask = (1UL << zeros) - 1, number = (_low + mask) & ~mask;
            if (number - _low >= _range) continue;
            _low = number;
            break;
        }
        while (_low != 0) Shift();
        if (_held >= 0) Put((byte)_held);
        for (; _full > 0; _full--) Put(0xFF);
        Flush();
    }

    private void Shift()
    {
        bool carries = _low >= 1UL << 56;
        int top = (int)(_low >> 48) & 0xFF;
        if (carries || top != 0xFF)
        {
            if (_held >= 0) Put((byte)(_held + (carries ? 1 : 0)));
            for (; _full > 0; _full--) Put((byte)(carries ? 0 : 0xFF));
            _held = top;
        }
        else if (_held < 0)
        {
            // Nothing can be carried into: the number is below 1.
            _held = top;
        }
        else
        {
            _full++;
        }
        _low = (_low & ((1UL << 48) - 1)) << 8;
        _range <<= 8;
    }

    private void Put(byte value)
    {
        if (_filled == _buffer.Length) Flush();
        _buffer[_filled++] = value;
        Length++;
    }

    private void Flush()
    {
        to.Write(_buffer, 0, _filled);
        _filled = 0;
    }
}

/// <summary>Reads what <see cref="RangeEncoder"/> wrote. Any bytes decode to something; zeros stand behind their end.</summary>
/// <remarks>No more of them than an encoder leaves out: who asks for more steps than were coded is told so, and does not go on for ever.</remarks>
internal sealed class RangeDecoder
{
    // An encoder writes a byte or more for each shift, and as many stand in the decoder before the first.
    private const int Ahead = 7;

    private readonly Stream _from;
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _next, _filled, _behind;
    private ulong _offset;
    private ulong _range = 1UL << 56;
    private ulong _unit;

    internal RangeDecoder(Stream from)
    {
        _from = from;
        for (int i = 0; i < Ahead; i++) _offset = (_offset << 8) | Next();
    }

    /// <summary>Where the next step lies: the outcome is the one with <c>below &lt;= place &lt; below + frequency</c>.</summary>
    /// <param name="total">As it was coded.</param>
    internal uint Place(uint total)
    {
        _unit = _range / total;
        return (uint)Math.Min(_offset / _unit, total - 1);
    }

    /// <summary>Takes the outcome of the step that <see cref="Place"/> told.</summary>
    internal void Take(uint below, uint frequency, uint total)
    {
        _offset -= _unit * below;
        _range = below + frequency == total ? _range - (_unit * below) : _unit * frequency;
        while (_range < 1UL << 48) Shift();
    }

    /// <summary>The next bit.</summary>
    /// <param name="one">Its probability as it was coded.</param>
    internal int Decode(int one)
    {
        ulong bound = (_range >> 16) * (uint)one;
        int bit = _offset < bound ? 1 : 0;
        if (bit != 0)
        {
            _range = bound;
        }
        else
        {
            _offset -= bound;
            _range -= bound;
        }
        while (_range < 1UL << 48) Shift();
        return bit;
    }

    private void Shift()
    {
        _offset = (_offset << 8) | Next();
        _range <<= 8;
    }

    private byte Next()
    {
        if (_next == _filled)
        {
            _filled = _from.Read(_buffer, 0, _buffer.Length);
            _next = 0;
            if (_filled == 0) return ++_behind <= Ahead ? (byte)0 : throw new InvalidDataException("it says that it holds more than was coded: it is damaged");
        }
        return _buffer[_next++];
    }
}
