using System.Numerics;
using Vestige.Figures;

namespace Vestige.Estimators.Atoms;

/// <summary>What being calibrated costs a model that learned atoms as facts that nothing else hints at (Kalai, Vempala 2024, theorem 1), from samples.</summary>
/// <remarks>
/// They bound what is made up from below by the share of T that T states once (Good's estimate of what T leaves unseen) less the miscalibration of q, the total
/// variation of p and q over a partition of what can be said. Any partition will do that is made of T and q and does not look at p: atoms are parted by whether
/// T holds them and by how many units of one half of G do (0, 1, 2 or 3, 4 to 7, ...), and p's shares (H) are held against q's in the other half; then the
/// halves change sides. Parted finer the variation could only be more, and the bound less. Documents are the draws, as in every Good-Turing here.
/// </remarks>
internal static class CalibrationMeter
{
    // By the logarithm of a count, once for what stands in T and once for what does not.
    private const int Levels = 33, Bins = 2 * Levels;

    /// <summary>What it reads.</summary>
    /// <param name="Once">Share of T whose atom stands in one document of it.</param>
    /// <param name="Miscalibration">Total variation; its floor is what a real sample (A) shows in place of p.</param>
    /// <param name="Bound">Once less miscalibration.</param>
    internal sealed record Reading(Figure Once, Figure Miscalibration, Figure Bound);

    /// <summary>Reads it.</summary>
    /// <param name="references">T, H and A.</param>
    /// <param name="tally">G, whole.</param>
    internal static Reading Of(AtomReferences references, AtomTally tally)
    {
        AtomCounts generated = tally.Generated;
        (double once, double[] left) = Alone(references.Of(Role.Training));
        Half[] halves = [new Half(references, tally, 0), new Half(references, tally, 1)];
        double Variation(int withoutHeldOut, int withoutGenerated) => halves.Average(half => half.Variation(withoutHeldOut, withoutGenerated));
        double whole = Variation(-1, -1);

        Figure Combined(double ofOnce, double ofVariation)
        {
            double Value(double share, double variation) => (ofOnce == 0 ? 0 : ofOnce * share) + (ofVariation == 0 ? 0 : ofVariation * variation);
            List<(int, Func<int, double>)> samples = [];
            if (ofOnce != 0) samples.Add((left.Length, group => Value(left[group], whole)));
            if (ofVariation != 0)
            {
                samples.Add((references.Of(Role.HeldOut).Groups, group => Value(once, Variation(group, -1))));
                samples.Add((generated.Groups, group => Value(once, Variation(-1, group))));
            }
            return Estimate.Of(Value(once, whole), [.. samples]).Figure(infinite: "G is one document, or one over and over, and one half of it is held against the other");
        }

        return new Reading(Combined(1, 0), Combined(0, 1) with { Floor = halves.Average(half => half.Floor) }, Combined(1, -1));
    }

    /// <summary>The share of a sample whose atom stands in one document, as it is and without each group.</summary>
    private static (double Whole, double[] Left) Alone(AtomCounts sample)
    {
        int[] documents = new int[sample.Units.Length];
        for (int group = 0; group < sample.Groups; group++)
            foreach (AtomCounts.Entry entry in sample.GroupOf(group)) documents[entry.Atom] += entry.Documents;
        long alone = 0;
        for (int id = 0; id < documents.Length; id++)
            if (documents[id] == 1) alone += sample.Queries[id];
        double[] left = new double[sample.Groups];
        for (int group = 0; group < left.Length; group++)
        {
            long rest = alone;
            foreach (AtomCounts.Entry entry in sample.GroupOf(group))
            {
                if (documents[entry.Atom] == 1) rest -= entry.Queries;
                else if (documents[entry.Atom] - entry.Documents == 1) rest += sample.Queries[entry.Atom] - entry.Queries;
            }
            left[group] = (double)rest / sample.Without(group).Queries;
        }
        return ((double)alone / sample.Whole.Queries, left);
    }

    /// <summary>Atoms parted by one half of G, and what H, A and each group of the other half have in each part.</summary>
    private sealed class Half
    {
        private readonly long[][] _heldOut, _generated;
        private readonly long[] _ofHeldOut, _ofGenerated;

        internal Half(AtomReferences references, AtomTally tally, int side)
        {
            AtomCounts generated = tally.Generated;
            int[] units = new int[generated.Units.Length];
            for (int group = side; group < generated.Groups; group += 2)
                foreach (AtomCounts.Entry entry in generated.GroupOf(group)) units[entry.Atom] += entry.Units;
            int PartOf(int row, bool inTraining) => (inTraining ? Levels : 0) + (row < 0 || units[row] == 0 ? 0 : 1 + BitOperations.Log2((uint)units[row]));
            int OfReal(int id) => PartOf(tally.RowOf(id), references.Of(Role.Training).Units[id] > 0);
            long[][] Shares(AtomCounts sample, Func<int, int> part, Func<int, bool> counts)
            {
                var groups = new long[sample.Groups][];
                for (int group = 0; group < groups.Length; group++)
                {
                    groups[group] = new long[Bins];
                    if (!counts(group)) continue;
                    foreach (AtomCounts.Entry entry in sample.GroupOf(group)) groups[group][part(entry.Atom)] += entry.Queries;
                }
                return groups;
            }

            _heldOut = Shares(references.Of(Role.HeldOut), OfReal, _ => true);
            _generated = Shares(generated, row => PartOf(row, tally.TrainingOf(row) > 0), group => group % 2 != side);
            (_ofHeldOut, _ofGenerated) = (Sum(_heldOut), Sum(_generated));
            Floor = Apart(_ofHeldOut, Sum(Shares(references.Of(Role.Floor), OfReal, _ => true)));
        }

        /// <summary>Of a real sample in place of G's other half.</summary>
        internal double Floor { get; }

        /// <summary>Half the sum of the differences, without a group of H and one of G; whole for -1.</summary>
        internal double Variation(int withoutHeldOut, int withoutGenerated) => Apart(Less(_ofHeldOut, _heldOut, withoutHeldOut), Less(_ofGenerated, _generated, withoutGenerated));

        private static long[] Sum(long[][] groups)
        {
            long[] sum = new long[Bins];
            foreach (long[] group in groups)
                for (int bin = 0; bin < Bins; bin++) sum[bin] += group[bin];
            return sum;
        }

        private static long[] Less(long[] whole, long[][] groups, int without) => without < 0 ? whole : [.. whole.Select((count, bin) => count - groups[without][bin])];

        private static double Apart(long[] p, long[] q)
        {
            double ofP = p.Sum(), ofQ = q.Sum(), sum = 0;
            for (int bin = 0; bin < Bins; bin++) sum += Math.Abs((p[bin] / ofP) - (q[bin] / ofQ));
            return sum / 2;
        }
    }
}
