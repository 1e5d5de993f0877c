using Vestige.Sources;

namespace Vestige.Language;

/// <summary>What a model is trained on.</summary>
/// <param name="Texts">Documents; sections that follow each other are one text again.</param>
/// <param name="Contents">Hashes of the documents, and of what sections were cut out of.</param>
/// <param name="PassageBytes">Length of their passages.</param>
internal sealed record Corpus(IReadOnlyList<ReadOnlyMemory<byte>> Texts, IReadOnlyList<UInt128> Contents, int PassageBytes)
{
    // Of a longer document several texts are made: an array holds 2 GB at most.
    private const long LongestText = 1 << 28;

    /// <summary>Reads documents; those that cannot be used are left out.</summary>
    /// <exception cref="UnusableDocumentException">They hold no passage.</exception>
    internal static Corpus Read(IReadOnlyList<Entry<Passage>> documents)
    {
        List<ReadOnlyMemory<byte>> texts = [];
        List<Passage> run = [];
        int passageBytes = 0;
        long bytes = 0;
        // In their order in the source, so that sections that follow each other are one text again.
        foreach (IReadOnlyList<Passage> passages in DocumentText.Read(documents.OrderBy(entry => entry.Document)))
        {
            if (passages.Count == 0) continue;
            // In a world passages are as long as they are; in a file all are equal.
            passageBytes = passages.Aggregate(passageBytes, (longest, passage) => Math.Max(longest, passage.Length));
            if (run.Count > 0 && (bytes > LongestText || !GoesOn(run[^1], passages[0]))) End();
            run.AddRange(passages);
            bytes += passages.Sum(passage => (long)passage.Length);
        }
        End();
        if (passageBytes == 0) throw new UnusableDocumentException("there is no text to train on");
        return new Corpus(texts, ContentsOf(documents), passageBytes);

        void End()
        {
            texts.AddRange(DocumentText.Of(run).Select(text => text.Bytes));
            run.Clear();
            bytes = 0;
        }
    }

    /// <summary>Why a model is not of these documents; null where it is.</summary>
    internal static string? Unlike(ITextModel model, IReadOnlyList<Entry<Passage>> documents) =>
        model.Documents.SequenceEqual(ContentsOf(documents)) ? null : "it was trained on other text, or on text that has changed since";

    private static UInt128[] ContentsOf(IReadOnlyList<Entry<Passage>> documents) => [.. documents.SelectMany(Hashes).Distinct()];

    /// <summary>What a document is known by: itself, and what it was cut out of.</summary>
    internal static IEnumerable<UInt128> Hashes(Entry<Passage> document)
    {
        Document info = document.Info;
        return new[] { info.Content, info.Whole }.Where(hash => hash != 0);
    }

    private static bool GoesOn(Passage last, Passage next) => last.Document == next.Document && last.Offset + last.Length == next.Offset;
}
