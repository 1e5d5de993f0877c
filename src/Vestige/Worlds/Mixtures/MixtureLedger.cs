using Vestige.Worlds.Exact;
using Vestige.Worlds.Oracles;

namespace Vestige.Worlds.Mixtures;

/// <summary>The exact ledger of an oracle on a mixture, over all T, and the expected values of the coverage estimators (E5).</summary>
/// <remarks>The modes are the resolution: a mode is lost if q never produces a point of it. Within a mode the densities of p and of base(p)
/// are the same, so every divergence of the two is one of mode weights; memorized points are atoms, of which p has none.</remarks>
internal sealed class MixtureLedger
{
    private readonly double[] _p;
    private readonly double[] _q;
    private readonly OracleOptions _options;
    private readonly int _modes;

    /// <summary>The ledger of <paramref name="oracle"/>.</summary>
    public MixtureLedger(MixtureOracle oracle)
    {
        _options = oracle.Options;
        _modes = oracle.Mixture.Options.Modes;
        _q = [.. oracle.ModeMasses, _options.Memorize];
        _p = new double[_q.Length];
        for (int m = 0; m < _modes; m++)
        {
            _p[m] = oracle.Mixture.Weights[m];
            if (_q[m] == 0 && _options.Memorize == 0) Lost += _p[m];
        }
    }

    /// <summary>Mass of p in modes that q never produces.</summary>
    public double Lost { get; }

    /// <summary>Mass of q on copies of T; also the copying excess (E3).</summary>
    public double Memorized => _options.Memorize;

    /// <summary>Mass of q that is drawn from modes of p.</summary>
    public double Generalized => _options.Base;

    /// <summary>Mass of q outside the modes of p; with the two above adds up to 1.</summary>
    public double Hallucinated => _options.Invent;

    /// <summary><c>E_t(p||q)</c>, copies being atoms apart from all modes.</summary>
    public double HockeyStickPq(double t) => Divergences.HockeyStick(_p, _q, t);

    /// <summary><c>E_t(q||p)</c>, copies being atoms apart from all modes.</summary>
    public double HockeyStickQp(double t) => Divergences.HockeyStick(_q, _p, t);

