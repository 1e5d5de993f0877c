using Vestige.Language.Coding;

namespace Vestige.Language.Ppm;

/// <summary>
/// Prediction by partial matching with information inheritance (Cleary, Witten 1984; Shkarin 2002: "PPM: one step to practicality",
/// variant H as in 7-Zip): learns a text byte by byte, and can code it while it does.
/// </summary>
/// <remarks>All in integers: the same text gives the same model on every machine. Where the memory is used up it learns frequencies,
/// but no more contexts. What it has learnt is read by <see cref="PpmReader"/>.</remarks>
internal sealed partial class PpmModel : ILearner
{
    internal const int LowestOrder = 2, HighestOrder = 16;

    // Frequencies beyond it are halved.
    private const int MostFrequent = 124;

    private readonly bool[] _masked = new bool[SamplingOptions.Bytes];
    private readonly int[] _chain = new int[HighestOrder + 2];
    private readonly int _shortestRun;

    // The longest context at hand, and how much shorter it is than the order.
    private int _context;
    // The one before the last byte; whether a text has ended.
    private int _before;
    private bool _hasEnds;
    private int _fall;
    private byte _last;
    private bool _hit;
    private int _run;
    private int _escape;

    /// <summary>A model that knows nothing.</summary>
    /// <param name="order">Bytes of the longest contexts.</param>
    /// <param name="memory">Bytes that it may take.</param>
    internal PpmModel(int order, long memory)
    {
        Order = order;
        Trie = new PpmTrie(memory);
        _shortestRun = -Math.Min(order, 12) - 1;
        Restart();
    }

    internal int Order { get; }

    internal PpmTrie Trie { get; }

    internal PpmEscapes Escapes { get; } = new();

    /// <inheritdoc/>
    public void Restart()
    {
        if (Trie.TextLength > 0) EndText();
        (_context, _before, _fall, _last, _hit, _run, _escape) = (PpmTrie.Root, PpmTrie.Root, Order, 0, false, _shortestRun, 5);
    }

    /// <inheritdoc/>
    public void Learn<TSteps>(Span<byte> bytes, TSteps steps)
        where TSteps : ISteps
    {
        foreach (ref byte symbol in bytes) symbol = Learn(symbol, steps);
    }

    /// <summary>Codes the next byte, and learns it.</summary>
    /// <param name="symbol">The byte; of no meaning where steps are decoded.</param>
    /// <param name="steps">Receives or gives the steps.</param>
    /// <returns>The byte.</returns>
    private byte Learn<TSteps>(byte symbol, TSteps steps)
        where TSteps : ISteps
    {
        int context = _context;
        bool found;
        int at;
        if (Trie[context].Count == 1)
        {
            at = 0;
            found = CodeOnly(context, symbol, steps);
        }
        else
        {
            found = CodeFirst(context, symbol, steps, out at);
        }
        if (!found)
        {
            Array.Clear(_masked);
            while (!found)
            {
                foreach (ref readonly PpmState state in Trie.States(Trie[context])) _masked[state.Symbol] = true;
                int masked = Trie[context].Count;
                // A context that knows no more than those before says nothing.
                do
                {
                    _fall++;
                    context = Trie[context].Suffix;
                }
                while (Trie[context].Count == masked);
                found = CodeMasked(context, masked, symbol, steps, out at);
            }
        }
        byte came = Trie.State(Trie[context].States + at).Symbol;
        Grow(context, at);
        return _last = came;
    }

    private bool CodeOnly<TSteps>(int context, byte symbol, TSteps steps)
        where TSteps : ISteps
    {
        PpmNode node = Trie[context];
        ref PpmState only = ref Trie.State(node.States);
        ref ushort probability = ref Escapes.Binary(only.Frequency, Trie[node.Suffix].Count, only.Symbol, _last, _hit, _run >= 0);
        bool hit = steps.Bit(only.Symbol == symbol ? 1 : 0, Math.Clamp(probability << (16 - PpmEscapes.BinaryBits), 1, 65535)) != 0;
        PpmEscapes.Learn(ref probability, hit);
        _hit = hit;
        if (hit)
        {
            _run++;
            if (only.Frequency < 128) only.Frequency++;
        }
        else
        {
            // What the escape will weigh once a second byte is known here: the rarer it was, the less.
            _escape = Math.Max(2, (int)(25 / (1 + (0.8 * (probability >> 10)))));
        }
        return hit;
    }

