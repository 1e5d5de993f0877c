using MathNet.Numerics.Distributions;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Estimators.Atoms;

/// <summary>E6: lower bounds of <c>E_t(p||q) = sup over sets S of p(S) - t q(S)</c> and of its mirror, valid whatever chose the set.</summary>
/// <remarks>
/// Documents fall into three parts. The first says what an atom or a point is like: its cell. In the second the mass of each cell under p
/// and q is counted, and S is made of the cells where p has more than t times as much as q. The third, which chose nothing, tells p(S)
/// and q(S); the bound is their difference less its one-sided error.
/// </remarks>
internal static class CertifiedCurve
{
    /// <summary>t of the curve.</summary>
    internal static readonly double[] Ts = [1, 2, 5, 10];

    /// <summary>Documents come in the random order in which they were dealt: a quarter describes, a quarter chooses, one half tells.</summary>
    private const int Quarters = 4;

    /// <summary>Whether a document is of those that say what things are like.</summary>
    internal static bool Describes(int document) => document % Quarters == 0;

    /// <summary>What one sample holds: for each incidence of the parts that choose and tell its document and its cell.</summary>
    internal sealed class Sample
    {
        private readonly List<(int Document, int Cell)> _incidences = [];
        private int _documents;

        internal void Add(int document, int cell)
        {
            _documents = Math.Max(_documents, document + 1);
            if (!Describes(document)) _incidences.Add((document, cell));
        }

        /// <summary>Share of the choosing part in each cell.</summary>
        internal double[] Chosen(int cells)
        {
            double[] shares = new double[cells];
            int count = 0;
            foreach ((int document, int cell) in _incidences)
            {
                if (document % Quarters != 1) continue;
                shares[cell]++;
                count++;
            }
            for (int cell = 0; cell < cells; cell++) shares[cell] /= Math.Max(1, count);
            return shares;
        }

        /// <summary>The telling part: share of a set, and its variance.</summary>
        internal SetShare ShareOf(bool[] set)
        {
            // Two of each four documents tell; they are numbered anew so that groups are equal.
            int documents = _documents / Quarters * 2, groups = Jackknife.Groups(documents);
            if (groups < Jackknife.MinDocuments) return new SetShare(0, double.NaN, 0, groups);
            double[] inside = new double[groups], all = new double[groups];
            foreach ((int document, int cell) in _incidences)
            {
                if (document % Quarters < 2) continue;
                int group = Jackknife.GroupOf((document / Quarters * 2) + (document % Quarters) - 2, groups);
                all[group]++;
                if (set[cell]) inside[group]++;
            }
            double sumInside = inside.Sum(), sum = all.Sum();
            double[] leave = [.. inside.Select((x, j) => (sumInside - x) / (sum - all[j]))];
            return new SetShare(sumInside / sum, Jackknife.Variance(leave), 1.0 / documents, groups);
        }
    }

    /// <summary>What the telling part of a sample says of a set.</summary>
    /// <param name="Share">Its share.</param>
    /// <param name="Variance">By the jackknife; not a number where there are too few documents.</param>
    /// <param name="Least">One document: what a share of 0 or 1 may hide.</param>
    /// <param name="Groups">Groups behind the variance.</param>
    internal readonly record struct SetShare(double Share, double Variance, double Least, int Groups);

    /// <summary>The curve.</summary>
    /// <param name="p">H.</param>
    /// <param name="q">G.</param>
    /// <param name="cells">Number of cells.</param>
    /// <returns>For each t both ways: the value is what the set shows, the low end what is certain at 95 %.</returns>
    internal static IReadOnlyList<CurvePoint> Of(Sample p, Sample q, int cells)
    {
        double[] chosenP = p.Chosen(cells), chosenQ = q.Chosen(cells);
        return [.. Ts.Select(t => new CurvePoint(t, Bound(p, chosenP, q, chosenQ, t), Bound(q, chosenQ, p, chosenP, t)))];
    }

