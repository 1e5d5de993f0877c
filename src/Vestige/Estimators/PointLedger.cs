using Vestige.Results;

namespace Vestige.Estimators;

/// <summary>The continuous ledger: E5 and E3 of the design (section 3.3) with their intervals.</summary>
internal static class PointLedger
{
    /// <summary>The neighbour whose distance is a point's radius.</summary>
    internal const int K = 5;

    /// <summary>What to estimate.</summary>
    /// <param name="View">Name of the view.</param>
    /// <param name="Thing">What a point is, in plain words.</param>
    /// <param name="Paired">G was made from T document by document: a group leaves both together.</param>
    /// <param name="Seed">For the permutations.</param>
    internal sealed record Plan(string View, string Thing, bool Paired, ulong Seed);

    /// <summary>What is left out in one replicate: a group of one sample (two where T and G are paired), or nothing (-1).</summary>
    private readonly record struct Leave(int Training, int HeldOut, int Floor, int Generated);

    private readonly record struct Stats(
        double Lost, double LostRaw, double LostFloor,
        double Hallucinated, double HallucinatedRaw, double HallucinatedFloor,
        double Memorized, double MemorizedFloor,
        double OffManifold, double OffRaw, double OffFloor);

    internal static Ledger Estimate(PointGround ground, PointGround.Against against, Plan plan)
    {
        Stats point = Evaluate(ground, against, new Leave(-1, -1, -1, -1));
        List<Stats>[] replicates = Replicates(ground, against, plan);
        int documents = Math.Min(Math.Min(ground.Training.Documents, ground.HeldOut.Documents),
            Math.Min(ground.Floor.Documents, against.Generated.Documents));

        Spread? SpreadOf(Func<Stats, double> stat)
        {
            double[] variances = [.. replicates.Select(r => Jackknife.Variance([.. r.Select(stat)]))];
            return Jackknife.Combine(variances, [.. replicates.Select(r => r.Count)]);
        }

        Figure Make(Func<Stats, double> stat, double? floor, double? raw, double low = double.NegativeInfinity, double high = double.PositiveInfinity)
        {
            double x = stat(point);
            if (!double.IsFinite(x)) return Figure.NotMeasurable("too few points, or the two real samples share nothing: no floor can be set");
            Spread? spread = SpreadOf(stat);
            return new Figure
            {
                Value = Math.Clamp(x, low, high),
                Low = spread is { } s ? Math.Clamp(x - s.HalfWidth, low, high) : null,
                High = spread is { } t ? Math.Clamp(x + t.HalfWidth, low, high) : null,
                Floor = floor,
                Raw = raw,
                Why = spread is null ? $"no interval: {documents} documents in the smallest sample, {Jackknife.MinDocuments} are needed" : null,
            };
        }

        Figure lost = Make(s => s.Lost, point.LostFloor, point.LostRaw);
        Figure hallucinated = Make(s => s.Hallucinated, point.HallucinatedFloor, point.HallucinatedRaw);
        // Memorized leaves room for what is hallucinated; the rest is generalized, so that the three are all of q. Where the room is what
        // binds, its uncertainty is that of hallucinated.
        double room = Math.Clamp(1 - (hallucinated.Value ?? 0), 0, 1);
        Figure memorized = point.Memorized <= room || !hallucinated.IsMeasured
            ? Make(s => s.Memorized, point.MemorizedFloor, point.Memorized, 0, 1)
            : Make(s => 1 - s.Hallucinated, point.MemorizedFloor, point.Memorized, 0, 1);
        double rest = 1 - (memorized.Value ?? 0) - (hallucinated.Value ?? 0);
        Figure generalized = memorized.IsMeasured && hallucinated.IsMeasured
            ? Make(s => 1 - s.Memorized - s.Hallucinated, 1 - point.MemorizedFloor, rest, Math.Min(0, rest), Math.Max(1, rest)) with { Value = rest }
            : Figure.NotMeasurable(memorized.Why ?? hallucinated.Why!);
        return new Ledger
        {
            View = plan.View,
            Thing = plan.Thing,
            Sizes = new SampleSizes(ground.Training.Units, ground.HeldOut.Units, ground.Floor.Units, against.Generated.Units,
                documents, K, ground.HeldOut.Count, 1),
            Lost = lost,
            Kept = AtomLedger.Complement(lost),
            Memorized = memorized,
            Generalized = generalized,
            Hallucinated = hallucinated,
            CopyingExcess = Make(s => s.Memorized, 0, null),
            CopyingP = CopyingTest.PValue(against.Wins(ground), plan.Seed),
            OffManifold = Make(s => s.OffManifold, point.OffFloor, point.OffRaw),
            Curve = PointCurve.Of(ground.HeldOut, against.Generated),
        };
    }

    private static List<Stats>[] Replicates(PointGround ground, PointGround.Against against, Plan plan)
    {
        var none = new Leave(-1, -1, -1, -1);
        List<Stats> Over(int groups, Func<int, Leave> leave) =>
            [.. Enumerable.Range(0, groups).Select(j => Evaluate(ground, against, leave(j)))];
        List<Stats> heldOut = Over(ground.HeldOut.Groups, j => none with { HeldOut = j });
        List<Stats> floor = Over(ground.Floor.Groups, j => none with { Floor = j });
        return plan.Paired
            ? [Over(against.Generated.Groups, j => none with { Training = j, Generated = j }), heldOut, floor]
            :
            [
                Over(ground.Training.Groups, j => none with { Training = j }), heldOut, floor,
                Over(against.Generated.Groups, j => none with { Generated = j }),
            ];
    }

    private static Stats Evaluate(PointGround ground, PointGround.Against against, Leave leave)
    {
        PointGround.Cloud h = ground.HeldOut, a = ground.Floor, g = against.Generated;
        double countH = h.CountWithout(leave.HeldOut), countA = a.CountWithout(leave.Floor), countG = g.CountWithout(leave.Generated);

        double lostRaw = h.Uncovered(leave.HeldOut, against.HeldOutToGenerated, leave.Generated);
        double lostFloor = h.Uncovered(leave.HeldOut, ground.HeldOutToFloor, leave.Floor);
        double othersH = countH - h.PerUnit;
        double madeRaw = g.Uncovered(leave.Generated, against.GeneratedToHeldOut, leave.HeldOut);
        double madeFloor = a.Uncovered(leave.Floor, ground.FloorToHeldOut, leave.HeldOut);
        (double lost, double made) = Coverage.Solve(
            new Coverage.Side(lostRaw, othersH, countG, Coverage.EffectiveK(lostFloor, othersH, countA)),
            new Coverage.Side(madeRaw, countG - g.PerUnit, countH, Coverage.EffectiveK(madeFloor, countA - a.PerUnit, countH)));

        double memorized = g.Nearer(leave.Generated, against.GeneratedToTraining, leave.Training, against.GeneratedToHeldOut, leave.HeldOut);
        double memorizedFloor = a.Nearer(leave.Floor, ground.FloorToTraining, leave.Training, ground.FloorToHeldOut, leave.HeldOut);

        double offRaw = g.Outside(leave.Generated, against.InBalls, leave.HeldOut, h.Groups);
        double offFloor = a.Outside(leave.Floor, ground.FloorInBalls, leave.HeldOut, h.Groups);
        return new Stats(lost, lostRaw, lostFloor, made, madeRaw, madeFloor, memorized, memorizedFloor, offRaw - offFloor, offRaw, offFloor);
    }
}
