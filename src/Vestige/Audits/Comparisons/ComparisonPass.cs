using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Results;

namespace Vestige.Audits.Comparisons;

/// <summary>Holds the rows that the user named against one of them: on T, and on as much of H.</summary>
internal static class ComparisonPass<TItem>
{
    /// <summary>The model that is p, and a report for each row, in their order; null where there is none.</summary>
    internal static (ComparisonInfo? Reference, ComparisonReport?[] Rows) Run(ComparisonRequest<TItem>? request, IReadOnlyList<AuditedRow<TItem>> rows, Samples<TItem> samples,
        IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var reports = new ComparisonReport?[rows.Count];
        if (request is null || rows.FirstOrDefault(row => row.Named && row.Name == request.Row) is not { } reference || reference.Compressed is Unfit<TItem>
            || samples.Units == 0)
        {
            return (null, reports);
        }
        int[] named = [.. Enumerable.Range(0, rows.Count).Where(r => rows[r].Named)];
        int units = Samples<TItem>.UnitsOf(samples.Training);
        (string symbol, IReadOnlyList<ComparisonReport?> made) = request.Comparison.Compare(reference.Compressed, [.. named.Select(r => rows[r].Compressed)],
            Of(samples.Training), Of([.. Samples<TItem>.First(samples.HeldOut, units)]), progress, cancel);
        for (int i = 0; i < named.Length; i++)
        {
            ComparisonReport? report = made[i];
            reports[named[i]] = report is { Cost: { } cost } && rows[named[i]].Compressed.DescriptionBytes is { } bytes && reference.Compressed.DescriptionBytes is > 0 and { } all
                ? report with { Cost = cost with { Saved = 1 - ((double)bytes / all) } } : report;
        }
        return (new ComparisonInfo(reference.Name, symbol), reports);
    }

    private static ComparisonSample<TItem> Of(List<Part<TItem>> parts) => new(Samples<TItem>.UnitsOf(parts), parts.Select(part => new ComparisonDocument<TItem>(
        part.Entry.Info.Name, part.Cluster, [.. part.Entry.Source.Read(part.Entry.Document).Take(part.Items)])));
}
