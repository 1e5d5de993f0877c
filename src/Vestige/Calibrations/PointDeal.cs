using Vestige.Estimators.Points;
using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Calibrations;

/// <summary>The four samples of one run of a continuous experiment.</summary>
/// <param name="Training">T.</param>
/// <param name="HeldOut">H.</param>
/// <param name="Floor">A.</param>
/// <param name="Generated">G.</param>
/// <param name="Scaled">Whether distances are meant as they are.</param>
internal readonly record struct PointDeal(PointSample Training, PointSample HeldOut, PointSample Floor, PointSample Generated, bool Scaled = false)
{
    /// <summary>Deals averaged for what the figures aim at: their mean curves have a tenth of the noise of one.</summary>
    private const int Runs = 100;

    internal PointReferences.Row Against(PointReferences references) => new(references, Generated, paired: false);

    internal PointReferences References() => new(Training, HeldOut, Floor, threads: 1, Scaled);

    /// <summary>What the two figures by reach aim at with samples of these sizes: the excess of shares in the mean over many deals, told of the mean
    /// curve, so that no threshold follows the noise of one deal.</summary>
    internal static PointAims Aims(Func<ulong, PointDeal> deal)
    {
        double[] lost = new double[ReachShares.Thresholds], hallucinated = new double[ReachShares.Thresholds];
        for (int run = 0; run < Runs; run++)
        {
            PointDeal samples = deal(Rng.Mix((ulong)run, "aim"));
            PointReferences.Row against = samples.Against(samples.References());
            for (int t = 0; t < lost.Length; t++)
            {
                lost[t] += (against.GeneratedCovers.At(t, -1, -1) - against.OriginalCovers.At(t, -1, -1)) / Runs;
                hallucinated[t] += (against.GeneratedScores.At(t, -1, -1) - against.OriginalScores.At(t, -1, -1)) / Runs;
            }
        }
        return new(lost.Max() + lost.Min(), Math.Max(0, hallucinated.Max() + hallucinated.Min()));
    }
}

/// <summary>What the figures by reach (E7) aim at: a mass that q has beyond a distance at which p has less.</summary>
/// <param name="Lost">At the resolution of the samples, with its sign.</param>
/// <param name="Hallucinated">A mass: where q lies nearer to the real than p does it is 0.</param>
internal readonly record struct PointAims(double Lost, double Hallucinated);
