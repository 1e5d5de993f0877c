using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Estimators;

/// <summary>The discrete ledger: E1 to E4 of the design (section 3.2) with their intervals, from four samples of atoms.</summary>
internal static class AtomLedger
{
    /// <summary>Fewer hits of A, in distinct units, than this: novelty that is real cannot be told from novelty that is not.</summary>
    internal const int MinHits = 50;

    private const double OneSided = 1.645;

    /// <summary>What to estimate and from what.</summary>
    /// <param name="View">Name of the view.</param>
    /// <param name="Thing">What an atom is, in plain words.</param>
    /// <param name="Resolution">n, the same for every row of an audit; at most half the smallest sample.</param>
    /// <param name="Paired">G was made from T document by document (a codec, a parrot): a group leaves both together.</param>
    /// <param name="Splits">False for views in which simplified atoms are found everywhere: the account of q is then not given.</param>
    /// <param name="Seed">For the permutations.</param>
    /// <param name="Share">Share of all atoms that the samples were thinned to by <see cref="AtomTable.Hash"/> before they came here.</param>
    /// <param name="Stratum">The stratum of an atom by a score that does not depend on H, A and G; neighbours are alike.</param>
    internal sealed record Plan(string View, string Thing, int Resolution, bool Paired, bool Splits, ulong Seed, double Share = 1,
        Func<ulong, byte>? Stratum = null);

    private enum Stat
    {
        Lost, LostRaw, LostFloor, Invented, InventedRaw, InventedFloor, Memorized, MemorizedFloor, Excess,
        Generalized, GeneralizedFree, GeneralizedFloor, Hallucinated, HallucinatedFree, HallucinatedRaw, HallucinatedFloor, Bound, Favour,
        GeneralizedStrata, GeneralizedStrataFree, HallucinatedStrata, HallucinatedStrataFree,
        EntropyBefore, EntropyAfter, Missing, Count,
    }

    /// <summary>Estimates the ledger of G.</summary>
    internal static Ledger Estimate(AtomSample training, AtomSample heldOut, AtomSample floor, AtomSample generated, Plan plan,
        int limit = AtomTable.DefaultLimit)
    {
        AtomTable table = AtomTable.Count(training, heldOut, floor, generated, limit, plan.Stratum);
        var tally = new AtomTally(table);
        double[] point = Evaluate(tally, plan.Resolution);
        Spread?[] spreads = Spreads(table, tally, plan);
        double p = CopyingTest.PValue(table, plan.Seed);
        int hits = UnitsWithHits(table);
        return Compose(table, tally, plan, point, spreads, p, hits);
    }

    private static double[] Evaluate(AtomTally tally, int n)
    {
        double[] s = new double[(int)Stat.Count];
        void Set(Stat stat, double value) => s[(int)stat] = value;
        long g = tally.Incidences[(int)Role.Generated], a = tally.Incidences[(int)Role.Floor];
        long t = tally.Incidences[(int)Role.Training], h = tally.Incidences[(int)Role.HeldOut];

        double lost = ResolutionN.Missing(tally.HeldOutByGenerated, tally.Units[(int)Role.Generated], n);
        double lostFloor = ResolutionN.Missing(tally.HeldOutByFloor, tally.Units[(int)Role.Floor], n);
        Set(Stat.LostRaw, lost);
        Set(Stat.LostFloor, lostFloor);
        Set(Stat.Lost, lost - lostFloor);
        double invented = ResolutionN.Missing(tally.GeneratedByHeldOut, tally.Units[(int)Role.HeldOut], n);
        double inventedFloor = ResolutionN.Missing(tally.FloorByHeldOut, tally.Units[(int)Role.HeldOut], n);
        Set(Stat.InventedRaw, invented);
        Set(Stat.InventedFloor, inventedFloor);
        Set(Stat.Invented, invented - inventedFloor);

        double memorized = (double)tally.GeneratedInTraining / g;
        Set(Stat.Memorized, memorized);
        Set(Stat.MemorizedFloor, (double)tally.FloorInTraining / a);
        double overlap = (((double)tally.TrainingInHeldOut / t) + ((double)tally.HeldOutInTraining / h)) / 2;
        Set(Stat.Excess, (memorized - ((double)tally.GeneratedInHeldOut / g)) / (1 - overlap));

        long[] novel = tally.NovelByHeldOut;
        long novelG = novel[0] + novel[1] + novel[2] + novel[3];
        long novelA = a - tally.FloorInTraining;
        double shareG = (double)novelG / g, shareA = (double)novelA / a;
        double hitG = novelG == 0 ? 1 : (double)(novelG - novel[0]) / novelG;
        double hitA = novelA == 0 ? 1 : (double)tally.FloorHits / novelA;
        double free = novelG == 0 ? 1 : hitA == 0 ? double.NaN : hitG / hitA, rho = Math.Min(1, free);
        Set(Stat.Generalized, shareG * rho);
        Set(Stat.GeneralizedFree, shareG * free);
        Set(Stat.HallucinatedFree, shareG * (1 - free));
        Set(Stat.GeneralizedFloor, shareA);
        if (tally.Strata is { } strata)
        {
            double real = strata.Generalized() / g, clipped = Math.Min(shareG, real);
            Set(Stat.GeneralizedStrataFree, real);
            Set(Stat.GeneralizedStrata, clipped);
            Set(Stat.HallucinatedStrataFree, shareG - real);
            Set(Stat.HallucinatedStrata, shareG - clipped);
        }
        Set(Stat.Hallucinated, shareG * (1 - rho));
        double neitherG = (double)novel[0] / g, neitherA = (double)(novelA - tally.FloorHits) / a;
        Set(Stat.HallucinatedRaw, neitherG);
        Set(Stat.HallucinatedFloor, neitherA);
        Set(Stat.Favour, neitherG / neitherA);
        int units = tally.Units[(int)Role.HeldOut];
        // f1^2 / (2 f2) with shares f_j = novel[j] / g.
        Set(Stat.Bound, novel[2] == 0 ? neitherG : neitherG - ((units - 1.0) / units * ((double)novel[1] * novel[1]) / (2.0 * novel[2] * g)));

        Set(Stat.EntropyBefore, Entropy.Bits(tally.HeldOutSpectrum));
        Set(Stat.EntropyAfter, Entropy.Bits(tally.GeneratedSpectrum));
        // Good-Turing with documents as the draws: the share of H that would be unseen had its document not been drawn.
        Set(Stat.Missing, (double)tally.HeldOutInOneDocument / h);
        return s;
    }

