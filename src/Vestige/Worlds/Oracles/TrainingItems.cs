using Vestige.Compressors;
using Vestige.Sources;

namespace Vestige.Worlds.Oracles;

/// <summary>Reading T.</summary>
internal static class TrainingItems
{
    /// <summary>All items of T, document after document.</summary>
    public static TItem[] ReadAll<TItem>(this Training<TItem> training, CancellationToken cancel)
    {
        var items = new List<TItem>();
        foreach (Entry<TItem> entry in training.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            items.AddRange(entry.Source.Read(entry.Document));
        }
        return [.. items];
    }
}
