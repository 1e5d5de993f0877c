using Vestige.Figures;

namespace Vestige.Estimators.Atoms;

/// <summary>All figures of a row, as they stand and with each group of documents left out.</summary>
internal static class AtomFigures
{
    /// <summary>Where each stands; the first as <see cref="LedgerFigure"/> numbers them.</summary>
    internal enum Stat
    {
        Lost = LedgerFigure.Lost,
        Memorized = LedgerFigure.Memorized,
        Generalized = LedgerFigure.Generalized,
        Hallucinated = LedgerFigure.Hallucinated,
        LostRaw, LostFloor, Invented, InventedRaw, InventedFloor,
        InTraining, InTrainingFloor, Excess, Distinguishable, AtOneRate, AtItsSlope, Slope, Neither, NeitherFloor, Bound, BreakdownRatio,
        EntropyBefore, EntropyAfter, Missing, Count,
    }

    /// <summary>Evaluates them.</summary>
    /// <param name="references">T, H and A.</param>
    /// <param name="tally">G.</param>
    /// <param name="paired">A group leaves T and G together.</param>
    internal static Replicates Of(AtomReferences references, AtomTally tally, bool paired)
    {
        double[] point = Evaluate(references.Whole, tally, references.Resolution, -1);
        double[][][] leave = new double[(int)Role.Generated + 1][][];
        for (int role = 0; role < leave.Length; role++) leave[role] = Leave(references, tally, (Role)role, paired);
        long incidences = tally.Generated.Whole.Queries;
        double[] novel = [.. tally.NovelByHeldOut.Select(x => (double)x / incidences)];
        double trust = Novelty.Trust(point[(int)Stat.Slope], new Replicates(point, leave).SpreadOf((int)Stat.Slope)?.Error,
            novel, references.Whole.FloorNovel, incidences, references.Whole.Floor);
        Split(point, trust);
        foreach (double[][] replicates in leave)
            foreach (double[] replicate in replicates) Split(replicate, trust);
        return new Replicates(point, leave);
    }

    private static double[][] Leave(AtomReferences references, AtomTally tally, Role role, bool paired)
    {
        // G of a codec leaves with T. Else T is given: what the ledger says of q is said given T, whatever T is, so that over T nothing varies but what the other
        // samples' shares of it are already counted for.
        if (role == (paired ? Role.Generated : Role.Training)) return [];
        bool together = role == Role.Training && paired;
        int groups = role == Role.Generated ? tally.Generated.Groups : references.Of(role).Groups;
        double[][] replicates = new double[groups][];
        // Too few documents for an interval; the length says so.
        if (groups < Jackknife.MinDocuments)
        {
            Array.Fill(replicates, [.. Enumerable.Repeat(double.NaN, (int)Stat.Count)]);
            return replicates;
        }
        for (int group = 0; group < groups; group++)
        {
            tally.Move(role, group, -1);
            if (together) tally.Move(Role.Generated, group, -1);
            replicates[group] = Evaluate(role == Role.Generated ? references.Whole : references.Leaving[(int)role][group], tally, references.Resolution,
                role == Role.Generated || together ? group : -1);
            if (together) tally.Move(Role.Generated, group, +1);
            tally.Move(role, group, +1);
        }
        return replicates;
    }

    private static double[] Evaluate(AtomReferences.Figures real, AtomTally tally, int resolution, int without)
    {
        double[] s = new double[(int)Stat.Count];
        void Set(Stat stat, double value) => s[(int)stat] = value;
        AtomCounts.Part g = tally.Generated.Without(without);
        AtomReferences.Rarefaction equal = real.Equal;

        double lost = ResolutionN.MissingOrNaN(tally.HeldOutByGenerated(real.HeldOut), g.Units, g.UnitsOf(resolution));
        double invented = ResolutionN.MissingOrNaN(tally.GeneratedByHeldOut, equal.HeldOut, equal.Resolved);
        Set(Stat.LostRaw, lost);
        Set(Stat.LostFloor, real.LostFloor);
        Set(Stat.Lost, lost - real.LostFloor);
        Set(Stat.InventedRaw, invented);
        Set(Stat.InventedFloor, real.InventedFloor);
        Set(Stat.Invented, invented - real.InventedFloor);

        Span<double> novel = stackalloc double[4];
        for (int j = 0; j < novel.Length; j++) novel[j] = (double)tally.NovelByHeldOut[j] / g.Queries;
        double atOneRate = Novelty.AtOneRate(novel, real.FloorNovel);
        Set(Stat.AtOneRate, atOneRate);
        Set(Stat.AtItsSlope, Novelty.AtItsSlope(novel, real.FloorNovel, g.Queries, real.Floor));
        Set(Stat.Slope, Novelty.Slope(novel, real.FloorNovel, g.Queries, real.Floor));
        Set(Stat.Neither, novel[0]);
        Set(Stat.NeitherFloor, real.FloorNovel[0]);
        Set(Stat.BreakdownRatio, novel[0] / real.FloorNovel[0]);
        Set(Stat.Bound, Novelty.AtMost(novel, equal.HeldOut));

        // E3. Over draws of T and H the excess of whatever does not depend on T has mean 0, of T itself TrainingExcess. By how much this T happens to be
        // nearer to p than H is (FloorExcess) is taken off as far as G is real, which leaves that mean as it is and takes the luck of T out of its spread;
        // q = a T + b p + c reads a, whatever T.
        double excess = equal.Excess(tally.GeneratedByTraining, tally.GeneratedByHeldOut);
        double made = double.IsNaN(atOneRate) ? 0 : Math.Clamp(atOneRate, 0, 1), told = real.TrainingExcess - real.FloorExcess;
        Set(Stat.Excess, excess);
        Set(Stat.Distinguishable, told);
        Set(Stat.Memorized, (excess - ((1 - made) * real.FloorExcess)) / told);
        Set(Stat.InTraining, 1 - ((double)tally.GeneratedByTraining[0] / g.Queries));
        Set(Stat.InTrainingFloor, real.FloorInTraining);

        Set(Stat.EntropyBefore, real.Entropy);
        Set(Stat.EntropyAfter, Entropy.Bits(tally.Spectrum));
        Set(Stat.Missing, real.Missing);
        return s;
    }

    private static void Split(double[] s, double trust)
    {
        // Not a sum with a weight of 0, which a missing slope would spoil.
        s[(int)Stat.Hallucinated] = trust == 0 ? s[(int)Stat.AtOneRate] : ((1 - trust) * s[(int)Stat.AtOneRate]) + (trust * s[(int)Stat.AtItsSlope]);
        s[(int)Stat.Generalized] = 1 - s[(int)Stat.Memorized] - s[(int)Stat.Hallucinated];
    }
}
