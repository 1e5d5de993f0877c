using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Reading;

/// <summary>Counts what a generator gave again and what it gave empty, beside as many real documents.</summary>
internal static class Outputs
{
    /// <summary>Of documents that somebody named as a generator's; null where they are not, or nothing says which of them are equal.</summary>
    internal static OutputsReport? Of<TItem>(AuditedRow<TItem> row, Split<TItem> split, ulong seed)
    {
        if (row is not { Kind: RowKind.Named, Compressed: IStored<TItem> { Documents: { Count: > 0 } outputs } } || split.Training.Count == 0) return null;
        Document[] given = [.. outputs.Select(entry => entry.Info).Where(document => !IsRefused(document))], real = [.. split.Training[0].Source.Documents];
        // What could not be read is counted apart.
        real = [.. real.Where(document => document.Unread is null)];
        if (given.Any(document => document.Content == 0 && IsGiven(document)) || real.Any(document => document.Content == 0)) return null;
        // Copies stand beside each other in many a source: as many at random.
        Rng.For(seed, "outputs").Shuffle<Document>(real);
        real = [.. real.Where(IsGiven).Take(given.Count(IsGiven))];
        return new OutputsReport(given.Length, given.Count(document => !IsGiven(document)), Again(given.Where(IsGiven)), real.Length, Again(real));
    }

    /// <summary>A document that holds anything.</summary>
    internal static bool IsGiven(Document document) => document.Bytes > 0;

    /// <summary>What holds something that is known to be unreadable: a file, or records of one.</summary>
    internal static bool IsRefused(Document document) => document.Unread is { } unread && (unread.Records > 0 || IsGiven(document));

    private static int Again(IEnumerable<Document> documents)
    {
        var seen = new HashSet<UInt128>();
        return documents.Count(document => !seen.Add(document.Content));
    }
}
