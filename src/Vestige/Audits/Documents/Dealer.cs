using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>The samples that documents are dealt into, in the order of <see cref="Split{TItem}"/>.</summary>
internal enum Pile
{
    Training, HeldOut, Floor, Yardstick, Count,
}

/// <summary>Deals groups of documents into samples.</summary>
internal sealed class Dealer<TItem>(DealOptions options)
{
    /// <summary>What is held out so often is there by nature: what leaked into a folder that was put together twice is there twice.</summary>
    private const int Recurs = 3;

    private readonly List<Group>[] _piles = [.. Enumerable.Range(0, (int)Pile.Count).Select(_ => new List<Group>())];
    private readonly Dictionary<Entry<TItem>, Dealt> _dealt = [];
    private readonly Dictionary<UInt128, Entry<TItem>> _firstOf = [];
    private readonly List<Entry<TItem>> _rest = [];

    // Contents that T and what is held out repeat.
    private readonly HashSet<UInt128> _recurring = [];
    private int _copies;
    private int _shared;
    private bool _wholeTraining;

    private sealed record Group(List<Entry<TItem>> Documents)
    {
        internal long Units => Documents.Sum(entry => (long)entry.Info.Units);
    }

    /// <summary>Deals all documents of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="to">The samples it is dealt into, each an equal part of the order.</param>
    /// <param name="label">Names the order, which the seed decides.</param>
    /// <param name="whole">True where no sample has a limit.</param>
    /// <returns>Whether it was dealt by group.</returns>
    internal bool Deal(ISource<TItem> source, Pile[] to, string label, bool whole = false)
    {
        _wholeTraining |= whole;
        var order = new DealOrder<TItem>(source, options.Seed, label);
        (List<Entry<TItem>> documents, int count) = Distinct(source, order);
        bool grouped = count < documents.Count && (options.ByGroup ?? count >= DealOptions.MinGroups * to.Length);
        int least = grouped ? Math.Min(DealOptions.MinGroups, count / to.Length) : 0;
        List<Group> groups = Groups(documents, grouped);
        if (grouped) groups = [.. groups.OrderBy(group => order.OfGroup(group.Documents[0].Info.Group)).ThenBy(group => group.Documents[0].Document)];
        int[] piles = order.Parts([.. groups.Select(group => grouped ? 1 : group.Units)], to.Length);
        long[] units = new long[_piles.Length];
        // What a sample has no room for is evidence of what is real, as long as there is room for that.
        Pile over = to.Contains(Pile.HeldOut) ? Pile.HeldOut : to[0];
        for (int g = 0; g < groups.Count; g++)
        {
            Pile pile = to[piles[g]];
            if (IsFull(pile)) pile = over;
            if (IsFull(pile))
            {
                _rest.AddRange(groups[g].Documents);
                continue;
            }
            _piles[(int)pile].Add(groups[g]);
            units[(int)pile] += groups[g].Units;
        }
        return grouped;

        bool IsFull(Pile pile) => !whole && units[(int)pile] >= Limit(pile) && _piles[(int)pile].Count >= least;
    }

    internal Split<TItem> Split(bool trainingIsKnown, bool grouped)
    {
        var samples = new IReadOnlyList<Entry<TItem>>[_piles.Length];
        int cluster = 0;
        for (int pile = 0; pile < samples.Length; pile++)
        {
            List<Entry<TItem>> sample = InTurn(_piles[pile], pile == (int)Pile.Training && _wholeTraining ? long.MaxValue : Limit((Pile)pile));
            foreach (Group group in _piles[pile])
            {
                foreach (Entry<TItem> entry in group.Documents) _dealt[entry] = _dealt[entry] with { Cluster = cluster };
                cluster++;
            }
            samples[pile] = sample;
        }
        return new Split<TItem>(samples, _rest, _dealt)
        {
            Copies = _copies,
            SharedWithTraining = _shared,
            RecurringInTraining = samples[(int)Pile.HeldOut..].Sum(sample => sample.Count(entry => _recurring.Contains(entry.Info.Content))),
            TrainingIsKnown = trainingIsKnown,
            IsGrouped = grouped,
            Units = options.Units,
        };
    }

