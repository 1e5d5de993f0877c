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
            for (end = start + 1; end < passages.Count && GoesOn(passages[end - 1], passages[end]); end++) { }
            yield return Join(passages, start, end);
        }
    }

    /// <summary>Joins what follows each other, from one document into the next too: sections of a file are one text again.</summary>
    /// <param name="documents">In order.</param>
    /// <param name="most">A text has about so many bytes at most; of a longer one several are made.</param>
    internal static IEnumerable<DocumentText> Joined(IEnumerable<IReadOnlyList<Passage>> documents, long most)
    {
        List<Passage> run = [];
        long bytes = 0;
        foreach (Passage passage in documents.SelectMany(passages => passages))
        {
            if (run.Count > 0 && (bytes + passage.Length > most || !GoesOn(run[^1], passage)))
            {
                yield return Join(run, 0, run.Count);
                run.Clear();
                bytes = 0;
            }
            run.Add(passage);
            bytes += passage.Length;
        }
        if (run.Count > 0) yield return Join(run, 0, run.Count);
    }

    /// <summary>The texts of documents in the order of their sources, whatever the order in which they were dealt.</summary>
    internal static IEnumerable<DocumentText> Joined(IEnumerable<Entry<Passage>> documents, long most)
    {
        Entry<Passage>[] entries = [.. documents];
        List<ISource<Passage>> sources = [.. entries.Select(entry => entry.Source).Distinct()];
        return Joined(Read(entries.OrderBy(entry => sources.IndexOf(entry.Source)).ThenBy(entry => entry.Document)), most);
    }

    private static bool GoesOn(Passage last, Passage next) => last.Document == next.Document && last.Offset + last.Length == next.Offset;

    private static DocumentText Join(IReadOnlyList<Passage> passages, int start, int end)
    {
        Passage first = passages[start];
        if (end == start + 1) return new DocumentText(first.Document, first.Offset, first.Bytes);
        byte[] joined = new byte[passages[end - 1].Offset + passages[end - 1].Length - first.Offset];
        for (int i = start; i < end; i++) passages[i].Span.CopyTo(joined.AsSpan((int)(passages[i].Offset - first.Offset)));
        return new DocumentText(first.Document, first.Offset, joined);
    }
}
