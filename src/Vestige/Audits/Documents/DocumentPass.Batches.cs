using Vestige.Compressors;
using Vestige.Pairs;
using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>Codecs that take many documents at once: these are read into a batch, one at a time, and read again beside what came out, so that no more is held
/// than in the pass of one at a time. What is done stands in the journal document by document.</summary>
internal sealed partial class DocumentPass<TItem>
{
    /// <summary>A document of a batch.</summary>
    /// <param name="Number">Of the document.</param>
    /// <param name="Items">Numbers of its items in the batch.</param>
    private sealed record Batched(int Number, int[] Items);

    private void WorkInBatches(AuditedRow<TItem> row, IBatchCodec<TItem> codec, IReadOnlyList<int> documents, Action step, CancellationToken cancel)
    {
        var left = new Queue<int>(documents.Where(i => i < _seen.Own && _seen.Usable(i) && Lacks(i, row)));
        while (left.Count > 0)
        {
            using ICodecBatch<TItem> batch = codec.Begin();
            var members = new List<Batched>();
            while (left.Count > 0 && !batch.IsFull)
            {
                cancel.ThrowIfCancellationRequested();
                int i = left.Dequeue();
                if (WithItems(i, row, items => members.Add(new Batched(i, [.. items.Select(batch.Add)])), cancel) is false) step();
            }
            if (members.Count == 0) continue;
            batch.Run(cancel);
            InParallel.Each(members, Workers(_input.Threads), member =>
            {
                WithItems(member.Number, row, items =>
                {
                    IPairedSide<TItem>[]? sides = null;
                    Settle(member.Number, row, items, number => batch.Take(member.Items[number], items[number]), ref sides);
                }, cancel);
                step();
            }, cancel, _shared);
        }
    }

    /// <summary>Does something with a document's items while there is room for them; a fault is the row's.</summary>
    /// <returns>Whether it was done.</returns>
    private bool WithItems(int i, AuditedRow<TItem> row, Action<IReadOnlyList<TItem>> work, CancellationToken cancel)
    {
        Entry<TItem> entry = _seen.Entries[i];
        try
        {
            using IDisposable? room = (entry.Source as IRationed)?.Reserve(entry.Document, cancel);
            work(entry.Source.Read(entry.Document));
            return true;
        }
        catch (UnusableDocumentException e)
        {
            _seen.Refuse(i, row, e);
            return false;
        }
    }
}
