using Vestige.Audits.Documents;
using Vestige.Sources;

namespace Vestige.Studies;

/// <summary>The samples of a block as a cell has them: its own T, and everybody's H, A and B.</summary>
public static class StudySplit
{
    /// <summary>Makes T out of what was dealt.</summary>
    /// <param name="split">The block's samples.</param>
    /// <param name="ingredients">What becomes of T.</param>
    /// <param name="seed">Seed of the block.</param>
    /// <param name="times">How often each document is given.</param>
    /// <returns>The samples, in which T holds each document once; and what a compressor is given besides, over again.</returns>
    public static (Split<TItem> Split, IReadOnlyList<Entry<TItem>> Again) Of<TItem>(Split<TItem> split, Ingredients ingredients, ulong seed, int times)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(ingredients);
        IReadOnlyList<Entry<TItem>> kept = ingredients.Kept(split.Training), given = ingredients.Of(split.Training, seed, times);
        return (kept.Count == split.Training.Count ? split : split.WithTraining(kept), [.. given.Skip(kept.Count)]);
    }
}
