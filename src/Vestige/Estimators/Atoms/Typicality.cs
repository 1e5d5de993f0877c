using Vestige.Figures;
using Vestige.Samples;

namespace Vestige.Estimators.Atoms;

/// <summary>How much of memorized chance decides because what G has of T is a few passages of it: whether those are as common elsewhere as T's others.</summary>
/// <remarks>
/// Memorized divides by how much more of T's atoms T itself holds than H does (e(x), in the mean over T): what was learned is taken to be a fair share of T. One
/// paragraph in every output is none: thirty word pairs that come together are common or rare together, and neither units of G nor documents of H vary with it. A mean of
/// e over k atoms of one passage of T has a variance of about <c>between + within / k</c>, both from T's own units (analysis of variance, one way), and what G
/// repeats of T weighs as much as it has of its atoms beyond <c>m T + (1 - m) p</c>, less the luck of its draws. How many passages that is, and how much, is told by those atoms
/// that one group of T's documents alone has, <see cref="Alone"/> of T's: of a group's passages they are about that share, and a q of p's most common things has none.
/// </remarks>
/// <param name="Between">Variance of the mean of e of a unit of T, less that of its atoms.</param>
/// <param name="Within">Variance of e over the atoms of T.</param>
/// <param name="Alone">Share of T whose atom one group of T's documents alone has.</param>
internal readonly record struct Typicality(double Between, double Within, double Alone)
{
    internal static Typicality Of(AtomSample training, AtomReferences references)
    {
        double[] excess = references.ExcessByAtom();
        double sum = 0, squares = 0, ofUnits = 0, queries = 0, sizes = 0;
        int units = 0;
        for (int unit = 0; unit < training.Units; unit++)
        {
            double own = 0;
            int atoms = 0;
            foreach (ulong atom in training.AtomsOf(unit))
            {
                int id = references.Index.Find(atom);
                if (id < 0) continue;
                own += excess[id];
                squares += excess[id] * excess[id];
                atoms++;
            }
            if (atoms == 0) continue;
            sum += own;
            ofUnits += own * own / atoms;
            queries += atoms;
            sizes += (double)atoms * atoms;
            units++;
        }
        if (units < 2) return default;
        double mean = sum / queries, within = Math.Max(0, (squares / queries) - (mean * mean));
        double weight = queries - (sizes / queries);
        double between = weight <= 0 ? 0 : (ofUnits - (queries * mean * mean) - ((units - 1) * within)) / weight;

        AtomCounts counts = references.Of(Role.Training);
        double alone = 0;
        for (int group = 0; group < counts.Groups; group++)
            foreach (AtomCounts.Entry entry in counts.GroupOf(group))
                if (entry.Units == counts.Units[entry.Atom]) alone += entry.Queries;
        return new(Math.Max(0, between), within, alone / counts.Whole.Queries);
    }

    /// <summary>Standard deviation of the excess of what G repeats of T.</summary>
    /// <param name="references">T and H.</param>
    /// <param name="tally">G.</param>
    /// <param name="memorized">As estimated.</param>
    internal double Deviation(AtomReferences references, AtomTally tally, double memorized)
    {
        if (Alone <= 0 || !double.IsFinite(memorized)) return 0;
        AtomCounts t = references.Of(Role.Training);
        double[] beyond = Beyond(references, tally, Math.Clamp(memorized, 0, 1));
        double all = 0, squares = 0, ofGroups = 0;
        foreach (double weight in beyond)
        {
            all += weight;
            squares += weight * weight;
        }
        if (all <= 0) return 0;
        for (int group = 0; group < t.Groups; group++)
        {
            double own = 0;
            foreach (AtomCounts.Entry entry in t.GroupOf(group))
                if (entry.Units == t.Units[entry.Atom] && tally.RowOf(entry.Atom) is >= 0 and var row) own += beyond[row];
            ofGroups += own * own;
        }
        return Math.Sqrt(ofGroups * (Between + (Within * squares / (all * all)))) / Alone;
    }

    /// <summary>[row]: the weight that an atom of T has in G beyond what a mixture of T and p gives it, less the luck of draws; 0 for what is not beyond.</summary>
    private static double[] Beyond(AtomReferences references, AtomTally tally, double memorized)
    {
        AtomCounts t = references.Of(Role.Training), h = references.Of(Role.HeldOut), g = tally.Generated;
        double queries = g.Whole.Queries, ofT = t.Whole.Queries, ofReal = ofT + h.Whole.Queries;
        double[] beyond = new double[tally.Index.Count];
        for (int id = 0; id < references.Index.Count; id++)
        {
            if (tally.RowOf(id) is not (>= 0 and var row) || t.Units[id] == 0) continue;
            double weight = g.Queries[row] / queries, real = (t.Queries[id] + h.Queries[id]) / ofReal;
            double more = weight - (memorized * t.Queries[id] / ofT) - ((1 - memorized) * real);
            // Of c units the share has a variance of c over the square of their number; copies of a unit are no draws.
            double luck = (weight * weight / g.Units[row]) + (real * real / (t.Units[id] + h.Units[id]));
            if (more > 0) beyond[row] = Math.Sqrt(Math.Max(0, (more * more) - luck));
        }
        return beyond;
    }
}
