using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<int>;

namespace Vestige.Language.ContextMixing;

/// <content>What happens at each bit: predictions, their mixture, and what is learnt.</content>
internal sealed unsafe partial class ContextMixer
{
    // Two for each history, two of a match, two direct ones, one that is always the same: padded to whole vectors.
    private const int Inputs = 32;
    private const int OfMatch = 2 * Maps, OfDirect = OfMatch + 2, Same = OfDirect + 2;

    // Sets of weights: by the bits of this byte and the match, by the byte before, by orders seen, match and place of the bit.
    private const int SetsA = 4 * 256, SetsB = 256, SetsC = 8 * 4 * 8, SetsLast = 256;
    private const int Layer = 4;

    // A weight of 1.
    private const int One = 1 << 18;
    private const int RefinerStep = 192;

    private int _setA, _setB, _setC, _chanceA, _chanceB, _chanceC, _mixA, _mixB, _mixC, _mixed, _place1, _place2, _matched, _expected, _direct2At;

    /// <summary>The probability that the next bit is a one, in units of 2^-16, 1 to 65535.</summary>
    private int Predict()
    {
        int* x = _inputs;
        int node = _s.Node, bits = _s.Bits;
        Input(x + (2 * Contexts), _byteHistories[bits], _maps + (256 * Contexts));
        for (int i = 0; i < Contexts; i++) Input(x + (2 * i), _at[i][node], _maps + (256 * i));

        uint last = _s.Last4 & 0xFF;
        _direct2At = (int)(((Hash(_s.Last4 & 0xFFFF) >> 8) + ((uint)bits * 0x3D4D51u)) & ((1 << DirectBits) - 1));
        x[OfDirect] = _stretch[_direct1[(last << 8) | (uint)bits] >> 4];
        x[OfDirect + 1] = _stretch[_direct2[_direct2At] >> 4];
        x[Same] = 256;
        int matched = Match(x);

        _setA = (bits + (256 * matched)) * Inputs;
        _setB = (int)last * Inputs;
        _setC = ((((_s.Seen * 4) + matched) * 8) + _s.Count) * Inputs;
        _mixA = Dot(x, _weightsA + _setA);
        _mixB = Dot(x, _weightsB + _setB);
        _mixC = Dot(x, _weightsC + _setC);
        (_chanceA, _chanceB, _chanceC) = (Logistic.Squash(_mixA), Logistic.Squash(_mixB), Logistic.Squash(_mixC));
        int* w = _weightsLast + (bits * Layer);
        int mix = Math.Clamp((int)((((long)_mixA * w[0]) + ((long)_mixB * w[1]) + ((long)_mixC * w[2])) >> 16), -Logistic.Most, Logistic.Most);
        _mixed = Logistic.Squash(mix);
        return Refine(mix, bits);
    }

    // A context that was not seen says nothing; else what its history means, and how sure that is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Input(int* x, int history, uint* map)
    {
        int p = (int)(map[history] >> 16);
        int seen = history == 0 ? 0 : -1;
        x[0] = _stretch[p >> 4] & seen;
        x[1] = ((p - 32768) >> 5) & seen;
    }

    /// <summary>What the longest match expects.</summary>
    /// <returns>How long it is, in four classes; 0 for none.</returns>
    private int Match(int* x)
    {
        _matched = -1;
        x[OfMatch] = x[OfMatch + 1] = 0;
        if (_s.Length == 0) return 0;
        int expected = _text[_s.Pointer & _textMask];
        if ((expected | 256) >> (8 - _s.Count) != _s.Bits) return 0;
        _expected = (expected >> (7 - _s.Count)) & 1;
        _matched = _s.Length < 32 ? _s.Length : Math.Min(MatchLengths - 1, 32 + ((_s.Length - 32) >> 3));
        int p = (int)(_matchMaps[_matched] >> 16), sign = _expected == 1 ? 1 : -1;
        x[OfMatch] = sign * _stretch[p >> 4];
        x[OfMatch + 1] = sign * ((p - 32768) >> 5);
        return _s.Length < 16 ? 1 : _s.Length < 32 ? 2 : 3;
    }

    // The mixture, and what came of such mixtures behind the last byte, and behind the last two: between two of 33 steps.
    private int Refine(int mix, int bits)
    {
        int place = (mix + (16 * RefinerStep)) * 16, low = place / (16 * RefinerStep), weight = place % (16 * RefinerStep);
        int first = ((int)((_s.Last4 & 0xFF) << 8 | (uint)bits) * 33) + low;
        int second = ((int)((Hash(_s.Last4 & 0xFFFF) + ((uint)bits * 0x9E3779B1u)) >> (32 - RefinerBits)) * 33) + low;
        int one = Between(_refiner1 + first, weight), two = Between(_refiner2 + second, weight);
        int nearer = weight >= 8 * RefinerStep ? 1 : 0;
        (_place1, _place2) = (first + nearer, second + nearer);
        return Math.Clamp(((2 * _mixed) + one + two + 2) >> 2, 1, 65535);
    }

