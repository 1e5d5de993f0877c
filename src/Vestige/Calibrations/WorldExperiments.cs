using Vestige.Compressors;
using Vestige.Estimators.Atoms;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Views;
using Vestige.Worlds;
using Vestige.Worlds.Oracles;

namespace Vestige.Calibrations;

/// <summary>The discrete estimators on a world whose items are enumerated, with real compressors and with oracles.</summary>
/// <remarks>A model is trained once, on a T that stays; H, A and G are drawn anew. A codec's T is drawn anew too, and G is made of it.</remarks>
public static class WorldExperiments
{
    private const int Seeds = 200;

    // Share of q from which one thing decides how wide intervals are (decisions/0022).
    private const double Often = 0.05;

    /// <summary>Real compressors through one view.</summary>
    /// <param name="world">The world.</param>
    /// <param name="view">The view; for what is no codec it must be that of the items.</param>
    /// <param name="compressors">Codecs and densities.</param>
    /// <param name="units">Units in each sample.</param>
    public static IEnumerable<Experiment> Over<TItem>(
        IWorld<TItem> world, IAtomView<TItem> view, IReadOnlyList<ICompressor<TItem>> compressors, int units)
    {
        var items = new Lazy<ViewedItems>(() => ViewedItems.Of(world, view));
        foreach (ICompressor<TItem> compressor in compressors)
        {
            var law = new Lazy<WorldLaw>(() => Compress(world, view, compressor, units));
            yield return Experiment(world, view, compressor.Name, units, items, () => law.Value);
        }
    }

    /// <summary>Compressors made to measure through one view; those that invent through the view of the items only.</summary>
    public static IEnumerable<Experiment> Oracles<TItem>(IWorld<TItem> world, IAtomView<TItem> view, int units)
    {
        var items = new Lazy<ViewedItems>(() => ViewedItems.Of(world, view));
        foreach (OracleOptions options in UrnCases.Oracles.Where(options => options.Invent == 0 || view.Name == world.ItemView))
        {
            var law = new Lazy<WorldLaw>(() => WorldLaw.Oracle(world.Probabilities, options));
            yield return Experiment(world, view, options.Name, units, items, () => law.Value);
        }
    }

    private static Experiment Experiment<TItem>(
        IWorld<TItem> world, IAtomView<TItem> view, string name, int units, Lazy<ViewedItems> items, Func<WorldLaw> law)
    {
        string through = view.Name == world.ItemView ? world.Name : $"{world.Name}, {view.Name}";
        return new Experiment(through, name, units, Seeds, seed => Run(items.Value, law(), view.Splits, units, seed));
    }

    private static WorldLaw Compress<TItem>(IWorld<TItem> world, IAtomView<TItem> view, ICompressor<TItem> compressor, int units)
    {
        Entry<TItem>[] documents = [.. Enumerable.Range(0, units).Select(i => new Entry<TItem>(world, i))];
        ICompressed<TItem> compressed = compressor.Compress(new Training<TItem>(documents, 1), null, CancellationToken.None);
        if (compressed is ICodec<TItem> codec) return WorldLaw.Codec(ViewedItems.Made(view, Enumerable.Range(0, world.Probabilities.Count)
            .Select(x => codec.Code(world.Item(x)).Reconstruction)));
        if (view.Name != world.ItemView || compressed is not IDensity<TItem> density || world.Enumerate(density, null, CancellationToken.None) is not { } masses)
            throw new ArgumentException($"{compressor.Name} can neither be enumerated nor does it code items of {world.Name} in view {view.Name}.", nameof(compressor));
        return WorldLaw.Density(masses, [.. documents.Select(entry => world.NumberOf(world.Read(entry.Document)[0]))]);
    }

    private static Outcome[] Run(ViewedItems items, WorldLaw law, bool splits, int units, ulong seed)
    {
        int[] Draw(string sample)
        {
            var rng = Rng.For(seed, sample);
            return [.. Enumerable.Range(0, units).Select(_ => items.Draw(ref rng))];
        }

        int[] training = law.Training ?? Draw("T");
        ulong[][] generated = law.Generate(items, training, Rng.For(seed, "G"));
        int n = ResolutionN.For(units);
        Ledger ledger = AtomLedger.Estimate(items.Sample(training), items.Sample(Draw("H")), items.Sample(Draw("A")), ViewedItems.Sample(generated),
            new AtomLedger.Plan("items", "item", n, law.IsCodec, splits, seed));
        var truth = new WorldTruth(items, law, training, generated, units, n);
        var outcomes = new List<Outcome> { UrnExperiments.Of("lost", ledger.Lost, truth.Lost) };
        if (splits)
        {
            string? uneven = Math.Abs(truth.Unclipped - truth.Real) > 0.02 ? "q weighs unseen real things otherwise than p does" : null;
            string? oneThing = truth.OneThing > Often ? "one thing that q often says is in no real sample: another may hold it, and the interval is as wide as that" : null;
            outcomes.AddRange(UrnExperiments.Account(ledger, truth.Memorized, truth.Hallucinated, uneven, oneThing));
        }
        outcomes.AddRange(UrnExperiments.Curve(ledger, truth.HockeyStickPq, truth.HockeyStickQp));
        return [.. outcomes];
    }
}
