using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>The streaming pass: every document is read once, looked at, and put through every codec; what the journal holds is taken from there.</summary>
internal sealed class DocumentPass<TItem>
{
    private readonly AuditRequest<TItem> _request;
    private readonly RowWork<TItem>[] _codecs;
    private readonly UInt128[] _views;
    private readonly UInt128 _pairing;
    private readonly Dictionary<Entry<TItem>, int> _index = [];
    private readonly UInt128[] _keys;
    private readonly Extent[] _extents;
    private readonly List<Problem>?[] _problems;
    private readonly int _sampled;

    // Documents without a hash cannot be known again: what was found of them lasts as long as this audit.
    private readonly MemoryJournal _unhashed = new();

    /// <summary>Size of a document in size units and number of its items; of one that cannot be used, -1 and 0.</summary>
    private readonly record struct Extent(long Size, int Items);

    private DocumentPass(AuditRequest<TItem> request, IReadOnlyList<RowWork<TItem>> rows)
    {
        _request = request;
        Split<TItem> split = request.Split;
        _codecs = [.. rows.Where(row => row.Compressed is ICodec<TItem>)];
        Entries = [.. split.All, .. rows.SelectMany(row => row.Elsewhere)];
        Own = Entries.Count - rows.Sum(row => row.Elsewhere.Count);
        _sampled = Own - split.Rest.Count;
        for (int i = 0; i < Entries.Count; i++) _index.TryAdd(Entries[i], i);
        var keys = new WorkKeys<TItem>(request.Settings);
        _keys = [.. Entries.Select(keys.Document)];
        _views = [.. request.Views.Select(WorkKeys<TItem>.View)];
        if (request.Pairing is { } pairing) _pairing = WorkKeys<TItem>.Pairing(pairing);
        _extents = new Extent[Entries.Count];
        Array.Fill(_extents, new Extent(-1, 0));
        _problems = new List<Problem>?[Entries.Count];
        foreach (RowWork<TItem> row in _codecs) row.Prepare(Entries.Count, keys);
    }

    /// <summary>All documents: T, H, A, B, the rest, and those that rows brought along.</summary>
    internal IReadOnlyList<Entry<TItem>> Entries { get; }

    /// <summary>How many of them are the source's own: for these rates are measured.</summary>
    internal int Own { get; }

    /// <summary>What could not be read or coded, in the order of documents.</summary>
    /// <remarks>A document that stands there shuffled too is named once.</remarks>
    internal IReadOnlyList<Problem> Problems => [.. _problems.Where(p => p is not null).SelectMany(p => p!).Distinct()];

    internal bool Usable(int entry) => _extents[entry].Size >= 0;

    /// <summary>Size of a document in size units.</summary>
    internal long Size(int entry) => _extents[entry].Size;

    /// <summary>Items of a document; 0 for an unusable one.</summary>
    internal int Items(Entry<TItem> entry) => _extents[_index[entry]].Items;

    internal int IndexOf(Entry<TItem> entry) => _index[entry];

    /// <summary>What a view saw of a document of some sample.</summary>
    internal Look Look(Entry<TItem> entry, int view) => new(JournalOf(_index[entry]).Read(LookKey(_index[entry], null, view))!);

    /// <summary>What a view saw of the reconstruction of a document of T; null where the codec could not take it.</summary>
    internal Look? Look(RowWork<TItem> row, Entry<TItem> entry, int view) =>
        row.Outcome(_index[entry]).Bytes < 0 ? null : new(JournalOf(_index[entry]).Read(LookKey(_index[entry], row, view))!);

    /// <summary>The head of such a look.</summary>
    internal Look.Head HeadOf(RowWork<TItem>? row, Entry<TItem> entry, int view) =>
        Audits.Look.HeadOf(JournalOf(_index[entry]).Read(LookKey(_index[entry], row, view), Audits.Look.HeadSize)!);

