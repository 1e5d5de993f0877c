using Vestige.Audits.Documents;
using Vestige.Audits.Ledgers;
using Vestige.Compressors;
using Vestige.Estimators.Atoms;
using Vestige.Exhibits;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Worlds;

namespace Vestige.Audits.Exact;

/// <summary>What the pass over exact ledgers takes.</summary>
/// <param name="Split">Who was dealt into which sample.</param>
/// <param name="Samples">What of it is usable.</param>
/// <param name="Documents">What was seen of it.</param>
/// <param name="Rows">What is audited.</param>
/// <param name="Ledgers">The estimated ledgers, a row each.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Threads">Threads; no figure depends on it.</param>
/// <param name="Exhibition">Where things to look at go; null for none.</param>
internal sealed record ExactInput<TItem>(Split<TItem> Split, Samples<TItem> Samples, SeenDocuments<TItem> Documents, IReadOnlyList<AuditedRow<TItem>> Rows,
    IReadOnlyList<RowLedgers<TItem>> Ledgers, ulong Seed, int Threads, Exhibition<TItem>? Exhibition);

/// <summary>What it gives for a row.</summary>
/// <param name="Report">The ledger as it is; null where the source is no world, or where it cannot be had.</param>
/// <param name="Exhibits">Things to look at.</param>
internal sealed record RowExact(ExactReport? Report, IReadOnlyList<Exhibit> Exhibits)
{
    internal static readonly RowExact None = new(null, []);
}

/// <summary>The exact ledgers of an audit of a world (design 3.1): by coding every item, by enumeration, else by classifying a large sample.</summary>
internal sealed class ExactPass<TItem>(ExactInput<TItem> input, IWorld<TItem> world)
{
    /// <summary>Items of a generator that are classified where nothing better can be done.</summary>
    internal const int MostClassified = 20_000;

    private readonly int[] _training = Numbers(world, input.Samples.Training);
    private readonly double[] _p = [.. world.Probabilities, .. world.Falsehoods.Select(_ => 0.0)];

    /// <summary>One result a row, in the order of the rows.</summary>
    internal static RowExact[] Run(ExactInput<TItem> input, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var made = new RowExact[input.Rows.Count];
        Array.Fill(made, RowExact.None);
        if (input.Samples.Units < 2 || input.Samples.Training[0].Entry.Source is not IWorld<TItem> world) return made;
        var pass = new ExactPass<TItem>(input, world);
        for (int r = 0; r < made.Length; r++)
        {
            cancel.ThrowIfCancellationRequested();
            made[r] = pass.Of(input.Rows[r], input.Ledgers[r], progress, cancel);
        }
        return made;
    }

    private RowExact Of(AuditedRow<TItem> row, RowLedgers<TItem> ledgers, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        IReadOnlyList<Exhibit> exhibits = [];
        Ledger? estimated = ledgers.Ledgers.FirstOrDefault(ledger => ledger.View == world.ItemView);
        var account = new WorldAccount(_p, world.Falsehoods, world.Facts, _training, estimated?.Sizes.Resolution ?? ResolutionN.For(input.Samples.Units));
        ExactReport? exact = row.Compressed switch
        {
            IStored<TItem> when row.Kind == RowKind.Yardstick => account.Enumerated(new Masses([.. world.Probabilities],
                [.. world.Falsehoods.Select(_ => 0.0)], 0), world.ItemView, "p itself"),
            IStored<TItem> => Classified(account, Samples<TItem>.PartsOf(row.Elsewhere, input.Split, input.Documents)
                .Select(part => part.Entry.Source.Read(part.Entry.Document)), cancel),
            ICodec<TItem> => Coded(account, row, ref exhibits, progress, cancel),
            IDensity<TItem> density when world.Enumerate(density, progress, cancel) is { } masses => account.Enumerated(masses, world.ItemView, "enumerated") with
            {
                Calibration = account.Calibration(masses, world.Statements),
            },
            IGenerator<TItem> generator => Classified(
                account, generator.Sample(MostClassified, Rng.Mix(input.Seed, "classify"), progress, cancel), cancel),
            _ => null,
        };
        if (exact is null) return RowExact.None;
        if (row.Compressed is IGenerator<TItem> drawn and not IStored<TItem>) exact = exact with { Examples = Examples(account, drawn, cancel) };
        if (estimated is not null) exact = exact with { Agreements = WorldAccount.Compare(exact, estimated) };
        return new RowExact(exact, exhibits);
    }

    /// <summary>The first few of each kind among some that are drawn.</summary>
    private List<Example> Examples(WorldAccount account, IGenerator<TItem> generator, CancellationToken cancel)
    {
        const int drawn = 256, most = 2;
        var examples = new List<Example>();
        foreach (TItem item in generator.Sample(drawn, Rng.Mix(input.Seed, "examples"), null, cancel).SelectMany(items => items))
        {
            if (world.Show(item) is not { } text) break;
            int number = world.NumberOf(item);
            if (number >= 0 && (account.InTraining(number) || account.Facts is null)) continue;
            string kind = number < 0 ? world.Falsehoods[~number].Name : account.IsKnown(number) ? "inferable" : "lucky";
            if (examples.Count(example => example.Kind == kind) < most && !examples.Exists(example => example.Text == text)) examples.Add(new Example(kind, text));
        }
        return [.. examples.OrderBy(example => example.Kind, StringComparer.Ordinal)];
    }

    /// <summary>The most probable items that come back otherwise, a few of each kind of what comes back.</summary>
    private List<Example> Examples(AuditedRow<TItem> row, int[] images)
    {
        const int most = 2;
        var examples = new List<Example>();
        if (!row.Named || world.Facts is not { } facts) return examples;
        foreach (int x in Enumerable.Range(0, images.Length).Where(x => images[x] != x).OrderByDescending(x => world.Probabilities[x]).ThenBy(x => x))
        {
            string kind = images[x] >= 0 && facts[images[x]] == facts[x] ? "retold" : images[x] >= 0 ? "another" : world.Falsehoods[~images[x]].Name;
            if (examples.Count(example => example.Kind == kind) >= most) continue;
            if (world.Show(world.Item(x)) is not { } before || world.Show(row.Codec!.Code(world.Item(x)).Reconstruction) is not { } after) break;
            examples.Add(new Example(kind, $"{before} -> {after}"));
        }
        return [.. examples.OrderBy(example => example.Kind, StringComparer.Ordinal)];
    }

    /// <summary>Every item once through the codec; null where it cannot take one of them.</summary>
    private ExactReport? Coded(WorldAccount account, AuditedRow<TItem> row, ref IReadOnlyList<Exhibit> exhibits, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        int[] images = new int[world.Probabilities.Count];
        int done = 0;
        bool whole = true;
        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = input.Threads, CancellationToken = cancel }, x =>
        {
            try
            {
                images[x] = world.NumberOf(row.Codec!.Code(world.Item(x)).Reconstruction);
            }
            catch (Sources.UnusableDocumentException)
            {
                // The estimated ledger leaves such documents out and says so; a sum over all items cannot.
                Volatile.Write(ref whole, false);
            }
            progress?.Report(new WorkProgress($"coding every item with {row.Name}", (double)Interlocked.Increment(ref done) / images.Length));
        });
        if (!whole) return null;
        if (input.Exhibition is { } exhibition && row.Named) exhibits = [.. ExactExhibits.Of(world, row, images, exhibition)];
        return account.Coded(images, world.ItemView) with { Examples = Examples(row, images) };
    }

    private ExactReport Classified(WorldAccount account, IEnumerable<IReadOnlyList<TItem>> documents, CancellationToken cancel)
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
