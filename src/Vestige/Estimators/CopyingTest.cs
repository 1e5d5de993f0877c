using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Estimators;

/// <summary>The permutation test of copying (E3): exchanging the labels of T and H, group by group of documents.</summary>
/// <remarks>
/// If q does not depend on which of the two it was trained on, every exchange of a group of T with a group of H is as likely as the
/// sample seen, whatever p, q and the clustering are: the test is exact. Copying makes more of G be found in T, so it is one-sided.
/// </remarks>
internal static class CopyingTest
{
    /// <summary>Permutations drawn: the smallest p-value is 1/500.</summary>
    internal const int Permutations = 499;

    /// <summary>Chance of a share of G in S_T, less its share in S_H, as large as the one seen; 1 where nothing can be exchanged.</summary>
    internal static double PValue(AtomTable table, ulong seed)
    {
        AtomSample t = table.Samples[(int)Role.Training], h = table.Samples[(int)Role.HeldOut];
        int groups = Jackknife.Groups(Math.Min(t.Documents, h.Documents));
        if (groups < 2) return 1;
        uint[] inT = Presence(table, Role.Training, groups), inH = Presence(table, Role.HeldOut, groups);
        // Only atoms of G count, and only those that some exchange can move in or out of a support.
        int[] g = table.Counts(Role.Generated);
        var atoms = new Dictionary<(uint T, uint H), long>();
        for (int id = 0; id < table.Distinct; id++)
        {
            if (g[id] == 0 || (inT[id] | inH[id]) == 0 || (inT[id] & inH[id]) != 0) continue;
            atoms[(inT[id], inH[id])] = atoms.GetValueOrDefault((inT[id], inH[id])) + g[id];
        }
        var patterns = atoms.Select(x => (x.Key.T, x.Key.H, Weight: x.Value)).ToArray();
        long Score(uint exchange)
        {
            long score = 0;
            foreach ((uint pt, uint ph, long weight) in patterns)
            {
                if (((pt & ~exchange) | (ph & exchange)) != 0) score += weight;
                if (((ph & ~exchange) | (pt & exchange)) != 0) score -= weight;
            }
            return score;
        }

        return Exchange(Score, groups, seed);
    }

    /// <summary>The same for points: only which group holds the nearest real point matters, and an exchange turns its sign over.</summary>
    /// <param name="wins">[j]: queries nearest to group j of T, less queries nearest to group j of H.</param>
    /// <param name="seed">For the permutations.</param>
    internal static double PValue(double[] wins, ulong seed)
    {
        if (wins.Length < 2) return 1;
        return Exchange(exchange =>
        {
            double score = 0;
            for (int j = 0; j < wins.Length; j++) score += (exchange >> j & 1) == 0 ? wins[j] : -wins[j];
            return score;
        }, wins.Length, seed);
    }

    private static double Exchange<T>(Func<uint, T> score, int groups, ulong seed)
        where T : IComparable<T>
    {
        var rng = Rng.For(seed, "copying");
        T seen = score(0);
        int asLarge = 1;
        for (int i = 0; i < Permutations; i++)
        {
            uint exchange = (uint)rng.Next() & ((1u << groups) - 1);
            if (score(exchange).CompareTo(seen) >= 0) asLarge++;
        }
        return asLarge / (Permutations + 1.0);
    }

    private static uint[] Presence(AtomTable table, Role role, int groups)
    {
        uint[] masks = new uint[table.Distinct];
        AtomSample sample = table.Samples[(int)role];
        for (int unit = 0; unit < sample.Units; unit++)
        {
            uint bit = 1u << Jackknife.GroupOf(sample.DocumentOf(unit), groups);
            foreach (int id in table.AtomsOf(role, unit)) masks[id] |= bit;
        }
        return masks;
    }
}
