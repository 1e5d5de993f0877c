using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Copies;
using Vestige.Exhibits;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Reading;

/// <summary>Searches samples for one another's near-copies: H and A in T, each row's G in T and in H. All of T is searched, always.</summary>
internal sealed class NearCopyPass<TItem>
{
    /// <summary>Pairs that are shown of a row.</summary>
    internal const int MostShown = 6;

    // Documents that are in memory at once.
    private const int Batch = 64;

    private readonly ReadingInput<TItem> _input;
    private readonly Exhibition<TItem>? _exhibition;
    private readonly IReadOnlyList<Entry<TItem>> _training;
    private readonly IReadOnlyList<Entry<TItem>> _heldOut;
    private readonly IReadOnlyList<Entry<TItem>> _allHeldOut;
    private readonly CancellationToken _cancel;
    private readonly IProgress<WorkProgress>? _progress;

    private NearCopyPass(ReadingInput<TItem> input, Exhibition<TItem>? exhibition, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        (_input, _exhibition, _progress, _cancel) = (input, exhibition, progress, cancel);
        Split<TItem> split = input.Split;
        _training = RealDocuments.TrainingOf(split);
        _heldOut = RealDocuments.HeldOutOf(split);
        // What was named as held out is no less so where it serves as the floor or as the yardstick.
        _allHeldOut = [.. _heldOut, .. split.Floor, .. split.Yardstick];
    }

    /// <summary>What was found of one sample.</summary>
    /// <param name="Names">Its documents.</param>
    /// <param name="Matches">What was found of each; null for one that could not be read.</param>
    private sealed record Searched(IReadOnlyList<string> Names, NearMatch?[] Matches)
    {
        internal IEnumerable<(int Document, NearMatch Match)> Read => Matches.Select((match, i) => (i, match)).Where(m => m.match is not null).Select(m => (m.i, m.match!));

        /// <summary>Those that are long enough to be told from others.</summary>
        internal int Told => Read.Count(m => m.Match.Length > 0);

        /// <summary>Those that are not.</summary>
        internal int TooShort => Read.Count() - Told;
    }

    /// <summary>Searches.</summary>
    internal static FoundCopies Run(ReadingInput<TItem> input, INearCopies<TItem>? near, Exhibition<TItem>? exhibition,
        IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        if (near is null || input.Split.Training.Count == 0) return new FoundCopies(null, [.. input.Rows.Select(_ => new RowCopies())]);
        return new NearCopyPass<TItem>(input, exhibition, progress, cancel).Search(near);
    }

