using System.Globalization;
using System.Runtime.InteropServices;

namespace Vestige.Language.Views;

/// <summary>Every run of <c>n</c> words of a passage, whatever stands between them.</summary>
/// <remarks>What a word is, <see cref="Language.Views.Words"/> says. One at the passage's very start or end may be cut off, and is left out.</remarks>
internal sealed class WordGrams(int n) : IGramView
{
    internal const int Longest = 16;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"words:{n}");

    public string Description => n == 1 ? "words, in lower case" : string.Create(CultureInfo.InvariantCulture, $"runs of {n} words, in lower case");

    public string Element => n switch
    {
        1 => "word",
        2 => "word pair",
        _ => string.Create(CultureInfo.InvariantCulture, $"{n}-word phrase"),
    };

    public bool Splits => true;

    public void Atoms(Passage item, HashSet<ulong> into)
    {
        List<ulong> words = new(item.Length / 4);
        Words.Read(item.Span, words, null);
        ReadOnlySpan<ulong> hashes = CollectionsMarshal.AsSpan(words);
        for (int start = 0; start + n <= hashes.Length; start++) into.Add(GramHash.Of(hashes.Slice(start, n)));
    }

    public void Grams(Passage item, List<Gram> into)
    {
        List<ulong> words = new(item.Length / 4);
        List<(int Start, int End)> places = new(item.Length / 4);
        Words.Read(item.Span, words, places);
        ReadOnlySpan<ulong> hashes = CollectionsMarshal.AsSpan(words);
        for (int i = 0; i + n <= hashes.Length; i++)
            into.Add(new Gram(places[i].Start, places[i + n - 1].End - places[i].Start, GramHash.Of(hashes.Slice(i, n))));
    }
}
