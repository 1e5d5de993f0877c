using System.Globalization;

namespace Vestige.Language.Views;

/// <summary>Every run of <c>n</c> bytes of a passage: in English text, of <c>n</c> characters.</summary>
/// <remarks>Up to eight bytes an atom is the run itself, the first byte highest; a longer one is a hash.</remarks>
internal sealed class CharacterGrams(int n) : IGramView
{
    internal const int Longest = 256;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"chars:{n}");

    public string Description => n == 1 ? "bytes of UTF-8" : string.Create(CultureInfo.InvariantCulture, $"runs of {n} bytes of UTF-8");

    public string Thing => n == 1 ? "character" : string.Create(CultureInfo.InvariantCulture, $"{n}-character string");

    public bool Splits => true;

    public void Atoms(Passage item, HashSet<ulong> into)
    {
        ReadOnlySpan<byte> text = item.Span;
        if (n > sizeof(ulong))
        {
            for (int start = 0; start + n <= text.Length; start++) into.Add(GramHash.Of(text.Slice(start, n)));
            return;
        }
        ulong mask = ulong.MaxValue >> (64 - (8 * n)), run = 0;
        for (int i = 0; i < text.Length; i++)
        {
            run = ((run << 8) | text[i]) & mask;
            if (i >= n - 1) into.Add(run);
        }
    }

    public void Grams(Passage item, List<Gram> into)
    {
        for (int start = 0; start + n <= item.Length; start++) into.Add(new Gram(start, n, Atom(item.Span.Slice(start, n))));
    }

    private ulong Atom(ReadOnlySpan<byte> run)
    {
        if (n > sizeof(ulong)) return GramHash.Of(run);
        ulong atom = 0;
        foreach (byte next in run) atom = (atom << 8) | next;
        return atom;
    }
}
