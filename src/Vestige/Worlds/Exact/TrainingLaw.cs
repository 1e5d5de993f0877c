
namespace Vestige.Worlds.Exact;

/// <summary>What one T says of p, whatever q is: what memorized is measured against.</summary>
internal sealed class TrainingLaw
{
    private const double Rounding = 1e-9; // A sum of a million terms near 1e-6 is exact to 1e-10.

    private readonly SampleShape _shape;

    /// <param name="p">p of each item; 0 of what is none.</param>
    /// <param name="counts">How many units of T are the item.</param>
    /// <param name="shape">The shape of T.</param>
    internal TrainingLaw(IReadOnlyList<double> p, int[] counts, SampleShape shape)
    {
        _shape = shape;
        double seenP = 0, seenT = 0;
        for (int x = 0; x < p.Count; x++)
        {
            double seen = Seen(p[x]);
            seenP += p[x] * seen;
            seenT += counts[x] * seen;
            if (counts[x] > 0) Floor += p[x];
        }
        Luck = Floor - seenP;
        double told = 1 - (seenT / counts.Sum()) - Luck;
        Distinguishable = told > Rounding ? told : 0;
    }

    /// <summary><c>p(S_T)</c>.</summary>
    internal double Floor { get; }

    /// <summary>By how much this T holds more of p than a sample of its shape does in the mean: no memory of q, but what is real of q has its part of it.</summary>
    internal double Luck { get; }

    /// <summary>What T holds of itself beyond what another sample of its shape does, less its luck: 0 where that is nothing.</summary>
    internal double Distinguishable { get; }

    /// <summary>The chance that another sample of T's shape holds an item.</summary>
    internal double Seen(double p) => 1 - _shape.ChanceMissed(p);
}
