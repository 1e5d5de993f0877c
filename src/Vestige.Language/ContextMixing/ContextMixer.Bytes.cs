using Vestige.Language.Strings;

namespace Vestige.Language.ContextMixing;

/// <content>What happens at each byte, and at its middle: the contexts, and where their histories are.</content>
internal sealed unsafe partial class ContextMixer
{
    private const int MatchBytes = 6, MostMatched = 400;

    private void EndByte()
    {
        byte symbol = (byte)_s.Bits;
        uint last = _s.Last4 & 0xFF, last2 = _s.Last4 & 0xFFFF;
        if (_memory.IsNoting)
        {
            _memory.Touch(_text + (_s.Position & _textMask));
            _memory.Touch(_after1 + last);
            _memory.Touch(_after2 + last2);
        }
        _text[_s.Position++ & _textMask] = symbol;
        _after1[last] = (_after1[last] << 8) | symbol;
        _after2[last2] = (_after2[last2] << 8) | symbol;
        _s.Before4 = (_s.Before4 << 8) | (_s.Last4 >> 24);
        _s.Last4 = (_s.Last4 << 8) | symbol;
        // Letters in either case, and bytes beyond ASCII.
        if (symbol >= 128 || ((symbol | 32) >= 'a' && (symbol | 32) <= 'z')) _s.Word = Hash(_s.Word, (uint)(symbol | 32));
        else if (_s.Word != 0) (_s.Word2, _s.Word1, _s.Word) = (_s.Word1, _s.Word, 0);
        FindMatch();
        BeginByte();
    }

    private void BeginByte()
    {
        (_s.Bits, _s.Node, _s.Count) = (1, 1, 0);
        if (_memory.IsNoting) _memory.Touch(_hashes, Contexts * sizeof(uint));
        FindContexts();
        FindSlots(0);
        int seen = 0;
        for (int i = 0; i < 6; i++) seen += _at[i][1] != 0 ? 1 : 0;
        _s.Seen = seen;
    }

    private void Halfway()
    {
        _s.Node = 1;
        FindSlots((uint)_s.Bits * 0x3D4D51CBu);
    }

    /// <summary>The last 1 to 6 bytes; the word so far alone, behind the word before, and behind the one before that; what came last
    /// behind the last byte and behind the last two; the bytes before the last.</summary>
    private void FindContexts()
    {
        uint last4 = _s.Last4, before4 = _s.Before4, last = last4 & 0xFF;
        uint* to = _hashes;
        to[0] = Hash(last, 1);
        to[1] = Hash(last4 & 0xFFFF, 2);
        to[2] = Hash(last4 & 0xFFFFFF, 3);
        to[3] = Hash(last4, 4);
        to[4] = Hash(Hash(last4, before4 & 0xFF), 5);
        to[5] = Hash(Hash(last4, before4 & 0xFFFF), 6);
        to[6] = Hash(Hash(_s.Word, last), 7);
        to[7] = Hash(Hash(_s.Word, _s.Word1), 8 + (_s.Word == 0 ? last << 8 : 0));
        to[8] = Hash(Hash(_s.Word, _s.Word2), 9);
        to[9] = Hash(Hash(_after1[last] & 0xFFFF, _after2[last4 & 0xFFFF]), 10 + (last << 8));
        to[10] = Hash(last4 & 0xFFFFFF00, 11);
    }

    private void FindSlots(uint half)
    {
        if (_memory.IsNoting) _memory.Touch(_at, Contexts * sizeof(nint));
        uint* hashes = stackalloc uint[Contexts];
        for (int i = 0; i < Contexts; i++)
        {
            hashes[i] = Hash(_hashes[i] + half);
            Prefetch.Line(ref *(_slots + SlotOf(hashes[i])));
        }
        for (int i = 0; i < Contexts; i++) _at[i] = Slot(hashes[i]);
    }

    private nint SlotOf(uint hash) => (nint)((hash * 0x2545F491u) >> (32 - _slotBits)) << 4;

    /// <summary>The histories of half a byte in a context: a check, and 15 of them, those of bits b1 .. bk at the number 1 b1 .. bk.</summary>
    /// <remarks>One of three slots of a cache line; where it is in none, the one that saw least is given up.</remarks>
    private byte* Slot(uint hash)
    {
        byte check = (byte)(hash >> 24);
        nint place = SlotOf(hash);
        byte* a = _slots + place, b = _slots + (place ^ 16), c = _slots + (place ^ 32);
        if (*a == check) return a;
        if (*b == check) return b;
        if (*c == check) return c;
        byte* slot = a;
        if (_worth[b[1]] < _worth[slot[1]]) slot = b;
        if (_worth[c[1]] < _worth[slot[1]]) slot = c;
        if (_memory.IsNoting) _memory.Touch(slot);
        ((ulong*)slot)[0] = check;
        ((ulong*)slot)[1] = 0;
        return slot;
    }

    private void FindMatch()
    {
        if (_s.Length > 0)
        {
            _s.Pointer++;
            _s.Length = Math.Min(_s.Length + 1, MostMatched);
        }
        int* known = _match + (Hash(Hash(_s.Last4, _s.Before4 & 0xFFFF), 12) >> (32 - _matchBits));
        if (_s.Length == 0)
        {
            // Positions are kept in 32 bits, of which as many are used as the text has.
            long back = (_s.Position - *known) & _textMask;
            long pointer = _s.Position - back;
            if (back > 0 && pointer > 0)
            {
                int length = 0;
                while (length < MostMatched && length < pointer && _text[(pointer - 1 - length) & _textMask] == _text[(_s.Position - 1 - length) & _textMask]) length++;
                if (length >= MatchBytes) (_s.Pointer, _s.Length) = (pointer, length);
            }
        }
        if (_memory.IsNoting) _memory.Touch(known);
        *known = (int)(_s.Position & _textMask);
    }
}
