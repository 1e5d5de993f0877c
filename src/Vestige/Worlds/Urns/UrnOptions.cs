using Vestige.Specs;

namespace Vestige.Worlds.Urns;

/// <summary>The settings of <c>world:urn</c>, checked.</summary>
internal sealed record UrnOptions
{
    /// <summary>Checks and keeps the settings.</summary>
    /// <param name="types">Types in the urn.</param>
    /// <param name="exponent">s of Zipf's law.</param>
    /// <param name="cluster">Items in a document.</param>
    /// <param name="stick">Chance that an item is its document's theme.</param>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public UrnOptions(int types = 20_000, double exponent = 1.15, int cluster = 1, double stick = 0.5)
    {
        Table.Check(types, exponent, cluster, stick);
        Types = types;
        Exponent = exponent;
        Clusters = new Clusters(cluster, stick);
    }

    /// <summary>The settings with their ranges.</summary>
    public static OptionTable Table { get; } = new("world:urn", "draws from an urn of types by Zipf's law",
    [
        OptionSpec.WholeNumber("types", 2, 1_000_000, 20_000, "types in the urn"),
        OptionSpec.Number("s", 0, 5, 1.15m, "exponent of Zipf's law, p ∝ rank^-s"),
        Clusters.SizeOption,
        Clusters.StickOption,
    ]);

    /// <summary>Types in the urn: items 0 to Types - 1, the most probable first.</summary>
    public int Types { get; }

    /// <summary>s of Zipf's law, <c>p(x) ∝ (x + 1)^-s</c>.</summary>
    public double Exponent { get; }

    /// <summary>How the items of a document depend on each other.</summary>
    public Clusters Clusters { get; }

    /// <summary>The canonical name, <c>world:urn:cluster=10</c>.</summary>
    public string Name => Table.Describe(Types, Exponent, Clusters.Size, Clusters.Stick);
}
