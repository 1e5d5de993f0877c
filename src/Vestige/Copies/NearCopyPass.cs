using Vestige.Audits;
using Vestige.Compressors;
using Vestige.Estimators;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Copies;

/// <summary>Searches samples for one another's near-copies: H and A in T, each row's G in T and in H. All of T is searched, always.</summary>
internal sealed class NearCopyPass<TItem>
{
    /// <summary>Pairs that the result lists of a sample, and pairs that are shown of a row.</summary>
    internal const int MostPairs = 20, MostShown = 6;

    // Documents that are in memory at once.
    private const int Batch = 64;

    private readonly AuditRequest<TItem> _request;
    private readonly IReadOnlyList<Entry<TItem>> _training;
    private readonly IReadOnlyList<Entry<TItem>> _heldOut;
    private readonly CancellationToken _cancel;
    private readonly IProgress<Advance>? _progress;

    private NearCopyPass(AuditRequest<TItem> request, IProgress<Advance>? progress, CancellationToken cancel)
    {
        (_request, _progress, _cancel) = (request, progress, cancel);
        Split<TItem> split = request.Split;
        _training = RealDocuments.TrainingOf(split);
        _heldOut = RealDocuments.HeldOutOf(split);
    }

    /// <summary>What was found of one sample.</summary>
    /// <param name="Names">Its documents.</param>
    /// <param name="Matches">What was found of each; null for one that could not be read.</param>
    private sealed record Searched(IReadOnlyList<string> Names, NearMatch?[] Matches)
    {
        internal IEnumerable<(int Document, NearMatch Match)> Read => Matches.Select((match, i) => (i, match)).Where(m => m.match is not null).Select(m => (m.i, m.match!));
    }

    /// <summary>Searches; rows get their near-copies, the result what samples share that they should not.</summary>
    /// <returns>Null where items of this kind have no near-copies or nothing was there to search.</returns>
    internal static Contamination? Run(AuditRequest<TItem> request, IReadOnlyList<RowWork<TItem>> rows, IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (request.NearCopies is not { } near || request.Split.Training.Count == 0) return null;
        return new NearCopyPass<TItem>(request, progress, cancel).Search(near, rows);
    }

    private Contamination Search(INearCopies<TItem> near, IReadOnlyList<RowWork<TItem>> rows)
    {
        Split<TItem> split = _request.Split;
        int threads = _request.Settings.Threads;
        RowWork<TItem>[] generators = [.. rows.Where(row => row.Kind != RowKind.Shuffled && row.Compressed is not ICodec<TItem> and not Unfit<TItem> && Documents(row).Count > 0)];
        var overlaps = new List<Overlap>();
        Figure floorInTraining = Figure.NotMeasurable("no held-out documents");
        {
            INearIndex<TItem> training = near.Index(_training, threads, _progress, _cancel);
            Searched fresh = Find(training, Of(split.Floor), "looking for A in T"), heldOut = Find(training, Of(_heldOut), "looking for H in T");
            floorInTraining = ShareOf(fresh);
            // Dealt out of one source, A tells how much of a source stands in itself. Named apart, H and A are held out by the user's word alone.
            overlaps.Add(Of("A", "T", fresh, null));
            overlaps.Add(Of("H", "T", heldOut, split.TrainingIsKnown ? null : floorInTraining.Value));
            foreach (RowWork<TItem> row in generators)
            {
                Searched found = Find(training, Documents(row), $"looking for {row.Compressor.Name} in T");
                row.NearCopies = Report(found, floorInTraining.Value);
                row.CopyItems = [.. found.Read.Where(m => m.Match.IsCopy).Select(m => ItemOf(row, found, m.Document, m.Match))];
                row.CopiedSpans = [.. found.Read.SelectMany(m => m.Match.Spans).Select(span => new CopiedSpan(row.Compressor.Name, "near", span.Document,
                    span.Offset, span.Characters, span.Source, span.SourceOffset, span.Similarity, span.Text))];
                if (row.Named) row.Exhibits = [.. row.Exhibits, .. Show(row, found)];
            }
        }
        if (generators.Any(row => row.Named))
        {
            INearIndex<TItem> held = near.Index(_heldOut, threads, _progress, _cancel);
            double? floor = ShareOf(Find(held, Of(split.Floor), "looking for A in H")).Value;
            foreach (RowWork<TItem> row in generators.Where(row => row.Named))
                overlaps.Add(Of(row.Compressor.Name, "H", Find(held, Documents(row), $"looking for {row.Compressor.Name} in H"), floor));
        }
        return new Contamination { How = near.How, Overlaps = overlaps };
    }

