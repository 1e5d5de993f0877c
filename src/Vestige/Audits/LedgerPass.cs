using Vestige.Compressors;
using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits;

/// <summary>The last pass: from what the views saw to each row's ledgers. What was seen is read back for one row at a time.</summary>
internal sealed class LedgerPass<TItem>
{
    /// <summary>Atoms that a sample of q, A or B may hold: of more a part is taken, the same in all samples.</summary>
    /// <remarks>Thinning adds at most 0.003 to the error of a share: 32,000 atoms or more are left of each sample.</remarks>
    private const int MostAtoms = 1 << 17;

    /// <summary>Atoms that T and H may hold, which are looked up in: they may be many times as large.</summary>
    /// <remarks>They are counted once a view, for all rows: so many take about 100 bytes each.</remarks>
    private const int MostReference = 1 << 20;

    private readonly AuditRequest<TItem> _request;
    private readonly Samples<TItem> _samples;
    private readonly DocumentPass<TItem> _pass;
    private readonly IGround[] _grounds;
    private readonly Exhibits<TItem>? _exhibits;
    private readonly int _resolution;
    private readonly int _units;

    /// <summary>The real samples of a view as its estimator takes them.</summary>
    private interface IGround;

    private sealed record Points(PointGround Ground) : IGround;

    private sealed record Atoms(AtomGround Ground, int Level) : IGround;

    private LedgerPass(AuditRequest<TItem> request, Samples<TItem> samples, DocumentPass<TItem> pass, IReadOnlyList<RowWork<TItem>> rows)
    {
        _request = request;
        _samples = samples;
        _pass = pass;
        // Of T nothing is drawn: a codec's G is as large as it is.
        List<Drawn<TItem>>[] drawn = [Real(samples.HeldOut), Real(samples.Floor), .. rows.Select(row => Stored(row)).OfType<List<Drawn<TItem>>>().Where(IsEnough)];
        _resolution = ResolutionN.For([.. drawn.Select(sample => (int)Math.Floor(Size(sample)))]);
        _units = (int)Math.Ceiling(Size(Real(samples.Floor)));
        _grounds = new IGround[request.Views.Count];
        for (int v = 0; v < _grounds.Length; v++)
        {
            if (request.Views[v] is IPointView<TItem> points)
            {
                List<Drawn<TItem>> documents = Real(samples.HeldOut);
                PointSample training = Gather(v, points, Real(samples.Training)), heldOut = Gather(v, points, documents);
                var ground = new PointGround(training, heldOut, Gather(v, points, Real(samples.Floor)), request.Settings.Threads, points.IsScaled);
                _grounds[v] = new Points(ground);
                if (request.Exhibition is not null) _exhibits ??= new Exhibits<TItem>(request, pass, v, ground, training, documents, heldOut);
            }
            else
            {
                int level = Level(v, rows);
                AtomSample Read(List<Part<TItem>> parts) => Gather(v, level, Real(parts));
                _grounds[v] = new Atoms(new AtomGround(Read(samples.Training), Read(samples.HeldOut), Read(samples.Floor), _resolution), level);
            }
        }
    }

    internal static void Run(AuditRequest<TItem> request, Samples<TItem> samples, DocumentPass<TItem> pass,
        IReadOnlyList<RowWork<TItem>> rows, IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (samples.Clusters < Audit.MinDocuments)
        {
            string why = TooFew(samples, pass);
            foreach (RowWork<TItem> row in rows) row.Why = why;
            return;
        }
        GiveBack();
        var ledgers = new LedgerPass<TItem>(request, samples, pass, rows);
        int done = 0;
        // One row at a time, with all threads at what takes longest: its memory does not grow with their number.
        foreach (RowWork<TItem> row in rows)
        {
            ledgers.Estimate(row, progress, cancel);
            GiveBack();
            progress?.Report(new Advance("estimating ledgers", (double)++done / rows.Count));
        }
    }

