using Vestige.Numerics.Neighbours;
using Vestige.Samples;

namespace Vestige.Estimators.Points;

/// <summary>What all rows of an audit share in a continuous view: T, H and A, whitened on T alone unless their view has a scale of its own, the reach
/// of H and of A, and what lies nearest to what.</summary>
/// <remarks>Seen from a document of H, a point y is as far as the smallest of <c>d(y, h) / r(h)</c> over its points h, with r(h) the distance of h to its k-th
/// nearest of another unit of H. The reach score of y is the second smallest over the documents: one odd picture, from which all others are far,
/// has points with so large an r that nothing would ever be out of their reach; two documents must vouch for what is real. The r(h) are a unit of
/// length: the jackknife leaves them as they are.</remarks>
internal sealed class PointReferences
{
    /// <summary>Two documents of a generator are one if all their points are that near to each other, as a share of the median r(h): real ones are not by far.</summary>
    private const float AlikeWithin = 0.4f;

    private readonly Whitening _whitening;
    private readonly PointSample _training;
    private readonly float[] _floorRadii;
    private readonly float _alike;

    /// <summary>Prepares the real samples.</summary>
    /// <param name="training">T.</param>
    /// <param name="heldOut">H.</param>
    /// <param name="floor">A.</param>
    /// <param name="threads">Threads; no figure depends on it.</param>
    /// <param name="scaled">Whether distances are meant as they are; else the points are whitened on T.</param>
    internal PointReferences(PointSample training, PointSample heldOut, PointSample floor, int threads, bool scaled = false)
    {
        _training = training;
        _whitening = scaled ? Whitening.None(training.Dimensions) : Whitening.Fit(training);
        Training = new PointCloud(training, _whitening);
        HeldOut = new PointCloud(heldOut, _whitening);
        Floor = new PointCloud(floor, _whitening);
        HeldOutRadii = HeldOut.SquaredRadii(PointLedger.K, threads);
        _floorRadii = Floor.SquaredRadii(PointLedger.K, threads);
        float[] radii = [.. HeldOutRadii.Order()];
        if (radii.Length > 0) _alike = AlikeWithin * AlikeWithin * radii[radii.Length / 2];
        Why = WhyNot();
        if (Why is not null) return;
        HeldOutToFloor = Find(HeldOut, Floor, [], threads);
        FloorToHeldOut = Find(Floor, HeldOut, HeldOutRadii, threads);
        Memory = new PointMemory(training, Training, heldOut, HeldOut, floor, Floor, threads, scaled);
        FloorMemory = Memory.OfFloor(threads);
    }

    /// <summary>Why nothing can be told from these samples; null where it can.</summary>
    internal string? Why { get; }

    internal PointCloud Training { get; }

    internal PointCloud HeldOut { get; }

    internal PointCloud Floor { get; }

    /// <summary>(points of H) squares of r(h).</summary>
    internal float[] HeldOutRadii { get; }

    /// <summary>By distance.</summary>
    internal DocumentRanks HeldOutToFloor { get; } = null!;

    /// <summary>By reach.</summary>
    internal DocumentRanks FloorToHeldOut { get; } = null!;

    internal PointMemory Memory { get; } = null!;

    internal PointMemory.Row FloorMemory { get; } = null!;

    /// <summary>Audits a sample of q. On one thread: rows run beside each other.</summary>
    internal Results.Ledger Audit(PointSample generated, bool paired, PointLedger.Plan plan) =>
        PointLedger.Estimate(this, new Row(this, generated, paired), plan);

    internal static DocumentRanks Find(PointCloud queries, PointCloud references, float[] scales, int threads, int documents = int.MaxValue) =>
        DocumentRanks.Find(queries.Points, references.Points, references.DocumentOf, Math.Min(documents, references.Numbers), scales, [], threads);

    private string? WhyNot()
    {
        if (Floor.Count == 0) return "there is no second real sample to set the floor";
        if (Training.AreEqual) return "all points of the training sample are equal: nothing tells one from another";
        if (Math.Min(HeldOut.Documents, Floor.Documents) <= PointLedger.Vouching)
            return $"what is within reach of {PointLedger.Vouching} documents is told with more than so many in each real sample";
        return HeldOutRadii.Concat(_floorRadii).Any(float.IsPositiveInfinity)
            ? $"a point's reach takes {PointLedger.K} points of other units of its sample, and a real sample has fewer"
            : null;
    }

