using Vestige.Compressors;
using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Views;

namespace Vestige.Audits;

/// <summary>The last pass: from what the views saw to each row's ledgers.</summary>
internal sealed class LedgerPass<TItem>
{
    private readonly AuditRequest<TItem> _request;
    private readonly EqualSamples<TItem> _samples;
    private readonly DocumentPass<TItem> _pass;
    private readonly object[] _grounds;

    private LedgerPass(AuditRequest<TItem> request, EqualSamples<TItem> samples, DocumentPass<TItem> pass)
    {
        _request = request;
        _samples = samples;
        _pass = pass;
        _grounds = new object[request.Views.Count];
        for (int v = 0; v < _grounds.Length; v++)
        {
            if (request.Views[v] is IPointView<TItem> points)
            {
                _grounds[v] = new PointGround(Points(v, points, samples.Training), Points(v, points, samples.HeldOut),
                    Points(v, points, samples.Floor), request.Settings.Threads);
            }
            else
            {
                _grounds[v] = new AtomSample[] { Atoms(v, samples.Training), Atoms(v, samples.HeldOut), Atoms(v, samples.Floor) };
            }
        }
    }

    internal static void Run(AuditRequest<TItem> request, EqualSamples<TItem> samples, DocumentPass<TItem> pass,
        IReadOnlyList<RowWork<TItem>> rows, IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (samples.Documents < Audit.MinDocuments)
        {
            string why = TooFew(request, samples, pass);
            foreach (RowWork<TItem> row in rows) row.Why = why;
            return;
        }
        var ledgers = new LedgerPass<TItem>(request, samples, pass);
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Settings.Threads, CancellationToken = cancel };
        // A row is estimated by one thread alone: rows are many, and each is then the same whatever runs beside it.
        Parallel.ForEach(rows, options, row =>
        {
            ledgers.Estimate(row, progress, cancel);
            progress?.Report(new Advance("estimating ledgers", (double)Interlocked.Increment(ref done) / rows.Count));
        });
    }

    private void Estimate(RowWork<TItem> row, IProgress<Advance>? progress, CancellationToken cancel)
    {
        List<(Look? Look, int Items)> generated = Generate(row, progress, cancel);
        if (generated.Count(g => g.Look is not null) < Audit.MinDocuments)
        {
            row.Why = "this compressor gave too few documents for a ledger";
            return;
        }
        var made = new Ledger[_grounds.Length];
        bool paired = row.Compressed is ICodec<TItem>;
        for (int v = 0; v < made.Length; v++)
        {
            cancel.ThrowIfCancellationRequested();
            IView<TItem> view = _request.Views[v];
            ulong seed = Rng.Mix(_request.Settings.Seed, row.Compressor.Name);
            if (_grounds[v] is PointGround ground)
            {
                var points = new PointSample(((IPointView<TItem>)view).Dimensions);
                for (int d = 0; d < generated.Count; d++) generated[d].Look?.AddPoints(v, d, generated[d].Items, points);
                made[v] = ground.Audit(points, new PointLedger.Plan(view.Name, view.Thing, paired, seed));
            }
            else
            {
                var real = (AtomSample[])_grounds[v];
                var atoms = new AtomSample();
                for (int d = 0; d < generated.Count; d++) generated[d].Look?.AddAtoms(v, d, generated[d].Items, atoms);
                made[v] = AtomLedger.Estimate(real[0], real[1], real[2], atoms, new AtomLedger.Plan(view.Name, view.Thing,
                    ResolutionN.For(_samples.Units), paired, ((IAtomView<TItem>)view).Splits, seed));
            }
        }
        row.Ledgers = made;
    }

    /// <summary>G: the reconstruction of T for a codec, the stored documents, or a sample drawn now.</summary>
    private List<(Look? Look, int Items)> Generate(RowWork<TItem> row, IProgress<Advance>? progress, CancellationToken cancel)
    {
        var generated = new List<(Look?, int)>();
        switch (row.Compressed)
        {
            case ICodec<TItem>:
                foreach (EqualSamples<TItem>.Part part in _samples.Training)
                    generated.Add((row.Reconstruction(_pass.IndexOf(part.Entry)), part.Items));
                break;
            case IStored<TItem>:
                foreach (EqualSamples<TItem>.Part part in _samples.Yardstick)
                    generated.Add((_pass.LookAt(part.Entry), part.Items));
                break;
            case IGenerator<TItem> generator:
                ulong seed = Rng.Mix(_request.Settings.Seed, "sample");
                int left = _samples.Units;
                foreach (IReadOnlyList<TItem> items in generator.Sample(left, seed, progress, cancel))
                {
                    int count = Math.Min(items.Count, left);
                    generated.Add((Look.At(_request.Views, items, $"{row.Compressor.Name}#{generated.Count}"), count));
                    left -= count;
                }
                break;
            default:
                throw new InvalidOperationException($"{row.Compressor.Name} can neither be sampled nor reconstruct.");
        }
        return generated;
    }

    private PointSample Points(int view, IPointView<TItem> points, List<EqualSamples<TItem>.Part> parts)
    {
        var sample = new PointSample(points.Dimensions);
        for (int d = 0; d < parts.Count; d++) _pass.LookAt(parts[d].Entry)!.AddPoints(view, d, parts[d].Items, sample);
        return sample;
    }

    private AtomSample Atoms(int view, List<EqualSamples<TItem>.Part> parts)
    {
        var sample = new AtomSample();
        for (int d = 0; d < parts.Count; d++) _pass.LookAt(parts[d].Entry)!.AddAtoms(view, d, parts[d].Items, sample);
        return sample;
    }

    private static string TooFew(AuditRequest<TItem> request, EqualSamples<TItem> samples, DocumentPass<TItem> pass)
    {
        string items = pass.Entries.Count > 0 ? pass.Entries[0].Source.Medium.Items : "documents";
        int needed = 4 * Audit.MinDocuments, interval = 4 * Jackknife.MinDocuments;
        return $"a ledger deals the {items} into four samples of at least {Audit.MinDocuments}: {needed} usable {items} are needed "
            + $"({interval} for intervals), the smallest sample here holds {samples.Documents}";
    }
}
