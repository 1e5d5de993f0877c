using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>The four real samples after unusable documents have left.</summary>
internal sealed class Samples<TItem>
{
    private Samples(List<Part<TItem>>[] parts) => (Training, HeldOut, Floor, Yardstick) = (parts[0], parts[1], parts[2], parts[3]);

    internal List<Part<TItem>> Training { get; }

    internal List<Part<TItem>> HeldOut { get; }

    internal List<Part<TItem>> Floor { get; }

    internal List<Part<TItem>> Yardstick { get; }

    /// <summary>Units of the smallest.</summary>
    internal int Units => new[] { Training, HeldOut, Floor, Yardstick }.Min(UnitsOf);

    /// <summary>Clusters (documents, or the groups that they are dealt in) of the smallest.</summary>
    internal int Clusters => new[] { Training, HeldOut, Floor, Yardstick }.Min(ClustersOf);

    internal static int UnitsOf(List<Part<TItem>> parts) => parts.Sum(part => part.Items);

    /// <summary>What a result says of a sample.</summary>
    internal static SampleInfo Describe(List<Part<TItem>> parts) => new(UnitsOf(parts), ClustersOf(parts));

    internal static int ClustersOf(List<Part<TItem>> parts) => parts.Count == 0 ? 0 : parts.Max(part => part.Cluster) + 1;

    internal static Samples<TItem> Of(Split<TItem> split, SeenDocuments<TItem> documents) =>
        new([.. new[] { split.Training, split.HeldOut, split.Floor, split.Yardstick }.Select(sample => PartsOf(sample, split, documents))]);

    /// <summary>Its first documents, in the random order in which they were dealt, that hold so many units: what is dear to do is done for these.</summary>
    internal static IEnumerable<Part<TItem>> First(List<Part<TItem>> parts, int units)
    {
        int taken = 0;
        return parts.TakeWhile(part => (taken += part.Items) - part.Items < units);
    }

    /// <summary>The usable documents of a sample, with their clusters numbered from 0 in the order in which they come.</summary>
    internal static List<Part<TItem>> PartsOf(IReadOnlyList<Entry<TItem>> sample, Split<TItem> split, SeenDocuments<TItem> documents)
    {
        var parts = new List<Part<TItem>>();
        var numbers = new Dictionary<int, int>();
        int next = 0;
        foreach (Entry<TItem> entry in sample)
        {
            int items = documents.Items(entry), cluster = split.ClusterOf(entry);
            if (items == 0) continue;
            int number = cluster < 0 ? next++ : numbers.TryGetValue(cluster, out int known) ? known : numbers[cluster] = next++;
            parts.Add(new Part<TItem>(entry, items, number, split.WeightOf(entry)));
        }
        return parts;
    }
}

/// <summary>A document of a sample.</summary>
/// <param name="Entry">The document.</param>
/// <param name="Items">Its items.</param>
/// <param name="Cluster">What the jackknife leaves out with it.</param>
/// <param name="Weight">How many documents of its content the source has.</param>
internal readonly record struct Part<TItem>(Entry<TItem> Entry, int Items, int Cluster, int Weight);
