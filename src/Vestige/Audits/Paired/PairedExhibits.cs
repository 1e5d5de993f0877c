using System.Globalization;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Exhibits;
using Vestige.Pairs;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Paired;

/// <summary>For each codec the document that it served worst by the first paired measure, the one in the middle, and in the worst the place that
/// changed most.</summary>
internal static class PairedExhibits<TItem>
{
    internal static IReadOnlyList<Exhibit> Of(
        PairedInput<TItem> input, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        (IPairing<TItem> pairing, SeenDocuments<TItem> documents) = (input.Pairing, input.Documents);
        (AuditedRow<TItem> Row, int[] Ranked, int Rank)[] shown = [.. input.Rows.Where(row => row.IsPaired).SelectMany(row =>
        {
            int[] ranked = Ranked(pairing.Measures[0], documents, row);
            int[] ranks = ranked.Length > 2 ? [0, ranked.Length / 2] : ranked.Length > 0 ? [0] : [];
            return ranks.Select(rank => (row, ranked, rank));
        })];
        int done = 0;
        return [.. InParallel.Select(shown, input.Threads, s =>
        {
            (AuditedRow<TItem> row, int[] ranked, int rank) = s;
            Entry<TItem> entry = documents.Entries[ranked[rank]];
            using IDisposable? room = LazyDocument<TItem>.RoomFor(entry, cancel);
            Exhibit[] made = Read(pairing, documents, row, ranked, rank) is { } text ? [text]
                : input.Exhibition is { } exhibition ? [.. Show(exhibition, pairing, documents, row, ranked, rank)] : [];
            progress?.Report(new WorkProgress("showing what changed most", (double)Interlocked.Increment(ref done) / shown.Length));
            return made;
        }, cancel).SelectMany(made => made)];
    }

    /// <summary>The documents that were measured, the worst first.</summary>
    private static int[] Ranked(PairedMeasure measure, SeenDocuments<TItem> documents, AuditedRow<TItem> row)
    {
        double Value(int document) => (measure.MoreIsBetter ? 1 : -1) * (documents.Paired(row, document)?[0] ?? double.NaN);
        return [.. Enumerable.Range(0, documents.Own).Where(i => !double.IsNaN(Value(i))).OrderBy(Value).ThenBy(i => i)];
    }

    /// <summary>A document as text beside what became of it; null for a kind of items that is shown in files, and where it cannot be read any more.</summary>
    private static Exhibit? Read(IPairing<TItem> pairing, SeenDocuments<TItem> documents, AuditedRow<TItem> row, int[] ranked, int rank)
    {
        if (!pairing.ShowsText) return null;
        Entry<TItem> entry = documents.Entries[ranked[rank]];
        // The first item of a document stands for it.
        if (LazyDocument<TItem>.ReadAgain(entry) is not [{ } item, ..] || LazyDocument<TItem>.CodeAgain((ICodec<TItem>)row.Compressed, entry, 1) is not [{ } made]
            || pairing.ShowText(item, made) is not { } text) return null;
        string which = rank == 0 ? $"of {ranked.Length} documents the one that {row.Name} served worst"
            : $"in the middle of {ranked.Length} documents by what {row.Name} did to them";
        return new Exhibit(row.Name, rank == 0 ? "worst" : "median", string.Create(CultureInfo.InvariantCulture,
            $"{entry.Info.Name}: {which} ({pairing.Measures[0].Label} {documents.Paired(row, ranked[rank])![0]:0.00}); its beginning."), [])
        {
            Original = text.Original,
            Spans = text.Reconstruction,
        };
    }

    private static IEnumerable<Exhibit> Show(
        Exhibition<TItem> exhibition, IPairing<TItem> pairing, SeenDocuments<TItem> documents, AuditedRow<TItem> row, int[] ranked, int rank)
    {
        Entry<TItem> entry = documents.Entries[ranked[rank]];
        if (LazyDocument<TItem>.ReadAgain(entry) is not { } items || LazyDocument<TItem>.CodeAgain((ICodec<TItem>)row.Compressed, entry) is not { } reconstructions) yield break;
        string name = row.Name, measured = string.Create(CultureInfo.InvariantCulture,
            $"{pairing.Measures[0].Name} {pairing.Measures[0].Show(documents.Paired(row, ranked[rank])![0]):0.0}");
        if (rank > 0)
        {
            yield return exhibition.AddLayers(name, "median",
                $"{entry.Info.Name}: a typical one, in the middle of {ranked.Length} {entry.Source.Medium.Items} by what {name} did to them ({measured})",
                items[0], reconstructions[0]);
            yield break;
        }
        string worst = $"{entry.Info.Name}: of {ranked.Length} {entry.Source.Medium.Items} the one that {name} served worst ({measured})";
        yield return exhibition.AddLayers(name, "worst", worst, items[0], reconstructions[0]);
        (string caption, IReadOnlyList<(string Label, byte[] File)> files) = pairing.Prepare(items[0]).Show(reconstructions[0]);
        var saved = new List<ExhibitFile>();
        foreach ((string label, byte[] file) in files)
            saved.Add(exhibition.Add(name, string.Create(CultureInfo.InvariantCulture, $"worst-tile-{saved.Count + 1}"), label, file));
        yield return new Exhibit(name, "worst-tile", $"{worst}. {caption}", saved);
    }
}
