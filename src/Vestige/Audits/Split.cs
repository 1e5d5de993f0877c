using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>The four real samples: who is dealt into which, by document.</summary>
/// <typeparam name="TItem">An item of the source.</typeparam>
public sealed class Split<TItem>
{
    internal Split(IReadOnlyList<Entry<TItem>>[] dealt, IReadOnlyList<Entry<TItem>> rest, int copies, bool trainingIsKnown)
    {
        Training = dealt[0];
        HeldOut = dealt[1];
        Floor = dealt[2];
        Yardstick = dealt[3];
        Rest = rest;
        Copies = copies;
        TrainingIsKnown = trainingIsKnown;
    }

    /// <summary>T: what the compressors see.</summary>
    public IReadOnlyList<Entry<TItem>> Training { get; }

    /// <summary>H: real, not seen.</summary>
    public IReadOnlyList<Entry<TItem>> HeldOut { get; }

    /// <summary>A: real, not seen; sets the floors.</summary>
    public IReadOnlyList<Entry<TItem>> Floor { get; }

    /// <summary>B: real, not seen; audited as if it were a compressor.</summary>
    public IReadOnlyList<Entry<TItem>> Yardstick { get; }

    /// <summary>In no sample (copies, and what is over the number of units asked for); counts for the rates.</summary>
    public IReadOnlyList<Entry<TItem>> Rest { get; }

    /// <summary>Documents that are copies of another and so stand in no sample but T.</summary>
    public int Copies { get; }

    /// <summary>True where T was named by the user, so that what others trained on it can be audited too.</summary>
    public bool TrainingIsKnown { get; }

    /// <summary>T, H, A, B and the rest, one after the other.</summary>
    public IEnumerable<Entry<TItem>> All => [.. Training, .. HeldOut, .. Floor, .. Yardstick, .. Rest];
}

/// <summary>Deals documents into samples.</summary>
public static class Split
{
    /// <summary>Deals one source into four samples of equal size, by document, at random.</summary>
    /// <param name="source">The source.</param>
    /// <param name="units">At most so many units in each sample.</param>
    /// <param name="seed">The same seed deals the same way.</param>
    public static Split<TItem> Deal<TItem>(ISource<TItem> source, int units, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(source);
        var dealer = new Dealer<TItem>(4, units);
        dealer.Deal(source, [0, 1, 2, 3], Rng.For(seed, "deal"));
        return new Split<TItem>(dealer.Piles, dealer.Rest, dealer.Copies, trainingIsKnown: false);
    }

    /// <summary>T is one source; H, A and B come out of another.</summary>
    public static Split<TItem> Deal<TItem>(ISource<TItem> training, ISource<TItem> heldOut, int units, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        var dealer = new Dealer<TItem>(4, units);
        // T first: a held-out document that is also in T is a copy and leaves H, A and B.
        dealer.Deal(training, [0], Rng.For(seed, "deal training"));
        dealer.Deal(heldOut, [1, 2, 3], Rng.For(seed, "deal"));
        return new Split<TItem>(dealer.Piles, dealer.Rest, dealer.Copies, trainingIsKnown: true);
    }

    /// <summary>Documents that somebody drew from q, at random, until they hold so many units. Copies stay: they are part of q.</summary>
    internal static IReadOnlyList<Entry<TItem>> Draw<TItem>(IReadOnlyList<Entry<TItem>> documents, int units, ulong seed)
    {
        Entry<TItem>[] order = [.. documents];
        Rng.For(seed, "draw").Shuffle<Entry<TItem>>(order);
        long drawn = 0;
        return [.. order.TakeWhile(entry => (drawn += entry.Info.Units) - entry.Info.Units < units)];
    }

    /// <summary>Deals documents one at a time to the smallest pile of those allowed.</summary>
    /// <remarks>A copy follows the first of its content where that is in T (a photograph kept twice is twice as probable) and else is left out.</remarks>
    private sealed class Dealer<TItem>(int piles, int limit)
    {
        private readonly List<Entry<TItem>>[] _piles = [.. Enumerable.Range(0, piles).Select(_ => new List<Entry<TItem>>())];
        private readonly long[] _units = new long[piles];
        private readonly Dictionary<UInt128, int> _pileOf = [];
        private readonly List<Entry<TItem>> _rest = [];

        internal IReadOnlyList<Entry<TItem>>[] Piles => _piles;

        internal IReadOnlyList<Entry<TItem>> Rest => _rest;

        internal int Copies { get; private set; }

        internal void Deal(ISource<TItem> source, int[] allowed, Rng rng)
        {
            int[] order = [.. Enumerable.Range(0, source.Documents.Count)];
            rng.Shuffle<int>(order);
            foreach (int document in order)
            {
                var entry = new Entry<TItem>(source, document);
                UInt128 content = entry.Info.Content;
                int pile = allowed.MinBy(p => _units[p]);
                if (content != 0 && _pileOf.TryGetValue(content, out int first))
                {
                    Copies++;
                    pile = first == 0 && allowed.Contains(0) ? 0 : -1;
                }
                if (pile < 0 || _units[pile] >= limit)
                {
                    _rest.Add(entry);
                    if (content != 0) _pileOf.TryAdd(content, -1);
                    continue;
                }
                _piles[pile].Add(entry);
                _units[pile] += entry.Info.Units;
                if (content != 0) _pileOf.TryAdd(content, pile);
            }
        }
    }
}
