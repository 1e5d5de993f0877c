using Vestige.Language.Transformer.Parameters;
using Vestige.Numerics;

namespace Vestige.Language.Transformer.Training;

/// <summary>Which windows a step learns from: a pure function of text, seed and step, so that a run can be taken up anywhere.</summary>
/// <remarks>
/// An epoch has one window for each T bytes of a slice, laid evenly over it from a random start: each byte is read about once an
/// epoch, each time at another place in its window. The windows of an epoch come in random order.
/// </remarks>
internal sealed class Windows
{
    private readonly ITrainingText _text;
    private readonly IReadOnlyList<TextSlice> _slices;
    // Window i is of slice _sliceOf[i], the (i - _firstOf[slice])-th in it.
    private readonly int[] _sliceOf, _firstOf;
    private readonly int _context;
    private readonly ulong _seed;
    private readonly byte[] _bytes;
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>The windows of <paramref name="slices"/>.</summary>
    internal Windows(ITrainingText text, IReadOnlyList<TextSlice> slices, int context, ulong seed)
    {
        (_text, _slices, _context, _seed) = (text, slices, context, seed);
        _bytes = new byte[context];
        _firstOf = new int[slices.Count];
        List<int> sliceOf = [];
        for (int i = 0; i < slices.Count; i++)
        {
            _firstOf[i] = sliceOf.Count;
            sliceOf.AddRange(Enumerable.Repeat(i, In(i)));
        }

        _sliceOf = [.. sliceOf];
    }

    /// <summary>Windows in an epoch.</summary>
    internal int Count => _sliceOf.Length;

    /// <summary>The windows of one step.</summary>
    /// <param name="symbols">(B, T) out: each window opens with <see cref="Alphabet.Unknown"/> and goes on with all bytes but its last.</param>
    /// <param name="targets">(B, T) out: the window's bytes, then <see cref="Alphabet.None"/>.</param>
    /// <param name="step">Number of the step, from 0.</param>
    internal void Random(Span<short> symbols, Span<short> targets, int step)
    {
        int batch = symbols.Length / _context;
        for (int b = 0; b < batch; b++)
        {
            long number = ((long)step * batch) + b;
            long epoch = Math.DivRem(number, Count, out long index);
            if (epoch != _epoch) Shuffle(epoch);
            int window = _order[index], slice = _sliceOf[window];
            // The same shift for all windows of a slice, which so stay as far apart as they are long.
            double shift = new Rng(Rng.Mix(Rng.Mix(_seed, (ulong)epoch), (ulong)slice)).NextDouble();
            int room = Math.Max(1, _slices[slice].Length - _context + 1);
            int start = Math.Min(room - 1, (int)((window - _firstOf[slice] + shift) * room / In(slice)));
            Read(symbols.Slice(b * _context, _context), targets.Slice(b * _context, _context), slice, start);
        }
    }

    /// <summary>All windows end to end, in order: each byte is predicted once.</summary>
    internal (short[] Symbols, short[] Targets) All()
    {
        short[] symbols = new short[Count * _context], targets = new short[symbols.Length];
        for (int window = 0; window < Count; window++)
        {
            int slice = _sliceOf[window];
            Read(symbols.AsSpan(window * _context, _context), targets.AsSpan(window * _context, _context), slice, (window - _firstOf[slice]) * _context);
        }

        return (symbols, targets);
    }

    private int In(int slice) => (_slices[slice].Length + _context - 1) / _context;

    private void Read(Span<short> symbols, Span<short> targets, int slice, int start)
    {
        Span<byte> bytes = _bytes.AsSpan(0, Math.Min(_context, _slices[slice].Length - start));
        _text.Copy(_slices[slice].Document, _slices[slice].Start + start, bytes);
        symbols.Clear();
        targets.Fill(Alphabet.None);
        symbols[0] = Alphabet.Unknown;
        for (int t = 0; t < bytes.Length; t++)
        {
            targets[t] = bytes[t];
            if (t + 1 < _context) symbols[t + 1] = bytes[t];
        }
    }

    private void Shuffle(long epoch)
    {
        _epoch = epoch;
        _order = [.. Enumerable.Range(0, Count)];
        new Rng(Rng.Mix(Rng.Mix(_seed, "windows"), (ulong)epoch)).Shuffle<int>(_order);
    }
}