    internal static DocumentPass<TItem> Run(
        AuditRequest<TItem> request, IReadOnlyList<RowWork<TItem>> rows, IProgress<Advance>? progress, CancellationToken cancel)
    {
        var pass = new DocumentPass<TItem>(request, rows);
        int steps = pass._codecs.Length + 1;
        long all = (long)pass.Entries.Count * steps, done = all;
        var left = new List<int>();
        for (int i = 0; i < pass.Entries.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            int missing = pass.TakeUp(i);
            if (missing == 0) continue;
            left.Add(i);
            done -= missing;
        }
        // First of all where it stands, so that the time left is reckoned from what is still to do.
        string what = $"coding {pass.Entries[0].Source.Medium.Items}";
        progress?.Report(new Advance(what, (double)done / Math.Max(1, all)));
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers(request.Settings.Threads), CancellationToken = cancel };
        try
        {
            // Each document writes to its own slots, so nothing depends on which thread took it. One at a time: of a run of them taken
            // at once, as is the default, the other threads would wait for the last.
            Parallel.ForEach(Partitioner.Create(left, EnumerablePartitionerOptions.NoBuffering), options, i => pass.Work(i, () =>
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new Advance(what, (double)Interlocked.Increment(ref done) / all));
            }, cancel));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return pass;
    }

    // Codecs work in threads of their own and ours wait to be woken, a sixth of the time where all processors are busy.
    private static int Workers(int threads) => threads + (threads / 2);

    /// <summary>Takes from the journal what it holds of a document; how many steps (looking, each codec) it lacks.</summary>
    private int TakeUp(int i)
    {
        IJournal journal = JournalOf(i);
        byte[]? known = journal.Read(WorkKeys<TItem>.Of(_keys[i]));
        if (known is not null) _extents[i] = MemoryMarshal.Read<Extent>(known);
        int missing = known is null || (IsSampled(i) && !Seen(i, null)) ? 1 : 0;
        if (i >= Own) return missing;
        foreach (RowWork<TItem> row in _codecs)
        {
            byte[]? record = journal.Read(row.Key(_keys[i]));
            if (record is not null) row.Put(i, MemoryMarshal.Read<Outcome>(record));
            if (IsPaired(row) && journal.Read(PairedKey(i, row)) is { } paired) row.Put(i, MemoryMarshal.Cast<byte, double>(paired).ToArray());
            if (record is null || !IsDone(i, row)) missing++;
        }
        return missing;
    }

    private void Work(int i, Action step, CancellationToken cancel)
    {
        Entry<TItem> entry = Entries[i];
        try
        {
            // Held until all is done with it.
            using IDisposable? room = (entry.Source as IRationed)?.Reserve(entry.Document, cancel);
            Work(i, entry.Source.Read(entry.Document), step);
        }
        catch (UnusableDocumentException e)
        {
            _extents[i] = new Extent(-1, 0);
            _problems[i] = [ProblemOf(entry, null, e)];
            for (int s = 0; s <= (i < Own ? _codecs.Length : 0); s++) step();
        }
    }

    private void Work(int i, IReadOnlyList<TItem> items, Action step)
    {
        Entry<TItem> entry = Entries[i];
        IJournal journal = JournalOf(i);
        if (!Usable(i) || (IsSampled(i) && !Seen(i, null)))
        {
            if (IsSampled(i)) Keep(i, null, items);
            long size = 0;
            foreach (TItem item in items) size += entry.Source.SizeOf(item);
            _extents[i] = new Extent(size, items.Count);
            journal.Write(WorkKeys<TItem>.Of(_keys[i]), Bytes(_extents[i]));
            step();
        }
        if (i >= Own) return;
        IPairedSide<TItem>[]? sides = null;
        foreach (RowWork<TItem> row in _codecs)
        {
            if (row.Outcome(i).Bytes >= 0 && IsDone(i, row)) continue;
            try
            {
                Outcome outcome = RowWork<TItem>.Code(row.Codec, items, out IReadOnlyList<TItem> reconstructions);
                row.Put(i, outcome);
                if (InTraining(i) && !outcome.Same) Keep(i, row, reconstructions);
                if (IsPaired(row)) Pair(i, row, sides ??= [.. items.Select(_request.Pairing!.Prepare)], reconstructions);
                journal.Write(row.Key(_keys[i]), Bytes(outcome));
            }
            catch (UnusableDocumentException e)
            {
                row.Put(i, Audits.Outcome.None);
                (_problems[i] ??= []).Add(ProblemOf(entry, row, e));
            }
            step();
        }
    }

    /// <summary>What is wrong with a document; its name stands in front already.</summary>
    private static Problem ProblemOf(Entry<TItem> entry, RowWork<TItem>? row, UnusableDocumentException e)
    {
        string name = entry.Info.Name, prefix = name + ": ";
        return new Problem(name, row?.Compressor.Name, e.Message.StartsWith(prefix, StringComparison.Ordinal) ? e.Message[prefix.Length..] : e.Message);
    }

    private IJournal JournalOf(int i) => Entries[i].Info.Content == 0 ? _unhashed : _request.Journal;

    private bool IsSampled(int i) => i < _sampled || i >= Own;

    private bool InTraining(int i) => i < _request.Split.Training.Count;

    /// <summary>Whether all is known of a document that a codec has coded.</summary>
    private bool IsDone(int i, RowWork<TItem> row) => !(InTraining(i) && !Seen(i, row)) && !(IsPaired(row) && row.Paired(i) is null);

    private bool IsPaired(RowWork<TItem> row) => _request.Pairing is not null && row.IsPaired;

    /// <summary>Compares a document's items with their reconstructions: the means of what is measured.</summary>
    private void Pair(int i, RowWork<TItem> row, IPairedSide<TItem>[] sides, IReadOnlyList<TItem> reconstructions)
    {
        double[] sums = new double[_request.Pairing!.Measures.Count];
        for (int item = 0; item < sides.Length; item++)
        {
            double[] values = sides[item].Compare(reconstructions[item]);
            for (int m = 0; m < sums.Length; m++) sums[m] += values[m] / sides.Length;
        }
        row.Put(i, sums);
        JournalOf(i).Write(PairedKey(i, row), MemoryMarshal.AsBytes(sums.AsSpan()));
    }

    private UInt128 PairedKey(int i, RowWork<TItem> row) => WorkKeys<TItem>.Of(_keys[i], row.Identity, _pairing);

    /// <summary>Whether the journal holds what every view saw.</summary>
    private bool Seen(int i, RowWork<TItem>? row)
    {
        for (int v = 0; v < _views.Length; v++)
            if (!JournalOf(i).Contains(LookKey(i, row, v))) return false;
        return true;
    }

    private void Keep(int i, RowWork<TItem>? row, IReadOnlyList<TItem> items)
    {
        for (int v = 0; v < _views.Length; v++)
        {
            UInt128 key = LookKey(i, row, v);
            if (!JournalOf(i).Contains(key))
                JournalOf(i).Write(key, Audits.Look.At(_request.Views[v], items).Record);
        }
    }

    // What a codec gave back unchanged looks like the original.
    private UInt128 LookKey(int i, RowWork<TItem>? row, int view) =>
        WorkKeys<TItem>.Of(_keys[i], row is null || row.Outcome(i).Same ? default : row.Identity, _views[view]);

    private static ReadOnlySpan<byte> Bytes<T>(in T value)
        where T : struct => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
}
