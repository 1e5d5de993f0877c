using Vestige.Compressors;
using Vestige.Copies;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits;

/// <summary>After the ledgers, where the kind of items has a close reading: every row's G item by item, beside all of T.</summary>
internal static class CloseReadingPass
{
    internal static void Run<TItem>(AuditRequest<TItem> request, IReadOnlyList<RowWork<TItem>> rows, IProgress<Advance>? progress, CancellationToken cancel)
    {
        RowWork<TItem>[] read = [.. rows.Where(row => row.Ledgers.Count > 0)];
        if (request.CloseReading is not { } reading || read.Length == 0) return;
        Split<TItem> split = request.Split;
        IView<TItem> view = request.Views.First(v => v.Name == read[0].Ledgers[0].View);
        ICloseReader<TItem> reader = reading.Open(new RealItems<TItem>(RealDocuments.TrainingOf(split), split.HeldOut, split.Floor), view, progress, cancel);
        for (int i = 0; i < read.Length; i++)
        {
            RowWork<TItem> row = read[i];
            int done = i;
            row.Reading = reader.Read(row.Compressor.Name, row.Compressed, Generated(row), row.Named,
                progress is null ? null : new Share(progress, $"reading {row.Compressor.Name}", done, read.Length), cancel);
        }
    }

    /// <summary>G by document, read when it is asked for: of a folder of samples all, however much of it the ledgers take.</summary>
    private static IEnumerable<IReadOnlyList<TItem>> Generated<TItem>(RowWork<TItem> row) => (row is { Named: true, Compressed: IStored<TItem> stored }
        ? stored.Documents.Select(entry => RealDocuments.Lazy<TItem>.Of(entry).Read())
        : row.Generated.Select(drawn => Items(drawn, row.Compressed as ICodec<TItem>))).Where(items => items.Count > 0);

    private static IReadOnlyList<TItem> Items<TItem>(Drawn<TItem> drawn, ICodec<TItem>? codec)
    {
        if (drawn.Held is { } held) return held;
        if (drawn.Entry is not { } entry || !drawn.IsUsable) return [];
        IReadOnlyList<TItem> items = [.. RealDocuments.Lazy<TItem>.Of(entry).Read().Take(drawn.Items)];
        if (codec is null) return items;
        try
        {
            RowWork<TItem>.Code(codec, items, out items);
            return items;
        }
        catch (UnusableDocumentException)
        {
            return [];
        }
    }

    /// <summary>A row's share of the whole pass.</summary>
    private sealed class Share(IProgress<Advance> progress, string what, int row, int rows) : IProgress<Advance>
    {
        public void Report(Advance value) => progress.Report(new Advance(what, (row + value.Done) / rows));
    }
}