    /// <summary>One sample of q held against the references.</summary>
    internal sealed class Row
    {
        /// <summary>Searches.</summary>
        /// <param name="references">The real samples.</param>
        /// <param name="generated">G.</param>
        /// <param name="paired">G was made of T document by document, under the same numbers: it is held against T and not against A.</param>
        /// <param name="threads">Threads; no figure depends on it.</param>
        internal Row(PointReferences references, PointSample generated, bool paired, int threads = 1)
        {
            IsPaired = paired;
            Generated = new PointCloud(generated, references._whitening, paired ? -1 : references._alike, paired ? references.Training.Groups : 0);
            Why = references.Why ?? WhyNot();
            if (Why is not null) return;
            // Documents that the codec could not take are no part of what it is held against.
            Original = !paired ? references.Floor
                : Generated.Documents == references.Training.Documents ? references.Training
                : new PointCloud(Taken(references._training), references._whitening, groups: references.Training.Groups);
            GeneratedToHeldOut = Find(Generated, references.HeldOut, references.HeldOutRadii, threads);
            DocumentRanks originalToHeldOut = paired ? Find(Original, references.HeldOut, references.HeldOutRadii, threads) : references.FloorToHeldOut;
            GeneratedScores = new ReachShares(Generated, references.HeldOut, GeneratedToHeldOut, [], references.HeldOut.Documents, references.HeldOut.Numbers,
                nearer: PointLedger.Vouching - 1);
            OriginalScores = new ReachShares(Original, references.HeldOut, originalToHeldOut, [], references.HeldOut.Documents, references.HeldOut.Numbers,
                nearer: PointLedger.Vouching - 1);
            HeldOutToGenerated = Find(references.HeldOut, Generated, [], threads);
            GeneratedCovers = Covers(references, Generated, Original, HeldOutToGenerated, threads);
            OriginalCovers = Covers(references, Original, Generated, paired ? Find(references.HeldOut, Original, [], threads) : references.HeldOutToFloor, threads);

            Memory = references.Memory.Of(generated, Generated, threads);

            PointSample Taken(PointSample training)
            {
                bool[] taken = new bool[training.Documents];
                foreach (int document in Generated.DocumentOf) taken[document] = true;
                return training.Where(document => taken[document]);
            }
        }

        /// <summary>Why nothing can be told; null where it can.</summary>
        internal string? Why { get; }

        internal bool IsPaired { get; }

        internal PointCloud Generated { get; }

        /// <summary>What G is held against: T for a codec, else A.</summary>
        internal PointCloud Original { get; } = null!;

        /// <summary>G's points by the reach of H.</summary>
        internal ReachShares GeneratedScores { get; } = null!;

        internal ReachShares OriginalScores { get; } = null!;

        /// <summary>H's points by how far G is from them.</summary>
        internal ReachShares GeneratedCovers { get; } = null!;

        internal ReachShares OriginalCovers { get; } = null!;

        internal PointMemory.Row Memory { get; } = null!;

        private DocumentRanks GeneratedToHeldOut { get; } = null!;

        private DocumentRanks HeldOutToGenerated { get; } = null!;

        /// <summary>Points of H that no point of G is like, the clearest first: by the distance to the nearest of G over r(h).</summary>
        internal int[] Lost(PointReferences references) => Why is not null ? []
            : Beyond(references.HeldOut, point => HeldOutToGenerated.Squares(point)[0] / Math.Max(references.HeldOutRadii[point], float.Epsilon));

        /// <summary>Points of G that no point of H is like, the clearest first.</summary>
        internal int[] Hallucinated() => Why is not null ? [] : Beyond(Generated, point => GeneratedToHeldOut.Squares(point)[PointLedger.Vouching - 1]);

        private static int[] Beyond(PointCloud cloud, Func<int, float> score) =>
            [.. Enumerable.Range(0, cloud.Count).Where(i => score(i) > 1).OrderByDescending(score).ThenBy(i => i)];

        /// <summary>How far a sample is from H's points, told at the size of the smaller of two: of the larger as many documents are drawn, over all ways
        /// to draw them from at most twice as many, so that both cover alike where both are of one distribution.</summary>
        private static ReachShares Covers(PointReferences references, PointCloud sample, PointCloud other, DocumentRanks ranks, int threads)
        {
            double drawn = sample.Documents * Math.Min(1.0, (double)other.Count / sample.Count);
            int used = (int)Math.Min(sample.Numbers, Math.Ceiling(2 * drawn));
            if (drawn == sample.Documents || used == sample.Numbers) used = sample.Numbers;
            else ranks = Find(references.HeldOut, sample, [], threads, used);
            return new ReachShares(references.HeldOut, sample, ranks, references.HeldOutRadii, drawn, used);
        }

        private string? WhyNot() => Generated.Count == 0 ? "it made nothing that can be looked at"
            : Generated.Kinds == 1 || Generated.AreEqual ? $"all it made is alike ({Generated.Documents} times): nothing tells one mass from another"
            : null;
    }
}
