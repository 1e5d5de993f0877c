using System.Numerics;

namespace Vestige.Estimators.Atoms;

/// <summary>How much of a share of G chance decides because G says the same few things over and over: whether they happen to stand in H.</summary>
/// <remarks>
/// Units of G are draws of q, and the jackknife over them sees how these vary; it does not see that q itself sits on a few atoms x with weights w, of each of
/// which H may or may not hold one. Where x stands in k units of this H, another holds it with a chance of about <c>1 - exp(-k)</c> (a Poisson count of mean k;
/// of k = 0 no more can be said than of 1), so that the share found has a variance of <c>sum w^2 exp(-k) (1 - exp(-k))</c>. In a sample that is not
/// collapsed it is nothing beside the errors of the jackknife, and is not added to them. Of an atom that stands in H the jackknife over H sees that it might not; of one that
/// does not (k = 0) it sees nothing, and intervals are no narrower than what those alone leave open. Whether another H holds such an atom is told by the others that G
/// has about as often (from c to 2c times), as Good and Turing tell what is unseen: of n_0 that H lacks another holds as many as H holds just once (n_1) or fewer, since
/// <c>sum exp(-k) (1 - exp(-k)) &lt;= sum k exp(-k)</c>, and one of them with a chance of <c>(n_1 + 1) / (n_0 + 2)</c>: of a hundred kinds of junk none is found, of ten of p some
/// are, once. Memorized m is in units of T, which the same H holds: of what G has as m times T has it nothing is left open, and nothing of
/// what G says once.
/// </remarks>
/// <param name="All">Standard deviation of the share of G that H holds.</param>
/// <param name="New">The same of what is not in T.</param>
/// <param name="AllUnseen">The part of <paramref name="All"/>, beyond m times T's own, that no jackknife sees: of what H does not hold.</param>
/// <param name="NewUnseen">The same of <paramref name="New"/>.</param>
/// <param name="Kinds">Different atoms that G is worth: 1 over the sum of the squares of its weights.</param>
/// <param name="Unseen">The atom that has most of a part in <paramref name="AllUnseen"/>: its share of G, and of that variance.</param>
internal readonly record struct Repeats(double All, double New, double AllUnseen, double NewUnseen, double Kinds, (double Weight, double Part) Unseen)
{
    internal static Repeats Of(AtomTally tally, double trainingQueries, double memorized)
    {
        double part = double.IsFinite(memorized) && trainingQueries > 0 ? memorized / trainingQueries : 0;
        double queries = tally.Generated.Whole.Queries, squares = 0, all = 0, novel = 0, allUnseen = 0, novelUnseen = 0, most = 0, often = 0;
        (Peers ofAll, Peers ofNew) = (new Peers(), new Peers());
        foreach ((int count, int training, int heldOut) in tally.Atoms())
        {
            ofAll.Add(count, heldOut);
            if (training == 0) ofNew.Add(count, heldOut);
        }
        foreach ((int count, int training, int heldOut) in tally.Atoms())
        {
            double weight = count / queries, absent = Math.Exp(-Math.Max(1, heldOut)), variance = weight * weight * absent * (1 - absent);
            squares += weight * weight;
            all += variance;
            if (training == 0) novel += variance;
            if (heldOut > 0) continue;
            double beyond = weight - (part * training), repeated = Peers.Repeated(count), open = beyond * beyond * repeated * ofAll.Chance(count);
            allUnseen += open;
            if (open > most) (most, often) = (open, weight);
            if (training == 0) novelUnseen += weight * weight * repeated * ofNew.Chance(count);
        }
        return new(Math.Sqrt(all), Math.Sqrt(novel), Math.Sqrt(allUnseen), Math.Sqrt(novelUnseen), squares == 0 ? 0 : 1 / squares, (often, allUnseen == 0 ? 0 : most / allUnseen));
    }

    /// <summary>Atoms of G by how often it has them: how many of these H lacks, and holds once.</summary>
    private sealed class Peers
    {
        // Of what nothing is known: of a Poisson count of mean 1.
        private static readonly double s_open = Math.Exp(-1) * (1 - Math.Exp(-1));

        private readonly double[] _lacking = new double[32], _once = new double[32];

        /// <summary>Of c units c (c - 1) pairs are of one atom: what a G that does not repeat itself has of weights is the luck of its draws, which the jackknife sees.</summary>
        internal static double Repeated(int count) => (count - 1.0) / Math.Max(1, count);

        internal void Add(int count, int heldOut)
        {
            int level = BitOperations.Log2((uint)count);
            if (heldOut == 0) _lacking[level]++;
            else if (heldOut == 1) _once[level]++;
        }

        /// <summary>Variance of whether another H holds one of these that this does not.</summary>
        internal double Chance(int count)
        {
            int level = BitOperations.Log2((uint)count);
            double held = (_once[level] + 1) / (_lacking[level] + 2);
            return held < 0.5 ? Math.Min(s_open, held * (1 - held)) : s_open;
        }
    }
}
