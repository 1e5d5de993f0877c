using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Urns;

namespace Vestige.Calibrations;

/// <summary>The experiments of the proof.</summary>
public static class Plans
{
    /// <summary>Urns of 1,000 to 20,000 units and mixtures in 1 to 64 dimensions, each with independent and with clustered items.</summary>
    public static IReadOnlyList<Experiment> Full() =>
    [
        .. new[] { 1000, 5000, 20_000 }.SelectMany(units => UrnExperiments.Over(new UrnOptions(), units)),
        .. UrnExperiments.Over(new UrnOptions(cluster: 10), 5000),
        .. new[] { 1, 2, 16, 64 }.SelectMany(d => MixtureExperiments.Over(new MixtureOptions(d), 1000)),
        .. new[] { 1, 2, 16, 64 }.SelectMany(d => MixtureExperiments.Over(new MixtureOptions(d, cluster: 10), 1000)),
    ];

    /// <summary>Share of the seeds that the short form runs.</summary>
    public const double QuickShare = 0.1;

    /// <summary>The same worlds at one small size, for the tests.</summary>
    public static IReadOnlyList<Experiment> Quick() =>
    [
        .. UrnExperiments.Over(new UrnOptions(), 2000),
        .. UrnExperiments.Over(new UrnOptions(cluster: 10), 2000),
        .. MixtureExperiments.Over(new MixtureOptions(2), 400),
        .. MixtureExperiments.Over(new MixtureOptions(16, cluster: 5), 400),
    ];
}
