using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vestige.Language.Strings;

/// <summary>Sorts the suffixes of a string by induction, in linear time: SA-IS (Nong, Zhang, Chan 2009).</summary>
/// <remarks>
/// A suffix is of type S if it is less than the one that starts behind it, else L; the last is L, as the end is less than any symbol. An S
/// suffix behind an L suffix is an LMS suffix. Sorted LMS suffixes induce the order of all L suffixes from left to right, and these the
/// order of all S suffixes from right to left. LMS suffixes are sorted by sorting the substrings between them, naming these by rank, and
/// sorting the suffixes of the string of names. All of it happens in the array that becomes the result. An entry is marked (made
/// negative) to say that the pass at hand has nothing to do for it, a device of Y. Mori's sais-lite.
/// </remarks>
internal static class SuffixSorter
{
    /// <summary>Set in a marked entry.</summary>
    internal const int Mark = int.MinValue;

    private const int Ahead = Numerics.Prefetch.Ahead;

    /// <summary>Sorts.</summary>
    /// <param name="text">The string.</param>
    /// <param name="symbols">Size of the alphabet.</param>
    /// <param name="suffixes">As long as the string; receives the starts of its suffixes in their order.</param>
    internal static void Sort<TText>(TText text, int symbols, Span<int> suffixes)
        where TText : struct, ISymbols, allows ref struct
    {
        int n = suffixes.Length;
        if (n <= 1)
        {
            suffixes.Clear();
            return;
        }
        int m = GatherLms(text, suffixes);
        if (m > 1)
        {
            // The quick way needs 32 bytes a symbol, the other 8: so that neither takes more than 4 bytes a byte of the first text.
            int names = !TText.IsLarge || symbols <= n / 8
                ? SubstringSorter.Sort(text, symbols, suffixes, m)
                : PlainSubstringSorter.Sort(text, symbols, suffixes, m);
            if (names < m)
            {
                Sort(new NameSymbols(suffixes[(n - m)..]), names, suffixes[..m]);
                GatherLms(text, suffixes);
                Locate(suffixes, m);
            }
        }
        else if (m == 1)
        {
            suffixes[0] = suffixes[n - 1];
        }
        var buckets = new Buckets(symbols);
        buckets.Count(text, n);
        suffixes[m..].Clear();
        buckets.ToEnds();
        PlaceSorted(text, suffixes, m, buckets.Next);
        buckets.ToStarts();
        InduceL(text, buckets.Next, suffixes, last: true);
        buckets.ToEnds();
        InduceS(text, buckets.Next, suffixes, last: true);
    }

    /// <summary>Writes the LMS suffixes to the end of the array, in the order of the text.</summary>
    /// <returns>How many there are.</returns>
    internal static int GatherLms<TText>(TText text, Span<int> suffixes)
        where TText : struct, ISymbols, allows ref struct
    {
        ref int sa = ref MemoryMarshal.GetReference(suffixes);
        int n = suffixes.Length, at = n - 1, next = text[n - 1], nextIsL = 1;
        // Without branches, which could not be predicted: each place is written, and the next one moved on to if it is an LMS suffix.
        for (int i = n - 2; i >= 0; i--)
        {
            int symbol = text[i], isL = IsL(symbol, next, nextIsL);
            Unsafe.Add(ref sa, at) = i + 1;
            at -= isL & ~nextIsL;
            (next, nextIsL) = (symbol, isL);
        }
        return n - 1 - at;
    }

    /// <summary>1 if a suffix is of type L, from the one behind it; else 0.</summary>
    internal static int IsL(int symbol, int next, int nextIsL) => Less(next - nextIsL, symbol);

    /// <summary>1 if <paramref name="a"/> is less than <paramref name="b"/>, which are both at least -1; else 0.</summary>
    internal static int Less(int a, int b) => (int)((uint)(a - b) >> 31);

    // Replaces ranks in the string of names by the places of the LMS suffixes, which stand at the end.
    private static void Locate(Span<int> suffixes, int m)
    {
        ReadOnlySpan<int> places = suffixes[^m..];
        for (int i = 0; i < m; i++)
        {
            if (i + Ahead < m) Numerics.Prefetch.Line(in places[suffixes[i + Ahead]]);
            suffixes[i] = places[suffixes[i]];
        }
    }

    // Moves sorted LMS suffixes from the start of the array to the ends of their buckets, from the last one down: none is overwritten.
    private static void PlaceSorted<TText>(TText text, Span<int> suffixes, int m, int[] ends)
        where TText : struct, ISymbols, allows ref struct
    {
        for (int i = m - 1; i >= 0; i--)
        {
            if (i >= Ahead) text.Prefetch(suffixes[i - Ahead]);
            int place = suffixes[i];
            suffixes[i] = 0;
            suffixes[--ends[text[place]]] = place;
        }
    }

