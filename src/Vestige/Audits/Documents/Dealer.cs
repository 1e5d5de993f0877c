using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>The samples that documents are dealt into, in the order of <see cref="Split{TItem}"/>.</summary>
internal enum Pile
{
    Training, HeldOut, Floor, Yardstick, Count,
}

/// <summary>Deals groups of documents, one at a time, to the smallest sample that still takes them.</summary>
internal sealed class Dealer<TItem>(DealOptions options)
{
    private readonly List<Group>[] _piles = [.. Enumerable.Range(0, (int)Pile.Count).Select(_ => new List<Group>())];
    private readonly Dictionary<Entry<TItem>, Dealt> _dealt = [];
    private readonly Dictionary<UInt128, Entry<TItem>> _firstOf = [];
    private readonly List<Entry<TItem>> _rest = [];
    private int _copies;
    private int _shared;
    private bool _wholeTraining;

    private sealed record Group(List<Entry<TItem>> Documents)
    {
        internal long Units => Documents.Sum(entry => (long)entry.Info.Units);
    }

    /// <summary>Deals all documents of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="to">The samples it is dealt into; the first of equally small ones is served first.</param>
    /// <param name="rng">The order.</param>
    /// <param name="whole">True where no sample has a limit.</param>
    /// <returns>Whether it was dealt by group.</returns>
    internal bool Deal(ISource<TItem> source, Pile[] to, Rng rng, bool whole = false)
    {
        _wholeTraining |= whole;
        (List<Entry<TItem>> documents, int groups) = Distinct(source, rng);
        bool grouped = groups < documents.Count && (options.ByGroup ?? groups >= DealOptions.MinGroups * to.Length);
        long[] units = new long[_piles.Length];
        int least = grouped ? Math.Min(DealOptions.MinGroups, groups / to.Length) : 0;
        foreach (Group group in Groups(documents, grouped))
        {
            Pile? pile = null;
            foreach (Pile p in to)
            {
                bool full = !whole && units[(int)p] >= Limit(p) && _piles[(int)p].Count >= least;
                if (!full && (pile is null || IsSmaller(p, pile.Value))) pile = p;
            }
            if (pile is not { } smallest)
            {
                _rest.AddRange(group.Documents);
                continue;
            }
            _piles[(int)smallest].Add(group);
            units[(int)smallest] += group.Units;
        }
        return grouped;

        // Groups can be of any size; where they are what an interval is made of, their number counts first.
        bool IsSmaller(Pile a, Pile b) => grouped && _piles[(int)a].Count != _piles[(int)b].Count
            ? _piles[(int)a].Count < _piles[(int)b].Count : units[(int)a] < units[(int)b];
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
            TrainingIsKnown = trainingIsKnown,
            IsGrouped = grouped,
        };
    }

    private long Limit(Pile pile) => pile == Pile.HeldOut ? options.Reserve : options.Units;

    /// <summary>The documents in random order, one of each content, and in how many groups they are.</summary>
    private (List<Entry<TItem>> Documents, int Groups) Distinct(ISource<TItem> source, Rng rng)
    {
        int[] order = [.. Enumerable.Range(0, source.Documents.Count)];
        rng.Shuffle<int>(order);
        var documents = new List<Entry<TItem>>(order.Length);
        var groups = new HashSet<UInt128>();
        int alone = 0;
        foreach (int document in order)
        {
            var entry = new Entry<TItem>(source, document);
            Document info = entry.Info;
            if (info.Content != 0 && !_firstOf.TryAdd(info.Content, entry))
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
            documents.Add(entry);
            if (info.Group == 0) alone++;
            else groups.Add(info.Group);
        }
        return (documents, alone + groups.Count);
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
