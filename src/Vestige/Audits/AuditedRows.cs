using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>The rows of an audit: its corners, then what the user named, each with what it made of T.</summary>
internal static class AuditedRows
{
    /// <param name="request">What is audited.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <param name="wanted">Which compressors are put to work; the others stand there as unfit. Null for all.</param>
    internal static AuditedRow<TItem>[] Of<TItem>(AuditRequest<TItem> request, IProgress<WorkProgress>? progress, CancellationToken cancel,
        Func<ICompressor<TItem>, bool>? wanted = null)
    {
        Split<TItem> split = request.Split;
        ulong seed = request.Settings.Seed;
        List<(ICompressor<TItem> Compressor, RowKind Kind)> rows =
        [
            (new Stored<TItem>("yardstick", split.Yardstick), RowKind.Yardstick),
            (request.Parrot, RowKind.Parrot),
        ];
        if (request.Shuffle is { } shuffle && split.Yardstick.Count > 0) rows.Add((Shuffled.Of(split.Yardstick, shuffle, seed), RowKind.Shuffled));
        rows.AddRange(request.Compressors.Select(compressor => (compressor, RowKind.Named)));
        var training = new Training<TItem>([.. split.Training, .. request.Planted], seed) { Shelf = request.Shelf };
        return [.. rows.Select(row =>
        {
            ICompressed<TItem> compressed = wanted is null || wanted(row.Compressor) ? Compress(row.Compressor, training, progress, cancel)
                : new Unfit<TItem>($"{row.Compressor.Name} was not wanted");
            return new AuditedRow<TItem>(row.Compressor, row.Kind, compressed)
            {
                Codec = RememberedCodec<TItem>.For(compressed as ICodec<TItem>, split.Training),
                Elsewhere = (compressed, row.Kind) switch
                {
                    (IStored<TItem> stored, RowKind.Named) => WithUnread(Split.Draw(stored.Documents, request.Settings.Units, seed), stored.Documents),
                    (IStored<TItem> stored, RowKind.Shuffled) => stored.Documents,
                    _ => [],
                },
            };
        })];
    }

    /// <summary>What is drawn, and all that is known to be unreadable: each stands in the result with its reason, whether it would have been drawn or not.</summary>
    private static IReadOnlyList<Entry<TItem>> WithUnread<TItem>(IReadOnlyList<Entry<TItem>> drawn, IReadOnlyList<Entry<TItem>> all) =>
        [.. drawn.Where(entry => entry.Info.Unread is null), .. all.Where(entry => entry.Info.Unread is not null)];

    private static ICompressed<TItem> Compress<TItem>(
        ICompressor<TItem> compressor, Training<TItem> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        try
        {
            return compressor.Compress(training, progress, cancel);
        }
        catch (UnusableDocumentException e)
        {
            return new Unfit<TItem>(e.Message);
        }
    }
}
