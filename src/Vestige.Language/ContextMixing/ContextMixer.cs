using System.Runtime.CompilerServices;
using Vestige.Language.Coding;

namespace Vestige.Language.ContextMixing;

/// <summary>
/// A context-mixing model in whole numbers (Mahoney 2005: "Adaptive weighing of context models"): the next bit is predicted in each of
/// many contexts from the bits seen there, the predictions are mixed by weights that are learnt, in two layers, and the mixture is
/// refined twice by what came of such mixtures before.
/// </summary>
/// <remarks>The same text gives the same model on every machine.</remarks>
internal sealed unsafe partial class ContextMixer : ILearner
{
    /// <summary>Contexts in the table of histories; see <see cref="FindContexts"/>.</summary>
    private const int Contexts = 7;

    // Order 0 has a table of its own.
    private const int Maps = Contexts + 1;
    private const int MatchLengths = 64;
    private const int RefinerBits = 16, RefinerSteps = 32;
    private const int LeastBits = 12, MostBits = 22;
    private const int MostText = 1 << 26;

    // 24 bytes each.
    private const int MostNotes = 1 << 22;

    private readonly MixerMemory _memory;
    private readonly long _size;
    private readonly int _slotBits, _textMask, _matchBits;
    private readonly byte* _slots, _byteHistories, _text, _next, _worth, _pieces, _places, _questions;
    private readonly ushort* _tree;
    private readonly short* _stretch;
    private readonly int* _match;
    private readonly uint* _maps, _matchMaps, _hashes, _asked, _answers;
    private readonly ushort* _byteChances, _refiner1, _refiner2, _squash;
    private readonly byte** _at;
    private readonly int* _inputs, _weightsA, _weightsB, _weightsC, _weightsD, _weightsLast, _reciprocals;
    private State _s;
    private long _begun;

    /// <summary>What is known of the place in the text; the tables hold the rest.</summary>
    private struct State
    {
        // The question about this byte, its place in its piece; questions before it, and of these 7 at most; rows of the refiners.
        internal int Node, Place, Count, Level, Row1, Row2;
        // What these were answered with, a one before it.
        internal uint Answers;
        // The last 4 bytes, and the 4 before them; hashes of this word and the two before it.
        internal uint Last4, Before4, Word, Word1, Word2;
        internal long Position;
        // Where the longest match goes on, and its length; contexts that were seen; letters of this word and bytes of this line, as far as they matter.
        internal long Pointer;
        internal int Length, Seen, WordLength, Column;
    }

    /// <summary>A model that knows nothing.</summary>
    /// <param name="bytes">Bytes that it is going to read, as far as is known; 0 for any number. Its tables are as large as that needs, 340 MB at most.</param>
    internal ContextMixer(long bytes)
    {
        _size = bytes;
        // Each byte has one or two slots in each context, most of which were seen before.
        _slotBits = LeastBits;
        while (_slotBits < MostBits && (bytes == 0 || 1L << _slotBits < 2 * bytes)) _slotBits++;
        int text = 1 << 16;
        while (text < MostText && (bytes == 0 || text < bytes + (bytes / 4) + (1 << 16))) text *= 2;
        _textMask = text - 1;
        _matchBits = Math.Clamp(_slotBits - 1, 16, 22);
        _memory = new MixerMemory(((long)SlotBytes << _slotBits) + text + (4L << _matchBits) + (4L * RefinerSteps << RefinerBits) + (2L << 20));
        _slots = _memory.Give<byte>((long)SlotBytes << _slotBits);
        _text = _memory.Give<byte>(text + 16);
        _match = _memory.Give<int>((1L << _matchBits) + 4);
        _refiner1 = _memory.Give<ushort>((RefinerSteps << 16) + 8);
        _refiner2 = _memory.Give<ushort>((RefinerSteps << RefinerBits) + 8);
        _maps = _memory.Give<uint>((Maps * 256) + 4);
        _matchMaps = _memory.Give<uint>(MatchLengths + 4);
        _byteHistories = _memory.Give<byte>(256 + 16);
        _byteChances = _memory.Give<ushort>(256 + 8);
        _hashes = _memory.Give<uint>(Contexts + 5);
        _asked = _memory.Give<uint>(Contexts);
        _at = (byte**)_memory.Give<nint>(Contexts + 1);
        _inputs = _memory.Give<int>(Inputs);
        _weightsA = _memory.Give<int>(SetsA * Inputs);
        _weightsB = _memory.Give<int>(SetsB * Inputs);
        _weightsC = _memory.Give<int>(SetsC * Inputs);
        _weightsD = _memory.Give<int>(SetsD * Inputs);
        _weightsLast = _memory.Give<int>(SetsLast * Layer);
        _reciprocals = _memory.Give<int>(1024);
        _next = _memory.Give<byte>(512);
        _worth = _memory.Give<byte>(256);
        _pieces = _memory.Give<byte>(256);
        _places = _memory.Give<byte>(256);
        _questions = _memory.Give<byte>(256);
        _tree = _memory.Give<ushort>(512);
        _answers = _memory.Give<uint>(256);
        _stretch = _memory.Give<short>(4096);
        _squash = _memory.Give<ushort>((2 * Logistic.Most) + 1);
        Fill();
        Plant(ByteTree.Text);
        Restart();
    }

