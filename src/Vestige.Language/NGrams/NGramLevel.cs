namespace Vestige.Language.NGrams;

/// <summary>All k-grams of one length whose first k - 1 bytes were seen more than once, in the order of their bytes.</summary>
/// <remarks>
/// What was seen once goes on in one way only: it has no children here, and its count is the complement of where its next byte stands in
/// <see cref="NGramCounts.Tails"/>.
/// </remarks>
internal sealed class NGramLevel
{
    /// <summary>Last byte of each (Count).</summary>
    internal required byte[] Symbols { get; init; }

    /// <summary>How often each was seen (Count); where it was once, the complement of a place in the tails, but for the longest.</summary>
    internal required int[] Counts { get; init; }

    /// <summary>How many different bytes each was seen after (Count), the start of a document being one; empty for the longest.</summary>
    internal required ushort[] Lefts { get; init; }

    /// <summary>Where the children of each begin in the next level, and where the last one's end (Count + 1); empty for the longest.</summary>
    internal required int[] Children { get; init; }

    /// <summary>Number of k-grams.</summary>
    internal int Count => Symbols.Length;
}
