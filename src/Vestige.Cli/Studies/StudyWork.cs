using System.Diagnostics;
using System.Globalization;
using Vestige.Audits;
using Vestige.Audits.Documents;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Expressions;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Pairs;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Studies;
using Vestige.Worlds;

namespace Vestige.Cli.Studies;

/// <summary>Runs the pieces of a study: the cells of one training, in one block, each piece on one thread.</summary>
internal sealed class StudyWork<TItem>
{
    /// <summary>What is measured of a row of an audit, as its columns are called; those that nothing gives are left out.</summary>
    private static readonly (string Name, int Better)[] s_columns =
    [
        ("generalized", 1), ("hallucinated", -1), ("memorized", -1), ("lost", -1), ("in-t", 0), ("at-most", -1), ("rate", -1), ("held-out", -1), ("training", 0),
        ("gap", 0), ("bits-memorized", 0),
        ("stored", -1), ("copied", -1), ("extracted", -1),
    ];

    private readonly StudyPlan _plan;
    private readonly Domain<TItem> _domain;
    private readonly StudyFolder _folder;
    private readonly Context _context;
    private readonly Func<ulong, ISource<TItem>> _open;
    private readonly IReadOnlyList<Column> _columns;

    internal StudyWork(StudyPlan plan, Domain<TItem> domain, StudyFolder folder, Context context, IProgress<WorkProgress> progress)
    {
        (_plan, _domain, _folder, _context) = (plan, domain, folder, context);
        StudyOptions options = plan.Options;
        ISource<TItem> Open(ulong seed) => domain.Open(new SourceRequest(options.Source, options.Scale, seed)
        {
            Text = options.Reading,
            Memory = options.Memory,
            Known = options.Known,
            MostDocuments = options.MostDocuments,
        }, progress, context.Cancel);
        Source = Open(options.Seed);
        CheckPhrasings(plan, Source is IWorld<TItem> told ? told.Phrasings : 1);
        // A world is another in each block; files are the same, and dealt anew.
        _open = domain.SourcePrefix is null ? _ => Source : Open;
        _columns = Columns.Of(domain.SizeUnit, domain.PairedMeasures.Select(measure => (measure.Name, measure.Unit)));
        Responses = Source is IWorld<TItem> { Enumerates: true } world ? WorldResponses.Of(world)
            : Source is INoise<TItem> ? WorldResponses.OfNoise
            // What is lost is estimated at a resolution that T's size decides: with less of T less can be told, and no difference would be the ingredient's.
            : [.. s_columns.Where(wanted => wanted.Name != "lost" || plan.Design.Factors.All(factor => factor.Name != "data"))
                .Join(_columns, wanted => wanted.Name, column => column.Name, (wanted, column) => new Response(column.Name, column.Unit) { Better = wanted.Better }),
                .. Paired(domain.PairedMeasures)];
    }

    /// <summary>Of the measure at which codecs are matched the worst documents too.</summary>
    private IEnumerable<Response> Paired(IReadOnlyList<PairedMeasure> measures) =>
        from column in _columns
        from measure in measures
        where measure.IsStudied && measure.Name == column.Measure && (!column.IsOfWorst || measure == measures[0])
        select new Response(column.Name, column.Unit) { Better = measure.MoreShownIsBetter ? 1 : -1 };

    /// <summary>Refuses what would change nothing: that no effect is seen of it would be no finding.</summary>
    /// <exception cref="UsageException">There are no such phrasings.</exception>
    private static void CheckPhrasings(StudyPlan plan, int phrasings)
    {
        foreach (StudyCell cell in plan.Cells)
        {
            if (cell.Ingredients.PhrasingsTold is not { } told || (told <= phrasings && phrasings > 1)) continue;
            throw new UsageException($"--vary phrasings-told={told}: in {plan.Options.Source} "
                + (phrasings > 1 ? $"each fact is said in {phrasings} ways; take 1 to {phrasings}" : "nothing is known to be said in several ways; it is for world:facts"));
        }
    }

