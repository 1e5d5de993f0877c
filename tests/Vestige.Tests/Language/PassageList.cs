using Vestige.Language;
using Vestige.Sources;

namespace Vestige.Tests.Language;

/// <summary>Documents of one passage each, as they are.</summary>
internal sealed class PassageList(IReadOnlyList<Passage> passages) : ISource<Passage>
{
    public string Name => "passages";

    public Medium Medium { get; } = new("passage", "passages", "byte", 8);

    public IReadOnlyList<Document> Documents { get; } = [.. passages.Select((passage, i) => new Document(passage.Document, 1, passage.Length, (UInt128)(i + 1)))];

    internal IReadOnlyList<Entry<Passage>> Entries => [.. Enumerable.Range(0, passages.Count).Select(i => new Entry<Passage>(this, i))];

    public IReadOnlyList<Passage> Read(int document) => [passages[document]];

    public long SizeOf(Passage item) => item.Length;
}