    private static Figure Bound(Sample one, double[] chosenOne, Sample other, double[] chosenOther, double t)
    {
        bool[] set = [.. chosenOne.Select((share, cell) => share > t * chosenOther[cell])];
        SetShare a = one.ShareOf(set), b = other.ShareOf(set);
        double value = a.Share - (t * b.Share), variance = a.Variance + (t * t * b.Variance);
        if (double.IsNaN(variance)) return Figure.NotMeasurable($"too few documents: half of a sample must have {Jackknife.MinDocuments}");
        double quantile = StudentT.InvCDF(0, 1, Math.Min(a.Groups, b.Groups) - 1, 0.95);
        return new Figure { Value = Math.Max(0, value), Low = Math.Max(0, value - (quantile * Math.Sqrt(variance)) - a.Least - (t * b.Least)) };
    }

    /// <summary>What the curve of atoms needs of T and H, and none of which depends on G.</summary>
    /// <remarks>Of an H that is larger than T as many documents as T has choose and tell, as for G; all others describe.</remarks>
    internal sealed class References
    {
        private readonly int[] _all, _describing;

        internal References(AtomSample training, AtomSample heldOut, AtomIndex index)
        {
            int documents = Math.Min(heldOut.Documents, training.Documents);
            _all = Counts(training, index, _ => true);
            _describing = Counts(training, index, Describes);
            HeldOut = Counts(heldOut, index, document => document >= documents || Describes(document));
            for (int unit = 0; unit < heldOut.Units; unit++)
            {
                int document = heldOut.DocumentOf(unit);
                if (document >= documents || Describes(document)) continue;
                foreach (ulong atom in heldOut.AtomsOf(unit))
                    if (index.Find(atom) is >= 0 and var id) Incidences.Add((document, id));
            }
            Incidences.TrimExcess();
        }

        /// <summary>Units of H that describe and hold each atom.</summary>
        internal int[] HeldOut { get; }

        /// <summary>Documents and atoms of the parts of H that choose and tell.</summary>
        internal List<(int Document, int Atom)> Incidences { get; } = [];

        /// <summary>Units of T that hold each atom; where G was made of T document by document only those that describe.</summary>
        internal int[] Training(bool paired) => paired ? _describing : _all;
    }

    /// <summary>The curve of atoms: a cell is how often the describing parts of T, H and G hold an atom.</summary>
    /// <param name="references">T and H.</param>
    /// <param name="tally">G.</param>
    /// <param name="paired">G was made from T document by document: then of T, too, only the describing part may be looked at.</param>
    internal static IReadOnlyList<CurvePoint> Of(AtomReferences references, AtomTally tally, bool paired)
    {
        int[] t = references.Curve.Training(paired), h = references.Curve.HeldOut, g = Counts(tally.Sample, tally.Index, Describes);
        const int steps = 5;
        static int Cell(int inT, int inH, int inG) => (((Step(inT) * steps) + Step(inH)) * steps) + Step(inG);
        var p = new Sample();
        foreach ((int document, int id) in references.Curve.Incidences) p.Add(document, Cell(t[id], h[id], tally.RowOf(id) is >= 0 and var row ? g[row] : 0));
        int[] cells = new int[tally.Index.Count];
        for (int row = 0; row < cells.Length; row++) cells[row] = Cell(0, 0, g[row]);
        for (int id = 0; id < t.Length; id++)
            if (tally.RowOf(id) is >= 0 and var row) cells[row] = Cell(t[id], h[id], g[row]);
        var q = new Sample();
        AtomSample generated = tally.Sample;
        for (int unit = 0; unit < generated.Units; unit++)
        {
            foreach (ulong atom in generated.AtomsOf(unit))
                if (tally.Index.Find(atom) is >= 0 and var row) q.Add(generated.DocumentOf(unit), cells[row]);
        }
        return Of(p, q, steps * steps * steps);
    }

    /// <summary>0, 1, 2, 3 to 5, more.</summary>
    private static int Step(int count) => count switch
    {
        <= 2 => count,
        <= 5 => 3,
        _ => 4,
    };

    private static int[] Counts(AtomSample sample, AtomIndex index, Func<int, bool> documents)
    {
        int[] counts = new int[index.Count];
        for (int unit = 0; unit < sample.Units; unit++)
        {
            if (!documents(sample.DocumentOf(unit))) continue;
            foreach (ulong atom in sample.AtomsOf(unit))
                if (index.Find(atom) is >= 0 and var id) counts[id]++;
        }
        return counts;
    }
}
