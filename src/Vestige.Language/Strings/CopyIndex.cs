using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Language.Strings;

/// <summary>Looks for what samples have copied verbatim from T: all of T, and samples as they run, not cut at passages.</summary>
/// <remarks>T is searched in parts of at most <see cref="PartBytes"/>, so that memory does not grow with it; a T of one part is indexed once.</remarks>
public sealed class CopyIndex
{
    /// <summary>Bytes of T that are indexed at once: about 700 MB of memory, half as much again while the index is made.</summary>
    internal const long PartBytes = 1 << 27;

    private const int MostCopies = 5;

    // Bytes of a sample that are looked at before the next are read: 14 bytes of memory each.
    private const int BatchBytes = 1 << 22;

    private static readonly int[] s_lengths = [1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, CopyReport.CopiedCharacters, 64, 100, 128, 200, 256, 400, 512, 1000, 2000];

    private readonly IReadOnlyList<Entry<Passage>> _training;
    private readonly MatchIndex? _only;
    private readonly long _partBytes;
    private readonly int _threads;

    private CopyIndex(IReadOnlyList<Entry<Passage>> training, int threads, long partBytes)
    {
        (_training, _threads, _partBytes) = (training, threads, partBytes);
        using IEnumerator<MatchIndex> parts = Parts().GetEnumerator();
        MatchIndex first = parts.MoveNext() ? parts.Current : new MatchIndex([]);
        if (!parts.MoveNext()) _only = first;
    }

    /// <summary>Indexes T: suffix arrays.</summary>
    /// <param name="training">T. Documents that cannot be used are left out.</param>
    /// <param name="threads">Threads that look for copies; nothing depends on it.</param>
    public static CopyIndex Of(IEnumerable<Entry<Passage>> training, int threads) => new([.. training], threads, PartBytes);

    internal static CopyIndex InParts(IEnumerable<Entry<Passage>> training, long partBytes) => new([.. training], 1, partBytes);

    /// <summary>Looks for copies in a sample.</summary>
    /// <param name="sample">Its documents; gone through once.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CopyReport Measure(IEnumerable<IReadOnlyList<Passage>> sample, IProgress<WorkProgress>? progress, CancellationToken cancel) =>
        Measure("", sample, progress, cancel).Report;

    /// <summary>The same, with all that was copied.</summary>
    internal (CopyReport Report, IReadOnlyList<CopiedSpan> Copies) Measure(
        string row, IEnumerable<IReadOnlyList<Passage>> sample, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(sample);
        List<CopiesOfText> found = [];
        foreach (DocumentText[] batch in Batches(sample))
        {
            var part = new TextMatches[batch.Length];
            foreach (MatchIndex index in Parts())
            {
                // Each text has a place of its own: nothing depends on which thread took it.
                Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = _threads },
                    i => (part[i] ??= new TextMatches(batch[i])).Search(index));
                progress?.Report(new WorkProgress("looking for copies", 0));
            }
            found.AddRange(part.Where(matches => matches is not null).Select(matches => matches.Count(s_lengths)));
        }

        long characters = found.Sum(text => text.Characters);
        CopiesOfText[] measured = [.. found.Where(text => text.Characters >= CopyReport.CopiedCharacters)];
        return (new CopyReport
        {
            Bytes = found.Sum(text => text.Bytes),
            Characters = characters,
            Matches = [.. s_lengths.Select((length, i) => new MatchShare(length, Share(found.Sum(text => text.Reaching[i]), characters)))],
            MeanMatch = Share(found.Sum(text => text.Total), characters),
            LongestMatch = found.Max(text => (int?)text.Longest) ?? 0,
            Copied = measured.Length == 0
                ? Figure.NotMeasurable($"no text of it has {CopyReport.CopiedCharacters} characters")
                : RatioOfSums.Of([.. measured.Select(text => (double)text.Copied)], [.. measured.Select(text => (double)text.Characters)]),
            TooShort = Share(characters - measured.Sum(text => text.Characters), characters),
            LongestCopies = [.. Longest(found)],
        }, [.. found.SelectMany(text => text.Copies.OrderBy(copy => copy.Offset)).Select(copy => new CopiedSpan(
            row, "verbatim", copy.Document, copy.Offset, copy.Length, copy.Source, copy.SourceOffset, 1, copy.Text))]);
    }

    /// <summary>The matches of at least <see cref="CopyReport.CopiedCharacters"/> characters of a passage, and where T has them.</summary>
    internal IEnumerable<(int Start, int Length, string Source)> Copies(Passage passage)
    {
        var matches = new TextMatches(new DocumentText(passage.Document, passage.Offset, passage.Bytes));
        foreach (MatchIndex index in Parts()) matches.Search(index);
        return matches.Maximal().OrderBy(match => match.Start).Select(match => (match.Start, match.Bytes, string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{match.Source.Document}, byte {match.Source.Offset}")));
    }

    private static double Share(long part, long all) => all == 0 ? 0 : (double)part / all;

    private IEnumerable<MatchIndex> Parts()
    {
        if (_only is not null)
        {
            yield return _only;
            yield break;
        }
        List<DocumentText> part = [];
        long bytes = 0;
        foreach (DocumentText text in DocumentText.Joined(_training, _partBytes))
        {
            if (bytes > 0 && bytes + text.Bytes.Length > _partBytes)
            {
                yield return new MatchIndex(part);
                part = [];
                bytes = 0;
            }
            part.Add(text);
            bytes += text.Bytes.Length + 1;
        }
        if (part.Count > 0) yield return new MatchIndex(part);
    }

    // Where T has several parts, each is indexed once for the whole sample.
    private IEnumerable<DocumentText[]> Batches(IEnumerable<IReadOnlyList<Passage>> sample)
    {
        List<DocumentText> batch = [];
        long bytes = 0;
        foreach (DocumentText text in DocumentText.Joined(sample, BatchBytes))
        {
            batch.Add(text);
            bytes += text.Bytes.Length;
            if (_only is null || bytes < BatchBytes) continue;
            yield return [.. batch];
            batch.Clear();
            bytes = 0;
        }
        if (batch.Count > 0) yield return [.. batch];
    }

    // No two of the same text; in a stable order, so that of equals the first ones in the sample are taken.
    private static IEnumerable<Copy> Longest(List<CopiesOfText> found) =>
        found.SelectMany(text => text.Copies).OrderByDescending(copy => copy.Length).DistinctBy(copy => copy.Text).Take(MostCopies);
}
