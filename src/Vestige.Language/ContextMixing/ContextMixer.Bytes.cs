using Vestige.Language.Numerics;

namespace Vestige.Language.ContextMixing;

/// <content>What happens at each byte, and at its middle: the contexts, and where their histories are.</content>
internal sealed unsafe partial class ContextMixer
{
    private const int MatchBytes = 5, MostMatched = 400;

    // A slot: how often each of its 15 nodes was seen, their histories, a check in the place of a node 0, and their probabilities.
    private const int SlotBytes = 64, Histories = 16, Chances = 32;

    private void EndByte()
    {
        byte symbol = (byte)_s.Bits;
        if (_memory.IsNoting) _memory.Touch(_text + (_s.Position & _textMask));
        _text[_s.Position++ & _textMask] = symbol;
        _s.Before4 = (_s.Before4 << 8) | (_s.Last4 >> 24);
        _s.Last4 = (_s.Last4 << 8) | symbol;
        // Letters in either case, and bytes beyond ASCII.
        if (symbol >= 128 || ((symbol | 32) >= 'a' && (symbol | 32) <= 'z'))
        {
            _s.Word = Hash(_s.Word, (uint)(symbol | 32));
            _s.WordLength++;
        }
        else
        {
            if (_s.Word != 0) (_s.Word2, _s.Word1, _s.Word) = (_s.Word1, _s.Word, 0);
            _s.WordLength = 0;
        }
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
        for (int i = 1; i < 7; i++) seen += _at[i][Histories + 1] != 0 ? 1 : 0;
        _s.Seen = seen;
    }

    private void Halfway()
    {
        _s.Node = 1;
        FindSlots((uint)_s.Bits);
    }

    /// <summary>The last 1 to 6 bytes; the word so far behind the byte before it, behind the word before, behind the one before that, and behind both.</summary>
    private void FindContexts()
    {
        uint last4 = _s.Last4, before4 = _s.Before4, last = last4 & 0xFF;
        uint* to = _hashes;
        to[0] = Hash(last, 1);
        to[1] = Hash(last4 & 0xFFFF, 2);
        to[2] = Hash(last4 & 0xFFFFFF, 3);
        to[3] = Hash(last4, 4);
        to[4] = Hash(Hash(last4, before4 & 0xFFFF), 6);
        to[5] = Hash(Hash(_s.Word, last), 7);
        to[6] = Hash(Hash(_s.Word, _s.Word1), 8 + (_s.Word == 0 ? last << 8 : 0));
        to[7] = Hash(Hash(_s.Word, _s.Word2), 9);
        to[8] = Hash(Hash(last4, before4 & 0xFF), 5);
        to[9] = Hash(Hash(_s.Word, _s.Word1), _s.Word2 + 10);
    }

    /// <summary>The slots of all contexts for the next half of a byte.</summary>
    /// <param name="half">Its first half with a one before it; 0 at its start. Both halves are on one page of memory, 64 slots.</param>
    private void FindSlots(uint half)
    {
        if (_memory.IsNoting) _memory.Touch(_at, Contexts * sizeof(nint));
        uint* hashes = stackalloc uint[Contexts];
        uint mask = (1u << _slotBits) - 1, salt = half == 0 ? 0 : ((half * 0x9E3779B1u) >> 26) | ((half * 0x85EBCA6Bu) & 0xFFFF0000u & ~mask);
        for (int i = 0; i < Contexts; i++)
        {
            uint hash = _hashes[i] * 0x2545F491u;
            hashes[i] = hash ^ (hash >> 13) ^ salt;
            Prefetch.Line(ref *(_slots + ((nint)(hashes[i] & mask) * SlotBytes)));
        }
        for (int i = 0; i < Contexts; i++) _at[i] = Slot(hashes[i], mask);
    }

    /// <summary>The slot of a hash: one of three, a cache line each; where it is in none, the one that saw least is given up.</summary>
    /// <remarks>Bits b1 .. bk of half a byte are the node 1 b1 .. bk.</remarks>
    private byte* Slot(uint hash, uint mask)
    {
        ushort check = (ushort)((hash >> 16) | 1);
        uint at = hash & mask;
        byte* a = _slots + ((nint)at * SlotBytes), b = _slots + ((nint)(at ^ 1) * SlotBytes), c = _slots + ((nint)(at ^ 2) * SlotBytes);
        if (*(ushort*)(a + Chances) == check) return a;
        if (*(ushort*)(b + Chances) == check) return b;
        if (*(ushort*)(c + Chances) == check) return c;
        byte* slot = a;
        if (_worth[b[Histories + 1]] < _worth[slot[Histories + 1]]) slot = b;
        if (_worth[c[Histories + 1]] < _worth[slot[Histories + 1]]) slot = c;
        if (_memory.IsNoting) _memory.Touch(slot, SlotBytes);
        new Span<byte>(slot, Chances).Clear();
        new Span<ushort>(slot + Chances, (SlotBytes - Chances) / sizeof(ushort)).Fill(32768);
        *(ushort*)(slot + Chances) = check;
        return slot;
    }

    private void FindMatch()
    {
        if (_s.Length > 0)
        {
            _s.Pointer++;
            _s.Length = Math.Min(_s.Length + 1, MostMatched);
        }
        int* known = _match + (Hash(Hash(_s.Last4, _s.Before4 & 0xFF), 12) >> (32 - _matchBits));
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
