using static Vestige.Language.Strings.SuffixSorter;

namespace Vestige.Language.Strings;

/// <summary>Sorts and names LMS substrings as the paper does: by the passes that sort suffixes, and by comparing neighbours.</summary>
/// <remarks>For alphabets so large that the tables of <see cref="SubstringSorter"/> would be.</remarks>
internal static class PlainSubstringSorter
{
    /// <inheritdoc cref="SubstringSorter.Sort"/>
    internal static int Sort<TText>(TText text, int symbols, Span<int> suffixes, int m)
        where TText : struct, ISymbols, allows ref struct
    {
        var buckets = new Buckets(symbols);
        buckets.Count(text, suffixes.Length);
        buckets.ToEnds();
        Place(text, suffixes, m, buckets.Next);
        buckets.ToStarts();
        InduceL(text, buckets.Next, suffixes, last: false);
        buckets.ToEnds();
        InduceS(text, buckets.Next, suffixes, last: false);
        for (int i = 0, at = 0; at < m; i++)
        {
            int place = suffixes[i];
            if (place < 0) suffixes[at++] = place & ~Mark;
        }
        return Name(text, suffixes, m);
    }

    // Through the text once more: where the list of LMS suffixes stands, their buckets may be.
    private static void Place<TText>(TText text, Span<int> suffixes, int m, int[] ends)
        where TText : struct, ISymbols, allows ref struct
    {
        suffixes.Clear();
        int n = suffixes.Length, next = text[n - 1], nextIsL = 1;
        for (int i = n - 2; m > 0; i--)
        {
            int symbol = text[i], isL = IsL(symbol, next, nextIsL);
            if ((isL & ~nextIsL) != 0)
            {
                suffixes[--ends[next]] = i + 1;
                m--;
            }
            (next, nextIsL) = (symbol, isL);
        }
    }

    private static int Name<TText>(TText text, Span<int> suffixes, int m)
        where TText : struct, ISymbols, allows ref struct
    {
        int n = suffixes.Length;
        Span<int> slots = SubstringSorter.SlotsOf(suffixes, m);
        slots.Clear();
        int end = n, next = text[n - 1], nextIsL = 1;
        for (int i = n - 2; i >= 0; i--)
        {
            int symbol = text[i], isL = IsL(symbol, next, nextIsL);
            if ((isL & ~nextIsL) != 0)
            {
                // The last substring ends with the end of the text, which no other has: its length reaches beyond.
                slots[(i + 1) >> 1] = end - i;
                end = i + 1;
            }
            (next, nextIsL) = (symbol, isL);
        }
        int names = 0, last = 0, lastLength = 0;
        for (int i = 0; i < m; i++)
        {
            int place = suffixes[i], length = slots[place >> 1];
            bool same = length == lastLength && place + length <= n && last + length <= n;
            for (int k = 0; same && k < length; k++) same = text[place + k] == text[last + k];
            if (!same) names++;
            (last, lastLength) = (place, length);
            slots[place >> 1] = names;
        }
        if (names < m) SubstringSorter.Collect(slots, suffixes);
        return names;
    }
}