    /// <summary>What E5 gives in the mean over independent samples of these sizes.</summary>
    /// <remarks>
    /// <para>
    /// Within a mode all points that are not copies are exchangeable, so whether the k nearest are own points depends on the numbers in the
    /// mode alone, which are binomial: the raw shares are exact for oracles that do not memorize, but for modes of fewer than k points.
    /// Copies of one training point share one place: G has fewer places than points, which leaves more of H uncovered, and a copy's nearest
    /// neighbours are other copies, which shortens its ball. Both are reckoned, with the number of places taken as binomial.
    /// </para><para>
    /// The solved values are those at the expected raw shares. They differ from the truth however large the samples are where q weighs the
    /// modes that it shares with p otherwise than by one factor: under tempering, on both sides.
    /// </para><para>
    /// There is no such form for clustered documents, whose points have their nearest neighbours among themselves.
    /// </para>
    /// </remarks>
    /// <param name="k">Neighbours.</param>
    /// <param name="training">Points of T.</param>
    /// <param name="heldOut">Points of H.</param>
    /// <param name="generated">Points of G, and of A.</param>
    public CoverageEstimand Coverage(int k, int training, int heldOut, int generated)
    {
        // Chance that a given training point is copied at all.
        double copied = _options.Memorize == 0 ? 0 : 1 - Math.Pow(1 - (_options.Memorize / training), generated);
        double lostRaw = 0;
        double hallucinatedRaw = 0;
        for (int m = 0; m < _p.Length - 1; m++)
        {
            double placesFromModes = generated * _q[m];
            double placesCopied = training * copied * _p[m];
            double placeShare = Math.Min(1, (placesFromModes + placesCopied) / generated);
            if (_p[m] > 0)
                lostRaw += _p[m] * CoverageLaw.MeanAllOwn(k, (heldOut - 1, _p[m]), (generated, placeShare))[k];

            double copiesHere = _options.Memorize * _p[m];
            if (_q[m] + copiesHere == 0) continue;
            double[] first = CoverageLaw.MeanAllOwn(k, (generated - 1, placeShare), (heldOut, _p[m]));
            double placeIsCopied = placesCopied / (placesFromModes + placesCopied);
            double perPlace = generated * _options.Memorize / training;
            double[] places = PlacesNeeded(k, placeIsCopied, perPlace);
            hallucinatedRaw += _q[m] * first.Zip(places, (chance, needed) => chance * needed).Sum();
            for (int others = 0; others <= k && copiesHere > 0; others++)
            {
                double same = others < k ? Poisson(perPlace, others) : 1 - Enumerable.Range(0, k).Sum(i => Poisson(perPlace, i));
                double[] needed = PlacesNeeded(k - others, placeIsCopied, perPlace);
                hallucinatedRaw += copiesHere * same * first.Zip(needed, (chance, share) => chance * share).Sum();
            }
        }
        double lostFloor = CoverageLaw.AllOwn(k, heldOut - 1, generated);
        double hallucinatedFloor = CoverageLaw.AllOwn(k, generated - 1, heldOut);
        (double lost, double hallucinated) = Estimators.Coverage.Solve(
            Side(lostRaw, lostFloor, heldOut - 1, generated), Side(hallucinatedRaw, hallucinatedFloor, generated - 1, heldOut));
        return new CoverageEstimand(lostRaw, lostFloor, lost, hallucinatedRaw, hallucinatedFloor, hallucinated);
    }

    /// <summary>One side of the solve, with the k* that this floor shows.</summary>
    private static Estimators.Coverage.Side Side(double raw, double floor, double own, double other) =>
        new(raw, own, other, Estimators.Coverage.EffectiveK(floor, own, other));

    /// <summary>How many places, nearest first, hold k points: chance of j places at index j, where a place is copied with chance
    /// <paramref name="placeIsCopied"/> and then holds a Poisson number of at least one copies, else one point.</summary>
    private static double[] PlacesNeeded(int k, double placeIsCopied, double perPlace)
    {
        if (k == 0) return [1];
        double[] needed = new double[k + 1];
        double[] held = new double[k]; // Chance that the places so far hold i points, i < k.
        held[0] = 1;
        for (int places = 1; places <= k; places++)
        {
            double[] next = new double[k];
            for (int i = 0; i < k; i++)
                for (int more = 1; i + more < k; more++)
                    next[i + more] += held[i] * Multiplicity(more);
            needed[places] = held.Sum() - next.Sum();
            held = next;
        }
        return needed;

        double Multiplicity(int points)
        {
            double copies = perPlace == 0 ? 0 : Poisson(perPlace, points) / (1 - Math.Exp(-perPlace));
            return (placeIsCopied * copies) + (points == 1 ? 1 - placeIsCopied : 0);
        }
    }

    private static double Poisson(double mean, int count) => MathNet.Numerics.Distributions.Poisson.PMF(mean, count);
}

/// <summary>The expected shares of nearest-neighbour coverage (E5), raw, of equals, and corrected by the solve of design 3.3.</summary>
/// <param name="LostRaw">Share of H that no point of G covers.</param>
/// <param name="LostFloor">The same for independent A.</param>
/// <param name="Lost">The corrected share.</param>
/// <param name="HallucinatedRaw">Share of G that no point of H covers.</param>
/// <param name="HallucinatedFloor">The same for independent A.</param>
/// <param name="Hallucinated">The corrected share.</param>
internal readonly record struct CoverageEstimand(
    double LostRaw, double LostFloor, double Lost, double HallucinatedRaw, double HallucinatedFloor, double Hallucinated);
