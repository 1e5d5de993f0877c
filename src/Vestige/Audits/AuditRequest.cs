using Vestige.Audits.Comparisons;
using Vestige.Audits.Documents;
using Vestige.Audits.Rates;
using Vestige.Audits.Reading;
using Vestige.Compressors;
using Vestige.Copies;
using Vestige.Exhibits;
using Vestige.Pairs;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits;

/// <summary>What to audit.</summary>
/// <param name="Split">The real samples.</param>
/// <param name="Compressors">The rows the user named, in order.</param>
/// <param name="Parrot">The look-up table for this kind of item.</param>
/// <param name="Views">What to look through; the first is the headline.</param>
/// <param name="Settings">Everything else.</param>
public sealed record AuditRequest<TItem>(
    Split<TItem> Split,
    IReadOnlyList<ICompressor<TItem>> Compressors,
    ICompressor<TItem> Parrot,
    IReadOnlyList<IView<TItem>> Views,
    AuditSettings Settings)
{
    /// <summary>Where finished work is kept.</summary>
    public IJournal Journal { get; init; } = new MemoryJournal();

    /// <summary>Where trained models are kept; null for nowhere.</summary>
    public IShelf? Shelf { get; init; }

    /// <summary>What is measured from the items themselves; null for kinds of items that have nothing of the sort.</summary>
    public ICloseReading<TItem>? CloseReading { get; init; }

    /// <summary>Finds near-copies; null for kinds of items that have none.</summary>
    public INearCopies<TItem>? NearCopies { get; init; }

    /// <summary>Compares reconstructions with their originals; null for kinds of items that do not compare one by one, or where it is not wanted.</summary>
    public IPairing<TItem>? Pairing { get; init; }

    /// <summary>Makes nonsense of an item, for the third corner; null for kinds of items that have no parts.</summary>
    public Shuffle<TItem>? Shuffle { get; init; }

    /// <summary>True where the first view is the headline whatever it shows; false where it may be any discrete one.</summary>
    public bool FirstViewLeads { get; init; } = true;

    /// <summary>Lossless coders to stand beside the rows; null for none.</summary>
    public ICoderPeers<TItem>? Peers { get; init; }

    /// <summary>What the rows are held against; null for nothing but the source.</summary>
    public ComparisonRequest<TItem>? Against { get; init; }

    /// <summary>Where things to look at go; null for none.</summary>
    public Exhibition<TItem>? Exhibition { get; init; }

    /// <summary>Takes the figures of single documents, made as it asks for them; null where nobody wants them.</summary>
    public Action<IEnumerable<ItemFigure>>? Items { get; init; }

    /// <summary>Documents that compressors are trained on besides T, and that no sample holds: canaries.</summary>
    public IReadOnlyList<Entry<TItem>> Planted { get; init; } = [];

    /// <summary>Takes what was copied from where, of all rows; null where nobody wants it.</summary>
    public Action<IEnumerable<CopiedSpan>>? Copies { get; init; }
}
