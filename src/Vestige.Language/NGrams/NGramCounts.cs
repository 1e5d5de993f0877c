using System.Collections;

namespace Vestige.Language.NGrams;

/// <summary>How often every n-gram up to an order was seen in a text: a trie by levels.</summary>
internal sealed class NGramCounts
{
    /// <summary>Lowest order.</summary>
    internal const int LowestOrder = 2;

    /// <summary>Highest order.</summary>
    internal const int HighestOrder = 32;

    /// <summary>Bytes of the longest n-grams.</summary>
    internal int Order => Levels.Length - 1;

    /// <summary>K-grams of each length k (Order + 1); the first level holds the empty one alone.</summary>
    internal required NGramLevel[] Levels { get; init; }

    /// <summary>How n-grams that were seen once go on, as far as an order reaches.</summary>
    internal required byte[] Tails { get; init; }

    /// <summary>Where in <see cref="Tails"/> a document ended (Tails); the byte there is 0.</summary>
    internal required BitArray Ends { get; init; }

    /// <summary>How many k-grams were seen once, twice, three and four times (Order + 1, 4), those that stand in tails included.</summary>
    internal required long[][] Seen { get; init; }

    /// <summary>How many k-grams were seen after one, two, three and four different bytes (Order + 1, 4).</summary>
    internal required long[][] SeenAfter { get; init; }

    /// <summary>N-grams that are stored.</summary>
    internal long Stored => Levels.Skip(1).Sum(level => (long)level.Count);

    /// <summary>Whether no byte follows at a place in the tails.</summary>
    internal bool IsEnd(int place) => Tails[place] == 0 && Ends[place];
}
