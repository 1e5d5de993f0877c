using Vestige.Numerics.Neighbours;

namespace Vestige.Estimators.Points;

/// <summary>One sample's points seen from another: which share of them is as far as a threshold or farther, for all thresholds, with a group of
/// either sample's documents left out.</summary>
internal sealed class ReachShares
{
    /// <summary>Thresholds of the squared score: four in each doubling, from 2^-12 on, which is where any point is reached, to 2^28.</summary>
    internal const int Thresholds = 4 * 40;

    private const int FirstBits = (127 - 12) << 23;

    private readonly PointCloud _queries, _references;
    private readonly DocumentRanks _ranks;
    private readonly float[] _scales;
    private readonly double _drawn;
    private readonly int _used, _nearer;
    private readonly Tally?[] _tallies;

    /// <summary>Counts on demand.</summary>
    /// <param name="queries">Points that are counted, with their weights.</param>
    /// <param name="references">What they are held against.</param>
    /// <param name="ranks">What lies nearest to them.</param>
    /// <param name="scales">(queries) by which the squares of the ranks are still to be divided; empty for none.</param>
    /// <param name="drawn">Documents of the references that a score is the nearest of: all, or as many as are drawn from them without replacement,
    /// over all ways to draw.</param>
    /// <param name="used">References stand for their first so many documents.</param>
    /// <param name="nearer">Documents nearer than the one that counts: 0 for the nearest, 1 for the second.</param>
    internal ReachShares(PointCloud queries, PointCloud references, DocumentRanks ranks, float[] scales, double drawn, int used, int nearer = 0)
    {
        (_queries, _references, _ranks, _scales, _drawn, _used, _nearer) = (queries, references, ranks, scales, drawn, used, nearer);
        _tallies = new Tally?[references.Groups + 1];
    }

    /// <summary>Share of the queries at a threshold or beyond.</summary>
    /// <param name="threshold">0 .. <see cref="Thresholds"/> - 1; at 0 all are.</param>
    /// <param name="leave">Group of the queries that is left out; -1 for none.</param>
    /// <param name="leaveReferences">Group of the references that is left out; -1 for none.</param>
    internal double At(int threshold, int leave, int leaveReferences)
    {
        Tally tally = _tallies[leaveReferences < 0 ? _references.Groups : leaveReferences] ??= Count(leaveReferences);
        double beyond = tally.Beyond[threshold], weight = tally.Weight;
        if (leave >= 0)
        {
            beyond -= tally.GroupBeyond[(leave * Thresholds) + threshold];
            weight -= tally.GroupWeight[leave];
        }
        return weight > 0 ? beyond / weight : double.NaN;
    }

    /// <summary>What stands at or beyond each threshold.</summary>
    private sealed record Tally(double[] Beyond, double Weight, double[] GroupBeyond, double[] GroupWeight);

    private Tally Count(int leave)
    {
        double[] beyond = new double[_queries.Groups * Thresholds], weights = new double[_queries.Groups];
        double[] chances = Chances(leave);
        for (int i = 0; i < _queries.Count; i++)
        {
            int group = _queries.GroupOf(i), weight = _queries.Copies[i], rank = 0, nearer = _nearer, threshold = Thresholds - 1;
            float scale = _scales.Length > 0 ? Math.Max(_scales[i], 1.17549435e-38f) : 1;
            double left = 1;
            weights[group] += weight;
            ReadOnlySpan<int> documents = _ranks.Documents(i);
            ReadOnlySpan<float> squares = _ranks.Squares(i);
            for (int k = 0; k < documents.Length && documents[k] >= 0 && left > 0; k++)
            {
                if (leave >= 0 && _references.GroupOfDocument(documents[k]) == leave) continue;
                if (nearer-- > 0) continue;
                threshold = ThresholdOf(squares[k] / scale);
                double chance = Math.Min(left, chances[rank++]);
                beyond[(group * Thresholds) + threshold] += weight * chance;
                left -= chance;
            }
            // Beyond the end of the list it is at least as far as its last.
            if (left > 0) beyond[(group * Thresholds) + threshold] += weight * left;
        }
        double[] all = new double[Thresholds];
        for (int group = 0; group < weights.Length; group++)
        {
            Span<double> row = beyond.AsSpan(group * Thresholds, Thresholds);
            for (int t = Thresholds - 2; t >= 0; t--) row[t] += row[t + 1];
            for (int t = 0; t < Thresholds; t++) all[t] += row[t];
        }
        return new Tally(all, weights.Sum(), beyond, weights);
    }

    /// <summary>The last threshold that a squared score reaches: an octave is cut into four by the bits behind the exponent, the same on every machine.</summary>
    internal static int ThresholdOf(float squared) =>
        Math.Clamp((BitConverter.SingleToInt32Bits(squared) - FirstBits) >> 21, 0, Thresholds - 1);

    /// <summary>Chance that the document at each rank is the nearest of those drawn: n of N without replacement.</summary>
    private double[] Chances(int leave)
    {
        double documents = 0, left = 1;
        for (int document = 0; document < _used; document++) documents += _references.Has(document) && (leave < 0 || _references.GroupOfDocument(document) != leave) ? 1 : 0;
        double[] chances = new double[DocumentRanks.Depth];
        for (int rank = 0; rank < chances.Length && left > 0; rank++)
        {
            double chance = _drawn >= documents - rank ? 1 : _drawn / (documents - rank);
            chances[rank] = left * chance;
            left -= chances[rank];
        }
        return chances;
    }
}
