using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vestige.Language.Numerics;
using V = System.Runtime.Intrinsics.Vector256<int>;

namespace Vestige.Language.ContextMixing;

/// <content>What happens at each bit: predictions, their mixture, and what is learnt.</content>
internal sealed unsafe partial class ContextMixer
{
    // Two for each context, two of no context, three of a match, one that is always the same: padded to whole vectors.
    private const int Inputs = 24;
    private const int OfNone = 2 * Contexts, OfMatch = OfNone + 2, Same = OfMatch + 3;

    // Sets of weights: by the question and the match; by the byte before; by the contexts seen, the match and how many questions came
    // before; by the letters of this word so far, the questions before and how far the line is written: where lines are broken.
    private const int SetsA = 4 * 256, SetsB = 256, SetsC = 8 * 4 * 8, SetsD = 8 * 8 * 16, SetsLast = 256, ColumnsASet = 5;
    private const int Layer = 4;

    // Weights that were off by no more (of 65536) stay as they are: of what is nearly sure there is nothing to learn.
    private const int SmallError = 2000;

    // A weight of 1, and what weights begin with.
    private const int One = 1 << 16, FirstWeight = 28000;
    private const int RefinerStep = 200, RefinerUnit = 16 * RefinerStep, RefinerEnd = RefinerStep * (RefinerSteps - 1) / 2;

    // Counts beyond it are all the same: the mean of the last 255 or so.
    private const int MostCounted = 255;

    private int _setA, _setB, _setC, _setD, _mixA, _mixB, _mixC, _mixD, _chanceA, _chanceB, _chanceC, _chanceD;
    private int _mixed, _matched, _expected, _next1, _next2;
    private ushort* _place1, _place2;
    private int* _known;

