using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Vestige.Language.Views;

/// <summary>Every run of <c>n</c> characters of a passage, as readers count them (<see cref="Characters"/>).</summary>
/// <remarks>Up to eight bytes an atom is the run itself, the first byte highest; a longer one is a hash. A character that the passage's start or end cuts is left out.</remarks>
internal sealed class CharacterGrams(int n) : IGramView
{
    internal const int Longest = 256;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"chars:{n}");

    public string Description => n == 1 ? "characters" : string.Create(CultureInfo.InvariantCulture, $"runs of {n} characters");

    public string Element => n == 1 ? "character" : string.Create(CultureInfo.InvariantCulture, $"{n}-character string");

    public bool Splits => true;

    public void Atoms(Passage item, HashSet<ulong> into)
    {
        ReadOnlySpan<byte> text = item.Span;
        if (n <= sizeof(ulong) && Ascii.IsValid(text))
        {
            ulong mask = ulong.MaxValue >> (64 - (8 * n)), run = 0;
            for (int i = 0; i < text.Length; i++)
            {
                run = ((run << 8) | text[i]) & mask;
                if (i >= n - 1) into.Add(run);
            }
            return;
        }
        List<int> ends = new(text.Length + 1);
        Characters.Ends(text, ends);
        ReadOnlySpan<int> at = CollectionsMarshal.AsSpan(ends);
        for (int i = 0; i + n < at.Length; i++) into.Add(Atom(text[at[i]..at[i + n]]));
    }

    public void Grams(Passage item, List<Gram> into)
    {
        List<int> ends = new(item.Length + 1);
        Characters.Ends(item.Span, ends);
        for (int i = 0; i + n < ends.Count; i++) into.Add(new Gram(ends[i], ends[i + n] - ends[i], Atom(item.Span[ends[i]..ends[i + n]])));
    }

    private static ulong Atom(ReadOnlySpan<byte> run)
    {
        if (run.Length > sizeof(ulong)) return GramHash.Of(run);
        ulong atom = 0;
        foreach (byte next in run) atom = (atom << 8) | next;
        return atom;
    }
}
