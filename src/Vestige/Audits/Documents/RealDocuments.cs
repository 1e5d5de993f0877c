using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>The real documents that copies are looked for in: all that are named, whatever part of them the ledgers take.</summary>
internal static class RealDocuments
{
    /// <summary>T; of a training sample that the user named, all of it.</summary>
    internal static IReadOnlyList<Entry<TItem>> TrainingOf<TItem>(Split<TItem> split) =>
        split.TrainingIsKnown && split.Training.Count > 0 ? All(split.Training[0].Source) : split.Training;

    /// <summary>H; of held-out documents that the user named, all but the yardsticks, those too that T holds byte for byte.</summary>
    internal static IReadOnlyList<Entry<TItem>> HeldOutOf<TItem>(Split<TItem> split)
    {
        if (!split.TrainingIsKnown || split.HeldOut.Count == 0) return split.HeldOut;
        var yardsticks = new HashSet<Entry<TItem>>(split.Floor.Concat(split.Yardstick));
        return [.. All(split.HeldOut[0].Source).Where(entry => !yardsticks.Contains(entry))];
    }

    private static IReadOnlyList<Entry<TItem>> All<TItem>(ISource<TItem> source) =>
        [.. Enumerable.Range(0, source.Documents.Count).Select(document => new Entry<TItem>(source, document))];
}
