namespace Vestige.Calibrations;

/// <summary>What the estimators should find in one run on a world: exact sums over atoms, normalized over occurrences.</summary>
internal sealed class WorldTruth
{
    private readonly (double P, double Q)[] _atoms;
    private readonly double _falsehoods;

    internal WorldTruth(ViewedItems items, WorldLaw law, int[] training, ulong[][] generated, int units, int resolution)
    {
        Dictionary<ulong, double> p = items.Chances, q = law.Chances(items, training);
        double sumP = p.Values.Sum(), sumQ = q.Values.Sum() + law.Falsehoods;
        foreach ((ulong atom, double chance) in p)
        {
            Lost += chance / sumP * (Math.Pow(1 - q.GetValueOrDefault(atom), resolution) - Math.Pow(1 - chance, resolution));
        }
        _atoms = [.. p.Keys.Union(q.Keys).Select(atom => (p.GetValueOrDefault(atom) / sumP, q.GetValueOrDefault(atom) / sumQ))];
        _falsehoods = law.Falsehoods / sumQ;

        // The account of q: for a codec that of what it made of this T, else that of q itself.
        Dictionary<ulong, double> account = law.IsCodec ? generated.SelectMany(unit => unit).CountBy(atom => atom).ToDictionary(x => x.Key, x => (double)x.Value) : q;
        double all = account.Values.Sum() + (law.IsCodec ? 0 : law.Falsehoods), hitG = 0, novelP = 0, hitP = 0;
        HashSet<ulong> known = [.. training.SelectMany(number => items.Atoms[number])];
        double Seen(ulong atom) => 1 - Math.Pow(1 - p.GetValueOrDefault(atom), units);
        Hallucinated = law.IsCodec ? 0 : law.Falsehoods / all;
        Novel = Hallucinated;
        foreach ((ulong atom, double mass) in account)
        {
            if (known.Contains(atom))
            {
                Memorized += mass / all;
                continue;
            }
            Novel += mass / all;
            hitG += mass / all * Seen(atom);
            if (p.ContainsKey(atom)) Generalized += mass / all;
            else Hallucinated += mass / all;
        }
        foreach ((ulong atom, double chance) in p)
        {
            if (known.Contains(atom)) continue;
            novelP += chance;
            hitP += chance * Seen(atom);
        }
        Unclipped = Novel == 0 || hitP == 0 ? 1 : hitG / Novel / (hitP / novelP);
    }

    /// <summary>lost_n less its floor.</summary>
    internal double Lost { get; }

    internal double Memorized { get; }

    internal double Generalized { get; }

    internal double Hallucinated { get; }

    /// <summary>Share of q that is not in T.</summary>
    internal double Novel { get; }

    /// <summary>hit(G)/hit(A) in the mean over H.</summary>
    internal double Unclipped { get; }

    internal double Rho => Math.Min(1, Unclipped);

    internal double HockeyStickPq(double t) => _atoms.Sum(atom => Math.Max(0, atom.P - (t * atom.Q)));

    internal double HockeyStickQp(double t) => _falsehoods + _atoms.Sum(atom => Math.Max(0, atom.Q - (t * atom.P)));
}
