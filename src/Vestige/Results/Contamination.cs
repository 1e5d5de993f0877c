using Vestige.Figures;

namespace Vestige.Results;

/// <summary>What samples share that should have nothing in common: near-copies of items of one in another. A finding before any figure.</summary>
public sealed record Contamination
{
    /// <summary>How near-copies were found, in words: "runs of words in order", "a grid of brightness".</summary>
    public required string How { get; init; }

    /// <summary>One a pair of samples that was searched.</summary>
    public required IReadOnlyList<Overlap> Overlaps { get; init; }
}

/// <summary>Near-copies of the items of one sample in another.</summary>
/// <param name="Sample">Whose items were looked for: "H", "A", or the name of a row for its G.</param>
/// <param name="In">Where: "T", "H".</param>
/// <param name="Items">Items looked for.</param>
/// <param name="Share">Share of them (by length) with a near-copy there; its floor is what fresh real items of the source show, where that could be measured.</param>
/// <param name="Pairs">Some of the pairs, the nearest first; at most 20.</param>
public sealed record Overlap(string Sample, string In, int Items, Figure Share, IReadOnlyList<NearCopy> Pairs)
{
    /// <summary>Items that are near-copies as a whole: those of which half or more has a near-copy there.</summary>
    public int Copies { get; init; }

    /// <summary>Items that could be read and are too short to be searched for; they are not among <see cref="Items"/>.</summary>
    public int TooShort { get; init; }
}

/// <summary>Two items that are near-copies.</summary>
/// <param name="Item">The one: its document, and its place in it where the document holds several.</param>
/// <param name="Of">What it is a near-copy of.</param>
/// <param name="Similarity">0 to 1; 1 for equal items.</param>
public sealed record NearCopy(string Item, string Of, double Similarity)
{
    /// <summary>Pairs that a result lists of one sample, the nearest of each item.</summary>
    public const int MostListed = 20;
}

/// <summary>Items of a row's G that are near-copies of items of T, all of T searched.</summary>
/// <param name="Items">Items of G searched.</param>
/// <param name="Copies">How many are near-copies.</param>
/// <param name="Share">The same as a share, with its interval over documents; its floor is A's share.</param>
/// <param name="Pairs">Some of the pairs, the nearest first; at most 20. All stand in items.csv.</param>
public sealed record NearCopyReport(int Items, int Copies, Figure Share, IReadOnlyList<NearCopy> Pairs)
{
    /// <summary>Documents of G that could not be read and are in no figure; records are counted apart.</summary>
    public int Refused { get; init; }

    /// <summary>Records of its files that could not be used.</summary>
    public int RefusedRecords { get; init; }

    /// <summary>How many records its files have; 0 where all could be used.</summary>
    public int OfRecords { get; init; }

    /// <summary>The first of what could not be read and, where it is known, why; null where all could.</summary>
    public string? FirstRefused { get; init; }

    /// <summary>Items that could be read and are too short to be searched for; they are not among <see cref="Items"/>.</summary>
    public int TooShort { get; init; }
}
