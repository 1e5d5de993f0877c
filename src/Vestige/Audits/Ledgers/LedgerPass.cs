using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Estimators.Atoms;
using Vestige.Estimators.Points;
using Vestige.Exhibits;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits.Ledgers;

/// <summary>What the pass over ledgers takes.</summary>
/// <param name="Split">Who was dealt into which sample.</param>
/// <param name="Samples">What of it is usable.</param>
/// <param name="Documents">What was seen of it.</param>
/// <param name="Rows">What is audited.</param>
/// <param name="Views">What was looked through.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Threads">Threads; no figure depends on it.</param>
internal sealed record LedgerInput<TItem>(Split<TItem> Split, Samples<TItem> Samples, SeenDocuments<TItem> Documents, IReadOnlyList<AuditedRow<TItem>> Rows,
    IReadOnlyList<IView<TItem>> Views, ulong Seed, int Threads)
{
    /// <summary>Where things to look at go; null for none.</summary>
    internal Exhibition<TItem>? Exhibition { get; init; }

    /// <summary>Whether a paired measure says what changed most, so that no view has to.</summary>
    internal bool IsPaired { get; init; }

    /// <summary>Whether what is drawn will be read again, and is held in memory until then.</summary>
    internal bool HoldsItems { get; init; }
}

/// <summary>From what the views saw to each row's ledgers. What was seen is read back for one row at a time.</summary>
internal sealed class LedgerPass<TItem>
{
    private readonly LedgerInput<TItem> _input;
    private readonly Samples<TItem> _samples;
    private readonly SeenDocuments<TItem> _documents;
    private readonly IReferences[] _grounds;
    private readonly LedgerExhibits<TItem>? _exhibits;
    private readonly int _resolution;
    private readonly int _units;

    /// <summary>The real samples of a view as its estimator takes them.</summary>
    private interface IReferences;

    private sealed record Points(PointReferences References) : IReferences;

    private sealed record Atoms(AtomReferences References, int Level) : IReferences;

    private LedgerPass(LedgerInput<TItem> input)
    {
        _input = input;
        _samples = input.Samples;
        _documents = input.Documents;
        // Of T nothing is drawn: a codec's G is as large as it is.
        List<SampledDocument<TItem>>[] drawn =
        [
            Real(_samples.HeldOut), Real(_samples.Floor), .. input.Rows.Select(Stored).OfType<List<SampledDocument<TItem>>>().Where(IsEnough),
        ];
        _resolution = ResolutionN.For([.. drawn.Select(sample => (int)Math.Floor(Size(sample)))]);
        _units = (int)Math.Ceiling(Size(Real(_samples.Floor)));
        _grounds = new IReferences[input.Views.Count];
        for (int v = 0; v < _grounds.Length; v++)
        {
            if (input.Views[v] is IPointView<TItem> points)
            {
                List<SampledDocument<TItem>> documents = Real(_samples.HeldOut);
                PointSample training = Gather(v, points, Real(_samples.Training)), heldOut = Gather(v, points, documents);
                var references = new PointReferences(training, heldOut, Gather(v, points, Real(_samples.Floor)), input.Threads, points.IsScaled);
                _grounds[v] = new Points(references);
                if (input.Exhibition is not null) _exhibits ??= new LedgerExhibits<TItem>(input, v, references, training, documents, heldOut);
            }
            else
            {
                int level = Level(v, input.Rows);
                AtomSample Read(List<Part<TItem>> parts) => Gather(v, level, Real(parts));
                _grounds[v] = new Atoms(new AtomReferences(Read(_samples.Training), Read(_samples.HeldOut), Read(_samples.Floor), _resolution), level);
            }
        }
    }

    /// <summary>One result a row, in the order of the rows.</summary>
    internal static RowLedgers<TItem>[] Run(LedgerInput<TItem> input, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        if (input.Samples.Clusters < DealOptions.MinDocuments)
        {
            string why = TooFew<TItem>.Why(input.Samples, input.Documents, input.Split);
            // What ails a row by itself would with more documents too.
            return [.. input.Rows.Select(row => new RowLedgers<TItem> { Why = row.Compressed is Unfit<TItem> unfit ? unfit.Why : why })];
        }
        Memory.GiveBack();
        var pass = new LedgerPass<TItem>(input);
        var made = new RowLedgers<TItem>[input.Rows.Count];
        // One row at a time, with all threads at what takes longest: its memory does not grow with their number.
        for (int r = 0; r < made.Length; r++)
        {
            made[r] = pass.Estimate(input.Rows[r], progress, cancel);
            Memory.GiveBack();
            progress?.Report(new WorkProgress("estimating ledgers", (double)(r + 1) / made.Length));
        }
        return made;
    }

