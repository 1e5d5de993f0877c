using Vestige.Estimators.Atoms;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Estimators.Points;

/// <summary>The continuous ledger: E7 and E3 of the design (section 3.3) with their intervals.</summary>
internal static class PointLedger
{
    /// <summary>The neighbour whose distance is a point's reach.</summary>
    internal const int K = 5;

    /// <summary>So many documents must have a point in reach for it to be within reach.</summary>
    internal const int Vouching = 2;

    /// <summary>Fresh items that T has learned more of than this, or less, are not of the source that T is of.</summary>
    private const double MostUnlike = 0.5;

    /// <summary>Chance of one side of a 95 % interval.</summary>
    private const double OneSide = 0.025;

    /// <summary>A figure that chance alone moves by more than this, for so few points tell T from H, is none.</summary>
    private const double MostChance = 0.5;

    private const double TwoSided = 1.96;

    /// <summary>What to estimate.</summary>
    /// <param name="View">Name of the view.</param>
    /// <param name="Element">What a point is, in plain words.</param>
    /// <param name="Seed">For the permutations.</param>
    internal sealed record Plan(string View, string Element, ulong Seed);

    internal static Ledger Estimate(PointReferences references, PointReferences.Row against, Plan plan)
    {
        int documents = Math.Min(Math.Min(references.Training.Documents, references.HeldOut.Documents),
            Math.Min(references.Floor.Documents, against.Generated.Kinds));
        var sizes = new SampleSizes(references.Training.Units, references.HeldOut.Units, references.Floor.Units, against.Generated.Units,
            documents, K, references.HeldOut.Count, 1);
        if (against.Why is { } why)
        {
            var none = Figure.NotMeasurable(why);
            return new Ledger
            {
                View = plan.View,
                Element = plan.Element,
                Sizes = sizes,
                Lost = none,
                Kept = none,
                Memorized = none,
                Generalized = none,
                Hallucinated = none,
            };
        }
        Role q = against.IsPaired ? Role.Training : Role.Generated, p = against.IsPaired ? Role.Training : Role.Floor;
        var lost = new Exceedance(new(against.GeneratedCovers, Role.HeldOut, q), new(against.OriginalCovers, Role.HeldOut, p));
        var hallucinated = new Exceedance(new(against.GeneratedScores, q, Role.HeldOut), new(against.OriginalScores, p, Role.HeldOut));
        double memorized = against.Memory.Of(-1, -1, -1), raw = memorized, made = hallucinated.Value;
        // What a codec gives back are no draws of few things: its figures stand as they are, and say that they have no interval.
        if (documents < Jackknife.MinDocuments && !against.IsPaired)
        {
            // Without an interval that says how little a few documents tell, no more is told than they vouch for.
            made = Mass.AtLeast(made, documents);
            memorized = Math.Max(0, memorized - (Mass.Error(against.Memory.Nearer, documents) / (1 - references.Memory.Chance(-1, -1))));
        }
        // Memorized leaves room for what is hallucinated. So does every replicate by itself: where a spot of noise at the edge of what is real lies nearest to one
        // document of T, the room binds, and without that document nothing is memorized. What is generalized varies as if there were no such room, or it would be
        // surely nothing wherever there is none left.
        double[] Whole(double l, double m, double h) => [l, Math.Min(m, Math.Clamp(1 - h, 0, 1)), 1 - m - h, h];

        double[][] Without(Role role)
        {
            int groups = GroupsOf(role);
            double[] l = lost.Without(role, groups, GroupsOf), h = hallucinated.Without(role, groups, GroupsOf);
            double[] m = Memorized(role, groups);
            return [.. Enumerable.Range(0, groups).Select(j => Whole(l[j], m[j], h[j]))];
        }

        double[] Memorized(Role role, int groups)
        {
            PointMemory.Row row = against.Memory;
            // A group of a codec's T leaves with what was made of it.
            double Of(int training, int heldOut, int generated) => row.Of(against.IsPaired ? training : generated, training, heldOut);
            double[] replicates = [.. Enumerable.Range(0, groups).Select(j => role switch
            {
                Role.Training => Of(j, -1, -1),
                Role.HeldOut => Of(-1, j, -1),
                Role.Generated => Of(-1, -1, j),
                _ => memorized,
            })];
            return role switch
            {
                Role.HeldOut => Interplay.Without(replicates, Interplay.Variance(groups, GroupsOf(q), (i, j) => against.IsPaired ? Of(j, i, -1) : Of(-1, i, j))),
                Role.Training when !against.IsPaired => Interplay.Without(replicates, Interplay.Variance(groups, GroupsOf(q), (i, j) => Of(i, -1, j))),
                _ => replicates,
            };
        }

        int GroupsOf(Role role) => role switch
        {
            Role.Training => references.Training.Groups,
            Role.HeldOut => references.HeldOut.Groups,
            Role.Floor => references.Floor.Groups,
            _ => against.Generated.Groups,
        };

        double[] point = Whole(lost.Value, memorized, made);
        double left = point[(int)LedgerFigure.Generalized];
        point[(int)LedgerFigure.Generalized] = 1 - point[(int)LedgerFigure.Memorized] - made;
        var replicates = new Replicates(point,
        [
            Without(Role.Training), Without(Role.HeldOut), against.IsPaired ? [] : Without(Role.Floor), against.IsPaired ? [] : Without(Role.Generated),
        ]);
        Figure Make(LedgerFigure figure, double? floor, double? raw) => Mass.Within(Measured(replicates, figure, documents)) with { Floor = floor, Raw = raw };
        Figure lostFigure = Make(LedgerFigure.Lost, lost.Floor, lost.Raw), hallucinatedFigure = Make(LedgerFigure.Hallucinated, hallucinated.Floor, hallucinated.Raw);
        double memorizedFloor = references.FloorMemory.Of(-1, -1, -1);
        // A codec has nothing that chance alone could have nearest to T, and a floor that is not so.
        double chance = against.IsPaired ? 0 : TwoSided * against.Memory.ChanceError;
        string? unlike = against.IsPaired ? null : Unlike(references, memorizedFloor) ?? (chance > MostChance ? AtomLedger.TooWide(chance) : null);
        Figure memorizedFigure = Widened(Make(LedgerFigure.Memorized, memorizedFloor, raw), chance);
        Figure rest = Widened(Measured(replicates, LedgerFigure.Generalized, documents), chance);
        (double[] nearT, double[] nearH) = against.Memory.Nearest();
        double copyingP = CopyingTest.PValue(nearT, nearH, plan.Seed);
        // Junk all to one side lies nearest to a few real documents, T's by chance as easily as H's; a jackknife that leaves out one at a time does not see it, an exchange
        // of T and H does.
        if (memorizedFigure.Low is > 0 and var low && copyingP > OneSide && against.Memory.Clear < memorized / 2)
        {
            memorizedFigure = memorizedFigure with { Low = 0 };
            rest = rest with { High = rest.High + low };
        }
        Figure generalized = unlike is not null ? Figure.NotMeasurable(unlike) : rest.IsMeasured ? Mass.Rest(rest, memorizedFigure, hallucinatedFigure, left) : rest;
        return new Ledger
        {
            View = plan.View,
            Element = plan.Element,
            Sizes = sizes,
            Lost = lostFigure,
            Kept = AtomLedger.Complement(lostFigure),
            Memorized = unlike is null ? memorizedFigure : Figure.NotMeasurable(unlike) with { Floor = memorizedFloor },
            Generalized = generalized with { Floor = 1 - memorizedFloor },
            Hallucinated = hallucinatedFigure,
            CopyingP = copyingP,
            Replicates = replicates,
            Curve = PointCurve.Of(references.HeldOut, against.Generated),
        };
    }