    /// <summary>Bytes of memory.</summary>
    internal long Memory => _memory.Bytes;

    /// <summary>A model that has learnt the same.</summary>
    internal ContextMixer Copy()
    {
        var copy = new ContextMixer(_size);
        copy.Become(this);
        return copy;
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _s = new State { Position = _s.Position };
        AskFirst();
        (_s.Row1, _s.Row2) = (_next1, _next2);
        BeginByte();
    }

    /// <inheritdoc/>
    public void Learn<TSteps>(Span<byte> bytes, TSteps steps)
        where TSteps : ISteps
    {
        if (_s.Position == 0 && bytes.Length > 0) Choose(bytes, steps);
        foreach (ref byte symbol in bytes)
        {
            int value = symbol;
            // Of no meaning to what decodes, which ends where the tree does.
            uint answers = _answers[value];
            int left = _questions[value];
            do
            {
                int one = Predict();
                Update(steps.Bit((int)(answers >> --left) & 1, one));
            }
            while (_s.Count != 0);
            symbol = LastByte;
        }
    }

    // The first bytes of all say by which questions those after them are told.
    private void Choose<TSteps>(ReadOnlySpan<byte> bytes, TSteps steps)
        where TSteps : ISteps
    {
        long questions = 0;
        foreach (byte value in bytes) questions += ByteTree.Text.Questions[value];
        Plant(steps.Bit(questions > 8L * bytes.Length ? 1 : 0, 1 << 15) == 1 ? ByteTree.Bits : ByteTree.Text);
    }

    private void Plant(ByteTree tree)
    {
        tree.Piece.CopyTo(new Span<byte>(_pieces, 256));
        tree.Place.CopyTo(new Span<byte>(_places, 256));
        tree.Questions.CopyTo(new Span<byte>(_questions, 256));
        tree.Next.CopyTo(new Span<ushort>(_tree, 512));
        tree.Answers.CopyTo(new Span<uint>(_answers, 256));
    }

    private byte LastByte => (byte)_s.Last4;

    /// <summary>From now on what is learnt is noted, and can be taken back.</summary>
    internal void BeginNotes()
    {
        _begun = _s.Position;
        _memory.IsNoting = true;
    }

    /// <summary>Where the notes would fill memory they are given up.</summary>
    /// <returns>Whether what was learnt can still be taken back.</returns>
    internal bool KeepNotes()
    {
        if (_memory.Notes <= MostNotes) return true;
        _memory.IsNoting = false;
        _memory.DropNotes();
        return false;
    }

    /// <summary>Forgets all that was learnt since <see cref="BeginNotes"/>, and stands before a new text.</summary>
    internal void TakeBack()
    {
        _memory.TakeBack(0);
        _s.Position = _begun;
        Restart();
    }

