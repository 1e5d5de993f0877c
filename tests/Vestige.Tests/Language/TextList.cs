using System.Text;
using Vestige.Language;
using Vestige.Sources;

namespace Vestige.Tests.Language;

/// <summary>Documents of text in memory, each cut into passages as a folder's are.</summary>
internal sealed class TextList : ISource<Passage>
{
    private readonly Passage[][] _documents;

    internal TextList(int passageBytes, params string[] documents)
    {
        _documents = [.. documents.Select((text, number) => Cut(Encoding.Latin1.GetBytes(text), passageBytes, $"document {number}"))];
        Documents = [.. _documents.Select((passages, i) => new Document($"document {i}", passages.Length, passages.Length * passageBytes, (UInt128)(i + 1)))];
    }

    public string Name => "list";

    public Medium Medium { get; } = new("passage", "passages", "byte", 8);

    public IReadOnlyList<Document> Documents { get; }

    internal IReadOnlyList<Entry<Passage>> Entries => [.. Enumerable.Range(0, _documents.Length).Select(i => new Entry<Passage>(this, i))];

    internal IReadOnlyList<IReadOnlyList<Passage>> Passages => _documents;

    public IReadOnlyList<Passage> Read(int document) => _documents[document];

    public long SizeOf(Passage item) => item.Length;

    private static Passage[] Cut(byte[] text, int length, string name) =>
        [.. Enumerable.Range(0, text.Length / length).Select(i => new Passage(text.AsMemory(i * length, length), name, i * length))];
}
