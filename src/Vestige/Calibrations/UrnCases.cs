using Vestige.Numerics;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Calibrations;

/// <summary>A q made to measure for an urn and one T.</summary>
/// <param name="Name">Its name on the page.</param>
/// <param name="Law">Probabilities of the types of the urn, then of as many that it does not have.</param>
internal sealed record UrnCase(string Name, Func<Urn, int[], double[]> Law)
{
    /// <summary>Why E4 is off where q weighs unseen real types otherwise than p; null where it does not.</summary>
    internal string? Uneven { get; init; }

    /// <summary>Whether q is another for another T.</summary>
    internal bool Learns { get; init; }
}

/// <summary>The compressors that the discrete estimators are tried on: those of the oracles, and what nobody would wish them to meet.</summary>
internal static class UrnCases
{
    private const string Uneven = "q weighs unseen real things otherwise than p does";

    /// <summary>q of an oracle.</summary>
    internal static UrnCase Of(OracleOptions options) => new(options.Name, (urn, training) => new UrnOracle(urn, options).Compress(training).Probabilities)
    {
        Learns = options.Memorize > 0,
        Uneven = options is { Temper: 1, Truncate: 1 } ? null : Uneven,
    };

    /// <summary>The oracles of every plan.</summary>
    internal static IReadOnlyList<OracleOptions> Oracles { get; } =
    [
        new(),
        new(drop: 0.2),
        new(truncate: 0.7),
        new(truncate: 0.9),
        new(temper: 1.3),
        new(temper: 0.7),
        new(invent: 0.2),
        new(memorize: 0.3),
        new(memorize: 1),
        new(invent: 0.2, memorize: 0.3),
        new(drop: 0.2, temper: 1.3, invent: 0.1, memorize: 0.1),
    ];

    internal static UrnCase Real { get; } = Of(new OracleOptions());

    internal static UrnCase Mixture { get; } = Of(new OracleOptions(invent: 0.3, memorize: 0.4));

    /// <summary>What smooths: the rest of its mass is spread evenly over the real types that T does not hold.</summary>
    internal static UrnCase Learner(double invent) => new(invent == 0 ? "learner:smooth=.3" : $"learner:smooth=.3,invent={invent:0.##}", (urn, training) =>
    {
        double[] q = new double[2 * urn.Options.Types];
        Copy(q, training, 0.7 - invent);
        HashSet<int> known = [.. training];
        for (int x = 0; x < urn.Options.Types; x++)
            if (!known.Contains(x)) q[x] = 0.3 / (urn.Options.Types - known.Count);
        for (int x = urn.Options.Types; x < q.Length; x++) q[x] = invent / urn.Options.Types;
        return q;
    })
    { Uneven = Uneven, Learns = true };

    /// <summary>As p, the ranks turned round: what is rarest comes most.</summary>
    internal static UrnCase Reversed { get; } = new("p turned round", (urn, _) => [.. urn.Probabilities.Reverse(), .. new double[urn.Options.Types]]) { Uneven = Uneven };

    /// <summary>A few items over and over, of T or of other samples.</summary>
    internal static UrnCase Repeated(int items, bool ofTraining) => new($"{items} {(ofTraining ? "of T" : "fresh")} over and over", (urn, training) =>
    {
        double[] q = new double[2 * urn.Options.Types];
        // T is new in each run, and decides what is drawn.
        var rng = new Rng(Rng.Mix((ulong)training[0], (ulong)training[^1]));
        for (int i = 0; i < items; i++) q[ofTraining ? training[rng.NextInt(training.Length)] : urn.DrawOne(ref rng)] += 1.0 / items;
        return q;
    })
    {
        Uneven = "q is a few things, and whether one of them is found is chance",
        Learns = true,
    };

    /// <summary>Junk of so many kinds beside p: one kind over and over, or each once.</summary>
    internal static UrnCase Junk(double share, int kinds) => new($"{share:0.##} junk of {kinds} {(kinds == 1 ? "kind" : "kinds")}", (urn, _) =>
    {
        double[] q = [.. urn.Probabilities.Select(p => (1 - share) * p), .. new double[urn.Options.Types]];
        for (int x = 0; x < kinds; x++) q[urn.Options.Types + x] = share / kinds;
        return q;
    });

    private static void Copy(double[] q, int[] training, double share)
    {
        foreach (int x in training) q[x] += share / training.Length;
    }
}
