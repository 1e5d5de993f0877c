namespace Vestige.Language.Ppm;

/// <content>How contexts are made, and what they inherit.</content>
internal sealed partial class PpmModel
{
    /// <summary>Makes the contexts that the byte found completes, and goes on to the longest.</summary>
    private void Grow(int found, int at)
    {
        PpmState state = Trie.State(Trie[found].States + at);
        _before = _context;
        if (state.Frequency < MostFrequent / 4 && Trie[found].Suffix >= 0) CountBelow(Trie[found].Suffix, state.Symbol);
        int successor = state.Successor;
        if (!Trie.HasRoom)
        {
            _context = successor >= 0 ? successor : Lower(Trie, found, state.Symbol);
            return;
        }
        Trie.Append(state.Symbol);
        if (_fall == 0 && successor != PpmTrie.None)
        {
            // At the full order the successor is one of the full order too.
            if (successor < 0) Trie.State(Trie[found].States + at).Successor = successor = Make(found, state, skip: true);
            Move(successor);
            return;
        }
        int raw = ~Trie.TextLength;
        if (successor == PpmTrie.None)
        {
            // Only the empty context has bytes that lead nowhere, and behind them it is still the empty one.
            Trie.State(Trie[found].States + at).Successor = raw;
            successor = PpmTrie.Root;
        }
        else
        {
            if (successor < 0) successor = Make(found, state, skip: false);
            if (--_fall == 0) raw = successor;
        }
        AddTo(_context, found, state, raw);
        Move(successor);
    }

    private void Move(int context)
    {
        _context = context;
        // Where a text ended, a state may lead to a shorter context than it would have.
        if (_hasEnds) _fall = Order - Trie.LengthOf(context);
    }

    /// <summary>Ends a text: states that expect the next byte lead to the context at hand instead, the longest whose byte was seen to go on.</summary>
    private void EndText()
    {
        int raw = ~Trie.TextLength;
        for (int context = _before; context >= 0; context = Trie[context].Suffix)
        {
            foreach (ref PpmState state in Trie.States(Trie[context]))
                if (state.Successor == raw) state.Successor = Trie[context].Suffix >= 0 ? _context : PpmTrie.None;
        }
        _hasEnds = true;
    }

    /// <summary>The longest context there is that ends in the byte, looked for from a context down.</summary>
    internal static int Lower(PpmTrie trie, int context, byte symbol)
    {
        for (; context >= 0; context = trie[context].Suffix)
            foreach (ref readonly PpmState state in trie.States(trie[context]))
                if (state.Symbol == symbol && state.Successor >= 0) return state.Successor;
        return PpmTrie.Root;
    }

    private void CountBelow(int context, byte symbol)
    {
        ref PpmNode node = ref Trie[context];
        Span<PpmState> states = Trie.States(node);
        if (states.Length == 1)
        {
            if (states[0].Frequency < 32) states[0].Frequency++;
            return;
        }
        int at = Find(states, symbol);
        at = WorkProgress(states, at);
        if (states[at].Frequency >= MostFrequent - 9) return;
        states[at].Frequency += 2;
        node.Sum += 2;
    }