    // The arrays of one step are as large as all that lives: they go back to the system before the next.
    private static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private void Estimate(RowWork<TItem> row, IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (row.Compressed is Unfit<TItem> unfit)
        {
            row.Why = unfit.Why;
            return;
        }
        List<Drawn<TItem>> generated = Stored(row) ?? Generate(row, progress, cancel);
        if (!IsEnough(generated))
        {
            int given = generated.Count(d => d.IsUsable);
            row.Why = $"it gave {given} {(given == 1 ? "document" : "documents")}; a ledger needs {Audit.MinDocuments}, {Jackknife.MinDocuments} for intervals";
            return;
        }
        row.Generated = generated;
        var made = new Ledger[_grounds.Length];
        bool paired = row.Compressed is ICodec<TItem>;
        ulong seed = Rng.Mix(_request.Settings.Seed, row.Compressor.Name);
        for (int v = 0; v < made.Length; v++)
        {
            cancel.ThrowIfCancellationRequested();
            IView<TItem> view = _request.Views[v];
            switch (_grounds[v])
            {
                case Points { Ground: { } ground }:
                    PointSample points = Gather(v, (IPointView<TItem>)view, generated);
                    var against = new PointGround.Against(ground, points, paired, _request.Settings.Threads);
                    made[v] = PointLedger.Estimate(ground, against, new PointLedger.Plan(view.Name, view.Thing, seed));
                    if (row.Named && _exhibits?.View == v) row.Exhibits = _exhibits.Of(row, generated, points, against, made[v], cancel);
                    break;
                case Atoms real:
                    AtomSample atoms = Gather(v, real.Level, generated);
                    var plan = new AtomLedger.Plan(view.Name, view.Thing, _resolution, paired, ((IAtomView<TItem>)view).Splits, seed, Math.ScaleB(1, -real.Level));
                    made[v] = AtomLedger.Estimate(real.Ground, atoms, plan);
                    break;
            }
        }
        row.Ledgers = WhyTrainingIsUnknown(row) is { } why ? [.. made.Select(ledger => WithoutTraining(ledger, why))] : made;
    }

    /// <summary>G where it is known already: the reconstruction of T for a codec, the stored documents; null for what must be drawn.</summary>
    private List<Drawn<TItem>>? Stored(RowWork<TItem> row) => row.Compressed switch
    {
        ICodec<TItem> => [.. Real(_samples.Training).Select(document => document with
        {
            Through = row.Outcome(_pass.IndexOf(document.Entry!)).Bytes < 0 ? null : v => _pass.Look(row, document.Entry!, v)!,
        })],
        IStored<TItem> => Real(row.Kind == RowKind.Yardstick ? _samples.Yardstick : Samples<TItem>.PartsOf(row.Elsewhere, _request.Split, _pass)),
        _ => null,
    };

    /// <summary>G drawn now.</summary>
    private List<Drawn<TItem>> Generate(RowWork<TItem> row, IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (row.Compressed is not IGenerator<TItem> generator)
            throw new InvalidOperationException($"{row.Compressor.Name} can neither be sampled nor reconstruct.");
        var drawn = new List<Drawn<TItem>>();
        int left = _units;
        Medium medium = _samples.Training[0].Entry.Source.Medium;
        foreach (IReadOnlyList<TItem> items in generator.Sample(left, Rng.Mix(_request.Settings.Seed, "sample"), progress, cancel))
        {
            int count = Math.Min(items.Count, left);
            // Drawn after the level of thinning was fixed, so that they are kept whole until they are counted.
            Look[] looks = [.. _request.Views.Select(v => Look.At(v, items, int.MaxValue))];
            drawn.Add(new Drawn<TItem>(null, count, v => looks[v])
            {
                Cluster = drawn.Count,
                LastSize = Drawn<TItem>.LastSizeOf(medium, items.Take(count).Sum(_samples.Training[0].Entry.Source.SizeOf), count),
                Held = _request.CloseReading is null ? null : [.. items.Take(count)],
            });
            left -= count;
        }
        return drawn;
    }

    private static bool IsEnough(List<Drawn<TItem>> documents) => documents.Count(d => d.IsUsable) >= Audit.MinDocuments;

