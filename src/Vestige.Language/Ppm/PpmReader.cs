using Vestige.Language.Sequential;

namespace Vestige.Language.Ppm;

/// <summary>Reads by a PPM model that is learnt: nothing is changed, so that any number of them may read at once.</summary>
/// <remarks>
/// What was seen once is not a context of the model yet, but a place in its text. Here it is one without being made: the byte at that
/// place is expected, with the frequency that <see cref="PpmModel"/> would give it.
/// </remarks>
internal sealed class PpmReader(PpmModel model) : ITextReader
{
    private const double Binary = 1 << PpmEscapes.BinaryBits;

    private readonly PpmTrie _trie = model.Trie;
    private readonly int _shortestRun = -Math.Min(model.Order, 12) - 1;

    // The longest context that the model has, and the place of a longer one that was seen once; -1 for none.
    private int _context;
    private int _place = -1;
    private int _length;
    private byte _last;
    private bool _hit;
    private int _run = -Math.Min(model.Order, 12) - 1;

    public void Restart() => (_context, _place, _length, _last, _hit, _run) = (PpmTrie.Root, -1, 0, 0, false, _shortestRun);

    public void Predict(Span<double> into)
    {
        into.Clear();
        Walk(-1, into);
    }

    public double Take(byte symbol)
    {
        double probability = Walk(symbol, default);
        Read(symbol);
        return probability;
    }

    public void Read(byte symbol)
    {
        if (_place >= 0 && _trie.Text(_place) == symbol)
        {
            (_hit, _run, _last) = (true, _run + 1, symbol);
            Follow(PpmModel.Lower(_trie, _context, symbol), _place + 1, _length + 1);
            return;
        }
        int context = _context;
        bool isFirst = _place < 0;
        int at;
        while ((at = Find(context, symbol)) < 0)
        {
            context = _trie[context].Suffix;
            isFirst = false;
        }
        PpmNode node = _trie[context];
        PpmState state = _trie.State(node.States + at);
        _hit = isFirst && (node.Count == 1 || (at == 0 && 2 * state.Frequency > node.Sum));
        if (_hit) _run++;
        else if (!isFirst) _run = _shortestRun;
        _last = symbol;
        if (state.Successor >= 0) Follow(state.Successor, -1, 0);
        else Follow(PpmModel.Lower(_trie, context, symbol), state.Successor == PpmTrie.None ? -1 : ~state.Successor, _trie.LengthOf(context) + 1);
    }

    private void Follow(int context, int place, int length)
    {
        _context = context;
        // A context is no longer than the order, and knows nothing that its suffix does not.
        bool isOne = place >= 0 && place < _trie.TextLength && length <= model.Order && Find(context, _trie.Text(place)) >= 0;
        (_place, _length) = isOne ? (place, length) : (-1, 0);
    }

    /// <summary>Goes down the contexts as <see cref="PpmModel"/> does when it learns.</summary>
    /// <param name="symbol">The byte that is asked for; -1 for all.</param>
    /// <param name="into">Receives the probabilities of all (256), zeros before; empty where one byte is asked for.</param>
    /// <returns>The probability of that byte.</returns>
    private double Walk(int symbol, Span<double> into)
    {
        var masked = new Mask();
        int known = 0, context = _context;
        double weight = 1;
        if (_place >= 0)
        {
            PpmState only = PpmModel.Inherited(_trie, context, ~_place);
            if (Only(only, _trie[context].Count, symbol, into, ref weight) is { } found) return found;
            masked.Add(only.Symbol);
            known = 1;
        }
        else if (_trie[context].Count == 1)
        {
            PpmNode node = _trie[context];
            PpmState only = _trie.State(node.States);
            if (Only(only, _trie[node.Suffix].Count, symbol, into, ref weight) is { } found) return found;
            masked.Add(only.Symbol);
            (known, context) = (1, node.Suffix);
        }
        while (true)
        {
            PpmNode node = _trie[context];
            if (node.Count > known)
            {
                ReadOnlySpan<PpmState> states = _trie.States(node);
                (int sum, int escape) = known == 0 ? (_trie.Sum(node), _trie.Escape(node)) : Masked(node, states, masked, known);
                double unit = weight / (sum + escape);
                foreach (ref readonly PpmState state in states)
                {
                    if (masked.Has(state.Symbol)) continue;
                    if (state.Symbol == symbol) return unit * state.Frequency;
                    if (!into.IsEmpty) into[state.Symbol] = unit * state.Frequency;
                }
                if (node.Count == SamplingOptions.Bytes) return 0;
                foreach (ref readonly PpmState state in states) masked.Add(state.Symbol);
                weight = unit * escape;
                known = node.Count;
            }
            context = node.Suffix;
        }
    }

    // The context of one byte: its probability where it is asked for; else what is left to shorter ones.
    private double? Only(PpmState only, int lower, int symbol, Span<double> into, ref double weight)
    {
        double hit = Math.Clamp((int)model.Escapes.Binary(only.Frequency, lower, only.Symbol, _last, _hit, _run >= 0), 1, (int)Binary - 1) / Binary;
        if (only.Symbol == symbol) return hit;
        if (!into.IsEmpty) into[only.Symbol] = hit;
        weight = 1 - hit;
        return null;
    }

    private (int Sum, int Escape) Masked(in PpmNode node, ReadOnlySpan<PpmState> states, in Mask masked, int known)
    {
        int sum = 0;
        foreach (ref readonly PpmState state in states) sum += masked.Has(state.Symbol) ? 0 : state.Frequency;
        return node.Count == SamplingOptions.Bytes ? (sum, 0)
            : (sum, model.Escapes.Of(states.Length - known, states.Length, _trie[node.Suffix].Count, node.Sum, _last).Weight);
    }

    private int Find(int context, byte symbol)
    {
        ReadOnlySpan<PpmState> states = _trie.States(_trie[context]);
        for (int i = 0; i < states.Length; i++)
            if (states[i].Symbol == symbol) return i;
        return -1;
    }

    /// <summary>A set of bytes.</summary>
    private struct Mask
    {
        private ulong _0, _1, _2, _3;

        internal void Add(byte symbol)
        {
            ulong bit = 1UL << symbol;
            switch (symbol >> 6)
            {
                case 0: _0 |= bit; break;
                case 1: _1 |= bit; break;
                case 2: _2 |= bit; break;
                default: _3 |= bit; break;
            }
        }

        internal readonly bool Has(byte symbol) => ((symbol >> 6) switch { 0 => _0, 1 => _1, 2 => _2, _ => _3 } >> symbol & 1) != 0;
    }
}
