using Vestige.Specs;

namespace Vestige.Worlds.Mixtures;

/// <summary>The settings of <c>world:mixture</c>, checked.</summary>
internal sealed record MixtureOptions
{
    private readonly int _modes;

    /// <summary>Checks and keeps the settings.</summary>
    /// <param name="dimensions">Coordinates of a point: 1, or an even number.</param>
    /// <param name="modes">Gaussians; 0 takes as many as the dimensions need, at least 20.</param>
    /// <param name="cluster">Points in a document.</param>
    /// <param name="stick">Chance that a point is near its document's theme.</param>
    /// <param name="share">Share of an offset's variance that points near the theme have in common.</param>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public MixtureOptions(int dimensions = 2, int modes = 0, int cluster = 1, double stick = 0.5, double share = 0.5)
    {
        Table.Check(dimensions, modes, cluster, stick, share);
        if (dimensions > 1 && dimensions % 2 != 0)
            throw Table.Error("dimensions", dimensions, "dimensions must be 1 or an even number");
        if (modes != 0 && modes <= dimensions)
        {
            throw Table.Error("modes", modes,
                $"with dimensions={dimensions} it must be at least {dimensions + 1}, or whitening would bring the modes together");
        }
        Dimensions = dimensions;
        _modes = modes;
        Clusters = new Clusters(cluster, stick);
        Share = share;
    }

    /// <summary>The settings with their ranges.</summary>
    public static OptionTable Table { get; } = new("world:mixture", "points of well separated Gaussians",
    [
        OptionSpec.WholeNumber("dimensions", 1, 256, 2, "coordinates of a point"),
        OptionSpec.WholeNumber("modes", 0, 1000, 0, "Gaussians, or 0 for the larger of 20 and dimensions + 4"),
        Clusters.SizeOption,
        Clusters.StickOption,
        OptionSpec.Number("share", 0, 1, 0.5m, "share of an offset's variance that points near one theme have in common"),
    ]);

    /// <summary>Coordinates of a point.</summary>
    public int Dimensions { get; }

    /// <summary>Gaussians of the world.</summary>
    public int Modes => _modes == 0 ? Math.Max(20, Dimensions + 4) : _modes;

    /// <summary>How the points of a document depend on each other.</summary>
    public Clusters Clusters { get; }

    /// <summary>Share of an offset's variance that points near one theme have in common, 0 to 1.</summary>
    public double Share { get; }

    /// <summary>The canonical name, <c>world:mixture:dimensions=16</c>.</summary>
    public string Name => Table.Describe(Dimensions, _modes, Clusters.Size, Clusters.Stick, Share);
}
