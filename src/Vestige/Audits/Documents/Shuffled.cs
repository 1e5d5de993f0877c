using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>The third corner: the yardstick's documents with the parts of each item in random order. Nonsense, as far as a view tells it from sense.</summary>
internal static class Shuffled
{
    internal const string Name = "shuffled";

    /// <summary>A row of shuffled documents.</summary>
    /// <param name="yardstick">B.</param>
    /// <param name="shuffle">Puts an item's parts in an order that the generator decides.</param>
    /// <param name="seed">The same seed shuffles the same way.</param>
    internal static Stored<TItem> Of<TItem>(IReadOnlyList<Entry<TItem>> yardstick, Shuffle<TItem> shuffle, ulong seed)
    {
        Dictionary<ISource<TItem>, Source<TItem>> sources = [];
        return new Stored<TItem>(Name, [.. yardstick.Select(entry =>
        {
            if (!sources.TryGetValue(entry.Source, out Source<TItem>? source)) sources.Add(entry.Source, source = new Source<TItem>(entry.Source, shuffle, seed));
            return new Entry<TItem>(source, entry.Document);
        })]);
    }

    private sealed class Source<TItem>(ISource<TItem> original, Shuffle<TItem> shuffle, ulong seed) : ISource<TItem>
    {
        // What cannot be read is missing from both, and is said once.
        public string Name => original.Name;

        public Medium Medium => original.Medium;

        public IReadOnlyList<Document> Documents { get; } = new List(original.Documents, seed);

        public IReadOnlyList<TItem> Read(int document)
        {
            var rng = Rng.For(seed, $"shuffle {document}");
            return [.. original.Read(document).Select(item => shuffle(item, ref rng))];
        }

        public long SizeOf(TItem item) => original.SizeOf(item);
    }

    /// <summary>The same documents with contents of their own, so that nothing takes them for the originals.</summary>
    private sealed class List(IReadOnlyList<Document> originals, ulong seed) : IReadOnlyList<Document>
    {
        public int Count => originals.Count;

        public Document this[int index]
        {
            get
            {
                Document original = originals[index];
                return original with { Content = original.Content == 0 ? 0 : original.Content ^ Rng.Mix(seed, "shuffled"), Bytes = 0 };
            }
        }

        public IEnumerator<Document> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
