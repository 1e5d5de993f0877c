using Vestige.Pairs;
using Vestige.Results;

namespace Vestige.Audits.Documents;

/// <summary>The figures of single documents, one codec after the other.</summary>
internal static class ItemFigures
{
    /// <summary>Made as they are asked for: there are documents times codecs of them.</summary>
    internal static IEnumerable<ItemFigure> Of<TItem>(DocumentInput<TItem> input, SeenDocuments<TItem> documents)
    {
        var why = documents.Problems.ToLookup(problem => (problem.Document, problem.Row), problem => problem.Why);
        foreach (AuditedRow<TItem> row in input.Rows)
        {
            if (row.Codec is null) continue;
            string name = row.Name;
            for (int i = 0; i < documents.Own; i++)
            {
                string document = documents.Entries[i].Info.Name;
                long? size = documents.Usable(i) ? documents.Size(i) : null, bytes = documents.Outcome(row, i).Bytes is >= 0 and var coded ? coded : null;
                yield return new ItemFigure(document, SampleOf(input.Split, i), name, size, bytes,
                    bytes is null ? why[(document, size is null ? null : name)].FirstOrDefault() : null)
                {
                    Paired = documents.Paired(row, i) is { } values ? Shown(input.Pairing!.Measures, values) : [],
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
