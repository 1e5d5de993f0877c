using System.Globalization;

namespace Vestige.Sources;

/// <summary>Bounds how many documents of a source are known: of more, those whose content has the least hashes.</summary>
/// <remarks>So they are drawn at random while the source is read once, and which of them depends on what they hold and on nothing else: copies stay or go
/// together, in all sources and on all machines alike (bottom-k sampling; Cohen, Kaplan 2007). Memory is bounded but for copies: one content stays whole or not at all.</remarks>
/// <param name="most">Documents that are kept at most.</param>
public sealed class ContentSample(int most)
{
    /// <summary>Least bound that is of use.</summary>
    public const int Least = 1000;

    /// <summary>The bound where nobody names one.</summary>
    public const int Usual = 1 << 21;

    private int _most = most;

    /// <summary>The largest hash that stays.</summary>
    public UInt128 Limit { get; private set; } = UInt128.MaxValue;

    /// <summary>Documents that were seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Those that are kept.</summary>
    public int Kept { get; private set; }

    /// <summary>Whether a document that is seen now is to be kept, as far as can be said yet.</summary>
    /// <param name="content">A hash of what it holds.</param>
    public bool Takes(UInt128 content)
    {
        Seen++;
        return content <= Limit;
    }

    /// <summary>Counts one more as kept.</summary>
    /// <returns>Whether that is too many: then <see cref="Thin"/> says anew which stay.</returns>
    public bool Add() => ++Kept > _most;

    /// <summary>What is to be said of a source of which a part is kept; null where all is.</summary>
    /// <param name="items">What was drawn, plural.</param>
    public string? Notice(string items) => Seen <= Kept ? null : string.Create(CultureInfo.InvariantCulture,
        $"{Seen:#,0} {items} are more than are kept: {Kept:#,0} of them, drawn by what they hold, stand for all; more with --documents");

    /// <summary>Takes documents back as if they had not been seen.</summary>
    /// <param name="seen">How many of those that were seen.</param>
    /// <param name="kept">How many of those that were kept.</param>
    public void TakeBack(long seen, int kept) => (Seen, Kept) = (Seen - seen, Kept - kept);

    /// <summary>Lowers <see cref="Limit"/>: half of the documents go, so that this is done seldom.</summary>
    /// <param name="contents">Hashes of all that are kept. Those above the limit are to leave.</param>
    public void Thin(UInt128[] contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        Array.Sort(contents);
        Limit = contents[_most / 2];
        Kept = contents.Count(content => content <= Limit);
        // Copies of few contents cannot be thinned.
        if (Kept > _most - (_most / 4)) _most = 2 * Kept;
    }
}