    /// <summary>Why nothing can be told of memory where fresh items lie nearer to one of T and H by more than half of what T's own do; null where they do not, or so few of
    /// them might by chance.</summary>
    private static string? Unlike(PointReferences references, double floor)
    {
        int groups = references.Floor.Groups;
        double[] without = [.. Enumerable.Range(0, groups).Select(j => references.FloorMemory.Of(j, -1, -1))];
        double mean = without.Average();
        double jackknife = Math.Sqrt((groups - 1.0) / groups * without.Sum(value => (value - mean) * (value - mean)));
        double error = Math.Max(jackknife, references.FloorMemory.ChanceError);
        if (!(Math.Abs(floor) > MostUnlike) || !(Math.Abs(floor) > 2 * error)) return null;
        return floor > 0 ? "T and H are not alike enough for it: fresh real items lie nearer to T by more than half of what its own do"
            : "T and H are not alike enough for it: fresh real items lie nearer to H by more than half of what T's own do to T; one of the two holds the same things "
                + "several times (shots of one scene), or they are of two sources";
    }

    /// <summary>An interval no narrower than chance alone makes it: where every point lies nearest to T, for there is much of
    /// it, leaving any of them out changes nothing.</summary>
    private static Figure Widened(Figure figure, double chance) =>
        figure is not { Value: { } value, Low: { } low, High: { } high } || high - low >= 2 * chance ? figure : figure with { Low = value - chance, High = value + chance };

    /// <summary>A figure with its interval.</summary>
    private static Figure Measured(Replicates replicates, LedgerFigure figure, int documents) =>
        replicates.EstimateOf((int)figure, $"{documents} different {(documents == 1 ? "document" : "documents")} in the smallest sample")
            .Figure(infinite: "too few points are within reach of what is real");
}