    private FoundCopies Search(INearCopies<TItem> near)
    {
        Split<TItem> split = _input.Split;
        int threads = _input.Threads;
        var copies = new RowCopies[_input.Rows.Count];
        Array.Fill(copies, new RowCopies());
        int[] generators = [.. Enumerable.Range(0, copies.Length).Where(r => _input.Rows[r] is { Kind: not RowKind.Shuffled } row
            && row.Compressed is not ICodec<TItem> and not Unfit<TItem> && Documents(r).Count > 0)];
        var overlaps = new List<Overlap>();
        int[] named = [.. generators.Where(r => _input.Rows[r].Named)];
        Entry<TItem>[] rest = [.. _heldOut, .. split.Yardstick];
        // How alike fresh items of this source are to one another; A of itself would say nothing.
        Overlap? among = named.Length > 0 || split.TrainingIsKnown
            ? Of("A", "H", Find(near.Index(rest, threads, _progress, _cancel), Of(split.Floor), "looking for A in H"), null) : null;
        Figure? likely = split.TrainingIsKnown && among is { Share.Value: { } alike } ? Likely(near, rest, among, alike) : null;
        {
            INearIndex<TItem> training = near.Index(_training, threads, _progress, _cancel);
            Searched fresh = Find(training, Of(split.Floor), "looking for A in T");
            Searched heldOut = Find(training, Of(split.TrainingIsKnown ? _allHeldOut : _heldOut), "looking for H in T");
            Figure floorInTraining = ShareOf(fresh);
            // Where H was named apart and is in T, A is too, which says nothing of how alike fresh items are: then what A has in H does, where that is less by more
            // than both errors. The smaller of two that chance alone has apart would be too small.
            if (likely is { Value: { } less } && floorInTraining.Value - less > double.Hypot(Half(likely), Half(floorInTraining)))
                floorInTraining = floorInTraining with { Value = less };
            // Dealt out of one source, A tells how much of a source stands in itself. Named apart, H and A are held out by the user's word alone.
            overlaps.Add(Of("A", "T", fresh, null));
            overlaps.Add(Of("H", "T", heldOut, split.TrainingIsKnown ? null : floorInTraining.Value));
            foreach (int r in generators)
            {
                AuditedRow<TItem> row = _input.Rows[r];
                Searched found = Find(training, Documents(r), $"looking for {row.Name} in T");
                copies[r] = new RowCopies
                {
                    Report = Report(found, floorInTraining.Value, (row.Compressed as IStored<TItem>)?.Documents ?? []),
                    Items = [.. found.Read.Where(m => m.Match.IsCopy).Select(m => ItemOf(row, found, m.Document, m.Match))],
                    Spans = [.. found.Read.SelectMany(m => m.Match.Spans).Select(span => new CopiedSpan(row.Name, "near", span.Document,
                        span.Offset, span.Characters, span.Source, span.SourceOffset, span.Similarity, span.Text))],
                    Exhibits = row.Named ? [.. Show(r, found)] : [],
                };
            }
        }
        if (among is not null) overlaps.Add(among);
        if (named.Length > 0)
        {
            double? floor = among is { Share.Value: { } share } ? In(share, rest.Length, _allHeldOut.Count) : null;
            INearIndex<TItem> held = near.Index(_allHeldOut, threads, _progress, _cancel);
            foreach (int r in named)
                overlaps.Add(Of(_input.Rows[r].Name, "H", Find(held, Documents(r), $"looking for {_input.Rows[r].Name} in H"), floor));
        }
        return new FoundCopies(new Contamination { How = near.How, Overlaps = overlaps }, copies);
    }

    /// <summary>What A would have in T were T as much of H: searched for in as many documents of it, since what stock phrases cover is nearly all covered by a part of
    /// the documents already; where there are fewer, told from each document's chance.</summary>
    private Figure Likely(INearCopies<TItem> near, Entry<TItem>[] rest, Overlap among, double alike) => alike == 0 || rest.Length <= _training.Count
        ? among.Share with { Value = In(alike, rest.Length, _training.Count) }
        : ShareOf(Find(near.Index(rest[.._training.Count], _input.Threads, _progress, _cancel), Of(_input.Split.Floor), "looking for A in as much of H as T is"));

    private static double Half(Figure share) => share.High - share.Value ?? 0;

    /// <summary>The share that would have a near-copy in another number of documents, each of which has its chance by itself: fresh items of a kind that is alike
    /// (digits) find more the more are searched.</summary>
    private static double In(double share, int documents, int others) => documents == 0 ? share : 1 - Math.Pow(1 - Math.Clamp(share, 0, 1), (double)others / documents);

    private static ItemFigure ItemOf(AuditedRow<TItem> row, Searched found, int document, NearMatch match) =>
        new(found.Names[document], "G", row.Name, null, null, null) { NearCopy = new NearCopy(found.Names[document], match.Of!, match.Similarity) };

    private static IReadOnlyList<LazyDocument<TItem>> Of(IReadOnlyList<Entry<TItem>> entries) => [.. entries.Select(LazyDocument<TItem>.Of)];

    /// <summary>A row's G: all that a folder of samples holds, however much of it the ledgers take.</summary>
    private IReadOnlyList<LazyDocument<TItem>> Documents(int row) => _input.Rows[row].Compressed is IStored<TItem> stored
        ? Of(stored.Documents)
        : [.. _input.Ledgers[row].Generated.Where(drawn => drawn.Held is { Count: > 0 }).Select((drawn, i) => new LazyDocument<TItem>(
            $"{_input.Rows[row].Name}, sample {i + 1}", () => drawn.Held!))];