    private RowLedgers<TItem> Estimate(AuditedRow<TItem> row, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        if (row.Compressed is Unfit<TItem> unfit) return new RowLedgers<TItem> { Why = unfit.Why };
        List<SampledDocument<TItem>> generated;
        try
        {
            generated = Stored(row) ?? Generate(row, progress, cancel);
        }
        catch (UnusableDocumentException silent)
        {
            // A generator that gives nothing: the other rows stand.
            return new RowLedgers<TItem> { Why = silent.Message };
        }
        if (!IsEnough(generated))
        {
            int given = generated.Count(d => d.IsUsable);
            return new RowLedgers<TItem>
            {
                Why = $"{given} {(given == 1 ? "document" : "documents")} to look at; a ledger needs {DealOptions.MinDocuments}, {Jackknife.MinDocuments} for intervals",
            };
        }
        IReadOnlyList<Exhibit> exhibits = [];
        var made = new Ledger[_grounds.Length];
        bool paired = row.Codec is not null;
        ulong seed = Rng.Mix(_input.Seed, row.Name);
        for (int v = 0; v < made.Length; v++)
        {
            cancel.ThrowIfCancellationRequested();
            IView<TItem> view = _input.Views[v];
            switch (_grounds[v])
            {
                case Points { References: { } references }:
                    PointSample points = Gather(v, (IPointView<TItem>)view, generated);
                    var against = new PointReferences.Row(references, points, paired, _input.Threads);
                    made[v] = PointLedger.Estimate(references, against, new PointLedger.Plan(view.Name, view.Element, seed));
                    if (row.Named && _exhibits?.View == v) exhibits = _exhibits.Of(row, generated, points, against, made[v], cancel);
                    break;
                case Atoms real:
                    AtomSample atoms = Gather(v, real.Level, generated);
                    var plan = new AtomLedger.Plan(view.Name, view.Element, _resolution, paired, ((IAtomView<TItem>)view).Splits, seed, Math.ScaleB(1, -real.Level));
                    made[v] = AtomLedger.Estimate(real.References, atoms, plan);
                    break;
            }
        }
        return new RowLedgers<TItem>
        {
            Ledgers = WhyTrainingIsUnknown(row) is { } why ? [.. made.Select(ledger => WithoutTraining(ledger, why))] : made,
            Generated = [.. generated.Where(document => document.IsUsable).Select(document => new GeneratedDocument<TItem>(document.Entry, document.Items, document.Held))],
            Exhibits = exhibits,
        };
    }

    /// <summary>G where it is known already: the reconstruction of T for a codec, the stored documents; null for what must be drawn.</summary>
    private List<SampledDocument<TItem>>? Stored(AuditedRow<TItem> row) => row.Compressed switch
    {
        ICodec<TItem> => [.. Real(_samples.Training).Select(document => document with
        {
            Through = _documents.Outcome(row, _documents.IndexOf(document.Entry!)).Bytes < 0 ? null : v => _documents.Seen(row, document.Entry!, v)!,
        })],
        IStored<TItem> => Real(row.Kind == RowKind.Yardstick ? _samples.Yardstick : Samples<TItem>.PartsOf(row.Elsewhere, _input.Split, _documents)),
        _ => null,
    };

    /// <summary>G drawn now.</summary>
    private List<SampledDocument<TItem>> Generate(AuditedRow<TItem> row, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        if (row.Compressed is not IGenerator<TItem> generator)
            throw new InvalidOperationException($"{row.Name} can neither be sampled nor reconstruct.");
        var drawn = new List<SampledDocument<TItem>>();
        int left = _units;
        Medium medium = _samples.Training[0].Entry.Source.Medium;
        foreach (IReadOnlyList<TItem> items in generator.Sample(left, Rng.Mix(_input.Seed, "sample"), progress, cancel))
        {
            int count = Math.Min(items.Count, left);
            // Drawn after the level of thinning was fixed, so that they are kept whole until they are counted.
            ViewRecord[] seen = [.. _input.Views.Select(v => ViewRecord.At(v, items, int.MaxValue))];
            drawn.Add(new SampledDocument<TItem>(null, count, v => seen[v])
            {
                Cluster = drawn.Count,
                LastSize = SampledDocument<TItem>.LastSizeOf(medium, items.Take(count).Sum(_samples.Training[0].Entry.Source.SizeOf), count),
                Held = _input.HoldsItems ? [.. items.Take(count)] : null,
            });
            left -= count;
        }
        return drawn;
    }

