using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits;

/// <summary>After the ledgers, where the kind of items has a close reading: every row's G item by item, beside T.</summary>
internal static class CloseReadingPass
{
    internal static void Run<TItem>(AuditRequest<TItem> request, Samples<TItem> samples, IReadOnlyList<RowWork<TItem>> rows,
        IProgress<Advance>? progress, CancellationToken cancel)
    {
        RowWork<TItem>[] read = [.. rows.Where(row => row.Ledgers.Count > 0)];
        if (request.CloseReading is not { } reading || read.Length == 0) return;
        IReadOnlyList<Entry<TItem>> Of(List<Part<TItem>> parts) => [.. parts.Select(part => part.Entry)];
        IView<TItem> view = request.Views.First(v => v.Name == read[0].Ledgers[0].View);
        ICloseReader<TItem> reader = reading.Open(
            new RealItems<TItem>(request.Split.Training, Of(samples.HeldOut), Of(samples.Floor)), view, progress, cancel);
        for (int i = 0; i < read.Length; i++)
        {
            RowWork<TItem> row = read[i];
            int done = i;
            IReadOnlyList<TItem>[] generated = [.. row.Generated.Select(drawn => Items(drawn, row.Compressed as ICodec<TItem>)).Where(items => items.Count > 0)];
            row.Reading = reader.Read(row.Compressor.Name, row.Compressed, generated, row.Named,
                progress is null ? null : new Share(progress, $"reading {row.Compressor.Name}", done, read.Length), cancel);
        }
    }

    private static IReadOnlyList<TItem> Items<TItem>(Drawn<TItem> drawn, ICodec<TItem>? codec)
    {
        if (drawn.Held is { } held) return held;
        if (drawn.Entry is not { } entry || !drawn.IsUsable) return [];
        try
        {
            IReadOnlyList<TItem> items = [.. entry.Source.Read(entry.Document).Take(drawn.Items)];
            if (codec is not null) RowWork<TItem>.Code(codec, items, out items);
            return items;
        }
        catch (UnusableDocumentException)
        {
            // It was there when it was looked at.
            return [];
        }
    }

    /// <summary>A row's share of the whole pass.</summary>
    private sealed class Share(IProgress<Advance> progress, string what, int row, int rows) : IProgress<Advance>
    {
        public void Report(Advance value) => progress.Report(new Advance(what, (row + value.Done) / rows));
    }
}
