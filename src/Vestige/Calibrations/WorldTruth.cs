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
        double all = account.Values.Sum() + (law.IsCodec ? 0 : law.Falsehoods), novel = 0, hitG = 0, novelP = 0, hitP = 0;
        ulong[] held = [.. training.SelectMany(number => items.Atoms[number])];
        HashSet<ulong> known = [.. held];
        double Seen(ulong atom) => 1 - Math.Pow(1 - p.GetValueOrDefault(atom), units);
        Hallucinated = law.IsCodec ? 0 : law.Falsehoods / all;
        novel = Hallucinated;
        double excess = 0, real = 0;
        foreach ((ulong atom, double mass) in account)
        {
            excess += mass / all * ((known.Contains(atom) ? 1 : 0) - Seen(atom));
            if (!p.ContainsKey(atom))
            {
                Hallucinated += mass / all;
                OneThing = Math.Max(OneThing, mass / all);
            }
            if (known.Contains(atom)) continue;
            novel += mass / all;
            hitG += mass / all * Seen(atom);
            if (p.ContainsKey(atom)) real += mass / all;
        }
        double luck = 0;
        foreach ((ulong atom, double chance) in p)
        {
            luck += chance / sumP * ((known.Contains(atom) ? 1 : 0) - Seen(atom));
            if (known.Contains(atom)) continue;
            novelP += chance;
            hitP += chance * Seen(atom);
        }
        Memorized = (excess - ((1 - Hallucinated) * luck)) / (1 - held.Average(Seen) - luck);
        Unclipped = novel == 0 || hitP == 0 ? 1 : hitG / novel / (hitP / novelP);
        Real = novel == 0 ? 1 : real / novel;
    }

    /// <summary>lost_n less its floor.</summary>
    internal double Lost { get; }

    /// <summary>As <see cref="Worlds.Exact.ExactLedger.Memorized"/>, over atoms.</summary>
    internal double Memorized { get; }

    internal double Hallucinated { get; }

    /// <summary>The largest share of G that is one thing which p does not have.</summary>
    internal double OneThing { get; }

    /// <summary>hit(G)/hit(A) in the mean over H: what E4 takes for the share of what is new that is real.</summary>
    internal double Unclipped { get; }

    /// <summary>Share of what is new that is real.</summary>
    internal double Real { get; }

    internal double HockeyStickPq(double t) => _atoms.Sum(atom => Math.Max(0, atom.P - (t * atom.Q)));

    internal double HockeyStickQp(double t) => _falsehoods + _atoms.Sum(atom => Math.Max(0, atom.Q - (t * atom.P)));
}
