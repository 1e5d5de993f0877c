using Vestige.Numerics.Neighbours;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Estimators;

/// <summary>What all rows of an audit share in a continuous view: T, H and A whitened, their radii, and what lies nearest to what.</summary>
internal sealed class PointGround
{
    private readonly Whitening _whitening;

    /// <summary>Prepares the real samples.</summary>
    /// <param name="training">T.</param>
    /// <param name="heldOut">H.</param>
    /// <param name="floor">A.</param>
    /// <param name="threads">Threads; no figure depends on it.</param>
    internal PointGround(PointSample training, PointSample heldOut, PointSample floor, int threads)
    {
        _whitening = Whitening.Fit(training, heldOut);
        Training = new Cloud(training, _whitening, threads, withRadii: false);
        HeldOut = new Cloud(heldOut, _whitening, threads);
        Floor = new Cloud(floor, _whitening, threads);
        HeldOutToFloor = Nearest.Of(HeldOut, Floor, threads);
        FloorToHeldOut = Nearest.Of(Floor, HeldOut, threads);
        FloorToTraining = Nearest.Of(Floor, Training, threads);
        FloorInBalls = Floor.InBallsOf(HeldOut, threads);
    }

    internal Cloud Training { get; }

    internal Cloud HeldOut { get; }

    internal Cloud Floor { get; }

    internal Nearest HeldOutToFloor { get; }

    internal Nearest FloorToHeldOut { get; }

    internal Nearest FloorToTraining { get; }

    /// <summary>For each point of A the replicates of H in which some ball of H holds it.</summary>
    internal uint[] FloorInBalls { get; }

    /// <summary>Audits a sample of q. On one thread: rows run beside each other.</summary>
    internal Ledger Audit(PointSample generated, PointLedger.Plan plan) =>
        PointLedger.Estimate(this, new Against(this, generated), plan);

    /// <summary>One sample of q held against the ground.</summary>
    internal sealed class Against
    {
        internal Against(PointGround ground, PointSample generated, int threads = 1)
        {
            Generated = new Cloud(generated, ground._whitening, threads);
            HeldOutToGenerated = Nearest.Of(ground.HeldOut, Generated, threads);
            GeneratedToHeldOut = Nearest.Of(Generated, ground.HeldOut, threads);
            GeneratedToTraining = Nearest.Of(Generated, ground.Training, threads);
            InBalls = Generated.InBallsOf(ground.HeldOut, threads);
        }

        internal Cloud Generated { get; }

        internal Nearest HeldOutToGenerated { get; }

        internal Nearest GeneratedToHeldOut { get; }

        internal Nearest GeneratedToTraining { get; }

        internal uint[] InBalls { get; }

        /// <summary>Points of H that no point of G is like, the clearest first: by the distance to the nearest of G over the radius.</summary>
        internal int[] Lost(PointGround ground) => Uncovered(ground.HeldOut, HeldOutToGenerated);

        /// <summary>Points of G that no point of H is like, the clearest first.</summary>
        internal int[] Hallucinated() => Uncovered(Generated, GeneratedToHeldOut);

        private static int[] Uncovered(Cloud cloud, Nearest nearest)
        {
            double Ratio(int point) => nearest.Without(point, -1) / (double)cloud.Radius(point, -1);
            return [.. Enumerable.Range(0, cloud.Count).Where(i => nearest.Without(i, -1) > cloud.Radius(i, -1)).OrderByDescending(Ratio).ThenBy(i => i)];
        }

        /// <summary>For each group j: points of G that are like a real one and nearest to T's group j, less those nearest to H's.</summary>
        internal double[] Wins(PointGround ground)
        {
            double[] wins = new double[Math.Min(ground.Training.Groups, ground.HeldOut.Groups)];
            for (int i = 0; i < Generated.Count; i++)
            {
                int side = Generated.Side(i, -1, GeneratedToTraining.Without(i, -1), GeneratedToHeldOut.Without(i, -1));
                // A tie stands for both and exchanges nothing.
                if (side == 0) continue;
                int group = side > 0 ? GeneratedToTraining.GroupOf(i) : GeneratedToHeldOut.GroupOf(i);
                if (group < wins.Length) wins[group] += side;
            }
            return wins;
        }
    }

    /// <summary>For each query the nearest point of a reference, with any one group of the reference left out.</summary>
    internal sealed class Nearest
    {
        private readonly NeighbourTable _table;
        private readonly PointSet _references;

        private Nearest(NeighbourTable table, PointSet references)
        {
            _table = table;
            _references = references;
        }

        internal static Nearest Of(Cloud queries, Cloud references, int threads) =>
            new(NearestNeighbours.Find(queries.Points, references.Points, 1, excludeOwnUnit: false, threads), references.Points);

