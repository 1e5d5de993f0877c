using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Calibrations;

/// <summary>The experiments of the proof.</summary>
public static class Plans
{
    /// <summary>Share of the seeds that the short form runs.</summary>
    public const double QuickShare = 0.1;

    /// <summary>Documents of few items that nearly all are one: hardly anything but the number of documents counts.</summary>
    private static readonly UrnOptions s_tight = new(cluster: 25, stick: 0.9);

    private static readonly UrnCase[] s_weights = [UrnCases.Real, UrnCases.Mixture];

    /// <summary>Urns of 60 to 20,000 units and mixtures in 1 to 64 dimensions, with independent and with clustered items, and the adversaries of both.</summary>
    public static IReadOnlyList<Experiment> Full() =>
    [
        .. new[] { 1000, 5000, 20_000 }.SelectMany(units => UrnExperiments.Over(new UrnOptions(), units)),
        .. UrnExperiments.Over(new UrnOptions(cluster: 10), 5000),
        .. UrnAdversaries(),
        .. new[] { 1, 2, 16, 64 }.SelectMany(d => MixtureExperiments.Over(new MixtureOptions(d), 1000)),
        .. new[] { 1, 2, 16, 64 }.SelectMany(d => MixtureExperiments.Over(new MixtureOptions(d, cluster: 10), 1000)),
        .. PointAdversaries.All(),
    ];

    /// <summary>The same worlds at one small size, for the tests.</summary>
    public static IReadOnlyList<Experiment> Quick() =>
    [
        .. UrnExperiments.Over(new UrnOptions(), 2000),
        .. UrnExperiments.Over(new UrnOptions(cluster: 10), 2000),
        .. UrnExperiments.Over(new UrnOptions(), new UrnSizes(1000, 20_000, 1000, 1000, Seeds: UrnSizes.FewerSeeds), [.. s_weights, UrnCases.Learner(0)]),
    ];

    /// <summary>Samples of all proportions, and compressors that nobody would wish to meet.</summary>
    private static IEnumerable<Experiment> UrnAdversaries()
    {
        const int few = UrnSizes.FewerSeeds;
        UrnOptions urn = new(), clustered = new(cluster: 10);
        UrnCase[] learners = [UrnCases.Learner(0), UrnCases.Learner(0.1)];
        UrnCase[] tempered = [UrnCases.Of(new OracleOptions(temper: 0.7)), UrnCases.Of(new OracleOptions(temper: 1.3)), UrnCases.Reversed];
        UrnCase[] junk = [UrnCases.Junk(0.2, 1), UrnCases.Junk(0.2, 100), UrnCases.Junk(1, 20_000)];
        UrnCase[] collapse = [.. new[] { 3, 10, 20 }.SelectMany(k => new[] { UrnCases.Repeated(k, true), UrnCases.Repeated(k, false) })];
        foreach (int units in new[] { 1000, 5000 })
        {
            foreach (int times in new[] { 1, 4, 20 })
                foreach (Experiment experiment in UrnExperiments.Over(urn, new UrnSizes(units, times * units, units, units, Seeds: few), [.. s_weights, .. learners, .. tempered]))
                    yield return experiment;
        }
        (UrnOptions, UrnSizes, UrnCase[])[] rows =
        [
            (urn, UrnSizes.Equal(5000, few), [.. junk, .. collapse]),
            (urn, new UrnSizes(5000, 5000, 5000, 1250, Seeds: few), s_weights),
            (urn, new UrnSizes(5000, 5000, 5000, 20_000, Seeds: few), s_weights),
            (urn, new UrnSizes(20_000, 5000, 5000, 5000, Seeds: few), s_weights),
            (urn, new UrnSizes(5000, 1250, 5000, 5000, Seeds: few), s_weights),
            (urn, new UrnSizes(5000, 5000, 5000, 5000, Copies: 2, Seeds: few), s_weights),
            (clustered, new UrnSizes(5000, 100_000, 5000, 5000, Seeds: few), [.. s_weights, .. learners]),
            (s_tight, UrnSizes.Equal(250, few), s_weights),
            (s_tight, UrnSizes.Equal(625, few), s_weights),
            (s_tight, UrnSizes.Equal(1250, few), s_weights),
            (s_tight, new UrnSizes(625, 12_500, 625, 625, Seeds: few), s_weights),
            (urn, UrnSizes.Equal(60, few), s_weights),
            (urn, UrnSizes.Equal(200, few), s_weights),
            (urn, new UrnSizes(20, 400, 20, 10_000, Seeds: few), s_weights),
        ];
        foreach ((UrnOptions options, UrnSizes sizes, UrnCase[] cases) in rows)
            foreach (Experiment experiment in UrnExperiments.Over(options, sizes, cases)) yield return experiment;
    }
}
