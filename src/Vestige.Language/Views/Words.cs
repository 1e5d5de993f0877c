using System.Buffers;
using System.Text;
using Vestige.Numerics;

namespace Vestige.Language.Views;

/// <summary>The words of a text, whatever stands between them.</summary>
/// <remarks>
/// A word is a longest run of letters, digits, combining marks and apostrophes, in lower case (case folded by simple mapping), without
/// apostrophes at its ends; ’ is an apostrophe. In scripts that put no space between words (Han, Hiragana, Thai, Lao, Khmer, Burmese), every
/// letter with its marks is a word, as in the default rules of Unicode (UAX 29): without a dictionary a clause would be one. A byte that is
/// no character counts as a letter: a word that a model broke is a word that nobody wrote.
/// </remarks>
internal static class Words
{
    private const int Apostrophe = '\'';

    // What a byte of ASCII is in a word; 0: it ends one.
    private static readonly byte[] s_folded = [.. Enumerable.Range(0, 128).Select(c => (byte)(
        c == Apostrophe || char.IsAsciiLetterOrDigit((char)c) ? char.ToLowerInvariant((char)c) : 0))];

    // First and last character of blocks whose letters are words: Thai and Lao, Burmese, Khmer, Hiragana, Han with its extensions.
    private static readonly (int First, int Last)[] s_unspaced =
    [
        (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3041, 0x309F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF),
        (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
    ];

    /// <summary>Hashes of the words, in order, and where they stand.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="into">Receives the hashes.</param>
    /// <param name="places">Receives first byte and end of each; null where nobody asks.</param>
    /// <param name="whole">Whether the text begins and ends where words do; else the first and the last may be cut off and are left out.</param>
    internal static void Read(ReadOnlySpan<byte> text, List<ulong> into, List<(int Start, int End)>? places, bool whole = false)
    {
        var word = new Word(into, places) { Cut = !whole };
        for (int at = 0; at < text.Length;)
        {
            Letter letter = Next(text[at..], out int length);
            if (letter.Folded == 0) word.End();
            else word.Add(letter, at, at + length);
            at += length;
        }
        if (whole || word.IsUnspaced) word.End();
    }

    /// <summary>The word at hand.</summary>
    private ref struct Word(List<ulong> into, List<(int Start, int End)>? places)
    {
        // The word's hash, and the hash without the apostrophes that may be its end; 0: no word yet.
        private ulong _hash, _trimmed;
        private int _start, _end;

        /// <summary>Whether its beginning may be missing.</summary>
        internal bool Cut { get; set; }

        internal bool IsUnspaced { get; private set; }

        internal void Add(Letter letter, int start, int end)
        {
            if (letter.IsUnspaced || (IsUnspaced && !letter.IsMark)) End();
            if (letter.IsUnspaced) Cut = false;
            IsUnspaced |= letter.IsUnspaced;
            if (letter.Folded == Apostrophe && _hash == 0) return;
            if (_hash == 0) _start = start;
            _hash = Rng.Mix(_hash, (ulong)letter.Folded);
            if (letter.Folded == Apostrophe) return;
            (_trimmed, _end) = (_hash, end);
        }

        internal void End()
        {
            if (_trimmed != 0 && !Cut)
            {
                into.Add(_trimmed);
                places?.Add((_start, _end));
            }
            _hash = _trimmed = 0;
            Cut = IsUnspaced = false;
        }
    }

    /// <summary>A character as it counts in a word.</summary>
    /// <param name="Folded">In lower case; 0 where it ends a word.</param>
    /// <param name="IsUnspaced">Whether it begins a word of its own.</param>
    /// <param name="IsMark">Whether it belongs to the letter before.</param>
    private readonly record struct Letter(int Folded, bool IsUnspaced = false, bool IsMark = false);

    private static Letter Next(ReadOnlySpan<byte> text, out int length)
    {
        length = 1;
        if (text[0] < 128) return new Letter(s_folded[text[0]]);
        if (Rune.DecodeFromUtf8(text, out Rune rune, out length) != OperationStatus.Done) return new Letter(Rune.ReplacementChar.Value);
        if (rune.Value == '’') return new Letter(Apostrophe);
        if (Characters.IsMark(rune)) return new Letter(rune.Value, IsMark: true);
        return Rune.IsLetterOrDigit(rune) ? new Letter(Rune.ToLowerInvariant(rune).Value, StandAlone(rune.Value)) : default;
    }

    /// <summary>Whether a letter is a word by itself, as in scripts that put no space between words.</summary>
    internal static bool StandAlone(int character)
    {
        if (character < s_unspaced[0].First) return false;
        foreach ((int first, int last) in s_unspaced)
            if (character <= last) return character >= first;
        return false;
    }
}