    private static bool IsEnough(List<SampledDocument<TItem>> documents) => documents.Count(d => d.IsUsable) >= DealOptions.MinDocuments;

    private static double Size(List<SampledDocument<TItem>> documents) => documents.Where(d => d.IsUsable).Sum(d => d.Size);

    private List<SampledDocument<TItem>> Real(List<Part<TItem>> parts) =>
        [.. parts.Select(part => new SampledDocument<TItem>(part.Entry, part.Items, v => _documents.Seen(part.Entry, v))
        {
            Cluster = part.Cluster,
            Weight = part.Weight,
            LastSize = SampledDocument<TItem>.LastSizeOf(part.Entry.Source.Medium, _documents.Size(_documents.IndexOf(part.Entry)), part.Items),
        })];

    private static PointSample Gather(int view, IPointView<TItem> points, List<SampledDocument<TItem>> documents)
    {
        var sample = new PointSample(points.Dimensions);
        foreach (SampledDocument<TItem> document in documents) document.Through?.Invoke(view).AddPoints(document, sample);
        sample.Trim();
        return sample;
    }

    private static AtomSample Gather(int view, int level, List<SampledDocument<TItem>> documents)
    {
        var sample = new AtomSample();
        foreach (SampledDocument<TItem> document in documents) document.Through?.Invoke(view).AddAtoms(document, level, sample);
        sample.Trim();
        return sample;
    }

    /// <summary>The level of thinning that every sample of the audit can be brought to, and at which each is small enough.</summary>
    private int Level(int view, IReadOnlyList<AuditedRow<TItem>> rows)
    {
        int level = 0;
        double most = 0;
        void Take(IEnumerable<ViewRecord.Head> sample, int allowed = Thinning<TItem>.MostAtoms)
        {
            double atoms = 0;
            foreach (ViewRecord.Head head in sample)
            {
                level = Math.Max(level, head.Level);
                atoms += head.Whole;
            }
            most = Math.Max(most, atoms * Thinning<TItem>.MostAtoms / allowed);
        }

        IEnumerable<ViewRecord.Head> Heads(List<Part<TItem>> sample) => sample.Select(part => _documents.HeadOf(null, part.Entry, view));
        foreach (List<Part<TItem>> sample in new[] { _samples.Training, _samples.HeldOut }) Take(Heads(sample), Thinning<TItem>.MostReference);
        foreach (List<Part<TItem>> sample in new[] { _samples.Floor, _samples.Yardstick }) Take(Heads(sample));
        foreach (AuditedRow<TItem> row in rows)
        {
            Take(row.Elsewhere.Where(entry => _documents.Items(entry) > 0).Select(entry => _documents.HeadOf(null, entry, view)));
            if (row.Codec is null) continue;
            Take(_samples.Training.Where(part => _documents.Outcome(row, _documents.IndexOf(part.Entry)).Bytes >= 0).Select(part => _documents.HeadOf(row, part.Entry, view)));
        }
        while (Math.ScaleB(most, -level) > Thinning<TItem>.MostAtoms) level++;
        return level;
    }

    private string? WhyTrainingIsUnknown(AuditedRow<TItem> row)
    {
        if (row is { Named: true, Compressed: IStored<TItem> or ITrainedElsewhere } && !_input.Split.TrainingIsKnown)
            return "what this was trained on is not known: name it with --train, and with --heldout what was kept from it";
        return row.Compressor is IPretrained<TItem> model && !_samples.Training.All(part => model.Knows(part.Entry))
            ? $"{row.Name} was not trained on all of T: name what it was trained on with --train" : null;
    }

    /// <summary>The ledger of what was trained on something else than T.</summary>
    private static Ledger WithoutTraining(Ledger ledger, string why)
    {
        var unknown = Figure.NotMeasurable(why);
        return ledger with
        {
            Memorized = unknown,
            Generalized = unknown,
            InTraining = null,
            CopyingExcess = null,
            CopyingP = null,
            Once = null,
            Miscalibration = null,
            CalibrationBound = null,
        };
    }
}
