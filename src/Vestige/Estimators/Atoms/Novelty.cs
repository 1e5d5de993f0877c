namespace Vestige.Estimators.Atoms;

/// <summary>What is new in G, that is not in T, told apart into what is real and what is not: E4 and E2 of the design.</summary>
/// <remarks>
/// f_j is the share of a sample that is not in T and in exactly j units of H, and <c>R_j = f_j(G) / f_j(A)</c>. All that is found in H is real. Of what is in
/// neither T nor H (j = 0) A's is real; how much of G's is, is <c>f_0(A) R_0</c>, with R_0 read off the R_j of what is found:
/// <list type="bullet">
/// <item>E4 (capture and recapture) takes one rate for all: <c>R_0 = found(G) / found(A)</c>, right where q weighs unseen real atoms as p does, and of least
/// variance.</item>
/// <item>Where q is flatter or steeper than p among them, R_j changes with j. <c>R_0 = R_1 (R_1 / R_2)^1/2</c> goes on with it half of the way: R_1 alone falls
/// short of R_0 where R falls with j, and the whole step (geometric; with G alone it is Chao's 1984 <c>f_1^2 / 2 f_2</c>) takes what is scattered over
/// a far larger set than p's for real. <c>vestige calibrate</c> judges it.</item>
/// </list>
/// </remarks>
internal static class Novelty
{
    /// <summary>The least incidences of A behind a rate that is read: under ten it is off by a third.</summary>
    private const int MinCount = 10;

    /// <summary>E4: hallucinated share of G, with its sign.</summary>
    /// <param name="g">[j]: shares of G outside T in j = 0, 1, 2 and more units of H.</param>
    /// <param name="a">The same of A.</param>
    internal static double AtOneRate(ReadOnlySpan<double> g, ReadOnlySpan<double> a)
    {
        double found = Found(g), foundA = Found(a);
        // Nothing new, nothing made up.
        if (found == 0 && g[0] == 0) return 0;
        return foundA == 0 ? double.NaN : g[0] - (a[0] * found / foundA);
    }

    /// <summary>Hallucinated share of G where the rate goes on as it changes; as <see cref="AtOneRate"/> where too few are found to tell.</summary>
    /// <param name="g">Shares of G.</param>
    /// <param name="a">Shares of A.</param>
    /// <param name="incidencesG">Incidences of G.</param>
    /// <param name="incidencesA">Incidences of A.</param>
    internal static double AtItsSlope(ReadOnlySpan<double> g, ReadOnlySpan<double> a, double incidencesG, double incidencesA)
    {
        if (!Tells(g, a, incidencesG, incidencesA)) return AtOneRate(g, a);
        double once = Least(g[1], incidencesG) / a[1], twice = Least(g[2], incidencesG) / a[2];
        return g[0] - (a[0] * once * Math.Sqrt(once / twice));
    }

    /// <summary>How much the rate of what is found once differs from that of what is found more often, a logarithm; 0 where that cannot be told.</summary>
    internal static double Slope(ReadOnlySpan<double> g, ReadOnlySpan<double> a, double incidencesG, double incidencesA) =>
        Tells(g, a, incidencesG, incidencesA)
            ? Math.Log(Least(g[1], incidencesG) / a[1] / (Least(g[2] + g[3], incidencesG) / (a[2] + a[3])))
            : 0;

    /// <summary>How far to trust a slope: 0 up to two standard errors, and towards 1 beyond (a positive-part shrinkage).</summary>
    /// <param name="slope">The slope.</param>
    /// <param name="error">Its standard error by the jackknife, which sees none where a count is 0 in every replicate: that of counts is the least.</param>
    /// <param name="g">Shares of G.</param>
    /// <param name="a">Shares of A.</param>
    /// <param name="incidencesG">Incidences of G.</param>
    /// <param name="incidencesA">Incidences of A.</param>
    internal static double Trust(double slope, double? error, ReadOnlySpan<double> g, ReadOnlySpan<double> a, double incidencesG, double incidencesA)
    {
        if (slope == 0 || error is not { } e) return 0;
        double counts = 0;
        foreach ((double share, double incidences) in new[] { (g[1], incidencesG), (g[2] + g[3], incidencesG), (a[1], incidencesA), (a[2] + a[3], incidencesA) })
            counts += 1 / (Least(share, incidences) * incidences);
        return Math.Max(0, 1 - (4 * Math.Max(e * e, counts) / (slope * slope)));
    }

    private static bool Tells(ReadOnlySpan<double> g, ReadOnlySpan<double> a, double incidencesG, double incidencesA) =>
        a[1] * incidencesA >= MinCount && a[2] * incidencesA >= MinCount && Found(g) * incidencesG >= MinCount;

    /// <summary>A share that may be 0 by chance: half an incidence stands for none.</summary>
    private static double Least(double share, double incidences) => Math.Max(share, 0.5 / incidences);

    /// <summary>E2 before its error: what is in neither T nor H, less the least of it that must be real (two-sample form of Chao 1984).</summary>
    internal static double AtMost(ReadOnlySpan<double> g, int units) =>
        g[2] == 0 ? g[0] : g[0] - ((units - 1.0) / units * g[1] * g[1] / (2 * g[2]));

    private static double Found(ReadOnlySpan<double> f) => f[1] + f[2] + f[3];
}
