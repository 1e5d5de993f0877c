using System.Globalization;
using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>For each codec the document that it served worst by the first paired measure, the one in the middle, and in the worst the place that
/// changed most.</summary>
internal static class PairedExhibits<TItem>
{
    internal static IReadOnlyList<Exhibit> Of(
        AuditRequest<TItem> request, DocumentPass<TItem> pass, IReadOnlyList<RowWork<TItem>> rows, IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (request.Exhibition is not { } exhibition || request.Pairing is not { } pairing) return [];
        var exhibits = new List<Exhibit>();
        RowWork<TItem>[] shown = [.. rows.Where(row => row.IsPaired)];
        for (int r = 0; r < shown.Length; r++)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new Advance("showing what changed most", (double)r / shown.Length));
            int[] ranked = Ranked(pairing.Measures[0], pass, shown[r]);
            if (ranked.Length == 0) continue;
            exhibits.AddRange(Show(exhibition, pairing, pass, shown[r], ranked, 0));
            if (ranked.Length > 2) exhibits.AddRange(Show(exhibition, pairing, pass, shown[r], ranked, ranked.Length / 2));
        }
        return exhibits;
    }

    /// <summary>The documents that were measured, the worst first.</summary>
    private static int[] Ranked(PairedMeasure measure, DocumentPass<TItem> pass, RowWork<TItem> row)
    {
        double Value(int document) => (measure.MoreIsBetter ? 1 : -1) * (row.Paired(document)?[0] ?? double.NaN);
        return [.. Enumerable.Range(0, pass.Own).Where(i => !double.IsNaN(Value(i))).OrderBy(Value).ThenBy(i => i)];
    }

    private static IEnumerable<Exhibit> Show(
        Exhibition<TItem> exhibition, IPairing<TItem> pairing, DocumentPass<TItem> pass, RowWork<TItem> row, int[] ranked, int rank)
    {
        Entry<TItem> entry = pass.Entries[ranked[rank]];
        if (Exhibits<TItem>.Read(entry) is not { } items || Exhibits<TItem>.Reconstruct((ICodec<TItem>)row.Compressed, entry) is not { } reconstructions) yield break;
        string name = row.Compressor.Name, measured = string.Create(CultureInfo.InvariantCulture,
            $"{pairing.Measures[0].Name} {pairing.Measures[0].Show(row.Paired(ranked[rank])![0]):0.0}");
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
