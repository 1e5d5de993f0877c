using Vestige.Compressors;
using Vestige.Sources;

namespace Vestige.Copies;

/// <summary>Finds what a person would call the same thing: pictures rescaled and coded again, text in other case, unwrapped, with letters changed.</summary>
/// <typeparam name="TItem">A picture, a passage.</typeparam>
public interface INearCopies<TItem>
{
    /// <summary>How, in words: "runs of words in order".</summary>
    string How { get; }

    /// <summary>Takes in documents, all of them, in no more memory than is bounded beforehand or grows by a small record a document.</summary>
    /// <param name="documents">What will be searched. Documents that cannot be read are left out.</param>
    /// <param name="threads">Threads; nothing depends on it.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    INearIndex<TItem> Index(IReadOnlyList<Entry<TItem>> documents, int threads, IProgress<WorkProgress>? progress, CancellationToken cancel);
}

/// <summary>Documents that can be searched. Called from several threads at once.</summary>
public interface INearIndex<TItem>
{
    /// <summary>How much of a document is nearly the same as something among those indexed.</summary>
    /// <param name="document">Its items, in order; one at least.</param>
    NearMatch Find(IReadOnlyList<TItem> document);
}

/// <summary>What was found of a document.</summary>
/// <param name="Share">Share of its length that has a near-copy, 0 to 1; of an image 0 or 1.</param>
/// <param name="Length">Its length in characters, or 1 for an image: the weight of <paramref name="Share"/>.</param>
/// <param name="Of">The document that has most of it; null where nothing was found.</param>
/// <param name="Similarity">How alike the two are, 0 to 1.</param>
/// <param name="Spans">Where, for text; empty for images.</param>
public sealed record NearMatch(double Share, double Length, string? Of, double Similarity, IReadOnlyList<NearSpan> Spans)
{
    /// <summary>From this share of its length on a document is a near-copy.</summary>
    public const double CopyShare = 0.5;

    /// <summary>Number of <see cref="Of"/> among the documents indexed; -1 where that is not known.</summary>
    public int OfNumber { get; init; } = -1;

    /// <summary>Whether the document as a whole is a near-copy.</summary>
    public bool IsCopy => Share >= CopyShare;

    /// <summary>Nothing was found.</summary>
    public static NearMatch None(double length) => new(0, length, null, 0, []);
}

/// <summary>A run of text and what it is nearly the same as; all places and lengths in characters of Unicode unless stated otherwise.</summary>
/// <param name="Document">Where it stands.</param>
/// <param name="Offset">Where it begins there, in bytes.</param>
/// <param name="Characters">Its length.</param>
/// <param name="Source">The document that has it.</param>
/// <param name="SourceOffset">Where it begins there, in bytes.</param>
/// <param name="Similarity">Share of its words that are the same, 0 to 1.</param>
/// <param name="Text">What it says.</param>
public sealed record NearSpan(string Document, long Offset, int Characters, string Source, long SourceOffset, double Similarity, string Text);