    private static double Size(List<Drawn<TItem>> documents) => documents.Where(d => d.IsUsable).Sum(d => d.Size);

    private List<Drawn<TItem>> Real(List<Part<TItem>> parts) =>
        [.. parts.Select(part => new Drawn<TItem>(part.Entry, part.Items, v => _pass.Look(part.Entry, v))
        {
            Cluster = part.Cluster,
            Weight = part.Weight,
            LastSize = Drawn<TItem>.LastSizeOf(part.Entry.Source.Medium, _pass.Size(_pass.IndexOf(part.Entry)), part.Items),
        })];

    private static PointSample Gather(int view, IPointView<TItem> points, List<Drawn<TItem>> documents)
    {
        var sample = new PointSample(points.Dimensions);
        foreach (Drawn<TItem> document in documents) document.Through?.Invoke(view).AddPoints(document, sample);
        sample.Trim();
        return sample;
    }

    private static AtomSample Gather(int view, int level, List<Drawn<TItem>> documents)
    {
        var sample = new AtomSample();
        foreach (Drawn<TItem> document in documents) document.Through?.Invoke(view).AddAtoms(document, level, sample);
        sample.Trim();
        return sample;
    }

    /// <summary>The level of thinning that every sample of the audit can be brought to, and at which each is small enough.</summary>
    private int Level(int view, IReadOnlyList<RowWork<TItem>> rows)
    {
        int level = 0;
        double most = 0;
        void Take(IEnumerable<Look.Head> sample, int allowed = MostAtoms)
        {
            double atoms = 0;
            foreach (Look.Head head in sample)
            {
                level = Math.Max(level, head.Level);
                atoms += Math.ScaleB(head.Values, head.Level);
            }
            most = Math.Max(most, atoms * MostAtoms / allowed);
        }

        IEnumerable<Look.Head> Heads(List<Part<TItem>> sample) => sample.Select(part => _pass.HeadOf(null, part.Entry, view));
        foreach (List<Part<TItem>> sample in new[] { _samples.Training, _samples.HeldOut }) Take(Heads(sample), MostReference);
        foreach (List<Part<TItem>> sample in new[] { _samples.Floor, _samples.Yardstick }) Take(Heads(sample));
        foreach (RowWork<TItem> row in rows)
        {
            Take(row.Elsewhere.Where(entry => _pass.Items(entry) > 0).Select(entry => _pass.HeadOf(null, entry, view)));
            if (row.Compressed is not ICodec<TItem>) continue;
            Take(_samples.Training.Where(part => row.Outcome(_pass.IndexOf(part.Entry)).Bytes >= 0).Select(part => _pass.HeadOf(row, part.Entry, view)));
        }
        while (Math.ScaleB(most, -level) > MostAtoms) level++;
        return level;
    }

    private string? WhyTrainingIsUnknown(RowWork<TItem> row)
    {
        if (row is { Named: true, Compressed: IStored<TItem> } && !_request.Split.TrainingIsKnown)
            return "what this was trained on is not known: name it with --train, and with --heldout what was kept from it";
        return row.Compressor is IPretrained<TItem> model && !_samples.Training.All(part => model.Knows(part.Entry))
            ? $"{row.Compressor.Name} was not trained on all of T: name what it was trained on with --train" : null;
    }

    /// <summary>The ledger of what was trained on something else than T.</summary>
    private static Ledger WithoutTraining(Ledger ledger, string why)
    {
        var unknown = Figure.NotMeasurable(why);
        return ledger with { Memorized = unknown, Generalized = unknown, InTraining = null, CopyingExcess = null, CopyingP = null };
    }

    private static string TooFew(Samples<TItem> samples, DocumentPass<TItem> pass)
    {
        string items = pass.Entries.Count > 0 ? pass.Entries[0].Source.Medium.Items : "documents";
        int needed = 4 * Audit.MinDocuments, interval = 4 * Jackknife.MinDocuments;
        return $"a ledger deals the {items} into four samples of at least {Audit.MinDocuments}: {needed} usable {items} are needed "
            + $"({interval} for intervals), the smallest sample here holds {samples.Clusters}";
    }
}
