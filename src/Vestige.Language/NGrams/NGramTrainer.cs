using System.Collections;
using System.Numerics;
using Vestige.Compressors;

namespace Vestige.Language.NGrams;

/// <summary>Counts n-grams: sorts the places of a text by their first bytes, a byte at a time, and looks at the groups.</summary>
/// <remarks>Groups of one are not sorted further, so that the time depends on how much a text repeats itself, hardly on the order.</remarks>
internal sealed class NGramTrainer
{
    // Up to this size a group is sorted by insertion.
    private const int SmallGroup = 24;

    private const int StartOfDocument = 256;

    private readonly int _order;
    private readonly byte[] _text;
    private readonly BitArray _boundaries;
    private readonly int[] _sorted;
    private readonly Builder[] _levels;
    private readonly int[] _stamps = new int[StartOfDocument + 1];
    private readonly long[][] _seen, _seenAfter;
    private int _stamp;

    private NGramTrainer(byte[] text, BitArray boundaries, int places, int order)
    {
        _order = order;
        _text = text;
        _boundaries = boundaries;
        _sorted = new int[places];
        _levels = [.. Enumerable.Range(0, order + 1).Select(_ => new Builder())];
        _seen = Table(order);
        _seenAfter = Table(order);
    }

    /// <summary>Counts the n-grams of documents; none crosses from one into the next.</summary>
    /// <param name="documents">Together under 2 GB.</param>
    /// <param name="order">2 to 32.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    internal static NGramCounts Count(
        IReadOnlyList<ReadOnlyMemory<byte>> documents, int order, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, NGramCounts.LowestOrder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, NGramCounts.HighestOrder);
        // A separator stands before, between and after documents: a zero byte that is marked.
        long length = documents.Sum(document => document.Length + 1L) + 1;
        if (length > Array.MaxLength) throw new ArgumentException($"{length} bytes of text are too many for an n-gram model: at most 2 GB.");
        byte[] text = new byte[length];
        var boundaries = new BitArray(text.Length);
        boundaries[0] = true;
        int at = 1;
        foreach (ReadOnlyMemory<byte> document in documents)
        {
            document.Span.CopyTo(text.AsSpan(at));
            at += document.Length;
            boundaries[at++] = true;
        }
        var trainer = new NGramTrainer(text, boundaries, text.Length - documents.Count - 1, order);
        return trainer.Run(progress, cancel);
    }

    private NGramCounts Run(IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        int places = 0;
        for (int i = 0; i < _text.Length; i++)
            if (!IsBoundary(i)) _sorted[places++] = i;
        // The empty n-gram; it goes on everywhere.
        _levels[0].Add(0, places, 0);
        int[] scratch = new int[places];
        Expand(0, _sorted, scratch, done =>
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new WorkProgress("counting n-grams", (double)done / Math.Max(1, places)));
        });
        foreach (Builder level in _levels) level.Children.Add(0);
        for (int k = 0; k < _order; k++) _levels[k].Children[^1] = _levels[k + 1].Symbols.Count;
        (byte[] tails, BitArray ends) = CutTails();
        return new NGramCounts
        {
            Levels = [.. _levels.Select((level, k) => level.ToLevel(longest: k == _order))],
            Tails = tails,
            Ends = ends,
            Seen = _seen,
            SeenAfter = _seenAfter,
        };
    }

    /// <summary>Finds the children of the node that was added last to a level, and theirs.</summary>
    /// <param name="level">Its length.</param>
    /// <param name="group">Where it was seen. Sorted by what follows on return.</param>
    /// <param name="scratch">As long as the group.</param>
    /// <param name="report">Told how many places are done, now and then.</param>
    private void Expand(int level, Span<int> group, Span<int> scratch, Action<int>? report)
    {
        group = Sort(level, group, scratch);
        Builder children = _levels[level + 1];
        int first = children.Symbols.Count;
        for (int start = 0, end; start < group.Length; start = end)
        {
            byte symbol = _text[group[start] + level];
            for (end = start + 1; end < group.Length && _text[group[end] + level] == symbol;) end++;
            AddChild(children, level + 1, symbol, group[start..end]);
        }
        if (level + 1 == _order) return;

        int last = children.Symbols.Count, at = 0;
        for (int child = first; child < last; child++)
        {
            int count = children.Counts[child];
            children.Children[child] = _levels[level + 2].Symbols.Count;
            if (count > 1) Expand(level + 1, group.Slice(at, count), scratch, null);
            at += count > 1 ? count : 1;
            report?.Invoke(at);
        }
    }

    private void AddChild(Builder children, int length, byte symbol, ReadOnlySpan<int> places)
    {
        bool longest = length == _order;
        int count = places.Length, lefts = longest ? 0 : Lefts(places);
        Tally(_seen[length], count);
        Tally(_seenAfter[length], lefts);
        children.Add(symbol, count == 1 && !longest ? ~(places[0] + length) : count, (ushort)lefts);
        if (count > 1 || longest) return;
        // Longer n-grams that only go on from here are in no level, but were seen once all the same.
        int end = TailEnd(places[0] + length, length);
        for (int k = 1; k <= end - places[0] - length; k++)
        {
            if (IsBoundary(places[0] + length + k - 1)) break;
            _seen[length + k][0]++;
            if (length + k < _order) _seenAfter[length + k][0]++;
        }
    }

    // Where the tail ends that an n-gram of this length needs: after the bytes up to the order, or after a document's end.
    private int TailEnd(int place, int length)
    {
        int end = place;
        while (end < place + _order - length && !IsBoundary(end)) end++;
        return Math.Min(end + 1, place + _order - length);
    }

    private int Lefts(ReadOnlySpan<int> places)
    {
        _stamp++;
        int distinct = 0;
        foreach (int place in places)
        {
            int left = IsBoundary(place - 1) ? StartOfDocument : _text[place - 1];
            if (_stamps[left] == _stamp) continue;
            _stamps[left] = _stamp;
            distinct++;
        }
        return distinct;
    }

    /// <summary>Sorts places by the byte that is <paramref name="offset"/> behind; those where the document has ended go.</summary>
    private Span<int> Sort(int offset, Span<int> group, Span<int> scratch)
    {
        int kept = 0;
        if (group.Length <= SmallGroup)
        {
            foreach (int place in group)
            {
                if (IsBoundary(place + offset)) continue;
                byte symbol = _text[place + offset];
                int at = kept++;
                for (; at > 0 && _text[group[at - 1] + offset] > symbol; at--) group[at] = group[at - 1];
                group[at] = place;
            }
            return group[..kept];
        }
        Span<int> starts = stackalloc int[256];
        starts.Clear();
        foreach (int place in group)
        {
            if (IsBoundary(place + offset)) continue;
            scratch[kept++] = place;
            starts[_text[place + offset]]++;
        }
        for (int symbol = 0, sum = 0; symbol < starts.Length; symbol++) (starts[symbol], sum) = (sum, sum + starts[symbol]);
        foreach (int place in scratch[..kept]) group[starts[_text[place + offset]]++] = place;
        return group[..kept];
    }

    /// <summary>Keeps of the text what n-grams seen once need to go on, and points them there.</summary>
    private (byte[] Tails, BitArray Ends) CutTails()
    {
        ulong[] needed = new ulong[(_text.Length + 63) / 64];
        for (int length = 1; length < _order; length++)
        {
            foreach (int count in _levels[length].Counts)
            {
                if (count >= 0) continue;
                int end = TailEnd(~count, length);
                for (int place = ~count; place < end; place++) needed[place / 64] |= 1UL << (place % 64);
            }
        }
        // Places of the text that are kept before each word of bits.
        int[] before = new int[needed.Length + 1];
        for (int i = 0; i < needed.Length; i++) before[i + 1] = before[i] + BitOperations.PopCount(needed[i]);
        byte[] tails = new byte[before[^1]];
        var ends = new BitArray(tails.Length);
        int at = 0;
        for (int place = 0; place < _text.Length; place++)
        {
            if ((needed[place / 64] >> (place % 64) & 1) == 0) continue;
            ends[at] = IsBoundary(place);
            tails[at++] = _text[place];
        }
        for (int length = 1; length < _order; length++)
        {
            List<int> counts = _levels[length].Counts;
            for (int i = 0; i < counts.Count; i++)
            {
                if (counts[i] >= 0) continue;
                int place = ~counts[i];
                ulong earlier = needed[place / 64] & ((1UL << (place % 64)) - 1);
                counts[i] = ~(before[place / 64] + BitOperations.PopCount(earlier));
            }
        }
        return (tails, ends);
    }

    private bool IsBoundary(int place) => _text[place] == 0 && _boundaries[place];

    private static void Tally(long[] table, int count)
    {
        if (count is >= 1 and <= 4) table[count - 1]++;
    }

    private static long[][] Table(int order) => [.. Enumerable.Range(0, order + 1).Select(_ => new long[4])];

    private sealed class Builder
    {
        internal List<byte> Symbols { get; } = [];

        internal List<int> Counts { get; } = [];

        internal List<ushort> Lefts { get; } = [];

        internal List<int> Children { get; } = [];

        internal void Add(byte symbol, int count, ushort lefts)
        {
            Symbols.Add(symbol);
            Counts.Add(count);
            Lefts.Add(lefts);
            Children.Add(0);
        }

        internal NGramLevel ToLevel(bool longest) => new()
        {
            Symbols = [.. Symbols],
            Counts = [.. Counts],
            Lefts = longest ? [] : [.. Lefts],
            Children = longest ? [] : [.. Children],
        };
    }
}
