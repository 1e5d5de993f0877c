using Vestige.Compressors;
using Vestige.Estimators;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Worlds;

namespace Vestige.Audits;

/// <summary>The exact ledgers of an audit of a world (design 3.1): by coding every item, by enumeration, else by classifying a large sample.</summary>
internal sealed class ExactPass<TItem>(AuditRequest<TItem> request, IWorld<TItem> world, Samples<TItem> samples, DocumentPass<TItem> pass)
{
    /// <summary>Items of a generator that are classified where nothing better can be done.</summary>
    internal const int MostClassified = 20_000;

    private readonly int[] _training = Numbers(world, samples.Training);
    private readonly double[] _p = [.. world.Probabilities, .. world.Falsehoods.Select(_ => 0.0)];

    /// <summary>Adds them to the rows; nothing where the source is no world.</summary>
    internal static void Run(AuditRequest<TItem> request, Samples<TItem> samples, DocumentPass<TItem> pass, IReadOnlyList<RowWork<TItem>> rows,
        IProgress<Advance>? progress, CancellationToken cancel)
    {
        if (samples.Units < 2 || samples.Training[0].Entry.Source is not IWorld<TItem> world) return;
        var exact = new ExactPass<TItem>(request, world, samples, pass);
        foreach (RowWork<TItem> row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            row.Exact = exact.Of(row, progress, cancel);
        }
    }

    private Exact? Of(RowWork<TItem> row, IProgress<Advance>? progress, CancellationToken cancel)
    {
        Ledger? estimated = row.Ledgers.FirstOrDefault(ledger => ledger.View == world.ItemView);
        var account = new ExactAccount(_p, world.Falsehoods, world.Facts, _training, estimated?.Sizes.Resolution ?? ResolutionN.For(samples.Units));
        Exact? exact = row.Compressed switch
        {
            IStored<TItem> when row.Kind == RowKind.Yardstick => account.Enumerated(new Masses([.. world.Probabilities],
                [.. world.Falsehoods.Select(_ => 0.0)], 0), world.ItemView, "p itself"),
            IStored<TItem> => Classified(account, Samples<TItem>.PartsOf(row.Elsewhere, request.Split, pass)
                .Select(part => part.Entry.Source.Read(part.Entry.Document)), cancel),
            ICodec<TItem> => Coded(account, row, progress, cancel),
            IDensity<TItem> density when world.Enumerate(density, progress, cancel) is { } masses => account.Enumerated(masses, world.ItemView, "enumerated"),
            IGenerator<TItem> generator => Classified(
                account, generator.Sample(MostClassified, Rng.Mix(request.Settings.Seed, "classify"), progress, cancel), cancel),
            _ => null,
        };
        if (exact is null) return null;
        if (row.Compressed is IGenerator<TItem> drawn and not IStored<TItem>) exact = exact with { Examples = Examples(account, drawn, cancel) };
        return estimated is null ? exact : exact with { Agreements = ExactAccount.Compare(exact, estimated) };
    }

    /// <summary>The first few of each kind among some that are drawn.</summary>
    private List<Example> Examples(ExactAccount account, IGenerator<TItem> generator, CancellationToken cancel)
    {
        const int drawn = 256, most = 2;
        var examples = new List<Example>();
        foreach (TItem item in generator.Sample(drawn, Rng.Mix(request.Settings.Seed, "examples"), null, cancel).SelectMany(items => items))
        {
            if (world.Show(item) is not { } text) break;
            int number = world.NumberOf(item);
            if (number >= 0 && (account.InTraining(number) || account.Facts is null)) continue;
            string kind = number < 0 ? world.Falsehoods[~number].Name : account.IsKnown(number) ? "inferable" : "lucky";
            if (examples.Count(example => example.Kind == kind) < most && !examples.Exists(example => example.Text == text)) examples.Add(new Example(kind, text));
        }
        return [.. examples.OrderBy(example => example.Kind, StringComparer.Ordinal)];
    }

    /// <summary>Every item once through the codec; null where it cannot take one of them.</summary>
    private Exact? Coded(ExactAccount account, RowWork<TItem> row, IProgress<Advance>? progress, CancellationToken cancel)
    {
        int[] images = new int[world.Probabilities.Count];
        int done = 0;
        bool whole = true;
        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = request.Settings.Threads, CancellationToken = cancel }, x =>
        {
            try
            {
                images[x] = world.NumberOf(row.Codec.Code(world.Item(x)).Reconstruction);
            }
            catch (Sources.UnusableDocumentException)
            {
                // The estimated ledger leaves such documents out and says so; a sum over all items cannot.
                Volatile.Write(ref whole, false);
            }
            progress?.Report(new Advance($"coding every item with {row.Compressor.Name}", (double)Interlocked.Increment(ref done) / images.Length));
        });
        if (!whole) return null;
        if (request.Exhibition is { } exhibition && row.Named) row.Exhibits = [.. row.Exhibits, .. ExactExhibits.Of(world, row, images, exhibition)];
        return account.Coded(images, world.ItemView);
    }

    private Exact Classified(ExactAccount account, IEnumerable<IReadOnlyList<TItem>> documents, CancellationToken cancel)
    {
        var numbers = new List<int[]>();
        foreach (IReadOnlyList<TItem> document in documents)
        {
            cancel.ThrowIfCancellationRequested();
            numbers.Add([.. document.Select(world.NumberOf)]);
        }
        return ClassifiedAccount.Of(account, numbers, world.ItemView);
    }

    private static int[] Numbers(IWorld<TItem> world, List<Part<TItem>> parts) =>
        [.. parts.SelectMany(part => part.Entry.Source.Read(part.Entry.Document).Take(part.Items)).Select(world.NumberOf)];
}