    /// <summary>Adds a byte to contexts that did not know it, with what it inherits from the one that did.</summary>
    /// <param name="longest">The first of them.</param>
    /// <param name="found">Their suffix that knows it.</param>
    /// <param name="state">Its state there.</param>
    /// <param name="successor">What it leads to.</param>
    private void AddTo(int longest, int found, PpmState state, int successor)
    {
        PpmNode from = Trie[found];
        int others = from.Count == 1 ? 1 : from.Sum - from.Count - (state.Frequency - 1);
        for (int context = longest; context != found; context = Trie[context].Suffix)
        {
            ref PpmNode node = ref Trie[context];
            int count = node.Count, sum = node.Sum;
            if (count == 1)
            {
                ref PpmState only = ref Trie.State(node.States);
                only.Frequency = (byte)(only.Frequency < (MostFrequent / 4) - 1 ? 2 * only.Frequency : MostFrequent - 4);
                sum = only.Frequency + _escape + (from.Count > 3 ? 1 : 0);
            }
            else
            {
                sum += (2 * count < from.Count ? 1 : 0) + (4 * count <= from.Count && sum <= 8 * count ? 2 : 0);
            }
            int inherited = 2 * state.Frequency * (sum + 6), all = others + sum;
            int frequency;
            if (inherited < 6 * all)
            {
                frequency = 1 + (inherited > all ? 1 : 0) + (inherited >= 4 * all ? 1 : 0);
                sum += 3;
            }
            else
            {
                frequency = 4 + (inherited >= 9 * all ? 1 : 0) + (inherited >= 12 * all ? 1 : 0) + (inherited >= 15 * all ? 1 : 0);
                sum += frequency;
            }
            node.Sum = (ushort)sum;
            Trie.Append(context, new PpmState { Symbol = state.Symbol, Frequency = (byte)frequency, Successor = successor });
        }
    }

    /// <summary>Has a context know a byte, and its suffixes, as every suffix of one that knows it must: where texts ended they may not.</summary>
    private void Teach(int context, byte symbol, int successor)
    {
        PpmNode node = Trie[context];
        foreach (ref readonly PpmState state in Trie.States(node))
            if (state.Symbol == symbol) return;
        Teach(node.Suffix, symbol, successor);
        AddTo(context, node.Suffix, new PpmState { Symbol = symbol, Frequency = 1, Successor = successor }, successor);
    }

    /// <summary>Makes the contexts that a state which only knows its place in the text stands for, the shortest first.</summary>
    /// <param name="context">Where the state was found.</param>
    /// <param name="state">The state.</param>
    /// <param name="skip">Not from this context, but from shorter ones only.</param>
    /// <returns>The longest.</returns>
    private int Make(int context, PpmState state, bool skip)
    {
        int chain = 0;
        if (!skip) _chain[chain++] = context;
        int raw = state.Successor, shorter = PpmTrie.Root;
        while (Trie[context].Suffix >= 0)
        {
            context = Trie[context].Suffix;
            PpmNode node = Trie[context];
            int successor = Trie.State(node.States + Find(Trie.States(node), state.Symbol)).Successor;
            if (successor != raw && successor >= 0)
            {
                shorter = successor;
                break;
            }
            _chain[chain++] = context;
        }
        if (chain == 0) return shorter;
        Teach(shorter, Trie.Text(~raw), raw - 1);
        PpmState first = Inherited(Trie, shorter, raw);
        while (chain > 0)
        {
            int parent = _chain[--chain];
            shorter = Trie.Add(shorter, first);
            PpmNode node = Trie[parent];
            Trie.State(node.States + Find(Trie.States(node), state.Symbol)).Successor = shorter;
        }
        return shorter;
    }

    /// <summary>The only state of a context that was seen once, with what it inherits from the longest shorter one that was seen more.</summary>
    /// <param name="trie">The contexts.</param>
    /// <param name="shorter">The shorter one.</param>
    /// <param name="raw"><c>~place</c> of the byte that followed.</param>
    internal static PpmState Inherited(PpmTrie trie, int shorter, int raw)
    {
        byte symbol = trie.Text(~raw);
        PpmNode node = trie[shorter];
        Span<PpmState> states = trie.States(node);
        int frequency = states[Find(states, symbol)].Frequency;
        if (states.Length > 1)
        {
            int extra = frequency - 1, others = node.Sum - states.Length - extra;
            frequency = 1 + (2 * extra <= others ? (5 * extra > others ? 1 : 0) : ((2 * extra) + (3 * others) - 1) / (2 * others));
        }
        return new PpmState { Symbol = symbol, Frequency = (byte)Math.Clamp(frequency, 1, MostFrequent), Successor = raw - 1 };
    }

    /// <summary>Where the byte's state is; every suffix of a context knows what that knows.</summary>
    internal static int Find(ReadOnlySpan<PpmState> states, byte symbol)
    {
        int at = 0;
        while (states[at].Symbol != symbol) at++;
        return at;
    }
}
