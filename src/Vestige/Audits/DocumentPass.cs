using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>The streaming pass: every document is read once, looked at, and put through every codec.</summary>
internal sealed class DocumentPass<TItem>
{
    private readonly Dictionary<Entry<TItem>, int> _index = [];
    private readonly long[] _sizes;
    private readonly Look?[] _looks;
    private readonly List<Problem>[] _problems;

    private DocumentPass(IReadOnlyList<Entry<TItem>> entries)
    {
        Entries = entries;
        for (int i = 0; i < entries.Count; i++) _index[entries[i]] = i;
        _sizes = new long[entries.Count];
        _looks = new Look?[entries.Count];
        _problems = new List<Problem>[entries.Count];
        Array.Fill(_sizes, -1);
    }

    /// <summary>All documents: T, H, A, B, the rest.</summary>
    internal IReadOnlyList<Entry<TItem>> Entries { get; }

    /// <summary>What could not be read or coded, in the order of documents.</summary>
    internal IReadOnlyList<Problem> Problems => [.. _problems.Where(p => p is not null).SelectMany(p => p)];

    internal bool Usable(int entry) => _sizes[entry] >= 0;

    /// <summary>Size of a document in size units.</summary>
    internal long Size(int entry) => _sizes[entry];

    /// <summary>What the views saw; null for an unusable document or one of no sample.</summary>
    internal Look? LookAt(Entry<TItem> entry) => _looks[_index[entry]];

    internal int IndexOf(Entry<TItem> entry) => _index[entry];

    internal static DocumentPass<TItem> Run(
        AuditRequest<TItem> request, IReadOnlyList<RowWork<TItem>> rows, IProgress<Advance>? progress, CancellationToken cancel)
    {
        Split<TItem> split = request.Split;
        var pass = new DocumentPass<TItem>([.. split.All]);
        int sampled = pass.Entries.Count - split.Rest.Count;
        foreach (RowWork<TItem> row in rows) row.Prepare(pass.Entries.Count);
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Settings.Threads, CancellationToken = cancel };
        // Each document writes to its own slots, so nothing depends on which thread took it.
        Parallel.For(0, pass.Entries.Count, options, i =>
        {
            pass.Take(i, inSample: i < sampled, inTraining: i < split.Training.Count, request, rows, cancel);
            progress?.Report(new Advance($"coding {pass.Entries[i].Source.Medium.Items}", (double)Interlocked.Increment(ref done) / pass.Entries.Count));
        });
        return pass;
    }

    private void Take(
        int i, bool inSample, bool inTraining, AuditRequest<TItem> request, IReadOnlyList<RowWork<TItem>> rows, CancellationToken cancel)
    {
        Entry<TItem> entry = Entries[i];
        IReadOnlyList<TItem> items;
        try
        {
            items = entry.Source.Read(entry.Document);
        }
        catch (UnusableDocumentException e)
        {
            _problems[i] = [new Problem(entry.Info.Name, null, e.Message)];
            return;
        }
        Look? look = inSample ? Look.At(request.Views, items, entry.Info.Name) : null;
        _looks[i] = look;
        long size = 0;
        foreach (TItem item in items) size += entry.Source.SizeOf(item);
        foreach (RowWork<TItem> row in rows)
        {
            if (row.Compressed is not ICodec<TItem> codec) continue;
            cancel.ThrowIfCancellationRequested();
            try
            {
                row.Code(i, codec, items, inTraining ? request.Views : null, look, entry.Info.Name);
            }
            catch (UnusableDocumentException e)
            {
                (_problems[i] ??= []).Add(new Problem(entry.Info.Name, row.Compressor.Name, e.Message));
            }
        }
        _sizes[i] = size;
    }
}
