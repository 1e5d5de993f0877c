using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Worlds;

namespace Vestige.Audits.Documents;

/// <summary>The random order in which a source is dealt. Files stand in it by a hash of what they hold, so that a source that grows by 1 % keeps its deal but for about
/// 1 %: names, places and the number of the others decide nothing. What a world draws is shuffled, and so is what has no hash.</summary>
internal sealed class DealOrder<TItem>
{
    /// <summary>A document counts by its units, but at most so many times as the median does: one that is half of a source would take the place of all others.</summary>
    private const int MostMedians = 4;

    private readonly ulong _seed;
    private readonly ulong[]? _hashes;

    /// <param name="source">The source.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="label">Names the order.</param>
    internal DealOrder(ISource<TItem> source, ulong seed, string label)
    {
        _seed = Rng.Mix(seed, label);
        int[] order = [.. Enumerable.Range(0, source.Documents.Count)];
        // What a world draws is numbered, and a larger one of the same seed is another source.
        if (source.Documents is not NumberedDocuments && source.Documents.Any(document => document.Content != 0))
        {
            ulong[] hashes = [.. source.Documents.Select(HashOf)];
            // Of equal hashes, which copies have, the first by name comes first.
            Array.Sort(order, (a, b) => hashes[a] != hashes[b] ? hashes[a].CompareTo(hashes[b]) : a.CompareTo(b));
            _hashes = [.. order.Select(document => hashes[document])];
        }
        else Rng.For(seed, label).Shuffle<int>(order);
        Documents = order;
    }

    /// <summary>Numbers of the documents.</summary>
    internal IReadOnlyList<int> Documents { get; }

    /// <summary>Where a document belongs that is dealt as one of several copies: the first where it stands, each other where a content of its own would.</summary>
    /// <param name="place">Its place in this order.</param>
    /// <param name="copy">Which of them it is.</param>
    internal ulong OfCopy(int place, int copy) => _hashes is null ? (ulong)place : copy == 0 ? _hashes[place] : Rng.Mix(_hashes[place], (ulong)copy);

    /// <summary>Where a group stands among the groups; of one that is in no order, its own documents say it.</summary>
    internal ulong OfGroup(UInt128 group) => _hashes is null ? 0 : Mixed(group);

    /// <summary>Cuts what stands in this order into parts of equal size: which part each is in.</summary>
    /// <param name="sizes">Of what is cut, in its order.</param>
    /// <param name="parts">How many parts.</param>
    internal int[] Parts(long[] sizes, int parts)
    {
        // Without hashes there is nothing that a larger source would have in common with a smaller: in turn, which makes the parts most alike.
        if (_hashes is null) return [.. sizes.Select((_, i) => i % parts)];
        long[] sorted = [.. sizes.Order()];
        long most = sizes.Length == 0 ? 0 : Math.Max(1, MostMedians * sorted[sizes.Length / 2]);
        long[] counted = [.. sizes.Select(size => Math.Clamp(size, 1, most))];
        Int128 total = counted.Sum(), before = 0;
        int[] made = new int[sizes.Length];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = (int)(before * parts / total);
            before += counted[i];
        }
        return made;
    }

    private ulong HashOf(Document document) => document.Content != 0 ? Mixed(document.Content) : Rng.Mix(_seed, document.Name);

    private ulong Mixed(UInt128 content) => Rng.Mix(Rng.Mix(_seed, (ulong)(content >> 64)), (ulong)content);
}
