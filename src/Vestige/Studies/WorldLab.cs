using Vestige.Audits.Exact;
using Vestige.Compressors;
using Vestige.Estimators.Atoms;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Worlds;

namespace Vestige.Studies;

/// <summary>One T of a world, as the cells of a study are given it, and what they make of it: summed, not estimated.</summary>
/// <remarks>What is measured of a cell is all that an audit's exact ledger has, the code lengths of p and of T, and, in a world of facts, what is right
/// and wrong by how often T states the fact.</remarks>
public sealed class WorldLab<TItem>
{
    private readonly IWorld<TItem> _world;
    private readonly int[] _numbers;
    private readonly WorldAccount _account;
    private readonly int[] _told = [];

    /// <summary>Makes T out of what was dealt.</summary>
    /// <param name="world">The world.</param>
    /// <param name="training">The documents dealt to T.</param>
    /// <param name="ingredients">What becomes of them.</param>
    /// <param name="times">How often each is given.</param>
    /// <param name="seed">Seed of the block.</param>
    public WorldLab(IWorld<TItem> world, IReadOnlyList<Entry<TItem>> training, Ingredients ingredients, int times, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(ingredients);
        _world = world;
        IReadOnlyList<Entry<TItem>> given = ingredients.Of(training, seed, times);
        if (ingredients.PhrasingsTold is { } phrasings && phrasings < world.Phrasings) given = Retold.Of(world, given, phrasings);
        Training = new Training<TItem>(given, seed);
        _numbers = [.. given.SelectMany(entry => entry.Source.Read(entry.Document)).Select(world.NumberOf)];
        double[] p = [.. world.Probabilities, .. world.Falsehoods.Select(_ => 0.0)];
        // One resolution for all cells, whatever they are given: else less of T would lose less.
        _account = new WorldAccount(p, world.Falsehoods, world.Facts, _numbers, ResolutionN.For(training.Count));
        if (world.Facts is not { } facts || world.Statements is not { } statements) return;
        _told = new int[statements.Max(statement => statement.Fact) + 1];
        foreach (int number in _numbers) _told[facts[number]]++;
    }

    /// <summary>T, one for all compressors: those that differ in how they are drawn share one training.</summary>
    public Training<TItem> Training { get; private set; }

    /// <summary>Where models are kept; null for nowhere.</summary>
    public IShelf? Shelf
    {
        get => Training.Shelf;
        init => Training = Training with { Shelf = value };
    }

    /// <summary>Trains a compressor and measures what it says.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CellOutcome Measure(ICompressor<TItem> compressor, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(compressor);
        return CellOutcome.Of(compressor, Training, density => _world.Enumerate(density, progress, cancel) is { } masses
            ? Measure(density, masses) : CellOutcome.None($"{compressor.Name} gives no probabilities that this world can sum"), progress, cancel);
    }

    private CellOutcome Measure(IDensity<TItem> density, Masses masses)
    {
        ExactReport exact = _account.Enumerated(masses, _world.ItemView, "enumerated");
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        Add("generalized", exact.Generalized.Value);
        Add("hallucinated", exact.Hallucinated.Value);
        Add("memorized", exact.Memorized.Value);
        Add("lost", exact.Lost.Value);
        Add("in-t", exact.InTraining?.Value);
        foreach (SharePart part in exact.GeneralizedParts.Concat(exact.HallucinatedParts)) Add(part.Name, part.Share.Value);
        // Not out of the masses: what is too small to count there is a code length all the same.
        double[] log2 = density.Log2Probabilities([.. Enumerable.Range(0, _world.Probabilities.Count).Select(_world.Item)]);
        double heldOut = -_world.Probabilities.Select((p, x) => p * log2[x]).Sum(), training = -_numbers.Average(x => log2[x]);
        Add("held-out", heldOut);
        Add("training", training);
        Add("gap", heldOut - training);
        Add("stored", density.DescriptionBytes);
        if (masses.Statements is { } statements) AddFacts(values, masses, statements);
        return new CellOutcome(values);

        void Add(string name, double? value)
        {
            if (value is { } x && double.IsFinite(x)) values[name] = x;
        }
    }

    private void AddFacts(SortedDictionary<string, double> values, Masses masses, IReadOnlyList<double> q)
    {
        CalibrationTerms terms = _account.Calibration(masses, _world.Statements)!;
        foreach ((string name, Figure term) in new[] { ("once", terms.Once), ("unseen", terms.Unseen), ("miscalibration", terms.Miscalibration), ("bound", terms.Bound) })
            values[name] = term.Value!.Value;
        double[] fresh = new double[StatementCounts.Names.Count], wrong = new double[fresh.Length], about = new double[fresh.Length];
        for (int x = 0; x < _world.Facts!.Count; x++)
            if (!_account.InTraining(x)) fresh[StatementCounts.ClassOf(_told[_world.Facts[x]])] += masses.Items[x];
        for (int s = 0; s < q.Count; s++)
        {
            int often = StatementCounts.ClassOf(_told[_world.Statements![s].Fact]);
            about[often] += q[s];
            if (!_world.Statements[s].IsTrue) wrong[often] += q[s];
        }
        for (int i = 0; i < fresh.Length; i++)
            (values["new@" + StatementCounts.Names[i]], values["wrong@" + StatementCounts.Names[i]], values["about@" + StatementCounts.Names[i]]) = (fresh[i], wrong[i], about[i]);
    }

    /// <summary>T said in fewer ways.</summary>
    private sealed class Retold : ISource<TItem>
    {
        private readonly IWorld<TItem> _world;
        private readonly IReadOnlyList<Entry<TItem>> _entries;
        private readonly int _phrasings;

        private Retold(IWorld<TItem> world, IReadOnlyList<Entry<TItem>> entries, int phrasings) =>
            (_world, _entries, _phrasings, Documents) = (world, entries, phrasings, [.. entries.Select(entry => entry.Info)]);

        public string Name => _world.Name;

        public Medium Medium => _world.Medium;

        public IReadOnlyList<Document> Documents { get; }

        public IReadOnlyList<TItem> Read(int document) =>
            [.. _entries[document].Source.Read(_entries[document].Document).Select(item => _world.Item(_world.Retold(_world.NumberOf(item), _phrasings)))];

        public long SizeOf(TItem item) => _world.SizeOf(item);

        internal static IReadOnlyList<Entry<TItem>> Of(IWorld<TItem> world, IReadOnlyList<Entry<TItem>> entries, int phrasings)
        {
            var source = new Retold(world, entries, phrasings);
            return [.. Enumerable.Range(0, entries.Count).Select(i => new Entry<TItem>(source, i))];
        }
    }
}
