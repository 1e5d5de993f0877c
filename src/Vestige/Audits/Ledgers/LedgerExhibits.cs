using System.Globalization;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Estimators.Points;
using Vestige.Exhibits;
using Vestige.Numerics.Neighbours;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits.Ledgers;

/// <summary>Things to look at, a row at a time: the parts that a continuous view counts as lost or hallucinated, and what changed most in it where
/// no paired measure says that.</summary>
internal sealed class LedgerExhibits<TItem>(
    LedgerInput<TItem> input, int viewNumber, PointReferences references, PointSample training,
    List<SampledDocument<TItem>> heldOutDocuments, PointSample heldOut)
{
    /// <summary>Parts shown of each kind; no two of one document.</summary>
    private const int Parts = 4;

    /// <summary>Real neighbours shown beside each.</summary>
    private const int Neighbours = 2;

    private readonly IPointView<TItem> _view = (IPointView<TItem>)input.Views[viewNumber];
    private readonly Exhibition<TItem> _exhibition = input.Exhibition!;
    private readonly bool _isPaired = input.IsPaired;

    /// <summary>A sample whose points can be shown.</summary>
    /// <param name="Documents">Its documents.</param>
    /// <param name="Points">Its points, which say of what document and unit they are.</param>
    /// <param name="Whitened">The same points, in the space of distances.</param>
    /// <param name="Open">Gives a document's items; null where it cannot be read any more.</param>
    private sealed record Shown(
        List<SampledDocument<TItem>> Documents, PointSample Points, PointSet Whitened, Func<Entry<TItem>, IReadOnlyList<TItem>?> Open)
    {
        // Units are numbered through the documents that were looked at.
        private readonly (int Document, int Item)[] _units =
            [.. Documents.SelectMany((document, d) => Enumerable.Range(0, document.IsUsable ? document.Items : 0).Select(item => (d, item)))];

        internal (int Document, int Item) At(int point) => _units[Points.UnitOf[point]];
    }

    /// <summary>The view whose points these are of.</summary>
    internal int View => viewNumber;

    internal IReadOnlyList<Exhibit> Of(
        AuditedRow<TItem> row, List<SampledDocument<TItem>> documents, PointSample points, PointReferences.Row against, Ledger ledger, CancellationToken cancel)
    {
        if (documents.Any(d => d.Entry is null)) return [];
        var codec = row.Compressed as ICodec<TItem>;
        var real = new Shown(heldOutDocuments, heldOut, references.HeldOut.Points, LazyDocument<TItem>.ReadAgain);
        var made = new Shown(documents, points, against.Generated.Points, codec is null ? LazyDocument<TItem>.ReadAgain : entry => LazyDocument<TItem>.CodeAgain(codec, entry));
        string name = row.Name, things = ledger.Element + "s", items = input.Documents.Medium.Items;
        var exhibits = new List<Exhibit?>();
        if (codec is not null && !_isPaired && Moved(made) is { Length: > 0 } moved)
        {
            exhibits.Add(Pair("worst", moved[^1], "changed most"));
            exhibits.Add(Pair("median", moved[(moved.Length - 1) / 2], "changed neither much nor little"));
        }
        exhibits.Add(Mosaic("lost", against.Lost(references), real,
            point => [(real, point), .. Nearest(real, point, real, Neighbours), .. Nearest(real, point, made, 1)],
            $"{things} of held-out {items} that {name} has nothing like ({Share(ledger.Lost.Raw)} of them; {Share(ledger.Lost.Floor)} where real {items} take its place). "
            + $"From the left: the {ledger.Element}, the nearest in other held-out {items}, the nearest that {name} has."));
        (Shown, int)[] Original(int point) => codec is null ? [] : [(made with { Open = LazyDocument<TItem>.ReadAgain }, point)];
        exhibits.Add(Mosaic("hallucinated", against.Hallucinated(), made,
            point => [(made, point), .. Original(point), .. Nearest(made, point, real, Neighbours)],
            $"{things} of {name} that held-out {items} have nothing like ({Share(ledger.Hallucinated.Raw)} of them; {Share(ledger.Hallucinated.Floor)} for real {items}). "
            + $"From the left: the {ledger.Element}, {(codec is null ? "" : "its original, ")}the nearest in held-out {items}."));
        return [.. exhibits.OfType<Exhibit>()];

        Exhibit? Pair(string kind, (int Document, double Distance) found, string words)
        {
            cancel.ThrowIfCancellationRequested();
            Entry<TItem> entry = documents[found.Document].Entry!;
            if (LazyDocument<TItem>.ReadAgain(entry) is not { } original || made.Open(entry) is not { } reconstruction) return null;
            return _exhibition.AddLayers(name, kind, string.Create(CultureInfo.InvariantCulture,
                $"{entry.Info.Name}: the one of {documents.Count} {items} that {name} {words}; its {things} moved by {found.Distance:0.00} of the way to others drawn at random"),
                original[0], reconstruction[0]);
        }

        Exhibit? Mosaic(string kind, int[] clearest, Shown of, Func<int, IEnumerable<(Shown, int)>> beside, string caption)
        {
            var rows = new List<List<TItem>>();
            int[] found = [.. clearest.DistinctBy(point => of.At(point).Document)];
            // As many at once as there is room for: where one cannot be read any more the next takes its place.
            for (int next = 0; rows.Count < Parts && next < found.Length;)
            {
                int[] some = found[next..Math.Min(found.Length, next + Parts - rows.Count)];
                rows.AddRange(InParallel.Select(some, input.Threads, point => PartsOf(beside(point), cancel), cancel).OfType<List<TItem>>());
                next += some.Length;
            }
            return rows.Count == 0 ? null
                : new Exhibit(name, kind, char.ToUpperInvariant(caption[0]) + caption[1..] + " The clearest cases, one a document.",
                    [_exhibition.Add(name, kind, "tiles", _exhibition.Exhibitor.Mosaic(rows))]);
        }
    }

    /// <summary>For each document that was coded how far its points moved, the least first: the root mean square of their distances, over
    /// that of two points of T drawn at random, which after whitening is sqrt(2 d).</summary>
    private (int Document, double Distance)[] Moved(Shown made)
    {
        var moved = new List<(int Document, double Distance)>();
        // T, document for document: of those that the codec took, as many points as of their originals.
        (int Start, int Count)[] originals = Runs(training, made.Documents, all: true), coded = Runs(made.Points, made.Documents, all: false);
        for (int document = 0; document < made.Documents.Count; document++)
        {
            ((int before, int count), (int after, int left)) = (originals[document], coded[document]);
            if (left != count || count == 0) continue;
            double sum = 0;
            for (int i = 0; i < count; i++) sum += PointSet.SquaredDistance(references.Training.Points[before + i], made.Whitened[after + i]);
            moved.Add((document, Math.Sqrt(sum / count / (2 * _view.Dimensions))));
        }
        return [.. moved.OrderBy(m => m.Distance).ThenBy(m => m.Document)];
    }

    /// <summary>Where the points of each document stand in a sample.</summary>
    private static (int Start, int Count)[] Runs(PointSample points, List<SampledDocument<TItem>> documents, bool all)
    {
        var runs = new (int, int)[documents.Count];
        int unit = 0, point = 0;
        for (int d = 0; d < runs.Length; d++)
        {
            int start = point;
            if (all || documents[d].IsUsable) unit += documents[d].Items;
            while (point < points.Count && points.UnitOf[point] < unit) point++;
            runs[d] = (start, point - start);
        }
        return runs;
    }

    /// <summary>The points nearest to one; of its own sample, those of other units.</summary>
    private static IEnumerable<(Shown, int)> Nearest(Shown of, int point, Shown among, int count) =>
        Enumerable.Range(0, among.Points.Count)
            .Where(i => !ReferenceEquals(of, among) || among.Points.UnitOf[i] != of.Points.UnitOf[point])
            .OrderBy(i => PointSet.SquaredDistance(of.Whitened[point], among.Whitened[i])).ThenBy(i => i)
            .Take(count).Select(i => (among, i));

    /// <summary>What the points describe; null where one of the documents cannot be read any more.</summary>
    private List<TItem>? PartsOf(IEnumerable<(Shown, int)> points, CancellationToken cancel)
    {
        var parts = new List<TItem>();
        foreach ((Shown sample, int point) in points)
        {
            (int document, int item) = sample.At(point);
            Entry<TItem> entry = sample.Documents[document].Entry!;
            using IDisposable? room = LazyDocument<TItem>.RoomFor(entry, cancel);
            if (sample.Open(entry) is not { } items) return null;
            parts.Add(_view.Part(items[item], point - sample.Points.UnitOf.IndexOf(sample.Points.UnitOf[point])));
        }
        return parts;
    }

    private static string Share(double? share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
