using Vestige.Compressors;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>The figures of single documents, one codec after the other.</summary>
internal static class Items
{
    /// <summary>Made as they are asked for: there are documents times codecs of them.</summary>
    internal static IEnumerable<ItemFigure> Of<TItem>(AuditRequest<TItem> request, DocumentPass<TItem> pass, IReadOnlyList<RowWork<TItem>> rows)
    {
        var why = pass.Problems.ToLookup(problem => (problem.Document, problem.Row), problem => problem.Why);
        foreach (RowWork<TItem> row in rows)
        {
            if (row.Compressed is not ICodec<TItem>) continue;
            string name = row.Compressor.Name;
            for (int i = 0; i < pass.Own; i++)
            {
                string document = pass.Entries[i].Info.Name;
                long? size = pass.Usable(i) ? pass.Size(i) : null, bytes = row.Outcome(i).Bytes is >= 0 and var coded ? coded : null;
                yield return new ItemFigure(document, SampleOf(request.Split, i), name, size, bytes,
                    bytes is null ? why[(document, size is null ? null : name)].FirstOrDefault() : null)
                {
                    Paired = row.Paired(i) is { } values ? Shown(request.Pairing!.Measures, values) : [],
                };
            }
        }
    }

    private static Dictionary<string, double> Shown(IReadOnlyList<PairedMeasure> measures, double[] values) =>
        measures.Select((measure, m) => (measure.Name, Value: measure.Show(values[m]))).Where(v => double.IsFinite(v.Value)).ToDictionary(v => v.Name, v => v.Value);

    /// <summary>Entries stand in the order T, H, A, B, the rest.</summary>
    private static string SampleOf<TItem>(Split<TItem> split, int entry)
    {
        foreach ((string name, int count) in new[]
        {
            ("T", split.Training.Count), ("H", split.HeldOut.Count), ("A", split.Floor.Count), ("B", split.Yardstick.Count),
        })
        {
            if (entry < count) return name;
            entry -= count;
        }
        return "-";
    }
}
