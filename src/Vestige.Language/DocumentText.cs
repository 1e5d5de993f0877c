using Vestige.Sources;

namespace Vestige.Language;

/// <summary>Text as it runs through a document: passages that follow each other, joined.</summary>
/// <param name="Document">What its passages say that they are from.</param>
/// <param name="Offset">Where it starts there.</param>
/// <param name="Bytes">The text.</param>
internal sealed record DocumentText(string Document, long Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The passages of documents, one document after the other. One that cannot be used is left out: the audit has a row for it.</summary>
    internal static IEnumerable<IReadOnlyList<Passage>> Read(IEnumerable<Entry<Passage>> documents)
    {
        foreach (Entry<Passage> entry in documents)
        {
            IReadOnlyList<Passage> passages;
            try
            {
                passages = entry.Source.Read(entry.Document);
            }
            catch (UnusableDocumentException)
            {
                continue;
            }
            yield return passages;
        }
    }

    /// <summary>Joins those passages of a document that follow each other.</summary>
    internal static IEnumerable<DocumentText> Of(IReadOnlyList<Passage> passages)
    {
        for (int start = 0, end; start < passages.Count; start = end)
        {
            long next = passages[start].Offset + passages[start].Length;
            for (end = start + 1; end < passages.Count && passages[end].Document == passages[start].Document && passages[end].Offset == next; end++)
                next += passages[end].Length;
            byte[] joined = new byte[next - passages[start].Offset];
            for (int i = start; i < end; i++) passages[i].Span.CopyTo(joined.AsSpan((int)(passages[i].Offset - passages[start].Offset)));
            yield return new DocumentText(passages[start].Document, passages[start].Offset, joined);
        }
    }
}
