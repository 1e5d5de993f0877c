using Vestige.Numerics;

namespace Vestige.Worlds.Urns;

/// <summary>The distribution <c>p</c> of <c>world:urn</c>: Zipf's law over types, made once and shared by all samples.</summary>
internal sealed class Urn : IUrnLaw
{
    private readonly AliasTable _alias;

    /// <summary>The urn with these settings.</summary>
    public Urn(UrnOptions options)
    {
        Options = options;
        double[] weights = new double[options.Types];
        for (int x = 0; x < weights.Length; x++) weights[x] = Math.Pow(x + 1, -options.Exponent);
        double total = 0;
        for (int x = weights.Length - 1; x >= 0; x--) total += weights[x]; // The smallest first loses least to rounding.
        for (int x = 0; x < weights.Length; x++) weights[x] /= total;
        Probabilities = weights;
        _alias = new AliasTable(weights);
    }

    /// <summary>The settings.</summary>
    public UrnOptions Options { get; }

    /// <summary>p of each type, not increasing, sum 1.</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <inheritdoc/>
    public Clusters Clusters => Options.Clusters;

    /// <inheritdoc/>
    public int DrawOne(ref Rng rng) => _alias.Draw(ref rng);
}
