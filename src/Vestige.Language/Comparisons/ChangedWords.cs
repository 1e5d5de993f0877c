using System.Text;
using Vestige.Results;

namespace Vestige.Language.Comparisons;

/// <summary>Which words of the text changed.</summary>
internal sealed class ChangedWords
{
    /// <summary>Words that are told.</summary>
    internal const int Most = 20;

    // Others that come later are not counted: those that change much come often.
    private const int MostKept = 100_000;

    private readonly Dictionary<string, Total> _words = [];

    private sealed class Total
    {
        internal int Count { get; set; }

        internal int Positions { get; set; }

        internal double Lost { get; set; }

        internal double More { get; set; }
    }

    /// <summary>Of each byte of a text the number of its word; -1 for what is between words.</summary>
    internal static int[] Of(ReadOnlySpan<byte> text, out List<string> words)
    {
        int[] of = new int[text.Length];
        words = [];
        for (int start = 0, end; start < text.Length; start = end)
        {
            bool inside = IsWord(text[start]);
            for (end = start + 1; end < text.Length && IsWord(text[end]) == inside; end++) { }
            of.AsSpan(start, end - start).Fill(inside ? words.Count : -1);
            if (inside) words.Add(Encoding.UTF8.GetString(text[start..end]));
        }
        return of;
    }

    /// <summary>Adds the words of a passage.</summary>
    /// <param name="words">They.</param>
    /// <param name="wordOf">For each position the word in which it begins, or -1.</param>
    /// <param name="lost">For each position what is lost.</param>
    /// <param name="more">For each position the bits that it costs more.</param>
    internal void Add(IReadOnlyList<string> words, ReadOnlySpan<int> wordOf, ReadOnlySpan<double> lost, ReadOnlySpan<double> more)
    {
        for (int start = 0, end; start < wordOf.Length; start = end)
        {
            for (end = start + 1; end < wordOf.Length && wordOf[end] == wordOf[start]; end++) { }
            // Words at the ends of a passage may be cut.
            if (wordOf[start] <= 0 || wordOf[start] == words.Count - 1) continue;
            string word = words[wordOf[start]];
            if (!_words.TryGetValue(word, out Total? total))
            {
                if (_words.Count >= MostKept) continue;
                _words.Add(word, total = new Total());
            }
            total.Count++;
            for (int i = start; i < end; i++) (total.Positions, total.Lost, total.More) = (total.Positions + 1, total.Lost + lost[i], total.More + more[i]);
        }
    }

    /// <summary>Those at which most was lost in all.</summary>
    internal IReadOnlyList<ChangedWord> Largest() =>
    [
        .. _words.Where(pair => pair.Value.Lost > 0).OrderByDescending(pair => pair.Value.Lost).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Most)
            .Select(pair => new ChangedWord(pair.Key, pair.Value.Count, pair.Value.Lost / pair.Value.Positions, pair.Value.More / pair.Value.Count)),
    ];

    private static bool IsWord(byte value) => value >= 0x80 || char.IsAsciiLetterOrDigit((char)value) || value == (byte)'\'';
}
