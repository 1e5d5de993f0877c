using Vestige.Audits.Documents;
using Vestige.Audits.Ledgers;
using Vestige.Compressors;
using Vestige.Views;

namespace Vestige.Audits.Reading;

/// <summary>What the passes over items take that read them one by one.</summary>
/// <param name="Split">Who was dealt into which sample.</param>
/// <param name="Rows">What is audited.</param>
/// <param name="Ledgers">The estimated ledgers, a row each, with what was drawn for them.</param>
/// <param name="Threads">Threads; no figure depends on it.</param>
internal sealed record ReadingInput<TItem>(Split<TItem> Split, IReadOnlyList<AuditedRow<TItem>> Rows, IReadOnlyList<RowLedgers<TItem>> Ledgers, int Threads);

/// <summary>After the ledgers, where the kind of items has a close reading: every row's G item by item, beside all of T.</summary>
internal static class CloseReadingPass
{
    /// <summary>One result a row, in the order of the rows; null for one that has no ledger.</summary>
    internal static RowReading?[] Run<TItem>(ReadingInput<TItem> input, ICloseReading<TItem> reading, IReadOnlyList<IView<TItem>> views,
        IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var made = new RowReading?[input.Rows.Count];
        int[] read = [.. Enumerable.Range(0, made.Length).Where(r => input.Ledgers[r].Ledgers.Count > 0)];
        if (read.Length == 0) return made;
        Split<TItem> split = input.Split;
        IView<TItem> view = views.First(v => v.Name == input.Ledgers[read[0]].Ledgers[0].View);
        ICloseReader<TItem> reader = reading.Open(new RealItems<TItem>(RealDocuments.TrainingOf(split), split.HeldOut, split.Floor), view, progress, cancel);
        for (int i = 0; i < read.Length; i++)
        {
            AuditedRow<TItem> row = input.Rows[read[i]];
            int done = i;
            made[read[i]] = reader.Read(row.Name, row.Compressed, Generated(row, input.Ledgers[read[i]]), row.Named,
                progress is null ? null : new Share(progress, $"reading {row.Name}", done, read.Length), cancel);
        }
        return made;
    }

    /// <summary>G by document, read when it is asked for: of a folder of samples all, however much of it the ledgers take.</summary>
    private static IEnumerable<IReadOnlyList<TItem>> Generated<TItem>(AuditedRow<TItem> row, RowLedgers<TItem> ledgers) =>
        (row is { Named: true, Compressed: IStored<TItem> stored }
            ? stored.Documents.Select(entry => LazyDocument<TItem>.Of(entry).Read())
            : ledgers.Generated.Select(drawn => Items(drawn, row.Compressed as ICodec<TItem>))).Where(items => items.Count > 0);

    private static IReadOnlyList<TItem> Items<TItem>(GeneratedDocument<TItem> drawn, ICodec<TItem>? codec)
    {
        if (drawn.Held is { } held) return held;
        if (drawn.Entry is not { } entry) return [];
        return codec is null ? [.. LazyDocument<TItem>.Of(entry).Read().Take(drawn.Items)] : LazyDocument<TItem>.CodeAgain(codec, entry, drawn.Items) ?? [];
    }

    /// <summary>A row's share of the whole pass.</summary>
    private sealed class Share(IProgress<WorkProgress> progress, string what, int row, int rows) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => progress.Report(new WorkProgress(what, (row + value.Done) / rows));
    }
}