    private static Spread?[] Spreads(AtomTable table, AtomTally tally, Plan plan)
    {
        // Which samples leave together, one entry a source of variance.
        Role[][] sources = plan.Paired
            ? [[Role.Training, Role.Generated], [Role.HeldOut], [Role.Floor]]
            : [[Role.Training], [Role.HeldOut], [Role.Floor], [Role.Generated]];
        int stats = (int)Stat.Count;
        double[,] variances = new double[stats, sources.Length];
        int[] groups = new int[sources.Length];
        for (int source = 0; source < sources.Length; source++)
        {
            int documents = int.MaxValue;
            foreach (Role role in sources[source]) documents = Math.Min(documents, table.Samples[(int)role].Documents);
            int count = groups[source] = Jackknife.Groups(documents);
            if (count < Jackknife.MinDocuments) continue;
            double[][] replicates = new double[count][];
            for (int group = 0; group < count; group++)
            {
                Leave(table, tally, sources[source], group, count, -1);
                replicates[group] = Evaluate(tally, plan.Resolution);
                Leave(table, tally, sources[source], group, count, +1);
            }
            double[] column = new double[count];
            for (int stat = 0; stat < stats; stat++)
            {
                for (int group = 0; group < count; group++) column[group] = replicates[group][stat];
                variances[stat, source] = Jackknife.Variance(column);
            }
        }
        Spread?[] spreads = new Spread?[stats];
        double[] row = new double[sources.Length];
        for (int stat = 0; stat < stats; stat++)
        {
            for (int source = 0; source < sources.Length; source++) row[source] = variances[stat, source];
            spreads[stat] = Jackknife.Combine(row, groups);
        }
        return spreads;
    }

    private static void Leave(AtomTable table, AtomTally tally, Role[] roles, int group, int groups, int sign)
    {
        foreach (Role role in roles)
        {
            AtomSample sample = table.Samples[(int)role];
            for (int unit = 0; unit < sample.Units; unit++)
            {
                if (Jackknife.GroupOf(sample.DocumentOf(unit), groups) == group) tally.Move(role, unit, sign);
            }
        }
    }

    private static int UnitsWithHits(AtomTable table)
    {
        int[] t = table.Counts(Role.Training), h = table.Counts(Role.HeldOut);
        int units = 0;
        for (int unit = 0; unit < table.Samples[(int)Role.Floor].Units; unit++)
        {
            foreach (int id in table.AtomsOf(Role.Floor, unit))
            {
                if (t[id] != 0 || h[id] == 0) continue;
                units++;
                break;
            }
        }
        return units;
    }

