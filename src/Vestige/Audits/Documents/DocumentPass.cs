using Vestige.Compressors;
using Vestige.Pairs;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits.Documents;

/// <summary>What the pass over documents takes.</summary>
/// <param name="Split">The real samples.</param>
/// <param name="Rows">What is audited.</param>
/// <param name="Views">What to look through.</param>
/// <param name="Pairing">Compares reconstructions with their originals; null for none.</param>
/// <param name="Journal">Where finished work is kept.</param>
/// <param name="Keys">What it is kept under.</param>
/// <param name="Threads">Threads; no figure depends on it.</param>
internal sealed record DocumentInput<TItem>(Split<TItem> Split, IReadOnlyList<AuditedRow<TItem>> Rows, IReadOnlyList<IView<TItem>> Views,
    IPairing<TItem>? Pairing, IJournal Journal, WorkKeys<TItem> Keys, int Threads);

/// <summary>The streaming pass: every document is read once, looked at, and put through every codec; what the journal holds is taken from there.</summary>
internal sealed partial class DocumentPass<TItem>
{
    private readonly DocumentInput<TItem> _input;
    private readonly AuditedRow<TItem>[] _codecs;

    // Those of them that take one document at a time, and those that take many.
    private readonly AuditedRow<TItem>[] _single, _batched;
    private readonly SeenDocuments<TItem> _seen;
    private readonly int _sampled;

    // All calls of Do together work on no more documents at once than one does.
    private readonly TaskScheduler _shared;

    private readonly Lock _batches = new();

