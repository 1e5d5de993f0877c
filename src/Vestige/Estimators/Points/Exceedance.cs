using Vestige.Figures;

namespace Vestige.Estimators.Points;

/// <summary>How much more of q than of p is far away: the largest excess of one sample's shares beyond a threshold over another's, less the largest
/// excess the other way round.</summary>
/// <remarks>
/// <para>With D(t) the difference of the shares that are at a threshold t or beyond, the value is <c>sup D + inf D</c>. Exchanging the two samples turns
/// its sign over, so where both are of one distribution its mean is exactly 0, whatever t the samples choose and with nothing held back to choose it.
/// Where one sample is the farther throughout, inf D is 0 and the value is <c>sup D</c>, which no total variation of the two is below.</para>
/// <para>Variance: jackknife with the thresholds as they were chosen (to first order a maximum does not move with its place), and of the references
/// their own effect alone (<see cref="Interplay"/>).</para>
/// </remarks>
internal sealed class Exceedance
{
    private readonly Arm _q, _p;
    private readonly Threshold _chosen;

    /// <summary>One of the two samples.</summary>
    /// <param name="Shares">Its shares.</param>
    /// <param name="Queries">The sample whose points are counted.</param>
    /// <param name="References">The sample they are held against.</param>
    internal sealed record Arm(ReachShares Shares, Role Queries, Role References);

    /// <summary>Where the excess of q is largest, and where that of p is.</summary>
    private readonly record struct Threshold(int OfQ, int OfP);

    private readonly record struct Leave(Role Role, int Group);

    private static readonly Leave s_none = new(Role.Training, -1);

    internal Exceedance(Arm q, Arm p)
    {
        (_q, _p) = (q, p);
        _chosen = Choose(s_none);
        Value = At(_chosen, s_none, s_none);
        Raw = Share(_q, _chosen.OfQ, s_none, s_none);
        Floor = Share(_p, _chosen.OfQ, s_none, s_none);
    }

    /// <summary>In [-1, 1].</summary>
    internal double Value { get; }

    /// <summary>Share of the one beyond the threshold where its excess is largest.</summary>
    internal double Raw { get; }

    /// <summary>Share of the other there.</summary>
    internal double Floor { get; }

    /// <summary>The values with each group of a sample left out.</summary>
    /// <param name="role">The sample.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="groupsOf">Those of any sample.</param>
    internal double[] Without(Role role, int groups, Func<Role, int> groupsOf)
    {
        bool counted = role == _q.Queries || role == _p.Queries;
        bool reference = role == _q.References || role == _p.References;
        if (!reference) return [.. Enumerable.Range(0, groups).Select(j => counted ? At(_chosen, new(role, j), s_none) : Value)];
        // Chosen anew: one far reference may hold a whole cluster of points at one threshold.
        double[] replicates = [.. Enumerable.Range(0, groups).Select(j => At(Choose(new(role, j)), new(role, j), s_none))];
        double interplay = 0;
        foreach (Role queries in new[] { _q.Queries, _p.Queries }.Distinct())
            interplay += Interplay.Variance(groups, groupsOf(queries), (i, j) => At(_chosen, new(role, i), new(queries, j)));
        return Interplay.Without(replicates, interplay);
    }

    private Threshold Choose(Leave leave)
    {
        int ofQ = 0, ofP = 0;
        double most = 0, least = 0;
        for (int t = 0; t < ReachShares.Thresholds; t++)
        {
            double difference = Share(_q, t, leave, s_none) - Share(_p, t, leave, s_none);
            // Sums of weights in another order differ in their last bits; a tie is the lower threshold's.
            if (difference > most + 1e-12) (most, ofQ) = (difference, t);
            if (difference < least - 1e-12) (least, ofP) = (difference, t);
        }
        return new Threshold(ofQ, ofP);
    }

    private double At(Threshold t, Leave one, Leave other) =>
        Share(_q, t.OfQ, one, other) - Share(_p, t.OfQ, one, other) + Share(_q, t.OfP, one, other) - Share(_p, t.OfP, one, other);

    private static double Share(Arm arm, int threshold, Leave one, Leave other)
    {
        int Of(Role role) => one.Group >= 0 && one.Role == role ? one.Group : other.Group >= 0 && other.Role == role ? other.Group : -1;
        return arm.Shares.At(threshold, Of(arm.Queries), Of(arm.References));
    }
}
