using System.Runtime.InteropServices;

namespace Vestige.Language.Ppm;

/// <summary>A byte that was seen in a context.</summary>
/// <remarks>Six bytes, as in the fields' tightest packing: a model holds some millions.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal struct PpmState
{
    /// <summary>The context that it leads to; <c>~place</c> in the text where that context was seen once, and is not made yet; <see cref="PpmTrie.None"/>.</summary>
    internal int Successor;
    internal byte Symbol;
    internal byte Frequency;
}

/// <summary>A context: what followed one string of bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal struct PpmNode
{
    /// <summary>The context without its first byte; <see cref="PpmTrie.None"/> for the empty one.</summary>
    internal int Suffix;

    /// <summary>Where its states are, the first of <see cref="Count"/>.</summary>
    internal int States;

    /// <summary>Bytes seen, 1 to 256.</summary>
    internal ushort Count;

    /// <summary>Sum of the frequencies, and of what an escape weighs; of no meaning where one byte was seen.</summary>
    internal ushort Sum;
}

/// <summary>The contexts of a PPM model and the text that they were seen in, within a number of bytes.</summary>
internal sealed class PpmTrie
{
    /// <summary>No context.</summary>
    internal const int None = int.MinValue;

    /// <summary>The empty context.</summary>
    internal const int Root = 0;

    // Lists of states come in pairs, as in PPMd: free ones by half their length.
    private const int Pair = 2;

    private readonly int[] _free = new int[(SamplingOptions.Bytes / Pair) + 1];
    private readonly long _limit;
    private PpmNode[] _nodes = new PpmNode[1 << 10];
    private PpmState[] _states = new PpmState[1 << 12];
    private byte[] _text = new byte[1 << 12];
    private int _nodeCount, _stateCount;

    /// <summary>Only the empty context, in which every byte was seen once.</summary>
    /// <param name="limit">Bytes of contexts, states and text, beyond which no more contexts are made.</param>
    internal PpmTrie(long limit)
    {
        _limit = limit;
        Array.Fill(_free, -1);
        int states = Allocate(SamplingOptions.Bytes);
        for (int i = 0; i < SamplingOptions.Bytes; i++) _states[states + i] = new PpmState { Symbol = (byte)i, Frequency = 1, Successor = None };
        _nodes[_nodeCount++] = new PpmNode { Suffix = None, States = states, Count = SamplingOptions.Bytes, Sum = SamplingOptions.Bytes + 1 };
    }

    internal ref PpmNode this[int node] => ref _nodes[node];

    /// <summary>Contexts.</summary>
    internal int Nodes => _nodeCount;

    /// <summary>Bytes of text.</summary>
    internal int TextLength { get; private set; }

    /// <summary>Whether more contexts may be made.</summary>
    internal bool HasRoom => ((long)_nodeCount * 12) + ((long)_stateCount * 6) + TextLength < _limit && TextLength < Array.MaxLength - 1;

    /// <summary>Sum of a context's frequencies.</summary>
    internal int Sum(in PpmNode node)
    {
        int sum = 0;
        foreach (ref readonly PpmState state in States(node)) sum += state.Frequency;
        return sum;
    }

    /// <summary>What an escape weighs beside them: nothing where every byte is known, as in the empty context.</summary>
    internal int Escape(in PpmNode node) => node.Count == SamplingOptions.Bytes ? 0 : node.Sum - Sum(node);

    /// <summary>Bytes of a context.</summary>
    internal int LengthOf(int node)
    {
        int length = 0;
        while ((node = _nodes[node].Suffix) >= 0) length++;
        return length;
    }

    internal byte Text(int place) => _text[place];

    internal ref PpmState State(int place) => ref _states[place];

    internal Span<PpmState> States(in PpmNode node) => _states.AsSpan(node.States, node.Count);

    internal void Append(byte symbol)
    {
        if (TextLength == _text.Length) Array.Resize(ref _text, (int)Math.Min(2L * _text.Length, Array.MaxLength));
        _text[TextLength++] = symbol;
    }

    /// <summary>A context in which one byte was seen.</summary>
    internal int Add(int suffix, PpmState state)
    {
        if (_nodeCount == _nodes.Length) Array.Resize(ref _nodes, 2 * _nodes.Length);
        int states = Allocate(1);
        _states[states] = state;
        _nodes[_nodeCount] = new PpmNode { Suffix = suffix, States = states, Count = 1 };
        return _nodeCount++;
    }

    /// <summary>Adds a byte to a context.</summary>
    internal void Append(int node, PpmState state)
    {
        int count = _nodes[node].Count, states = _nodes[node].States;
        if (Halves(count + 1) != Halves(count))
        {
            int larger = Allocate(count + 1);
            Array.Copy(_states, states, _states, larger, count);
            Free(states, count);
            _nodes[node].States = states = larger;
        }
        _states[states + count] = state;
        _nodes[node].Count++;
    }

    // One state stands alone, more in pairs.
    private static int Halves(int count) => count == 1 ? 0 : (count + Pair - 1) / Pair;

    private static int Room(int count) => count == 1 ? 1 : Halves(count) * Pair;

    private int Allocate(int count)
    {
        int half = Halves(count), place = _free[half];
        if (place >= 0)
        {
            _free[half] = _states[place].Successor;
            return place;
        }
        int room = Room(count);
        if (_stateCount + room > _states.Length) Array.Resize(ref _states, 2 * _states.Length);
        place = _stateCount;
        _stateCount += room;
        return place;
    }

    private void Free(int place, int count)
    {
        int half = Halves(count);
        _states[place].Successor = _free[half];
        _free[half] = place;
    }
}
