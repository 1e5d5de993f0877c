using Vestige.Compressors;
using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>A document that is read again when it is wanted.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Read">Its items; none where it cannot be read, which is a row of the result already.</param>
internal sealed record LazyDocument<TItem>(string Name, Func<IReadOnlyList<TItem>> Read)
{
    /// <summary>One of a source.</summary>
    internal static LazyDocument<TItem> Of(Entry<TItem> entry) => new(entry.Info.Name, () => ReadAgain(entry) ?? []);

    /// <summary>A document's items; null where it cannot be read any more.</summary>
    internal static IReadOnlyList<TItem>? ReadAgain(Entry<TItem> entry)
    {
        try
        {
            return entry.Source.Read(entry.Document);
        }
        catch (UnusableDocumentException)
        {
            // It was there when it was looked at; now there is nothing to show.
            return null;
        }
    }

    /// <summary>Room for a document while it is open; null where it takes none, or cannot be read any more.</summary>
    internal static IDisposable? RoomFor(Entry<TItem> entry, CancellationToken cancel)
    {
        try
        {
            return (entry.Source as IRationed)?.Reserve(entry.Document, cancel);
        }
        catch (UnusableDocumentException)
        {
            return null;
        }
    }

    /// <summary>What a codec makes of its first items; null where it cannot be read, or taken by the codec, any more.</summary>
    internal static IReadOnlyList<TItem>? CodeAgain(ICodec<TItem> codec, Entry<TItem> entry, int items = int.MaxValue)
    {
        if (ReadAgain(entry) is not { } originals) return null;
        try
        {
            // Programs that take many at once take the machine with it: one of them at a time.
            lock (codec is IBatchCodec<TItem> ? codec : new object())
            {
                Outcome.Of(codec, [.. originals.Take(items)], out IReadOnlyList<TItem> reconstructions);
                return reconstructions;
            }
        }
        catch (UnusableDocumentException)
        {
            return null;
        }
    }
}
