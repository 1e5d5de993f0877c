using Vestige.Language.Numerics;

namespace Vestige.Language.ContextMixing;

/// <content>What happens at each byte: the contexts, and where their histories are.</content>
internal sealed unsafe partial class ContextMixer
{
    private const int MatchBytes = 5, MostMatched = 400;
    private const int LongWord = 7, LongLine = 15 * ColumnsASet;

    // A slot: how often each of its 15 nodes was seen, their histories, a check in the place of a node 0, and their probabilities.
    private const int SlotBytes = 64, Histories = 16, Chances = 32;

    private void Read(byte symbol)
    {
        if (_memory.IsNoting) _memory.Touch(_text + (_s.Position & _textMask));
        _text[_s.Position++ & _textMask] = symbol;
        _s.Before4 = (_s.Before4 << 8) | (_s.Last4 >> 24);
        _s.Last4 = (_s.Last4 << 8) | symbol;
        _s.Column = symbol == (byte)'\n' ? 0 : Math.Min(_s.Column + 1, LongLine);
        // Letters in either case, and bytes beyond ASCII.
        if (symbol >= 128 || ((symbol | 32) >= 'a' && (symbol | 32) <= 'z'))
        {
            _s.Word = Hash(_s.Word, (uint)(symbol | 32));
            _s.WordLength = Math.Min(_s.WordLength + 1, LongWord);
        }
        else
        {
            if (_s.Word != 0) (_s.Word2, _s.Word1, _s.Word) = (_s.Word1, _s.Word, 0);
            _s.WordLength = 0;
        }
    }

    private void BeginByte()
    {
        (_s.Node, _s.Place, _s.Count, _s.Level, _s.Answers) = (1, 1, 0, 0, 1);
        FindSlots();
        int seen = 0;
        for (int i = 1; i < 7; i++) seen += _at[i][Histories + 1] != 0 ? 1 : 0;
        _s.Seen = seen;
    }

    /// <summary>The last 2, 3, 4 and 6 bytes; the word so far behind the byte before it, behind the word before, and behind the two before.</summary>
    private void FindContexts()
    {
        uint last4 = _s.Last4, before4 = _s.Before4, last = last4 & 0xFF;
        if (_memory.IsNoting) _memory.Touch(_hashes, Contexts * sizeof(uint));
        uint* to = _hashes;
        to[0] = Hash(last4 & 0xFFFF, 2);
        to[1] = Hash(last4 & 0xFFFFFF, 3);
        to[2] = Hash(last4, 4);
        to[3] = Hash(Hash(last4, before4 & 0xFFFF), 6);
        to[4] = Hash(Hash(_s.Word, last), 7);
        to[5] = Hash(Hash(_s.Word, _s.Word1), 8 + (_s.Word == 0 ? last << 8 : 0));
        to[6] = Hash(Hash(_s.Word, _s.Word1), _s.Word2 + 10);
    }

    /// <summary>Asks memory for the slots of all contexts.</summary>
    /// <param name="piece">The piece of the byte's questions. All pieces are on one page of memory, 64 slots.</param>
    private void AskSlots(uint piece)
    {
        uint mask = (1u << _slotBits) - 1, salt = piece == 0 ? 0 : ((piece * 0x9E3779B1u) >> 26) | ((piece * 0x85EBCA6Bu) & 0xFFFF0000u & ~mask);
        for (int i = 0; i < Contexts; i++)
        {
            uint hash = _hashes[i] * 0x2545F491u;
            _asked[i] = hash ^ (hash >> 13) ^ salt;
            Prefetch.Line(ref *(_slots + ((nint)(_asked[i] & mask) * SlotBytes)));
        }
    }

    /// <summary>The slots that <see cref="AskSlots"/> asked for.</summary>
    private void FindSlots()
    {
        if (_memory.IsNoting) _memory.Touch(_at, Contexts * sizeof(nint));
        uint mask = (1u << _slotBits) - 1;
        // Second slots are asked for together, where they will be looked at.
        for (int i = 0; i < Contexts; i++)
        {
            uint at = _asked[i] & mask;
            if (Checked(_slots + ((nint)at * SlotBytes)) != Check(_asked[i])) Prefetch.Line(ref *(_slots + ((nint)(at ^ 1) * SlotBytes)));
        }
        for (int i = 0; i < Contexts; i++) _at[i] = Slot(_asked[i], mask);
    }

    private static ushort Check(uint hash) => (ushort)((hash >> 16) | 1);

    private static ref ushort Checked(byte* slot) => ref *(ushort*)(slot + Chances);

    /// <summary>The slot of a hash: one of two, a cache line each; where it is in neither, the one that saw less is given up.</summary>
    private byte* Slot(uint hash, uint mask)
    {
        ushort check = Check(hash);
        uint at = hash & mask;
        byte* a = _slots + ((nint)at * SlotBytes), b = _slots + ((nint)(at ^ 1) * SlotBytes);
        if (Checked(a) == check) return a;
        if (Checked(b) == check) return b;
        byte* slot = _worth[b[Histories + 1]] < _worth[a[Histories + 1]] ? b : a;
        if (_memory.IsNoting) _memory.Touch(slot, SlotBytes);
        new Span<byte>(slot, Chances).Clear();
        new Span<ushort>(slot + Chances, (SlotBytes - Chances) / sizeof(ushort)).Fill(32768);
        Checked(slot) = check;
        return slot;
    }

    private void FindMatch()
    {
        if (_s.Length > 0)
        {
            _s.Pointer++;
            _s.Length = Math.Min(_s.Length + 1, MostMatched);
        }
        int* known = _known;
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