    private static ItemFigure ItemOf(RowWork<TItem> row, Searched found, int document, NearMatch match) =>
        new(found.Names[document], "G", row.Compressor.Name, null, null, null) { NearCopy = new NearCopy(found.Names[document], match.Of!, match.Similarity) };

    private static IReadOnlyList<RealDocuments.Lazy<TItem>> Of(IReadOnlyList<Entry<TItem>> entries) => [.. entries.Select(RealDocuments.Lazy<TItem>.Of)];

    /// <summary>A row's G: all that a folder of samples holds, however much of it the ledgers take.</summary>
    private static IReadOnlyList<RealDocuments.Lazy<TItem>> Documents(RowWork<TItem> row) => row.Compressed is IStored<TItem> stored
        ? Of(stored.Documents)
        : [.. row.Generated.Where(drawn => drawn.Held is { Count: > 0 }).Select((drawn, i) => new RealDocuments.Lazy<TItem>(
            $"{row.Compressor.Name}, sample {i + 1}", () => drawn.Held!))];

    private Searched Find(INearIndex<TItem> index, IReadOnlyList<RealDocuments.Lazy<TItem>> documents, string what)
    {
        var matches = new NearMatch?[documents.Count];
        var options = new ParallelOptions { CancellationToken = _cancel, MaxDegreeOfParallelism = _request.Settings.Threads };
        for (int first = 0; first < matches.Length; first += Batch)
        {
            // Each document has a place of its own: nothing depends on which thread took it.
            Parallel.For(first, Math.Min(first + Batch, matches.Length), options, i =>
            {
                IReadOnlyList<TItem> items = documents[i].Read();
                if (items.Count > 0) matches[i] = index.Find(items);
            });
            _progress?.Report(new Advance(what, (double)Math.Min(first + Batch, matches.Length) / matches.Length));
        }
        return new Searched([.. documents.Select(document => document.Name)], matches);
    }

    private static Overlap Of(string sample, string within, Searched found, double? floor) =>
        new(sample, within, found.Read.Count(), ShareOf(found) with { Floor = floor }, Pairs(found)) { Copies = found.Read.Count(m => m.Match.IsCopy) };

    private static NearCopyReport Report(Searched found, double? floor) =>
        new(found.Read.Count(), found.Read.Count(m => m.Match.IsCopy), ShareOf(found) with { Floor = floor }, Pairs(found))
        {
            Refused = found.Matches.Count(match => match is null),
        };

    private static Figure ShareOf(Searched found) =>
        RatioOfSums.Of([.. found.Read.Select(m => m.Match.Share * m.Match.Length)], [.. found.Read.Select(m => m.Match.Length)]);

    /// <summary>The nearest first; of equals the first ones.</summary>
    private static List<NearCopy> Pairs(Searched found) => [.. Nearest(found).Take(MostPairs)
        .Select(m => new NearCopy(found.Names[m.Document], m.Match.Of!, m.Match.Similarity))];

    private static IEnumerable<(int Document, NearMatch Match)> Nearest(Searched found) =>
        found.Read.Where(m => m.Match.Of is not null).OrderByDescending(m => m.Match.Share).ThenByDescending(m => m.Match.Similarity);

    /// <summary>Pairs side by side.</summary>
    private IEnumerable<Exhibit> Show(RowWork<TItem> row, Searched found)
    {
        if (_request.Exhibition is not { } exhibition) yield break;
        IReadOnlyList<RealDocuments.Lazy<TItem>> documents = Documents(row);
        int number = 0;
        foreach ((int document, NearMatch match) in Nearest(found).Where(m => m.Match is { IsCopy: true, OfNumber: >= 0 }).Take(MostShown))
        {
            IReadOnlyList<TItem> items = documents[document].Read(), originals = RealDocuments.Lazy<TItem>.Of(_training[match.OfNumber]).Read();
            if (items.Count == 0 || originals.Count == 0) continue;
            number++;
            yield return new Exhibit(row.Compressor.Name, "copy", string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{found.Names[document]} beside {match.Of}, which is in the training sample: a near-copy (similarity {match.Similarity:0.000})."),
                [exhibition.Add(row.Compressor.Name, $"copy-{number}", "generated", exhibition.Exhibitor.Show(items[0])),
                    exhibition.Add(row.Compressor.Name, $"copy-{number}-of", "in the training sample", exhibition.Exhibitor.Show(originals[0]))]);
        }
    }
}