    /// <summary>Puts each L suffix behind those already in its bucket, in the order of the suffixes behind them.</summary>
    /// <param name="text">The string.</param>
    /// <param name="starts">Where the buckets start.</param>
    /// <param name="suffixes">LMS suffixes at the ends of their buckets, 0 elsewhere.</param>
    /// <param name="last">True for the sort of all suffixes; false for that of substrings, where what has been used becomes 0.</param>
    internal static void InduceL<TText>(TText text, int[] starts, Span<int> suffixes, bool last)
        where TText : struct, ISymbols, allows ref struct
    {
        ref int sa = ref MemoryMarshal.GetReference(suffixes);
        ref int bucket = ref MemoryMarshal.GetArrayDataReference(starts);
        int n = suffixes.Length, end = text[n - 1];
        suffixes[starts[end]++] = (n - 1) | (Less(text[n - 2], end) * Mark);
        for (int i = 0; i < n; i++)
        {
            if (i < n - (2 * Ahead)) AskFor(text, ref bucket, Unsafe.Add(ref sa, i + (2 * Ahead)), Unsafe.Add(ref sa, i + Ahead));
            int place = Unsafe.Add(ref sa, i);
            // Marked: the suffix before it is S. Such are for the pass from the right, and those used here are not.
            Unsafe.Add(ref sa, i) = last ? place ^ Mark : place > 0 ? 0 : place & ~Mark;
            if (place <= 0) continue;
            place--;
            int symbol = text[place], before = text[place - Less(0, place)];
            Unsafe.Add(ref sa, Unsafe.Add(ref bucket, symbol)++) = place | (Less(before, symbol) * Mark);
        }
    }

    /// <summary>Puts each S suffix before those already in its bucket, in the order of the suffixes behind them, from the right.</summary>
    /// <param name="text">The string.</param>
    /// <param name="ends">Where the buckets end.</param>
    /// <param name="suffixes">L suffixes in their order, those with an S suffix before them not marked.</param>
    /// <param name="last">True for the sort of all suffixes; false for that of substrings: then LMS suffixes end marked and all else 0.</param>
    internal static void InduceS<TText>(TText text, int[] ends, Span<int> suffixes, bool last)
        where TText : struct, ISymbols, allows ref struct
    {
        ref int sa = ref MemoryMarshal.GetReference(suffixes);
        ref int bucket = ref MemoryMarshal.GetArrayDataReference(ends);
        for (int i = suffixes.Length - 1; i >= 0; i--)
        {
            if (i >= 2 * Ahead) AskFor(text, ref bucket, Unsafe.Add(ref sa, i - (2 * Ahead)), Unsafe.Add(ref sa, i - Ahead));
            int place = Unsafe.Add(ref sa, i);
            if (last) Unsafe.Add(ref sa, i) = place & ~Mark;
            if (place <= 0) continue;
            if (!last) Unsafe.Add(ref sa, i) = 0;
            place--;
            int symbol = text[place], before = text[place - Less(0, place)];
            Unsafe.Add(ref sa, --Unsafe.Add(ref bucket, symbol)) = place | (Less(symbol, before) * Mark);
        }
    }

    // What the passes will read: first the text before an entry, and later, when that has come, the bucket it goes to.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskFor<TText>(TText text, ref int bucket, int later, int sooner)
        where TText : struct, ISymbols, allows ref struct
    {
        text.Prefetch(later > 0 ? later - 1 : 0);
        if (TText.IsLarge && sooner > 0) Numerics.Prefetch.Line(in Unsafe.Add(ref bucket, text[sooner - 1]));
    }

    /// <summary>Where the suffixes go that start with each symbol.</summary>
    internal sealed class Buckets(int symbols)
    {
        private readonly int[] _counts = new int[symbols];

        /// <summary>The next free place of each.</summary>
        internal int[] Next { get; } = new int[symbols];

        internal void Count<TText>(TText text, int length)
            where TText : struct, ISymbols, allows ref struct
        {
            for (int i = 0; i < length; i++) _counts[text[i]]++;
        }

        internal void ToStarts()
        {
            for (int symbol = 0, sum = 0; symbol < _counts.Length; sum += _counts[symbol++]) Next[symbol] = sum;
        }

        internal void ToEnds()
        {
            for (int symbol = 0, sum = 0; symbol < _counts.Length; symbol++) Next[symbol] = sum += _counts[symbol];
        }
    }
}
