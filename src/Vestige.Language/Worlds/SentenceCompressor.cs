using System.Runtime.CompilerServices;
using Vestige.Compressors;
using Vestige.Language.Transformer;
using Vestige.Sources;

namespace Vestige.Language.Worlds;

/// <summary>A language model as a distribution over sentences: it learns lines, and what it draws is the line that follows a line feed.</summary>
internal sealed class SentenceCompressor(ICompressor<Passage> model) : ICompressor<Passage>
{
    // One for each T, so that rows that differ in how they draw share one training.
    private static readonly ConditionalWeakTable<Training<Passage>, Training<Passage>> s_lines = [];

    public string Name => model.Name;

    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        Training<Passage> lines = s_lines.GetValue(training, t => t with { Documents = Lines.Of(t.Documents) });
        int longest = training.Documents.SelectMany(entry => entry.Source.Read(entry.Document)).Max(sentence => sentence.Length);
        if (model is TransformerCompressor { Context: var context } && context <= longest)
        {
            throw new UnusableDocumentException(
                $"a sentence of this world has up to {longest} bytes, and context={context} is too short for one with the line feed before it; take context={longest + 1} or more");
        }
        return new SentenceText(Name, model.Compress(lines, progress, cancel), longest);
    }

    /// <summary>The same row for sentences.</summary>
    internal static CompressorRow<Passage> Of(CompressorRow<Passage> row) =>
        new(row.Name, row.Description, spec => new SentenceCompressor(row.Create(spec)))
        {
            Options = row.Options,
            PathLabel = row.PathLabel,
            WhyAbsent = row.WhyAbsent,
            Version = row.Version,
        };

    /// <summary>Documents whose sentences have a line feed before them: where one starts is then to be seen.</summary>
    private sealed class Lines : ISource<Passage>
    {
        private readonly IReadOnlyList<Entry<Passage>> _entries;

        private Lines(IReadOnlyList<Entry<Passage>> entries) => (_entries, Documents) = (entries, [.. entries.Select(entry => entry.Info)]);

        public string Name => _entries[0].Source.Name;

        public Medium Medium => _entries[0].Source.Medium;

        public IReadOnlyList<Document> Documents { get; }

        public IReadOnlyList<Passage> Read(int document) =>
            [.. _entries[document].Source.Read(_entries[document].Document).Select(sentence => new Passage(Sentence.Prompted(sentence.Bytes), sentence.Document, sentence.Offset))];

        public long SizeOf(Passage item) => item.Length;

        internal static IReadOnlyList<Entry<Passage>> Of(IReadOnlyList<Entry<Passage>> entries)
        {
            var source = new Lines(entries);
            return [.. Enumerable.Range(0, entries.Count).Select(i => new Entry<Passage>(source, i))];
        }
    }
}