    /// <summary>The probability that the next bit is a one, in units of 2^-16, 1 to 65535.</summary>
    private int Predict()
    {
        int* x = _inputs;
        int place = _s.Place, node = _s.Node;
        uint* map = _maps;
        short* stretch = _stretch;
        byte** at = _at;
        for (int i = 0; i < Contexts; i++, map += 256, x += 2)
        {
            byte* slot = at[i];
            int history = slot[Histories + place];
            x[0] = stretch[map[history] >> 20];
            x[1] = stretch[((ushort*)(slot + Chances))[place] >> 4];
        }
        x = _inputs;
        x[OfNone] = stretch[map[_byteHistories[node]] >> 20];
        x[OfNone + 1] = stretch[_byteChances[node] >> 4];
        x[Same] = 256;
        int matched = Match(x);

        _setA = ((256 * matched) + node) * Inputs;
        _setB = (int)(_s.Last4 & 0xFF) * Inputs;
        _setC = ((((_s.Seen * 4) + matched) * 8) + _s.Level) * Inputs;
        _setD = ((((_s.WordLength * 8) + _s.Level) * 16) + (_s.Column / ColumnsASet)) * Inputs;
        (_mixA, _mixB, _mixC, _mixD) = (Dot(x, _weightsA + _setA), Dot(x, _weightsB + _setB), Dot(x, _weightsC + _setC), Dot(x, _weightsD + _setD));
        (_chanceA, _chanceB, _chanceC, _chanceD) = (Squash(_mixA), Squash(_mixB), Squash(_mixC), Squash(_mixD));
        int* w = _weightsLast + (node * Layer);
        long sum = ((long)_mixA * w[0]) + ((long)_mixB * w[1]) + ((long)_mixC * w[2]) + ((long)_mixD * w[3]);
        int mix = Math.Clamp((int)(sum >> 16), -Logistic.Most, Logistic.Most);
        _mixed = Squash(mix);
        return Refine(mix);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Squash(int x) => _squash[x + Logistic.Most];

    /// <summary>What the longest match expects.</summary>
    /// <returns>How long it is, in four classes; 0 for none.</returns>
    private int Match(int* x)
    {
        _matched = -1;
        x[OfMatch] = x[OfMatch + 1] = x[OfMatch + 2] = 0;
        if (_s.Length == 0) return 0;
        int expected = _text[_s.Pointer & _textMask];
        int left = _questions[expected] - _s.Count;
        uint answers = _answers[expected];
        if (left <= 0 || answers >> left != _s.Answers) return 0;
        _expected = (int)(answers >> (left - 1)) & 1;
        _matched = _s.Length < 16 ? _s.Length : Math.Min(MatchLengths - 1, 16 + ((_s.Length - 16) >> 2));
        int length = _s.Length < 16 ? 1 : _s.Length < 32 ? 2 : 3, p = (int)(_matchMaps[_matched] >> 20), sign = _expected == 1 ? 1 : -1;
        x[OfMatch] = sign * _stretch[p];
        x[OfMatch + 1] = sign * ((p - 2048) >> 1);
        x[OfMatch + 2] = sign * 64 * length;
        return length;
    }

    // The mixture, and what came of such mixtures behind the last byte, and behind the last three: between two of 32 steps.
    private int Refine(int mix)
    {
        int place = (mix + RefinerEnd) * 16, low = place / RefinerUnit, weight = place % RefinerUnit;
        ushort* first = _refiner1 + _s.Row1 + low, second = _refiner2 + _s.Row2 + low;
        int one = Between(first, weight), two = Between(second, weight), nearer = weight >= RefinerUnit / 2 ? 1 : 0;
        _place1 = first + nearer;
        _place2 = second + nearer;
        return Math.Clamp((_mixed + one + (2 * two) + 2) >> 2, 1, 65535);
    }

    private static int Between(ushort* at, int weight) => ((at[0] * (RefinerUnit - weight)) + (at[1] * weight)) / RefinerUnit;

    // Whole numbers: however wide the processor's vectors are, the sum is the same.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Dot(int* x, int* w)
    {
        V sum = V.Zero;
        for (int i = 0; i < Inputs; i += V.Count)
            sum += Vector256.ShiftRightArithmetic(Vector256.Load(x + i) * Vector256.ShiftRightArithmetic(Vector256.Load(w + i), 2), 8);
        return Math.Clamp(Vector256.Sum(sum) >> 6, -Logistic.Most, Logistic.Most);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Train(int* x, int* w, int error, int rate)
    {
        if (Math.Abs(error) <= SmallError) return;
        V e = Vector256.Create((error * rate) >> 6), half = Vector256.Create(1 << 13);
        for (int i = 0; i < Inputs; i += V.Count)
            (Vector256.Load(w + i) + Vector256.ShiftRightArithmetic((Vector256.Load(x + i) * e) + half, 14)).Store(w + i);
    }

    /// <summary>Learns the bit that came after <see cref="Predict"/>.</summary>
    private void Update(int bit)
    {
        if (_memory.IsNoting) Note();
        int next = _tree[(2 * _s.Node) + bit];
        Ask(next);
        int one = bit << 16, rate = Rate;
        int* x = _inputs;
        Train(x, _weightsA + _setA, one - _chanceA, rate);
        Train(x, _weightsB + _setB, one - _chanceB, rate);
        Train(x, _weightsC + _setC, one - _chanceC, rate);
        Train(x, _weightsD + _setD, one - _chanceD, rate);
        int error = (one - _mixed) >> 3;
        int* last = _weightsLast + (_s.Node * Layer);
        last[0] += ((_mixA * error) + (1 << 13)) >> 14;
        last[1] += ((_mixB * error) + (1 << 13)) >> 14;
        last[2] += ((_mixC * error) + (1 << 13)) >> 14;
        last[3] += ((_mixD * error) + (1 << 13)) >> 14;
        int goal = bit == 1 ? 65535 : 0;
        Follow(_place1, goal, 6);
        Follow(_place2, goal, 6);
        Learn(bit, goal);
        if (_matched >= 0)
        {
            Follow(_matchMaps + _matched, bit == _expected ? 1 : 0, _reciprocals);
            if (bit != _expected) _s.Length = 0;
        }
        Go(next, bit);
    }

    // Says what memory the next question will look at, before what came of this one is written down: the two then take their time together.
    private void Ask(int next)
    {
        if (next >= ByteTree.Leaf)
        {
            Read((byte)next);
            AskFirst();
            return;
        }
        if (_pieces[next] != _pieces[_s.Node]) AskSlots(_pieces[next]);
        AskRefiners(next);
    }

    // The first question about a byte: what memory holds of its contexts, and of where they stood before.
    private void AskFirst()
    {
        FindContexts();
        AskSlots(0);
        _known = _match + (Hash(Hash(_s.Last4, _s.Before4 & 0xFF), 12) >> (32 - _matchBits));
        Prefetch.Line(ref *(byte*)_known);
        AskRefiners(1);
    }

    private void AskRefiners(int next)
    {
        _next1 = (((int)(_s.Last4 & 0xFF) << 8) | next) * RefinerSteps;
        _next2 = (int)((Hash(_s.Last4 & 0xFFFFFF) + ((uint)next * 0x9E3779B1u)) >> (32 - RefinerBits)) * RefinerSteps;
        Prefetch.Line(ref *(byte*)(_refiner1 + _next1));
        Prefetch.Line(ref *(byte*)(_refiner2 + _next2));
    }

    // To the next question about this byte, or to the next byte.
    private void Go(int next, int bit)
    {
        (_s.Row1, _s.Row2) = (_next1, _next2);
        if (next >= ByteTree.Leaf)
        {
            FindMatch();
            BeginByte();
            return;
        }
        int piece = _pieces[_s.Node];
        _s.Answers = (_s.Answers << 1) | (uint)bit;
        _s.Count++;
        _s.Node = next;
        _s.Place = _places[next];
        _s.Level = Math.Min(_s.Count, 7);
        if (_pieces[next] != piece) FindSlots();
    }

    private void Learn(int bit, int goal)
    {
        int place = _s.Place;
        uint* map = _maps;
        byte* next = _next;
        int* reciprocals = _reciprocals;
        byte** at = _at;
        for (int i = 0; i < Contexts; i++, map += 256)
        {
            byte* slot = at[i], history = slot + Histories + place;
            ushort* chance = (ushort*)(slot + Chances) + place;
            int count = slot[place];
            *chance += (ushort)(((goal - *chance) * reciprocals[count]) >> 16);
            if (count < MostCounted) slot[place] = (byte)(count + 1);
            Follow(map + *history, bit, reciprocals);
            *history = next[(2 * *history) + bit];
        }
        byte* none = _byteHistories + _s.Node;
        Follow(map + *none, bit, reciprocals);
        *none = next[(2 * *none) + bit];
        Follow(_byteChances + _s.Node, goal, 6);
    }

    // Weights learn fast at first, and then ever more exactly.
    private int Rate => 4 * (_s.Position < 1 << 13 ? 8 : _s.Position < 1 << 16 ? 5 : _s.Position < 1 << 20 ? 3 : _s.Position < 1 << 22 ? 2 : 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Follow(ushort* probability, int goal, int shift) => *probability += (ushort)((goal - *probability) >> shift);

    // A probability of 22 bits and a count of 10: the mean of what came, of the last thousand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Follow(uint* map, int bit, int* reciprocals)
    {
        uint value = *map;
        int count = (int)(value & 1023), p = (int)(value >> 10);
        p += (int)(((((long)bit << 22) - bit - p) * reciprocals[count]) >> 16);
        *map = ((uint)p << 10) | (uint)(count < 1023 ? count + 1 : count);
    }

    private void Note()
    {
        _memory.Touch(_weightsA + _setA, Inputs * sizeof(int));
        _memory.Touch(_weightsB + _setB, Inputs * sizeof(int));
        _memory.Touch(_weightsC + _setC, Inputs * sizeof(int));
        _memory.Touch(_weightsD + _setD, Inputs * sizeof(int));
        _memory.Touch(_weightsLast + (_s.Node * Layer));
        _memory.Touch(_place1);
        _memory.Touch(_place2);
        for (int i = 0; i < Contexts; i++)
        {
            byte* slot = _at[i];
            _memory.Touch(slot);
            _memory.Touch(slot + Histories);
            _memory.Touch(slot + Chances + (2 * _s.Place));
            _memory.Touch(_maps + (256 * i) + slot[Histories + _s.Place]);
        }
        _memory.Touch(_byteHistories + _s.Node);
        _memory.Touch(_byteChances + _s.Node);
        _memory.Touch(_maps + (256 * Contexts) + _byteHistories[_s.Node]);
        if (_matched >= 0) _memory.Touch(_matchMaps + _matched);
    }
}
