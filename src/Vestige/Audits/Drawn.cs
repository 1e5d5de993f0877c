using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>One document of a sample.</summary>
/// <param name="Entry">Where it is from, or of which document it is the reconstruction; null for what was drawn now.</param>
/// <param name="Items">How many of its items are in the sample.</param>
/// <param name="Through">What a view saw of it, by the view's number; null where a codec could not take the document.</param>
internal sealed record Drawn<TItem>(Entry<TItem>? Entry, int Items, Func<int, Look>? Through)
{
    /// <summary>Its items, where they were drawn now and will be read again; else null.</summary>
    internal IReadOnlyList<TItem>? Held { get; init; }

    internal bool IsUsable => Through is not null;
}