    internal DocumentPass(DocumentInput<TItem> input)
    {
        _input = input;
        _codecs = [.. input.Rows.Where(row => row.Codec is not null)];
        _batched = [.. _codecs.Where(row => row.Codec is IBatchCodec<TItem>)];
        _single = [.. _codecs.Except(_batched)];
        _seen = new SeenDocuments<TItem>(input);
        _sampled = _seen.Own - input.Split.Rest.Count;
        _shared = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Workers(input.Threads)).ConcurrentScheduler;
    }

    internal static SeenDocuments<TItem> Run(DocumentInput<TItem> input, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var pass = new DocumentPass<TItem>(input);
        pass.Do([.. Enumerable.Range(0, pass._seen.Entries.Count)], progress, cancel);
        return pass._seen;
    }

    /// <summary>What is known of the documents so far.</summary>
    internal SeenDocuments<TItem> Seen => _seen;

    /// <summary>Does what the journal lacks of some documents. Called from several threads, each with documents of its own.</summary>
    /// <param name="documents">Their numbers in <see cref="SeenDocuments{TItem}.Entries"/>.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work; what is done of it stands in the journal.</param>
    internal void Do(IReadOnlyList<int> documents, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        int steps = _codecs.Length + 1;
        long all = (long)documents.Count * steps, done = all;
        var left = new List<int>();
        foreach (int i in documents)
        {
            cancel.ThrowIfCancellationRequested();
            (int missing, int inBatches) = TakeUp(i);
            done -= missing + inBatches;
            if (missing > 0) left.Add(i);
        }
        // First of all where it stands, so that the time left is reckoned from what is still to do.
        string what = $"coding {_seen.Medium.Items}";
        progress?.Report(new WorkProgress(what, (double)done / Math.Max(1, all)));
        // Each document writes to its own slots, so nothing depends on which thread took it.
        InParallel.Each(left, Workers(_input.Threads), i => Work(i, Step, cancel), cancel, _shared);
        // A program that takes many at once takes the machine with it: one of them at a time.
        lock (_batches)
            foreach (AuditedRow<TItem> row in _batched) WorkInBatches(row, (IBatchCodec<TItem>)row.Codec!, documents, Step, cancel);

        void Step()
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new WorkProgress(what, (double)Interlocked.Increment(ref done) / all));
        }
    }

    // Codecs work in threads of their own and ours wait to be woken, a sixth of the time where all processors are busy.
    internal static int Workers(int threads) => threads + (threads / 2);

    /// <summary>Takes from the journal what it holds of a document; how many steps (looking, each codec) it lacks, and how many that are done in batches.</summary>
    private (int Missing, int InBatches) TakeUp(int i)
    {
        int missing = !_seen.HasExtent(i) || (IsSampled(i) && !_seen.HasViews(i, null)) ? 1 : 0;
        if (i >= _seen.Own) return (missing, 0);
        int Lacking(AuditedRow<TItem>[] rows) => rows.Count(row => !_seen.HasOutcome(i, row, IsPaired(row)) || !IsDone(i, row));
        return (missing + Lacking(_single), Lacking(_batched));
    }

    private void Work(int i, Action step, CancellationToken cancel)
    {
        Entry<TItem> entry = _seen.Entries[i];
        try
        {
            // Held until all is done with it.
            using IDisposable? room = (entry.Source as IRationed)?.Reserve(entry.Document, cancel);
            Work(i, entry.Source.Read(entry.Document), step);
        }
        catch (UnusableDocumentException e)
        {
            _seen.Refuse(i, null, e);
            for (int s = 0; s <= (i < _seen.Own ? _codecs.Length : 0); s++) step();
        }
    }

    private void Work(int i, IReadOnlyList<TItem> items, Action step)
    {
        if (!_seen.Usable(i) || (IsSampled(i) && !_seen.HasViews(i, null)))
        {
            if (IsSampled(i)) RecordViews(i, null, items);
            long size = 0;
            foreach (TItem item in items) size += _seen.Entries[i].Source.SizeOf(item);
            _seen.PutExtent(i, size, items.Count);
            step();
        }
        if (i >= _seen.Own) return;
        IPairedSide<TItem>[]? sides = null;
        foreach (AuditedRow<TItem> row in _single)
        {
            if (!Lacks(i, row)) continue;
            try
            {
                Settle(i, row, items, number => row.Codec!.Code(items[number]), ref sides);
            }
            catch (UnusableDocumentException e)
            {
                _seen.Refuse(i, row, e);
            }
            step();
        }
    }

    /// <summary>Puts down what a codec makes of a document, what every view sees of it and how it compares.</summary>
    private void Settle(int i, AuditedRow<TItem> row, IReadOnlyList<TItem> items, Func<int, Coded<TItem>> code, ref IPairedSide<TItem>[]? sides)
    {
        var outcome = Outcome.Of(items, code, out IReadOnlyList<TItem> reconstructions);
        _seen.Put(i, row, outcome);
        if (InTraining(i) && !outcome.Same) RecordViews(i, row, reconstructions);
        if (IsPaired(row)) Pair(i, row, sides ??= [.. items.Select(_input.Pairing!.Prepare)], reconstructions);
        _seen.Finish(i, row);
    }

    private bool Lacks(int i, AuditedRow<TItem> row) => _seen.Outcome(row, i).Bytes < 0 || !IsDone(i, row);

    private bool IsSampled(int i) => i < _sampled || i >= _seen.Own;

    private bool InTraining(int i) => i < _input.Split.Training.Count;

    /// <summary>Whether all is known of a document that a codec has coded.</summary>
    private bool IsDone(int i, AuditedRow<TItem> row) => !(InTraining(i) && !_seen.HasViews(i, row)) && !(IsPaired(row) && _seen.Paired(row, i) is null);

    private bool IsPaired(AuditedRow<TItem> row) => _input.Pairing is not null && row.IsPaired;

    /// <summary>Compares a document's items with their reconstructions: the means of what is measured.</summary>
    private void Pair(int i, AuditedRow<TItem> row, IPairedSide<TItem>[] sides, IReadOnlyList<TItem> reconstructions)
    {
        double[] sums = new double[_input.Pairing!.Measures.Count];
        for (int item = 0; item < sides.Length; item++)
        {
            double[] values = sides[item].Compare(reconstructions[item]);
            for (int m = 0; m < sums.Length; m++) sums[m] += values[m] / sides.Length;
        }
        _seen.PutPaired(i, row, sums);
    }

    private void RecordViews(int i, AuditedRow<TItem>? row, IReadOnlyList<TItem> items)
    {
        for (int v = 0; v < _input.Views.Count; v++)
        {
            IView<TItem> view = _input.Views[v];
            _seen.Keep(i, row, v, () => ViewRecord.At(view, items, mostOfAll: _seen.MostAtoms(i)));
        }
    }
}
