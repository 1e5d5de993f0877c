using System.Globalization;
using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>For each codec the document that it served worst, and in it the place that changed most.</summary>
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
            if (Worst(pairing.Measures[0], pass, shown[r]) is { } worst && Show(exhibition, pairing, pass, shown[r], worst) is { } exhibit) exhibits.Add(exhibit);
        }
        return exhibits;
    }

    private static int? Worst(PairedMeasure measure, DocumentPass<TItem> pass, RowWork<TItem> row)
    {
        int? worst = null;
        double least = double.PositiveInfinity;
        for (int i = 0; i < pass.Own; i++)
        {
            if (row.Paired(i) is not { } values) continue;
            double value = measure.MoreIsBetter ? values[0] : -values[0];
            if (value < least) (least, worst) = (value, i);
        }
        return worst;
    }

    private static Exhibit? Show(Exhibition<TItem> exhibition, IPairing<TItem> pairing, DocumentPass<TItem> pass, RowWork<TItem> row, int document)
    {
        Entry<TItem> entry = pass.Entries[document];
        if (Exhibits<TItem>.Read(entry) is not { } items || Exhibits<TItem>.Reconstruct((ICodec<TItem>)row.Compressed, entry) is not { } reconstructions) return null;
        (string caption, IReadOnlyList<(string Label, byte[] File)> files) = pairing.Prepare(items[0]).Show(reconstructions[0]);
        var saved = new List<ExhibitFile>();
        foreach ((string label, byte[] file) in files)
            saved.Add(exhibition.Add(row.Compressor.Name, string.Create(CultureInfo.InvariantCulture, $"worst-tile-{saved.Count + 1}"), label, file));
        string value = row.Paired(document)![0].ToString("0.0", CultureInfo.InvariantCulture);
        return new Exhibit(row.Compressor.Name, "worst-tile",
            $"{entry.Info.Name}: the {entry.Source.Medium.Item} that {row.Compressor.Name} served worst ({pairing.Measures[0].Name} {value}). {caption}", saved);
    }
}