    private static Ledger Compose(AtomTable table, AtomTally tally, Plan plan, double[] point, Spread?[] spreads, double p, int hits)
    {
        int documents = int.MaxValue;
        foreach (AtomSample sample in table.Samples) documents = Math.Min(documents, sample.Documents);
        Figure Make(Stat value, double? floor = null, double? raw = null)
        {
            double x = point[(int)value];
            if (!double.IsFinite(x)) return Figure.NotMeasurable("a sample holds no atoms of this view");
            Spread? spread = spreads[(int)value];
            return new Figure
            {
                Value = x,
                Low = x - spread?.HalfWidth,
                High = x + spread?.HalfWidth,
                Floor = floor,
                Raw = raw,
                Why = spread is null ? $"no interval: {documents} documents in the smallest sample, {Jackknife.MinDocuments} are needed" : null,
            };
        }

        double At(Stat stat) => point[(int)stat];
        // Where rho is clipped its replicates stand still; the interval is that of rho before the clip, and holds the value.
        Figure Around(Stat unclipped, Figure value) => Make(unclipped) is { Low: { } low, High: { } high }
            ? value with { Low = Math.Min(low, value.Value!.Value), High = Math.Max(high, value.Value.Value) }
            : value;
        // One hash, one threshold: the smaller share holds. Where a share s of the atoms is kept, H = H(kept) - log2 s.
        double kept = Math.Min(plan.Share, table.Kept);
        Figure Bits(Stat stat) => Shift(Make(stat), -Math.Log2(kept)) with { Unit = "bits/atom" };

        Figure lost = Make(Stat.Lost, At(Stat.LostFloor), At(Stat.LostRaw));
        string? noSplit = plan.Splits ? null : "this view gives no account of q: simplified atoms are found everywhere";
        noSplit ??= hits >= MinHits || point[(int)Stat.Memorized] == 1 ? null : TooFew(table, hits);
        Figure Split(Func<Figure> make) => noSplit is null ? make() : Figure.NotMeasurable(noSplit);

        double f0 = At(Stat.HallucinatedRaw);
        // Chao's limit, or f0 where that is lower: what is in neither T nor H bounds what is hallucinated too. Each with its own error: where
        // hardly anything of q is real f0 is the hallucinated share of this very G, and half of all G show less than q has.
        double? bound = spreads[(int)Stat.Bound] is { } e && spreads[(int)Stat.HallucinatedRaw] is { } raw
            ? Math.Clamp(Math.Min(At(Stat.Bound) + (OneSided * e.Error), f0 + (OneSided * raw.Error)), 0, 1)
            : null;
        return new Ledger
        {
            View = plan.View,
            Thing = plan.Thing,
            Sizes = new SampleSizes(table.Samples[0].Units, table.Samples[1].Units, table.Samples[2].Units, table.Samples[3].Units,
                documents, plan.Resolution, tally.Incidences[(int)Role.HeldOut], kept),
            Lost = lost,
            Kept = Complement(lost),
            Memorized = plan.Splits ? Make(Stat.Memorized, At(Stat.MemorizedFloor), At(Stat.Memorized)) : Figure.NotMeasurable(noSplit!),
            Generalized = Split(() => Around(Stat.GeneralizedFree, Make(Stat.Generalized, At(Stat.GeneralizedFloor), 1 - At(Stat.Memorized)))),
            Hallucinated = Split(() => Around(Stat.HallucinatedFree, Make(Stat.Hallucinated, At(Stat.HallucinatedFloor), f0))),
            GeneralizedByStrata = plan.Stratum is null ? null : Split(() => Around(Stat.GeneralizedStrataFree, Make(Stat.GeneralizedStrata))),
            HallucinatedByStrata = plan.Stratum is null ? null : Split(() => Around(Stat.HallucinatedStrataFree, Make(Stat.HallucinatedStrata))),
            AtMost = !plan.Splits ? null
                : bound is null ? Figure.NotMeasurable($"no interval: {documents} documents in the smallest sample")
                : new Figure { Value = bound, Raw = At(Stat.Bound) },
            Favour = plan.Splits && At(Stat.HallucinatedFloor) > 0 ? Make(Stat.Favour) with { Unit = "times" } : null,
            CopyingExcess = Make(Stat.Excess, 0),
            CopyingP = p,
            Invented = Make(Stat.Invented, At(Stat.InventedFloor), At(Stat.InventedRaw)),
            EntropyBefore = Bits(Stat.EntropyBefore),
            EntropyAfter = Bits(Stat.EntropyAfter),
            MissingMass = Make(Stat.Missing),
            Curve = CertifiedCurve.Of(table, plan.Paired),
        };
    }

    private static string TooFew(AtomTable table, int hits)
    {
        int units = table.Samples[(int)Role.Floor].Units;
        string need = hits == 0 ? $"far more than {units} units" : $"about {Math.Ceiling(units * (double)MinHits / hits):0} units";
        return $"not measurable at this size: {hits} of {units} fresh real units hold something new that is found in H, {MinHits} are needed; "
            + $"{need} a sample would do";
    }

    private static Figure Shift(Figure x, double by) => x with { Value = x.Value + by, Low = x.Low + by, High = x.High + by };

    /// <summary>1 - x with its interval, floor and raw value turned over.</summary>
    internal static Figure Complement(Figure x) => x with
    {
        Value = 1 - x.Value,
        Low = 1 - x.High,
        High = 1 - x.Low,
        Floor = 1 - x.Floor,
        Raw = 1 - x.Raw,
    };
}
