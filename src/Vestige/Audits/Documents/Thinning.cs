using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>How many atoms of a document are kept. Ledgers bring all samples to one level of thinning, which the sizes of the samples decide; what they would not look
/// at is not kept either, so that a document of a million passages takes no more room than its share of what is looked at.</summary>
/// <remarks>With <c>r</c> the atoms a unit that the tightest sample has room for, a document of <c>u</c> units keeps up to <c>R u</c>, <c>R</c> the power of two in
/// [2r, 4r): it is thinned further than the ledgers are only where its units hold more than twice the atoms of others. The power of two stands in the keys of
/// journals: a source that grows a little keeps what was seen of it. All that is kept of a view is thus at most four times what its ledgers look at, 4 x (3 x 2^17 + 2^20)
/// atoms of 8 bytes (47 MB), and 4 bytes a unit.</remarks>
internal sealed class Thinning<TItem>
{
    /// <summary>Atoms that a sample of q, A or B may hold: of more a part is taken, the same in all samples.</summary>
    /// <remarks>Thinning adds at most 0.003 to the error of a share: 32,000 atoms or more are left of each sample.</remarks>
    internal const int MostAtoms = 1 << 17;

    /// <summary>Atoms that T and H may hold, which are looked up in: they may be many times as large.</summary>
    /// <remarks>They are counted once a view, for all rows: so many take about 100 bytes each.</remarks>
    internal const int MostReference = 1 << 20;

    private readonly double _ofUnit;

    internal Thinning(Split<TItem> split)
    {
        double room = Math.Min(
            MostReference / Math.Max(Units(split.Training), Units(split.HeldOut)), MostAtoms / Math.Max(Units(split.Floor), Units(split.Yardstick)));
        _ofUnit = Math.ScaleB(1, Math.ILogB(room) + 1);
    }

    /// <summary>Atoms to keep of all items of a document together.</summary>
    internal int Most(Entry<TItem> entry) => (int)Math.Clamp(_ofUnit * Units(entry), ViewRecord.MostAtoms, int.MaxValue);

    private static double Units(IReadOnlyList<Entry<TItem>> sample) => Math.Max(1, sample.Sum(Units));

    // By length where that is known: a line counts less than a page.
    private static double Units(Entry<TItem> entry)
    {
        Document info = entry.Info;
        return info.Size > 0 && entry.Source.Medium.FullSize is { } full ? (double)info.Size / full : info.Units;
    }
}