    private long Limit(Pile pile) => pile == Pile.HeldOut ? options.Reserve : options.Units;

    /// <summary>Names the contents that stand in T and <see cref="Recurs"/> times or more in what was kept from it.</summary>
    /// <remarks>Another sample of p would have them too (a stock answer, an empty page), and were they taken out of what is held out, what fresh samples say as well would count as
    /// learned from T. Each copy of such is dealt by itself, as the draw from p that it is.</remarks>
    /// <param name="training">T.</param>
    /// <param name="heldOut">What was kept from it.</param>
    internal void Recur(ISource<TItem> training, ISource<TItem> heldOut)
    {
        HashSet<UInt128> known = [.. training.Documents.Select(document => document.Content)];
        IEnumerable<Document> shared = heldOut.Documents.Where(document => document.Content != 0 && known.Contains(document.Content));
        foreach (IGrouping<UInt128, Document> alike in shared.GroupBy(document => document.Content))
            if (alike.Skip(Recurs - 1).Any()) _recurring.Add(alike.Key);
    }

    /// <summary>The documents in their order, one of each content but for what recurs, and in how many groups they are.</summary>
    private (List<Entry<TItem>> Documents, int Groups) Distinct(ISource<TItem> source, DealOrder<TItem> order)
    {
        var documents = new List<(ulong Place, Entry<TItem> Entry)>(source.Documents.Count);
        var groups = new HashSet<UInt128>();
        var dealt = new Dictionary<UInt128, int>();
        int alone = 0;
        for (int place = 0; place < order.Documents.Count; place++)
        {
            var entry = new Entry<TItem>(source, order.Documents[place]);
            Document info = entry.Info;
            int copy = 0;
            if (_recurring.Contains(info.Content)) dealt[info.Content] = (copy = dealt.GetValueOrDefault(info.Content)) + 1;
            else if (info.Content != 0 && !_firstOf.TryAdd(info.Content, entry))
            {
                Entry<TItem> first = _firstOf[info.Content];
                // Of another source: it is in T and cannot be kept back.
                if (!ReferenceEquals(first.Source, source)) _shared++;
                else
                {
                    _copies++;
                    _dealt[first] = _dealt[first] with { Weight = _dealt[first].Weight + 1 };
                }
                _rest.Add(entry);
                continue;
            }
            _dealt[entry] = new Dealt(-1, 1);
            documents.Add((order.OfCopy(place, copy), entry));
            if (info.Group == 0) alone++;
            else groups.Add(info.Group);
        }
        return ([.. documents.OrderBy(document => document.Place).Select(document => document.Entry)], alone + groups.Count);
    }

    private static List<Group> Groups(List<Entry<TItem>> documents, bool grouped)
    {
        var groups = new List<Group>();
        var byKey = new Dictionary<UInt128, Group>();
        foreach (Entry<TItem> entry in documents)
        {
            UInt128 key = grouped ? entry.Info.Group : 0;
            if (key == 0 || !byKey.TryGetValue(key, out Group? group))
            {
                group = new Group([]);
                groups.Add(group);
                if (key != 0) byKey.Add(key, group);
            }
            group.Documents.Add(entry);
        }
        return groups;
    }

    /// <summary>One document of each group, then the second of each, up to the limit: every group is in the sample, whatever its size.</summary>
    private List<Entry<TItem>> InTurn(List<Group> groups, long limit)
    {
        var sample = new List<Entry<TItem>>();
        long units = 0;
        List<Group> left = groups;
        for (int turn = 0; left.Count > 0; turn++, left = [.. left.Where(group => group.Documents.Count > turn)])
        {
            foreach (Group group in left)
            {
                Entry<TItem> entry = group.Documents[turn];
                if (units < limit)
                {
                    sample.Add(entry);
                    units += entry.Info.Units;
                }
                else
                {
                    _rest.Add(entry);
                }
            }
        }
        return sample;
    }
}
