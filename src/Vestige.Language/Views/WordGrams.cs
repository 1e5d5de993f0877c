using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Vestige.Numerics;
using Vestige.Views;

namespace Vestige.Language.Views;

/// <summary>Every run of <c>n</c> words of a passage, whatever stands between them.</summary>
/// <remarks>
/// A word is a longest run of letters, digits, combining marks and apostrophes, in lower case (case folded by simple mapping), without
/// apostrophes at its ends; ’ is an apostrophe. A word at the passage's very start or end may be cut off, and is left out. A byte that is
/// no character counts as a letter: a word that a model broke is a word that nobody wrote.
/// </remarks>
internal sealed class WordGrams(int n) : IGramView, INestedView<Passage>
{
    internal const int Longest = 16;

    // What a byte of ASCII is in a word; 0: it ends one.
    private static readonly byte[] s_folded = [.. Enumerable.Range(0, 128).Select(c => (byte)(
        c == Apostrophe || char.IsAsciiLetterOrDigit((char)c) ? char.ToLowerInvariant((char)c) : 0))];

    private const int Apostrophe = '\'';

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"words:{n}");

    public string Description => n == 1 ? "words, in lower case" : string.Create(CultureInfo.InvariantCulture, $"runs of {n} words, in lower case");

    public string Thing => n switch
    {
        1 => "word",
        2 => "word pair",
        _ => string.Create(CultureInfo.InvariantCulture, $"{n}-word phrase"),
    };

    public bool Splits => true;

    public void Atoms(Passage item, HashSet<ulong> into)
    {
        List<ulong> words = new(item.Length / 4);
        Words(item.Span, words, null);
        ReadOnlySpan<ulong> hashes = CollectionsMarshal.AsSpan(words);
        for (int start = 0; start + n <= hashes.Length; start++) into.Add(GramHash.Of(hashes.Slice(start, n)));
    }

    public void Parts(Passage item, IDictionary<ulong, (ulong First, ulong Last)> into)
    {
        List<ulong> words = new(item.Length / 4);
        Words(item.Span, words, null);
        ReadOnlySpan<ulong> hashes = CollectionsMarshal.AsSpan(words);
        for (int start = 0; start + n <= hashes.Length; start++)
        {
            ReadOnlySpan<ulong> run = hashes.Slice(start, n);
            into[GramHash.Of(run)] = (GramHash.Of(run[..^1]), GramHash.Of(run[1..]));
        }
    }

    public void Grams(Passage item, List<Gram> into)
    {
        List<ulong> words = new(item.Length / 4);
        List<(int Start, int End)> places = new(item.Length / 4);
        Words(item.Span, words, places);
        ReadOnlySpan<ulong> hashes = CollectionsMarshal.AsSpan(words);
        for (int i = 0; i + n <= hashes.Length; i++)
            into.Add(new Gram(places[i].Start, places[i + n - 1].End - places[i].Start, GramHash.Of(hashes.Slice(i, n))));
    }

    /// <summary>Hashes of the words, in order, and where they stand.</summary>
    private static void Words(ReadOnlySpan<byte> text, List<ulong> into, List<(int Start, int End)>? places)
    {
        // The word's hash, and the hash without the apostrophes that may be its end; 0: no word yet.
        ulong hash = 0, trimmed = 0;
        int start = 0, end = 0;
        bool cut = true;
        for (int at = 0; at < text.Length;)
        {
            int letter = Letter(text[at..], out int length);
            at += length;
            if (letter == 0)
            {
                if (trimmed != 0 && !cut)
                {
                    into.Add(trimmed);
                    places?.Add((start, end));
                }
                hash = trimmed = 0;
                cut = false;
            }
            else if (letter != Apostrophe || hash != 0)
            {
                if (hash == 0) start = at - length;
                hash = Rng.Mix(hash, (ulong)letter);
                if (letter == Apostrophe) continue;
                trimmed = hash;
                end = at;
            }
        }
    }

    /// <summary>The next character as it counts in a word; 0 where it ends one.</summary>
    private static int Letter(ReadOnlySpan<byte> text, out int length)
    {
        length = 1;
        if (text[0] < 128) return s_folded[text[0]];
        if (Rune.DecodeFromUtf8(text, out Rune rune, out length) != System.Buffers.OperationStatus.Done) return Rune.ReplacementChar.Value;
        if (rune.Value == '’') return Apostrophe;
        bool inWord = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
        return inWord ? Rune.ToLowerInvariant(rune).Value : 0;
    }
}
