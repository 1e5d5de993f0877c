using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>The four real samples: who is dealt into which.</summary>
/// <remarks>Copies of a document are one document with a weight. Documents of one group (<see cref="Document.Group"/>) stand in one sample.</remarks>
/// <typeparam name="TItem">An item of the source.</typeparam>
public sealed class Split<TItem>
{
    private readonly IReadOnlyDictionary<Entry<TItem>, Dealt> _dealt;

    internal Split(IReadOnlyList<Entry<TItem>>[] samples, IReadOnlyList<Entry<TItem>> rest, IReadOnlyDictionary<Entry<TItem>, Dealt> dealt)
    {
        (Training, HeldOut, Floor, Yardstick) = (samples[0], samples[1], samples[2], samples[3]);
        Rest = rest;
        _dealt = dealt;
    }

    /// <summary>T: what the compressors see.</summary>
    public IReadOnlyList<Entry<TItem>> Training { get; }

    /// <summary>H: real, not seen; all of the source that is dealt to no other sample, up to the reserve.</summary>
    public IReadOnlyList<Entry<TItem>> HeldOut { get; }

    /// <summary>A: real, not seen; sets the floors.</summary>
    public IReadOnlyList<Entry<TItem>> Floor { get; }

    /// <summary>B: real, not seen; audited as if it were a compressor.</summary>
    public IReadOnlyList<Entry<TItem>> Yardstick { get; }

    /// <summary>In no sample (copies, and what is over the reserve); counts for the rates.</summary>
    public IReadOnlyList<Entry<TItem>> Rest { get; }

    /// <summary>Documents that are copies of another of their source: they count as its weight.</summary>
    public int Copies { get; internal init; }

    /// <summary>Held-out documents that stand in T, byte for byte, and were taken out of the held-out samples.</summary>
    public int SharedWithTraining { get; internal init; }

    /// <summary>Documents of H, A and B that stand in T, byte for byte, and were left where they are, for what is held out has each of them three times or more.</summary>
    public int RecurringInTraining { get; internal init; }

    /// <summary>True where T was named by the user, so that what others trained on it can be audited too.</summary>
    public bool TrainingIsKnown { get; internal init; }

    /// <summary>True where documents were dealt, and are left out by the jackknife, by the groups that their source names.</summary>
    public bool IsGrouped { get; internal init; }

    /// <summary>What <see cref="DealOptions.Units"/> it was dealt by: a sample that holds as many took no more.</summary>
    internal int Units { get; init; }

    /// <summary>T, H, A, B and the rest, one after the other.</summary>
    public IEnumerable<Entry<TItem>> All => [.. Training, .. HeldOut, .. Floor, .. Yardstick, .. Rest];

    /// <summary>The same with less in T: what leaves it is in no sample.</summary>
    internal Split<TItem> WithTraining(IReadOnlyList<Entry<TItem>> kept) =>
        new([kept, HeldOut, Floor, Yardstick], [.. Rest, .. Training.Except(kept)], _dealt)
        {
            Copies = Copies,
            SharedWithTraining = SharedWithTraining,
            RecurringInTraining = RecurringInTraining,
            TrainingIsKnown = TrainingIsKnown,
            IsGrouped = IsGrouped,
            Units = Units,
        };

    /// <summary>How many documents of the source have the content of this one: its weight.</summary>
    internal int WeightOf(Entry<TItem> entry) => _dealt.TryGetValue(entry, out Dealt dealt) ? dealt.Weight : 1;

    /// <summary>Whether this is a copy of another document.</summary>
    internal bool IsCopy(Entry<TItem> entry) => !_dealt.ContainsKey(entry);

    /// <summary>What is left out together with this document: a number that documents of its group share and no others.</summary>
    internal int ClusterOf(Entry<TItem> entry) => _dealt.TryGetValue(entry, out Dealt dealt) ? dealt.Cluster : -1;
}

/// <summary>What dealing knows of a document.</summary>
/// <param name="Cluster">Number of its group.</param>
/// <param name="Weight">Documents of its content.</param>
internal readonly record struct Dealt(int Cluster, int Weight);

/// <summary>How documents are dealt.</summary>
/// <param name="Units">T (unless the user names it), A and B have about so many units at most.</param>
/// <param name="Seed">The same seed deals the same way.</param>
public sealed record DealOptions(int Units, ulong Seed)
{
    /// <summary>H has about so many units at most; the default is <see cref="ReserveFactor"/> times <see cref="Units"/>.</summary>
    public long Reserve { get; init; } = (long)ReserveFactor * Units;

    /// <summary>True: by the groups that the source names, however few; false: every document by itself; null: by group where that leaves
    /// <see cref="MinGroups"/> in each sample.</summary>
    public bool? ByGroup { get; init; }

    /// <summary>How much larger than the other samples H may be.</summary>
    public const int ReserveFactor = 8;

    /// <summary>Documents that each sample must have for a ledger.</summary>
    public const int MinDocuments = 4;

    /// <summary>Groups that each sample should have: fewer give no interval.</summary>
    internal const int MinGroups = Figures.Jackknife.MinDocuments;
}

/// <summary>Deals documents into samples.</summary>
public static class Split
{
    /// <summary>Deals one source into T, H, A and B at random: T, A and B of equal size, H the rest. Files are dealt by a hash of what they hold.</summary>
    public static Split<TItem> Deal<TItem>(ISource<TItem> source, DealOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var dealer = new Dealer<TItem>(options);
        bool grouped = dealer.Deal(source, [Pile.Training, Pile.HeldOut, Pile.Floor, Pile.Yardstick], "deal");
        return dealer.Split(trainingIsKnown: false, grouped);
    }

    /// <summary>T is all of one source; H, A and B come out of another.</summary>
    public static Split<TItem> Deal<TItem>(ISource<TItem> training, ISource<TItem> heldOut, DealOptions options)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(options);
        var dealer = new Dealer<TItem>(options);
        dealer.Recur(training, heldOut);
        // T first: a held-out document that is also in T leaves H, A and B.
        bool grouped = dealer.Deal(training, [Pile.Training], "deal training", whole: true);
        grouped &= dealer.Deal(heldOut, [Pile.HeldOut, Pile.Floor, Pile.Yardstick], "deal");
        return dealer.Split(trainingIsKnown: true, grouped);
    }

    /// <summary>Documents that somebody drew from q, at random, until they hold so many units. Copies stay: they are part of q.</summary>
    internal static IReadOnlyList<Entry<TItem>> Draw<TItem>(IReadOnlyList<Entry<TItem>> documents, int units, ulong seed)
    {
        Entry<TItem>[] order = [.. documents];
        Rng.For(seed, "draw").Shuffle<Entry<TItem>>(order);
        long drawn = 0;
        return [.. order.TakeWhile(entry => (drawn += entry.Info.Units) - entry.Info.Units < units)];
    }
}
