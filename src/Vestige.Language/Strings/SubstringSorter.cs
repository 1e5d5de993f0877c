using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Vestige.Language.Strings.SuffixSorter;

namespace Vestige.Language.Strings;

/// <summary>Sorts and names LMS substrings by induction over four lists, without ever comparing two.</summary>
/// <remarks>
/// Each list holds, symbol by symbol, the suffixes that start with the symbol and are of one kind: LL (L after L), LS (L after S; as a
/// word on what comes before, read from right to left), SS, and SL, which are the LMS suffixes. LL and SL make up what the pass from the
/// left reads, LS and SS what that from the right reads, so that neither meets an entry that is not for it. An entry is marked if its
/// substring so far differs from that of the entry that was put into the list before it: it does if the entries that induced the two
/// are parted by a mark. (The idea of libsais by I. Grebnov; nothing of its code.)
/// </remarks>
internal static class SubstringSorter
{
    private const int Ahead = Numerics.Prefetch.Ahead;

    // Places of a symbol's lists among its four; the first bit: the suffix before is of the other type.
    private const int SS = 0, SL = 1, LL = 2, LS = 3;

    /// <summary>Sorts and names.</summary>
    /// <param name="text">The string.</param>
    /// <param name="symbols">Size of the alphabet.</param>
    /// <param name="suffixes">The LMS suffixes at the end, in the order of the text.</param>
    /// <param name="m">How many they are.</param>
    /// <returns>Number of different LMS substrings. If it is <paramref name="m"/>, the array begins with the LMS suffixes in their order;
    /// if it is less, it ends with the ranks of the substrings, in the order of the text.</returns>
    internal static int Sort<TText>(TText text, int symbols, Span<int> suffixes, int m)
        where TText : struct, ISymbols, allows ref struct
    {
        var lists = new List[4 * symbols];
        int left = Count(text, suffixes.Length, lists);
        LayOut(lists, left);
        PlaceLms(text, lists, suffixes, m);
        FromLeft(text, lists, suffixes, left);
        Turn(lists, suffixes, left);
        FromRight(text, lists, suffixes, left);
        return Name(suffixes, m);
    }

    /// <summary>Where the name of the substring at a place can be kept: at half the place, as LMS suffixes are at least two apart.</summary>
    internal static Span<int> SlotsOf(Span<int> suffixes, int m) => suffixes.Slice(m, suffixes.Length >> 1);

    /// <summary>Moves names, which count from 1, from their slots to the end of the array, as ranks from 0.</summary>
    internal static void Collect(ReadOnlySpan<int> slots, Span<int> suffixes)
    {
        for (int i = slots.Length - 1, at = suffixes.Length - 1; i >= 0; i--)
        {
            int name = slots[i];
            suffixes[at] = name - 1;
            at -= Less(0, name);
        }
    }

    // Counts the lists; gives how many entries the pass from the left reads.
    private static int Count<TText>(TText text, int n, List[] lists)
        where TText : struct, ISymbols, allows ref struct
    {
        ref List first = ref MemoryMarshal.GetArrayDataReference(lists);
        int left = 0, next = text[n - 1], nextIsL = 1;
        for (int i = n - 2; i >= 0; i--)
        {
            if (TText.IsLarge && i >= Ahead) Numerics.Prefetch.Line(in Unsafe.Add(ref first, 4 * text[i - Ahead]));
            int symbol = text[i], isL = IsL(symbol, next, nextIsL);
            Unsafe.Add(ref first, (4 * next) + (2 * nextIsL) + (nextIsL ^ isL)).Next++;
            left += isL;
            (next, nextIsL) = (symbol, isL);
        }
        // Nothing stands before the first suffix: it is in a list to be counted, and induces nothing.
        lists[(4 * next) + (2 * nextIsL)].Next++;
        return left + nextIsL;
    }

    // From counts to places: LL and SL of each symbol in the part for the left, LS and SS in that for the right; SS is filled from its
    // end, and SL too, when it is read no more, from the start of the array on.
    private static void LayOut(List[] lists, int left)
    {
        int leftAt = 0, rightAt = left, lmsAt = 0;
        for (int symbol = 0; symbol < lists.Length; symbol += 4)
        {
            Span<List> of = lists.AsSpan(symbol, 4);
            (int ll, int sl, int ls, int ss) = (of[LL].Next, of[SL].Next, of[LS].Next, of[SS].Next);
            of[LL].Next = leftAt;
            of[SL].Last = leftAt + ll;
            leftAt += ll + sl;
            of[LS].Next = rightAt;
            of[SS].Next = rightAt += ls + ss;
            of[SL].Next = lmsAt += sl;
        }
    }