    /// <summary>The source as the first block has it.</summary>
    internal ISource<TItem> Source { get; }

    /// <summary>What its figures depend on beside its settings.</summary>
    internal RunFacts Facts => RunFacts.Of([Source], _domain.Version(), CompressorChoice.Versions(_domain, [.. _plan.Cells.Select(cell => cell.Spec)]));

    /// <summary>What may be measured here.</summary>
    internal IReadOnlyList<Response> Responses { get; }

    /// <summary>The cells of one piece.</summary>
    internal sealed record Piece(int Block, IReadOnlyList<StudyCell> Cells, string Key);

    /// <summary>The pieces of some blocks.</summary>
    internal IReadOnlyList<Piece> Pieces(int blocks, IReadOnlyList<StudyCell> cells) =>
    [
        .. Enumerable.Range(0, blocks).SelectMany(block => cells.GroupBy(StudyPlan.GroupOf).Select(group => new Piece(block, [.. group], KeyOf(block, group)))),
    ];

    /// <summary>Runs pieces, several at once, and takes those that were finished before.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; what is finished is kept.</exception>
    internal IReadOnlyList<PieceResult> Run(IReadOnlyList<Piece> pieces, string what, IProgress<WorkProgress> progress)
    {
        var results = new PieceResult[pieces.Count];
        double[] done = new double[pieces.Count];
        int finished = 0;
        Parallel.For(0, pieces.Count, new ParallelOptions { MaxDegreeOfParallelism = _plan.Options.Threads, CancellationToken = _context.Cancel }, i =>
        {
            results[i] = Find(pieces[i]) ?? Do(pieces[i], new Steps(advance =>
            {
                Volatile.Write(ref done[i], advance);
                Report();
            }));
            Volatile.Write(ref done[i], 1);
            Interlocked.Increment(ref finished);
            Report();
        });
        return results;

        void Report() =>
            progress.Report(new WorkProgress(what, done.Sum() / pieces.Count) { Detail = string.Create(CultureInfo.InvariantCulture, $"{finished} of {pieces.Count}") });
    }

    /// <summary>What a piece gave that was finished before; null where it was not.</summary>
    internal PieceResult? Find(Piece piece) => _folder.Find(piece.Key) is { } kept && kept.Outcomes.Count == piece.Cells.Count ? kept : null;

    /// <summary>Runs one piece and keeps what it gave.</summary>
    internal PieceResult Do(Piece piece, IProgress<WorkProgress> progress)
    {
        var watch = Stopwatch.StartNew();
        CellOutcome[] outcomes = Measure(piece, progress);
        var result = new PieceResult(outcomes, watch.Elapsed.TotalSeconds);
        _folder.Keep(piece.Key, result);
        return result;
    }

    private CellOutcome[] Measure(Piece piece, IProgress<WorkProgress> progress)
    {
        StudyOptions options = _plan.Options;
        ulong seed = SeedOf(piece.Block);
        ISource<TItem> source = _open(seed);
        var deal = new DealOptions(options.Units, seed);
        if (options.Reserve is { } reserve) deal = deal with { Reserve = reserve };
        Split<TItem> split = Split.Deal(source, deal);
        StudyCell first = piece.Cells[0];
        ICompressor<TItem>[] compressors = [.. piece.Cells.Select(cell => CompressorChoice.Make<TItem>(Seeded(cell.Spec, seed))!)];
        if (source is IWorld<TItem> { Enumerates: true } world)
        {
            var lab = new WorldLab<TItem>(world, split.Training, first.Ingredients, first.Times, seed) { Shelf = _folder.Shelf };
            return [.. compressors.Select(compressor => lab.Measure(compressor, progress, _context.Cancel))];
        }
        if (source is INoise<TItem> noise)
        {
            var training = new Training<TItem>(first.Ingredients.Of(split.Training, seed, first.Times), seed) { Shelf = _folder.Shelf };
            var lab = new NoiseLab<TItem>(noise, training, split.HeldOut);
            return [.. compressors.Select(compressor => lab.Measure(compressor, progress, _context.Cancel))];
        }
        return Audited(piece, compressors, source, split, seed, progress);
    }