    private Searched Find(INearIndex<TItem> index, IReadOnlyList<LazyDocument<TItem>> documents, string what)
    {
        var matches = new NearMatch?[documents.Count];
        var options = new ParallelOptions { CancellationToken = _cancel, MaxDegreeOfParallelism = _input.Threads };
        for (int first = 0; first < matches.Length; first += Batch)
        {
            // Each document has a place of its own: nothing depends on which thread took it.
            Parallel.For(first, Math.Min(first + Batch, matches.Length), options, i =>
            {
                IReadOnlyList<TItem> items = documents[i].Read();
                if (items.Count > 0) matches[i] = index.Find(items);
            });
            _progress?.Report(new WorkProgress(what, (double)Math.Min(first + Batch, matches.Length) / matches.Length));
        }
        return new Searched([.. documents.Select(document => document.Name)], matches);
    }

    private static Overlap Of(string sample, string within, Searched found, double? floor) =>
        new(sample, within, found.Told, ShareOf(found) with { Floor = floor }, Pairs(found))
        {
            Copies = found.Read.Count(m => m.Match.IsCopy),
            TooShort = found.TooShort,
        };

    /// <param name="found">What was found of G.</param>
    /// <param name="floor">What fresh real items have.</param>
    /// <param name="stored">Its documents, where somebody else drew them.</param>
    private static NearCopyReport Report(Searched found, double? floor, IReadOnlyList<Entry<TItem>> stored)
    {
        Document[] refused = [.. stored.Select(entry => entry.Info).Where((document, i) => Outputs.IsRefused(document) || (found.Matches[i] is null && Outputs.IsGiven(document)))];
        return new(found.Told, found.Read.Count(m => m.Match.IsCopy), ShareOf(found) with { Floor = floor }, Pairs(found))
        {
            TooShort = found.TooShort,
            Refused = refused.Count(document => document.Unread is not { Records: > 0 }),
            RefusedRecords = refused.Sum(document => document.Unread?.Records ?? 0),
            OfRecords = refused.Max(document => document.Unread?.Of) ?? 0,
            FirstRefused = refused.Length == 0 ? null : refused[0].Unread is { } unread ? $"{refused[0].Name}: {unread.Why}" : refused[0].Name,
        };
    }

    private static Figure ShareOf(Searched found) =>
        RatioOfSums.Of([.. found.Read.Select(m => m.Match.Share * m.Match.Length)], [.. found.Read.Select(m => m.Match.Length)]);

    /// <summary>The nearest first; of equals the first ones.</summary>
    private static List<NearCopy> Pairs(Searched found) => [.. Nearest(found).Take(NearCopy.MostListed)
        .Select(m => new NearCopy(found.Names[m.Document], m.Match.Of!, m.Match.Similarity))];

    private static IEnumerable<(int Document, NearMatch Match)> Nearest(Searched found) =>
        found.Read.Where(m => m.Match.Of is not null).OrderByDescending(m => m.Match.Share).ThenByDescending(m => m.Match.Similarity);

    /// <summary>Pairs side by side.</summary>
    private IEnumerable<Exhibit> Show(int row, Searched found)
    {
        if (_exhibition is not { } exhibition) yield break;
        string name = _input.Rows[row].Name;
        IReadOnlyList<LazyDocument<TItem>> documents = Documents(row);
        int number = 0;
        foreach ((int document, NearMatch match) in Nearest(found).Where(m => m.Match is { IsCopy: true, OfNumber: >= 0 }).Take(MostShown))
        {
            IReadOnlyList<TItem> items = documents[document].Read(), originals = LazyDocument<TItem>.Of(_training[match.OfNumber]).Read();
            if (items.Count == 0 || originals.Count == 0) continue;
            number++;
            yield return new Exhibit(name, "copy", string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{found.Names[document]} beside {match.Of}, which is in the training sample: a near-copy (similarity {match.Similarity:0.000})."),
                [exhibition.Add(name, $"copy-{number}", "generated", exhibition.Exhibitor.Show(items[0])),
                    exhibition.Add(name, $"copy-{number}-of", "in the training sample", exhibition.Exhibitor.Show(originals[0]))]);
        }
    }
}