        /// <summary>Squared distance to the nearest point that is not in <paramref name="group"/> (-1: of all).</summary>
        internal float Without(int query, int group) => _table.SquaredDistance(query, 1, group < 0 ? _table.GroupCount : group);

        /// <summary>The group that holds the nearest point.</summary>
        internal int GroupOf(int query) => _references.Groups[_table.Indices[query * _table.Depth]];
    }

    /// <summary>One whitened sample, packed for the kernels, with each point's radius.</summary>
    internal sealed class Cloud
    {
        private readonly int[] _group;
        private readonly float[] _radii;

        internal Cloud(PointSample sample, Whitening whitening, int threads, bool withRadii = true)
        {
            Count = sample.Count;
            Units = sample.Units;
            Documents = sample.Documents;
            Groups = Math.Max(1, Jackknife.Groups(Documents));
            PerUnit = (double)Count / Math.Max(1, Units);
            DocumentOf = sample.DocumentOf.ToArray();
            _group = new int[Count];
            for (int i = 0; i < Count; i++) _group[i] = Jackknife.GroupOf(sample.DocumentOf[i], Groups);
            Points = new PointSet(whitening.Apply(sample), sample.Dimensions, sample.UnitOf, _group, Groups);
            _radii = withRadii ? NearestNeighbours.Find(Points, Points, PointLedger.K, excludeOwnUnit: true, threads).SquaredRadii(PointLedger.K) : [];
        }

        internal int Count { get; }

        internal int Units { get; }

        internal int Documents { get; }

        internal int Groups { get; }

        /// <summary>Points of a unit, on average: they are never among each other's neighbours.</summary>
        internal double PerUnit { get; }

        internal PointSet Points { get; }

        /// <summary>The document of each point.</summary>
        internal int[] DocumentOf { get; }

        /// <summary>Points that remain when a group leaves (-1: none).</summary>
        internal int CountWithout(int group)
        {
            int count = 0;
            foreach (int g in _group) count += g != group ? 1 : 0;
            return count;
        }

        /// <summary>Share of the points that remain whose ball holds no point of the other sample.</summary>
        internal double Uncovered(int leave, Nearest nearest, int leaveOther)
        {
            int uncovered = 0, count = 0;
            for (int i = 0; i < Count; i++)
            {
                if (_group[i] == leave) continue;
                count++;
                uncovered += nearest.Without(i, leaveOther) > Radius(i, leave) ? 1 : 0;
            }
            return (double)uncovered / count;
        }

        /// <summary>Share of the points that remain which are nearer to the first sample than to the second, less the share nearer to the second.</summary>
        /// <remarks>Only points whose ball holds a point of either count: what is like nothing real is no copy of anything, and such points would
        /// all follow the one real point on their side of space. The condition treats both samples alike, so the zero of E3 stays exact.</remarks>
        internal double Nearer(int leave, Nearest first, int leaveFirst, Nearest second, int leaveSecond)
        {
            int score = 0, count = 0;
            for (int i = 0; i < Count; i++)
            {
                if (_group[i] == leave) continue;
                count++;
                score += Side(i, leave, first.Without(i, leaveFirst), second.Without(i, leaveSecond));
            }
            return (double)score / count;
        }

        /// <summary>1 if the first squared distance is the smaller and within the point's ball, -1 if the second is, else 0.</summary>
        internal int Side(int point, int leave, float first, float second) =>
            Math.Min(first, second) <= Radius(point, leave) ? second.CompareTo(first) : 0;

        /// <summary>Share of the points that remain which lie in no ball.</summary>
        /// <param name="leave">Group of this sample that leaves.</param>
        /// <param name="inBalls">From <see cref="InBallsOf"/>.</param>
        /// <param name="leaveOther">Group of the balls' sample that leaves.</param>
        /// <param name="otherGroups">Groups of that sample.</param>
        internal double Outside(int leave, uint[] inBalls, int leaveOther, int otherGroups)
        {
            int outside = 0, count = 0;
            int bit = leaveOther < 0 ? otherGroups : leaveOther;
            for (int i = 0; i < Count; i++)
            {
                if (_group[i] == leave) continue;
                count++;
                outside += (inBalls[i] >> bit & 1) == 0 ? 1 : 0;
            }
            return (double)outside / count;
        }

        /// <summary>For each point a bit for every replicate of the other sample (the last: nothing left out) in which one of its balls holds the point.</summary>
        internal uint[] InBallsOf(Cloud other, int threads) => NearestNeighbours.Covered(Points, other.Points, other._radii, threads);

        /// <summary>Squared radius of a point when a group leaves (-1: none).</summary>
        internal float Radius(int point, int leave) => _radii[(point * (Groups + 1)) + (leave < 0 ? Groups : leave)];
    }
}