    /// <summary>The ledger of each cell out of an audit of them all.</summary>
    private CellOutcome[] Audited(Piece piece, ICompressor<TItem>[] compressors, ISource<TItem> source, Split<TItem> split, ulong seed, IProgress<WorkProgress> progress)
    {
        StudyOptions options = _plan.Options;
        StudyCell first = piece.Cells[0];
        (Split<TItem> given, IReadOnlyList<Entry<TItem>> again) = StudySplit.Of(split, first.Ingredients, seed, first.Times);
        var settings = new AuditSettings
        {
            SourceName = options.Source,
            Command = _context.CommandLine,
            Seed = seed,
            Units = options.Units,
            Threads = 1,
            Reading = $"{_domain.Version()}, scale {options.Scale}, {options.Reading.Options}",
            Versions = CompressorChoice.Versions(_domain, [.. piece.Cells.Select(cell => cell.Spec)]),
        };
        AuditResult result = Audit.Run(
            new AuditRequest<TItem>(given, compressors, _domain.Parrot, _domain.ViewsLedBy(options.View, _domain.ViewsOf?.Invoke(source) ?? _domain.Views), settings)
            {
                Journal = _folder.Journal,
                Shelf = _folder.Shelf,
                CloseReading = _domain.CloseReading?.Invoke(1, new Language.Strings.ExtractionPlan()),
                Planted = again,
                Pairing = _domain.Pairing,
                // One view for all cells: figures of two views are no contrast.
                FirstViewLeads = true,
            },
            progress, _context.Cancel);
        return [.. compressors.Select(compressor => Outcome(result, result.Rows.First(row => row.Name == compressor.Name)))];
    }

    private CellOutcome Outcome(AuditResult result, Row row)
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (Response response in Responses)
        {
            Figure figure = response.Name switch
            {
                // Where the truth is known nothing is estimated.
                "generalized" when row.Exact is { } exact => exact.Generalized,
                "hallucinated" when row.Exact is { } exact => exact.Hallucinated,
                "memorized" when row.Exact is { } exact => exact.Memorized,
                "lost" when row.Exact is { } exact => exact.Lost,
                _ => _columns.First(column => column.Name == response.Name).Of(result, row),
            };
            if (figure.Value is { } value && double.IsFinite(value)) values[response.Name] = value;
        }
        return new CellOutcome(values, values.Count == 0 || row.Ledgers.Count == 0 ? row.Why ?? "there is no ledger" : null);
    }

    private ulong SeedOf(int block) => Rng.Mix(_plan.Options.Seed, (ulong)block);

    /// <summary>A block has a seed for everything, a model's weights too; each model is trained on one thread, several at once.</summary>
    private static Spec Seeded(Spec spec, ulong seed)
    {
        foreach ((string name, string value) in new[] { ("seed", (seed % int.MaxValue).ToString(CultureInfo.InvariantCulture)), ("threads", "1") })
            if (spec.Row.Options.Any(option => option.Name == name) && spec.Given.All(given => given.Option != name)) spec = spec.With(name, value);
        return spec;
    }

    private string KeyOf(int block, IEnumerable<StudyCell> cells)
    {
        StudyOptions options = _plan.Options;
        string cellsText = string.Join('\n', cells.Select(cell => $"{cell.Spec.Identity} {cell.Ingredients} {cell.Times}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Audit.ThisVersion} {typeof(Audit).Module.ModuleVersionId} {options.Source} {Source.Documents.Count} {options.Units} ")
            + $"{options.Reserve} {options.Scale} {options.View} {options.MostDocuments} {options.Reading.Options} {SeedOf(block)}\n{cellsText}";
    }

    /// <summary>How far a piece is: most of it is its training.</summary>
    private sealed class Steps(Action<double> report) : IProgress<WorkProgress>
    {
        private const double Training = 0.85;

        public void Report(WorkProgress value) => report(value.What.StartsWith("training", StringComparison.Ordinal) ? Training * value.Done : Training);
    }
}
