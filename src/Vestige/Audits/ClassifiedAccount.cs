using Vestige.Estimators;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>The ledger of a q that can only be drawn from: p is exact, q is what the world's membership test says of a large sample, with its error.</summary>
internal static class ClassifiedAccount
{
    private enum Stat
    {
        Lost, SupportLoss, Memorized, Generalized, Hallucinated, Inferable, Lucky, Kinds,
    }

    /// <summary>The ledger.</summary>
    /// <param name="account">The world, T and the resolution.</param>
    /// <param name="documents">The numbers of the items of each document, as <see cref="Worlds.IWorld{TItem}.NumberOf"/> gives them.</param>
    /// <param name="view">The view.</param>
    internal static Exact Of(ExactAccount account, IReadOnlyList<int[]> documents, string view)
    {
        int[] counts = new int[account.P.Count];
        int units = 0;
        Count(account, documents, counts, ref units, +1);
        int groups = Jackknife.Groups(documents.Count);
        // Fewer are left with a group left out; one resolution for all.
        int resolution = Math.Min(account.Resolution, units - (units / Math.Max(1, groups)) - 1);
        double[] point = Evaluate(account, counts, units, resolution);
        double[][] replicates = new double[groups][];
        for (int group = 0; group < groups; group++)
        {
            int[] part = [.. counts];
            int left = units;
            Count(account, [.. documents.Where((_, d) => Jackknife.GroupOf(d, groups) == group)], part, ref left, -1);
            replicates[group] = Evaluate(account, part, left, resolution);
        }
        Figure Figure(Stat stat, int kind = 0)
        {
            int i = (int)stat + kind;
            Spread? spread = Jackknife.Combine([Jackknife.Variance([.. replicates.Select(r => r[i])])], [groups]);
            return new Figure { Value = point[i], Low = point[i] - spread?.HalfWidth, High = point[i] + spread?.HalfWidth };
        }

        double floor = 0, entropy = 0;
        foreach (double p in account.P)
        {
            floor += p * Math.Pow(1 - p, resolution);
            if (p > 0) entropy -= p * Math.Log2(p);
        }
        Figure lost = Figure(Stat.Lost);
        return new Exact
        {
            View = view,
            How = "classified",
            Resolution = resolution,
            Lost = lost with { Value = lost.Value - floor, Low = lost.Low - floor, High = lost.High - floor, Floor = floor, Raw = lost.Value },
            Memorized = Figure(Stat.Memorized),
            Generalized = Figure(Stat.Generalized),
            Hallucinated = Figure(Stat.Hallucinated),
            GeneralizedParts = account.Facts is null ? [] : [new("inferable", Figure(Stat.Inferable)), new("lucky", Figure(Stat.Lucky))],
            HallucinatedParts = [.. account.Falsehoods.Select((kind, i) => new SharePart(kind.Name, Figure(Stat.Kinds, i)))],
            SupportLoss = Results.Figure.NotMeasurable("known for a q that is enumerated only"),
            EntropyP = new Figure { Value = entropy, Unit = "bits/item" },
        };
    }

    private static void Count(ExactAccount account, IReadOnlyList<int[]> documents, int[] counts, ref int units, int sign)
    {
        foreach (int[] document in documents)
        {
            foreach (int number in document) counts[account.Place(number)] += sign;
            units += sign * document.Length;
        }
    }

    private static double[] Evaluate(ExactAccount account, int[] counts, int units, int resolution)
    {
        double[] stats = new double[(int)Stat.Kinds + account.Falsehoods.Count];
        for (int x = 0; x < account.Items; x++)
        {
            double share = (double)counts[x] / units;
            stats[(int)Stat.Lost] += account.P[x] * Missed(counts[x], units, resolution);
            if (account.InTraining(x)) stats[(int)Stat.Memorized] += share;
            else
            {
                stats[(int)Stat.Generalized] += share;
                if (account.Facts is not null) stats[(int)(account.IsKnown(x) ? Stat.Inferable : Stat.Lucky)] += share;
            }
        }
        for (int kind = 0; kind < account.Falsehoods.Count; kind++)
        {
            double share = (double)counts[account.Items + kind] / units;
            stats[(int)Stat.Hallucinated] += share;
            stats[(int)Stat.Kinds + kind] = share;
        }
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
