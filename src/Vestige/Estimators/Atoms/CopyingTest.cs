using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Estimators.Atoms;

/// <summary>The permutation test of copying (E3): exchanging the labels of T and H, group by group of documents.</summary>
/// <remarks>
/// If q does not depend on which of the two it was trained on, every exchange of a group of T with a group of H is as likely as the
/// sample seen, whatever p, q and the clustering are: the test is exact. Copying makes more of G be found in T, so it is one-sided. Where one of T and H has
/// more documents than the other, as many of its first as the other has take part in the exchange of atoms: documents come in the random order in which they were dealt.
/// </remarks>
internal static class CopyingTest
{
    /// <summary>Permutations drawn: the smallest p-value is 1/500.</summary>
    internal const int Permutations = 499;

    /// <summary>In which groups of T, and of H, each atom stands.</summary>
    internal sealed class References
    {
        internal References(AtomSample training, AtomSample heldOut, AtomIndex index)
        {
            int documents = Math.Min(training.Documents, heldOut.Documents);
            Groups = Jackknife.Groups(documents);
            InT = Presence(training, index, documents, Groups);
            InH = Presence(heldOut, index, documents, Groups);
        }

        internal int Groups { get; }

        /// <summary>A bit a group, for each atom.</summary>
        internal uint[] InT { get; }

        internal uint[] InH { get; }

        private static uint[] Presence(AtomSample sample, AtomIndex index, int documents, int groups)
        {
            uint[] masks = new uint[index.Count];
            for (int unit = 0; unit < sample.Units; unit++)
            {
                if (sample.DocumentOf(unit) >= documents) continue;
                uint bit = 1u << Jackknife.GroupOf(sample.DocumentOf(unit), groups);
                foreach (ulong atom in sample.AtomsOf(unit))
                    if (index.Find(atom) is >= 0 and var id) masks[id] |= bit;
            }
            return masks;
        }
    }

    /// <summary>Chance of a share of G in S_T, less its share in S_H, as large as the one seen; 1 where nothing can be exchanged.</summary>
    internal static double PValue(AtomReferences references, AtomTally tally, ulong seed)
    {
        References real = references.Exchange;
        if (real.Groups < 2) return 1;
        // Only atoms of G count, and only those that some exchange can move in or out of a support.
        int[] g = tally.Generated.Queries;
        var atoms = new Dictionary<(uint T, uint H), long>();
        for (int id = 0; id < references.Index.Count; id++)
        {
            int row = tally.RowOf(id);
            (uint t, uint h) = (real.InT[id], real.InH[id]);
            if (row < 0 || (t | h) == 0 || (t & h) != 0) continue;
            atoms[(t, h)] = atoms.GetValueOrDefault((t, h)) + g[row];
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

        return Exchange(Score, real.Groups, seed);
    }

    /// <summary>The same for points: only which document is the nearest real one matters, so that T may be any of all that many, whatever the sizes of T and H.</summary>
    /// <param name="training">(documents of T) weight of the points that lie nearest to each.</param>
    /// <param name="heldOut">(documents of H) the same.</param>
    /// <param name="seed">For the permutations.</param>
    internal static double PValue(double[] training, double[] heldOut, ulong seed)
    {
        if (Math.Min(training.Length, heldOut.Length) < 2) return 1;
        double[] documents = [.. training, .. heldOut];
        double seen = training.Sum();
        var rng = Rng.For(seed, "copying");
        return Chance(() =>
        {
            rng.Shuffle<double>(documents);
            double drawn = 0;
            for (int i = 0; i < training.Length; i++) drawn += documents[i];
            return drawn >= seen;
        });
    }

    private static double Exchange(Func<uint, long> score, int groups, ulong seed)
    {
        var rng = Rng.For(seed, "copying");
        long seen = score(0);
        return Chance(() => score((uint)rng.Next() & ((1u << groups) - 1)) >= seen);
    }

    private static double Chance(Func<bool> isAsLarge)
    {
        int asLarge = 1;
        for (int i = 0; i < Permutations; i++)
            if (isAsLarge()) asLarge++;
        return asLarge / (Permutations + 1.0);
    }
}
