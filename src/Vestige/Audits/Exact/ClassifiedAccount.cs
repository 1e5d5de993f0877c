using Vestige.Figures;
using Vestige.Results;
using Vestige.Worlds.Exact;

namespace Vestige.Audits.Exact;

/// <summary>The ledger of a q that can only be drawn from: p is exact, q is what the world's membership test says of a large sample, with its error.</summary>
internal static class ClassifiedAccount
{
    private enum Stat
    {
        Lost, Memorized, InTraining, Generalized, Hallucinated, Inferable, Lucky, Kinds,
    }

    /// <summary>The ledger.</summary>
    /// <param name="account">The world, T and the resolution.</param>
    /// <param name="documents">The numbers of the items of each document, as <see cref="Worlds.IWorld{TItem}.NumberOf"/> gives them.</param>
    /// <param name="view">The view.</param>
    internal static ExactReport Of(WorldAccount account, IReadOnlyList<int[]> documents, string view)
    {
        int[] counts = new int[account.P.Count];
        int units = 0;
        Count(account, documents, counts, ref units, +1);
        int groups = Jackknife.Groups(documents.Count);
        // Fewer are left with a group left out; one resolution for all.
        int resolution = Math.Min(account.Resolution, units - (units / Math.Max(1, groups)) - 1);
        TrainingLaw known = account.Known();
        double[] point = Evaluate(account, known, counts, units, resolution);
        double[][] replicates = new double[groups][];
        for (int group = 0; group < groups; group++)
        {
            int[] part = [.. counts];
            int left = units;
            Count(account, [.. documents.Where((_, d) => Jackknife.GroupOf(d, groups) == group)], part, ref left, -1);
            replicates[group] = Evaluate(account, known, part, left, resolution);
        }
        Figure Figure(Stat stat, int kind = 0) =>
            Estimate.Of(point[(int)stat + kind], (documents.Count, group => replicates[group][(int)stat + kind])).Figure();

        double floor = 0, entropy = 0;
        foreach (double p in account.P)
        {
            floor += p * Math.Pow(1 - p, resolution);
            if (p > 0) entropy -= p * Math.Log2(p);
        }
        Figure lost = Figure(Stat.Lost);
        return new ExactReport
        {
            View = view,
            How = "classified",
            Resolution = resolution,
            Lost = lost with { Value = lost.Value - floor, Low = lost.Low - floor, High = lost.High - floor, Floor = floor, Raw = lost.Value },
            Memorized = known.Distinguishable > 0 ? Figure(Stat.Memorized) : WorldAccount.Memorized(double.NaN, 0),
            InTraining = Figure(Stat.InTraining) with { Floor = known.Floor },
            Generalized = known.Distinguishable > 0 ? Figure(Stat.Generalized) : WorldAccount.Generalized(double.NaN, 0),
            Hallucinated = Figure(Stat.Hallucinated),
            GeneralizedParts = account.Facts is null ? [] : [new("inferable", Figure(Stat.Inferable)), new("lucky", Figure(Stat.Lucky))],
            HallucinatedParts = [.. account.Falsehoods.Select((kind, i) => new SharePart(kind.Name, Figure(Stat.Kinds, i)))],
            SupportLoss = Figures.Figure.NotMeasurable("known for a q that is enumerated only"),
            EntropyP = new Figure { Value = entropy, Unit = "bits/item" },
        };
    }

    private static void Count(WorldAccount account, IReadOnlyList<int[]> documents, int[] counts, ref int units, int sign)
    {
        foreach (int[] document in documents)
        {
            foreach (int number in document) counts[account.Place(number)] += sign;
            units += sign * document.Length;
        }
    }

    private static double[] Evaluate(WorldAccount account, TrainingLaw known, int[] counts, int units, int resolution)
    {
        double[] stats = new double[(int)Stat.Kinds + account.Falsehoods.Count];
        void Add(Stat stat, double value) => stats[(int)stat] += value;
        double seen = 0;
        for (int x = 0; x < account.Items; x++)
        {
            double share = (double)counts[x] / units;
            Add(Stat.Lost, account.P[x] * Missed(counts[x], units, resolution));
            seen += share * known.Seen(account.P[x]);
            if (account.InTraining(x)) Add(Stat.InTraining, share);
            else if (account.Facts is not null) Add(account.IsKnown(x) ? Stat.Inferable : Stat.Lucky, share);
        }
        for (int kind = 0; kind < account.Falsehoods.Count; kind++)
        {
            double share = (double)counts[account.Items + kind] / units;
            Add(Stat.Hallucinated, share);
            stats[(int)Stat.Kinds + kind] = share;
        }
        double hallucinated = stats[(int)Stat.Hallucinated];
        // Of a q that is no mixture it can be a little outside, by the luck of T, and stands at the end.
        Add(Stat.Memorized, Math.Clamp((stats[(int)Stat.InTraining] - seen - ((1 - hallucinated) * known.Luck)) / known.Distinguishable, 0, 1 - hallucinated));
        Add(Stat.Generalized, 1 - stats[(int)Stat.Memorized] - hallucinated);
        return stats;
    }

    /// <summary><c>C(N-c, n) / C(N, n)</c>: unbiased for (1-q)^n.</summary>
    private static double Missed(int count, int units, int n)
    {
        double missed = 1;
        for (int c = 0; c < count && missed > 0; c++) missed *= Math.Max(0, units - n - c) / (double)(units - c);
        return missed;
    }
}