    // Of LMS suffixes nothing but the first symbol is known yet: in the list of a symbol only the first is marked.
    private static void PlaceLms<TText>(TText text, List[] lists, Span<int> suffixes, int m)
        where TText : struct, ISymbols, allows ref struct
    {
        ReadOnlySpan<int> places = suffixes[^m..];
        for (int i = 0; i < places.Length; i++)
        {
            if (TText.IsLarge && i + Ahead < m) Numerics.Prefetch.Line(in lists[4 * text[places[i + Ahead]]]);
            suffixes[lists[(4 * text[places[i]]) + SL].Last++] = places[i];
        }
        for (int list = SL, before = 0; list < lists.Length; list += 4)
        {
            ref List lms = ref lists[list];
            if (lms.Next > before) suffixes[lms.Last - (lms.Next - before)] |= Mark;
            before = lms.Next;
            lms.Last = 0;
        }
    }

    private static void FromLeft<TText>(TText text, List[] lists, Span<int> suffixes, int left)
        where TText : struct, ISymbols, allows ref struct
    {
        ref int sa = ref MemoryMarshal.GetReference(suffixes);
        ref List first = ref MemoryMarshal.GetArrayDataReference(lists);
        int n = suffixes.Length, end = text[n - 1], marks = 1;
        ref List start = ref Unsafe.Add(ref first, (4 * end) + LL + Less(text[n - 2], end));
        suffixes[start.Next++] = (n - 1) | Mark;
        start.Last = marks;
        for (int i = 0; i < left; i++)
        {
            if (i + (2 * Ahead) < left) AskFor(text, ref first, n, Unsafe.Add(ref sa, i + (2 * Ahead)), Unsafe.Add(ref sa, i + Ahead));
            if (!Induces(Unsafe.Add(ref sa, i), ref marks, out int place)) continue;
            int symbol = text[place], before = text[place - Less(0, place)];
            ref List list = ref Unsafe.Add(ref first, (4 * symbol) + LL + Less(before, symbol));
            Unsafe.Add(ref sa, list.Next++) = place | (Less(list.Last, marks) * Mark);
            list.Last = marks;
        }
    }

    // Counts an entry's mark; gives the place before the entry, and whether there is one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Induces(int entry, ref int marks, out int place)
    {
        marks += (int)((uint)entry >> 31);
        place = (entry & ~Mark) - 1;
        return place >= 0;
    }

    // The pass from the right meets entries in the other order: a mark must part an entry from the one to its right.
    private static void Turn(List[] lists, Span<int> suffixes, int left)
    {
        int start = left;
        for (int symbol = 0; symbol < lists.Length; symbol += 4)
        {
            int carried = Mark;
            for (int i = lists[symbol + LS].Next - 1; i >= start; i--)
            {
                int place = suffixes[i];
                suffixes[i] = (place & ~Mark) | carried;
                carried = place & Mark;
            }
            start = lists[symbol + SS].Next;
        }
    }

    private static void FromRight<TText>(TText text, List[] lists, Span<int> suffixes, int left)
        where TText : struct, ISymbols, allows ref struct
    {
        ref int sa = ref MemoryMarshal.GetReference(suffixes);
        ref List first = ref MemoryMarshal.GetArrayDataReference(lists);
        int n = suffixes.Length, marks = 0;
        for (int i = n - 1; i >= left; i--)
        {
            if (i - (2 * Ahead) >= left) AskFor(text, ref first, n, Unsafe.Add(ref sa, i - (2 * Ahead)), Unsafe.Add(ref sa, i - Ahead));
            if (!Induces(Unsafe.Add(ref sa, i), ref marks, out int place)) continue;
            int symbol = text[place], before = text[place - Less(0, place)];
            ref List list = ref Unsafe.Add(ref first, (4 * symbol) + Less(symbol, before));
            Unsafe.Add(ref sa, --list.Next) = place | (Less(list.Last, marks) * Mark);
            list.Last = marks;
        }
    }

    // As in the sort of suffixes; of places not written yet only those that could be some are looked at.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskFor<TText>(TText text, ref List first, int n, int later, int sooner)
        where TText : struct, ISymbols, allows ref struct
    {
        later &= ~Mark;
        if (later < n) text.Prefetch(later);
        if (!TText.IsLarge) return;
        sooner &= ~Mark;
        if (sooner < n) Numerics.Prefetch.Line(in Unsafe.Add(ref first, 4 * text[sooner - Less(0, sooner)]));
    }

    private static int Name(Span<int> suffixes, int m)
    {
        Span<int> sorted = suffixes[..m];
        int names = 0;
        foreach (int place in sorted) names += (int)((uint)place >> 31);
        if (names == m)
        {
            foreach (ref int place in sorted) place &= ~Mark;
            return names;
        }
        Span<int> slots = SlotsOf(suffixes, m);
        slots.Clear();
        for (int i = 0, name = 1; i < m; i++)
        {
            if (i + Ahead < m) Numerics.Prefetch.Line(in slots[(sorted[i + Ahead] & ~Mark) >> 1]);
            int place = sorted[i];
            slots[(place & ~Mark) >> 1] = name;
            // Marked: it differs from the one to its right.
            name += (int)((uint)place >> 31);
        }
        Collect(slots, suffixes);
        return names;
    }

    private struct List
    {
        /// <summary>Its size; then where its next entry goes.</summary>
        internal int Next;

        /// <summary>Marks that had been met when its last entry came.</summary>
        internal int Last;
    }
}
