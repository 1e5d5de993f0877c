using Vestige.Compressors;

namespace Vestige.Worlds.Oracles;

/// <summary>Reading T.</summary>
internal static class TrainingItems
{
    /// <summary>All items of T, document after document.</summary>
    public static TItem[] ReadAll<TItem>(this Training<TItem> training, CancellationToken cancel)
    {
        var items = new List<TItem>();
        foreach (int document in training.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            items.AddRange(training.Source.Read(document));
        }
        return [.. items];
    }
}