    /// <summary>Becomes what another of the same size is.</summary>
    internal void Become(ContextMixer other)
    {
        _memory.CopyFrom(other._memory);
        _s = other._s;
        // Addresses are of the other's memory.
        for (int i = 0; i < Contexts; i++) _at[i] = _slots + (other._at[i] - other._slots);
    }

    /// <summary>The probability of a byte here, which is then read.</summary>
    internal double Take(byte symbol)
    {
        double probability = 1;
        for (int left = _questions[symbol] - 1; left >= 0; left--)
        {
            int bit = (int)(_answers[symbol] >> left) & 1;
            probability *= Chance(bit);
            Update(bit);
        }
        return probability;
    }

    /// <summary>The byte at a place in the distribution (0 up to 1, without it), which is then read.</summary>
    internal byte Draw(double place)
    {
        // Bytes stand in the order of their answers.
        do
        {
            double zero = Chance(0);
            int bit = place < zero ? 0 : 1;
            place = bit == 0 ? place / zero : (place - zero) / (1 - zero);
            Update(bit);
        }
        while (_s.Count != 0);
        return LastByte;
    }

    /// <summary>The probabilities of all bytes here, by reading each and taking that back.</summary>
    internal void Distribute(Span<double> into)
    {
        bool isNoting = _memory.IsNoting;
        _memory.IsNoting = true;
        Distribute(into, 1);
        _memory.IsNoting = isNoting;
    }

    private void Distribute(Span<double> into, double weight)
    {
        for (int bit = 0; bit < 2; bit++)
        {
            double reached = weight * Chance(bit);
            int next = _tree[(2 * _s.Node) + bit];
            if (next >= ByteTree.Leaf)
            {
                into[next - ByteTree.Leaf] = reached;
                continue;
            }
            int notes = _memory.Notes;
            State before = _s;
            Update(bit);
            Distribute(into, reached);
            _memory.TakeBack(notes);
            _s = before;
        }
    }

    private double Chance(int bit) => (bit == 1 ? Predict() : 65536 - Predict()) / 65536.0;

    private void Fill()
    {
        BitHistory.Next.CopyTo(new Span<byte>(_next, 512));
        BitHistory.Worth.CopyTo(new Span<byte>(_worth, 256));
        Logistic.Stretches.CopyTo(new Span<short>(_stretch, 4096));
        for (int i = 0; i < 1024; i++) _reciprocals[i] = (int)(65536 / (i + 1.5));
        Logistic.Squashes.CopyTo(new Span<ushort>(_squash, (2 * Logistic.Most) + 1));
        var steps = new Span<ushort>(_refiner1, RefinerSteps);
        for (int j = 0; j < RefinerSteps; j++) steps[j] = (ushort)Logistic.Squash((j * RefinerStep) - RefinerEnd);
        for (int i = 1; i < 1 << 16; i++) steps.CopyTo(new Span<ushort>(_refiner1 + (i * RefinerSteps), RefinerSteps));
        for (int i = 0; i < 1 << RefinerBits; i++) steps.CopyTo(new Span<ushort>(_refiner2 + (i * RefinerSteps), RefinerSteps));
        for (int i = 0; i < Maps; i++)
            for (int history = 0; history < 256; history++) _maps[(i * 256) + history] = (uint)BitHistory.Initial(history) << 16;
        for (int i = 0; i < MatchLengths; i++) _matchMaps[i] = (uint)(65536 - (32768 / (i + 2))) << 16;
        new Span<ushort>(_byteChances, 256).Fill(32768);
        new Span<int>(_weightsA, SetsA * Inputs).Fill(FirstWeight);
        new Span<int>(_weightsB, SetsB * Inputs).Fill(FirstWeight);
        new Span<int>(_weightsC, SetsC * Inputs).Fill(FirstWeight);
        new Span<int>(_weightsD, SetsD * Inputs).Fill(FirstWeight);
        new Span<int>(_weightsLast, SetsLast * Layer).Fill(One / Layer);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint x)
    {
        x *= 0x9E3779B1u;
        return x ^ (x >> 15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint x, uint y) => Hash(Hash(x) + (y * 0x2F0B4C47u));
}