    private static int Between(ushort* at, int weight) => ((at[0] * ((16 * RefinerStep) - weight)) + (at[1] * weight)) / (16 * RefinerStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Dot(int* x, int* w)
    {
        V sum = V.Zero;
        for (int i = 0; i < Inputs; i += 8)
            sum += Vector256.ShiftRightArithmetic(Vector256.Load(x + i) * Vector256.ShiftRightArithmetic(Vector256.Load(w + i), 2), 8);
        return Math.Clamp(Vector256.Sum(sum) >> 8, -Logistic.Most, Logistic.Most);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Train(int* x, int* w, int error)
    {
        V e = Vector256.Create(error), half = Vector256.Create(1 << 13);
        for (int i = 0; i < Inputs; i += 8)
            (Vector256.Load(w + i) + Vector256.ShiftRightArithmetic((Vector256.Load(x + i) * e) + half, 14)).Store(w + i);
    }

    /// <summary>Learns the bit that came after <see cref="Predict"/>.</summary>
    private void Update(int bit)
    {
        if (_memory.IsNoting) Note();
        int one = bit << 16, rate = Rate;
        Train(_inputs, _weightsA + _setA, ((one - _chanceA) * rate) >> 2);
        Train(_inputs, _weightsB + _setB, ((one - _chanceB) * rate) >> 2);
        Train(_inputs, _weightsC + _setC, ((one - _chanceC) * rate) >> 2);
        int error = (one - _mixed) >> 3;
        int* last = _weightsLast + (_s.Bits * Layer);
        last[0] += ((_mixA * error) + (1 << 13)) >> 14;
        last[1] += ((_mixB * error) + (1 << 13)) >> 14;
        last[2] += ((_mixC * error) + (1 << 13)) >> 14;
        int goal = bit == 1 ? 65535 : 0;
        Follow(_refiner1 + _place1, goal, 6);
        Follow(_refiner2 + _place2, goal, 6);
        Follow(_direct1 + (((_s.Last4 & 0xFF) << 8) | (uint)_s.Bits), goal, 5);
        Follow(_direct2 + _direct2At, goal, 4);
        int node = _s.Node;
        for (int i = 0; i < Contexts; i++) Learn(_at[i] + node, _maps + (256 * i), bit);
        Learn(_byteHistories + _s.Bits, _maps + (256 * Contexts), bit);
        if (_matched >= 0)
        {
            Follow(_matchMaps + _matched, bit == _expected ? 1 : 0);
            if (bit != _expected) _s.Length = 0;
        }
        _s.Bits = (_s.Bits << 1) | bit;
        _s.Node = (_s.Node << 1) | bit;
        _s.Count++;
        if (_s.Count == 4) Halfway();
        else if (_s.Count == 8) EndByte();
    }

    // Weights learn fast at first, and then ever more exactly.
    private int Rate => _s.Position < 1 << 13 ? 8 : _s.Position < 1 << 16 ? 5 : _s.Position < 1 << 20 ? 3 : _s.Position < 1 << 22 ? 2 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Follow(ushort* probability, int goal, int shift) => *probability += (ushort)((goal - *probability) >> shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Learn(byte* history, uint* map, int bit)
    {
        Follow(map + *history, bit);
        *history = _next[(2 * *history) + bit];
    }

    // A probability of 22 bits and a count of 10: the mean of what came, of the last thousand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Follow(uint* map, int bit)
    {
        uint value = *map;
        int count = (int)(value & 1023), p = (int)(value >> 10);
        p += (int)(((((long)bit << 22) - bit - p) * _reciprocals[count]) >> 16);
        *map = ((uint)p << 10) | (uint)(count < 1023 ? count + 1 : count);
    }

    private void Note()
    {
        _memory.Touch(_weightsA + _setA, Inputs * sizeof(int));
        _memory.Touch(_weightsB + _setB, Inputs * sizeof(int));
        _memory.Touch(_weightsC + _setC, Inputs * sizeof(int));
        _memory.Touch(_weightsLast + (_s.Bits * Layer));
        _memory.Touch(_refiner1 + _place1);
        _memory.Touch(_refiner2 + _place2);
        _memory.Touch(_direct1 + (((_s.Last4 & 0xFF) << 8) | (uint)_s.Bits));
        _memory.Touch(_direct2 + _direct2At);
        for (int i = 0; i < Contexts; i++)
        {
            _memory.Touch(_at[i]);
            _memory.Touch(_maps + (256 * i) + _at[i][_s.Node]);
        }
        _memory.Touch(_byteHistories + _s.Bits);
        _memory.Touch(_maps + (256 * Contexts) + _byteHistories[_s.Bits]);
        if (_matched >= 0) _memory.Touch(_matchMaps + _matched);
    }
}
