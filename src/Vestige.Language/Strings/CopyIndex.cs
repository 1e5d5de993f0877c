using System.Text;
using Vestige.Compressors;
using Vestige.Estimators;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Language.Strings;

/// <summary>Looks for what samples have copied from T.</summary>
public sealed class CopyIndex
{
    private const int MostCopies = 5;

    private static readonly int[] s_lengths = [1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, CopyReport.CopiedBytes, 64, 100, 128, 200, 256, 400, 512];

    private readonly MatchIndex _index;

    private readonly int _threads;

    private CopyIndex(MatchIndex index, int threads) => (_index, _threads) = (index, threads);

    /// <summary>Indexes T: a suffix array.</summary>
    /// <param name="training">T. Documents that cannot be used are left out.</param>
    /// <param name="threads">Threads that look for copies; nothing depends on it.</param>
    public static CopyIndex Of(IEnumerable<Entry<Passage>> training, int threads) =>
        new(new MatchIndex(DocumentText.Read(training).SelectMany(DocumentText.Of)), threads);

    /// <summary>Looks for copies in a sample.</summary>
    /// <param name="sample">Its documents.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CopyReport Measure(IReadOnlyList<IReadOnlyList<Passage>> sample, IProgress<Advance>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var found = new Found[sample.Count];
        int done = 0;
        // Each document has a place of its own: nothing depends on which thread took it.
        Parallel.For(0, sample.Count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = _threads }, i =>
        {
            found[i] = Look(sample[i]);
            progress?.Report(new Advance("looking for copies", (double)Interlocked.Increment(ref done) / sample.Count));
        });

        long bytes = found.Sum(document => document.Bytes), total = found.Sum(document => document.Total);
        return new CopyReport
        {
            Bytes = bytes,
            Matches = [.. s_lengths.Select((length, i) => new MatchShare(length, Share(found.Sum(document => document.Reaching[i]), bytes)))],
            MeanMatch = Share(total, bytes),
            LongestMatch = found.Max(document => (int?)document.Longest) ?? 0,
            Copied = RatioOfSums.Of([.. found.Select(document => (double)document.Copied)], [.. found.Select(document => (double)document.Bytes)]),
            LongestCopies = [.. Longest(found.SelectMany(document => document.Copies)).Select(Describe)],
        };
    }

    /// <summary>The matches of at least <see cref="CopyReport.CopiedBytes"/> bytes of a passage, none the tail of another, and where T has them.</summary>
    internal IEnumerable<(int Start, int Length, string Source)> Copies(Passage passage)
    {
        int[] lengths = new int[passage.Length], places = new int[passage.Length];
        _index.Match(passage.Span, lengths, places);
        for (int start = 0; start < lengths.Length; start++)
        {
            if (lengths[start] < CopyReport.CopiedBytes || (start > 0 && lengths[start - 1] == lengths[start] + 1)) continue;
            (string source, long offset) = _index.Find(places[start]);
            yield return (start, lengths[start], string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{source}, byte {offset}"));
        }
    }

    private static double Share(long part, long all) => all == 0 ? 0 : (double)part / all;

    private Found Look(IReadOnlyList<Passage> passages)
    {
        var found = new Found();
        foreach (Passage passage in passages)
        {
            int[] lengths = new int[passage.Length], places = new int[passage.Length];
            _index.Match(passage.Span, lengths, places);
            int copiedTo = 0;
            for (int start = 0; start < lengths.Length; start++)
            {
                int length = lengths[start];
                found.Total += length;
                found.Longest = Math.Max(found.Longest, length);
                for (int i = 0; i < s_lengths.Length && s_lengths[i] <= length; i++) found.Reaching[i]++;
                if (length < CopyReport.CopiedBytes) continue;
                found.Copied += start + length - Math.Max(start, copiedTo);
                copiedTo = start + length;
                // Not the tail of a match that starts before it.
                if (start == 0 || lengths[start - 1] != length + 1) found.Copies.Add(new Match(passage, start, length, places[start]));
            }
            found.Bytes += passage.Length;
        }
        // Of each document no more than could be among the longest of all.
        found.Copies = Longest(found.Copies);
        return found;
    }

    // In a stable order, so that of equals the first ones in the sample are taken.
    private static List<Match> Longest(IEnumerable<Match> matches)
    {
        List<Match> chosen = [];
        foreach (Match match in matches.OrderByDescending(match => match.Length))
        {
            if (chosen.Count == MostCopies) break;
            if (!chosen.Any(other => other.Overlaps(match) || other.Text.SequenceEqual(match.Text))) chosen.Add(match);
        }
        return chosen;
    }

    private Copy Describe(Match match)
    {
        (string source, long offset) = _index.Find(match.Place);
        return new Copy(Encoding.UTF8.GetString(match.Text), match.Length, match.Passage.Document, match.Passage.Offset + match.Start, source, offset);
    }

    private sealed class Found
    {
        internal long Bytes;
        internal long Total;
        internal long Copied;
        internal int Longest;

        /// <summary>Positions with matches of at least each of <see cref="s_lengths"/>.</summary>
        internal long[] Reaching { get; } = new long[s_lengths.Length];

        internal List<Match> Copies { get; set; } = [];
    }

    private sealed record Match(Passage Passage, int Start, int Length, int Place)
    {
        internal ReadOnlySpan<byte> Text => Passage.Span.Slice(Start, Length);

        internal bool Overlaps(Match other) =>
            ReferenceEquals(Passage, other.Passage) && Start < other.Start + other.Length && other.Start < Start + Length;
    }
}