    private bool CodeFirst<TSteps>(int context, byte symbol, TSteps steps, out int at)
        where TSteps : ISteps
    {
        ref PpmNode node = ref Trie[context];
        Span<PpmState> states = Trie.States(node);
        uint total = node.Count == SamplingOptions.Bytes ? (uint)Trie.Sum(node) : node.Sum, place = steps.Place(total), below = 0;
        for (at = 0; at < states.Length; at++)
        {
            uint frequency = states[at].Frequency;
            if (TSteps.Decodes ? place < below + frequency : states[at].Symbol == symbol)
            {
                steps.Take(below, frequency, total);
                _hit = at == 0 && 2 * frequency > total;
                if (_hit) _run++;
                at = Count(context, at);
                return true;
            }
            below += frequency;
        }
        // Where every byte is known it has been found.
        steps.Take(below, total - below, total);
        _hit = false;
        return false;
    }

    private bool CodeMasked<TSteps>(int context, int masked, byte symbol, TSteps steps, out int at)
        where TSteps : ISteps
    {
        ref PpmNode node = ref Trie[context];
        Span<PpmState> states = Trie.States(node);
        uint sum = 0;
        foreach (ref readonly PpmState state in states) sum += _masked[state.Symbol] ? 0u : state.Frequency;
        // Where every byte is known, as in the empty context, an escape cannot come.
        bool isAll = node.Count == SamplingOptions.Bytes;
        ref PpmEscapes.Masked escape = ref Escapes.Of(states.Length - masked, states.Length, isAll ? 0 : Trie[node.Suffix].Count, node.Sum, _last);
        uint weight = isAll ? 0 : (uint)escape.Weight;
        if (!isAll) escape.Begin();
        uint total = sum + weight, place = steps.Place(total), below = 0;
        for (at = 0; at < states.Length; at++)
        {
            if (_masked[states[at].Symbol]) continue;
            uint frequency = states[at].Frequency;
            if (TSteps.Decodes ? place < below + frequency : states[at].Symbol == symbol)
            {
                steps.Take(below, frequency, total);
                if (!isAll) escape.Found();
                _run = _shortestRun;
                at = Count(context, at);
                return true;
            }
            below += frequency;
        }
        steps.Take(below, weight, total);
        escape.Escaped((int)total);
        return false;
    }

    /// <summary>Counts a byte that came, and keeps frequent ones in front.</summary>
    /// <returns>Where its state is now.</returns>
    private int Count(int context, int at)
    {
        ref PpmNode node = ref Trie[context];
        Span<PpmState> states = Trie.States(node);
        states[at].Frequency += 4;
        node.Sum += 4;
        if (states[at].Frequency > MostFrequent) return Halve(context, at);
        return WorkProgress(states, at);
    }

    private static int WorkProgress(Span<PpmState> states, int at)
    {
        if (at == 0 || states[at].Frequency <= states[at - 1].Frequency) return at;
        (states[at - 1], states[at]) = (states[at], states[at - 1]);
        return at - 1;
    }

    private int Halve(int context, int at)
    {
        ref PpmNode node = ref Trie[context];
        Span<PpmState> states = Trie.States(node);
        byte symbol = states[at].Symbol;
        int escape = node.Sum, sum = 0;
        foreach (ref readonly PpmState state in states) escape -= state.Frequency;
        states[at].Frequency += 4;
        for (int i = 0; i < states.Length; i++)
        {
            // Rounded up: what was seen keeps a frequency.
            states[i].Frequency = (byte)((states[i].Frequency + 1) >> 1);
            sum += states[i].Frequency;
            PpmState state = states[i];
            int to = i;
            for (; to > 0 && states[to - 1].Frequency < state.Frequency; to--) states[to] = states[to - 1];
            states[to] = state;
        }
        node.Sum = (ushort)(sum + Math.Max(1, escape - (escape >> 1)));
        for (int i = 0; ; i++)
            if (states[i].Symbol == symbol) return i;
    }
}
