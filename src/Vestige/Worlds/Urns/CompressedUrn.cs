using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Worlds.Exact;
using Vestige.Worlds.Oracles;

namespace Vestige.Worlds.Urns;

/// <summary>The <c>q</c> of an oracle for one drawn T; its documents are clustered as the world's are.</summary>
internal sealed class CompressedUrn : IUrnLaw, IGenerator<int>, IDensity<int>
{
    private readonly UrnOracle _oracle;
    private readonly AliasTable _base;
    private readonly int[] _training;
    private readonly int[] _trainingCounts;
    private readonly double[] _probabilities;

    /// <summary>Made by <see cref="UrnOracle"/>.</summary>
    internal CompressedUrn(UrnOracle oracle, AliasTable baseline, int[] training)
    {
        OracleOptions options = oracle.Options;
        int types = oracle.Urn.Options.Types;
        options.CheckTraining(training.Length);
        _oracle = oracle;
        _base = baseline;
        _training = training;
        _trainingCounts = new int[2 * types];
        foreach (int item in training)
        {
            if (item < 0 || item >= types)
            {
                throw new ArgumentException(
                    $"T holds {item}, which is no type of {oracle.Urn.Options.Name}; train the oracle on its own world.", nameof(training));
            }
            _trainingCounts[item]++;
        }

        _probabilities = new double[2 * types];
        for (int x = 0; x < types; x++)
        {
            _probabilities[x] = options.Base * oracle.Base[x];
            if (options.Memorize > 0) _probabilities[x] += options.Memorize * _trainingCounts[x] / training.Length;
            _probabilities[types + x] = options.Invent / types;
        }
    }

    /// <inheritdoc/>
    public Clusters Clusters => _oracle.Urn.Clusters;

    /// <inheritdoc/>
    public long? DescriptionBytes => null;

    /// <inheritdoc/>
    public int DrawOne(ref Rng rng)
    {
        OracleOptions options = _oracle.Options;
        double component = rng.NextDouble();
        if (component < options.Memorize) return _training[rng.NextInt(_training.Length)];
        int types = _oracle.Urn.Options.Types;
        return component < options.Memorize + options.Invent ? types + rng.NextInt(types) : _base.Draw(ref rng);
    }

    /// <inheritdoc/>
    /// <remarks>The items are those of <see cref="UrnSampling.Draw"/> with the same seed.</remarks>
    public IEnumerable<IReadOnlyList<int>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        int documents = Clusters.DocumentsFor(units);
        var rng = new Rng(seed);
        for (int i = 0; i < documents; i++)
        {
            cancel.ThrowIfCancellationRequested();
            int[] document = new int[Clusters.Size];
            this.FillDocument(document, ref rng);
            yield return document;
        }
    }

    /// <inheritdoc/>
    public double Log2Probability(int item) => Math.Log2(item >= 0 && item < _probabilities.Length ? _probabilities[item] : 0);

    /// <summary>q of the types of the urn, then of as many that it does not have.</summary>
    internal double[] Probabilities => _probabilities;

    /// <summary>The exact ledger of q given T.</summary>
    public ExactLedger Truth()
    {
        double[] p = new double[_probabilities.Length];
        for (int x = 0; x < _oracle.Urn.Options.Types; x++) p[x] = _oracle.Urn.Probabilities[x];
        return new ExactLedger(p, _probabilities, _trainingCounts, new SampleShape(Math.Max(1, _training.Length / Clusters.Size), Clusters));
    }
}
