using Vestige.Numerics.Neighbours;
using Vestige.Samples;

namespace Vestige.Estimators.Points;

/// <summary>E3 of points: how much more often than chance would have it a point of q is nearer to T than to H.</summary>
/// <remarks>
/// Whatever does not depend on which documents were dealt to T is nearer to T as often as T is of T and H together, w0; a copy of T always is. So
/// <c>(w - w0) / (1 - w0)</c> is the weight of T in any mixture of T and p. Of a tie (a piece of white, which documents of both hold) each document has its
/// part, so that what does not depend on T keeps w0; T itself has less than 1 there, and by what it has (<see cref="SharedPoints"/>) the share is divided. What is
/// like nothing real is nearer to whichever real document lies farthest out on its side, all of it to the same: such points tell nothing and do not count. They are those that are
/// farther out of reach of A, which neither T nor H is part of, than all but one in twenty points of T and H; and as much of T itself is farther,
/// its share is divided by. Coordinates, where they are fitted, are so to T and H together, every point with one weight: fitted to T alone, T would be seen in its own
/// sample, and of 50 points in 64 dimensions .59 would be called memorized where nothing is.
/// </remarks>
internal sealed class PointMemory
{
    /// <summary>Share of the points of T and H that are taken to lie within reach of A.</summary>
    private const double Within = 0.95;

    /// <summary>Square of the ratio of two distances of which the smaller is clearly so.</summary>
    private const float ClearSquare = 1f / 4;

    private readonly Whitening _whitening;
    private readonly PointCloud _training, _heldOut, _floor;
    private readonly float[] _floorRadii;
    private readonly float _limit;

    // By group of T, the whole last: weights of the points within reach of A, and of all.
    private readonly double[] _within, _all;
    private readonly SharedPoints _shared;

    /// <summary>Finds what is within reach of A.</summary>
    /// <param name="training">T.</param>
    /// <param name="trainingCloud">Its documents and groups.</param>
    /// <param name="heldOut">H.</param>
    /// <param name="heldOutCloud">Its documents and groups.</param>
    /// <param name="floor">A.</param>
    /// <param name="floorCloud">Its documents and groups.</param>
    /// <param name="threads">Threads; no figure depends on it.</param>
    /// <param name="scaled">Whether distances are meant as they are.</param>
    internal PointMemory(PointSample training, PointCloud trainingCloud, PointSample heldOut, PointCloud heldOutCloud, PointSample floor, PointCloud floorCloud, int threads,
        bool scaled)
    {
        _whitening = scaled ? Whitening.None(training.Dimensions) : Whitening.Fit(training, heldOut);
        (_training, _heldOut, _floor) = (trainingCloud.In(_whitening, training), heldOutCloud.In(_whitening, heldOut), floorCloud.In(_whitening, floor));
        _floorRadii = _floor.SquaredRadii(PointLedger.K, threads);
        DocumentRanks trainingToFloor = PointReferences.Find(_training, _floor, _floorRadii, threads),
            heldOutToFloor = PointReferences.Find(_heldOut, _floor, _floorRadii, threads);
        float[] scores = [.. Enumerable.Range(0, _training.Count).Select(i => Reach(trainingToFloor, i)),
            .. Enumerable.Range(0, _heldOut.Count).Select(i => Reach(heldOutToFloor, i))];
        Array.Sort(scores);
        _limit = scores[Math.Min(scores.Length - 1, (int)(Within * scores.Length))];
        _within = new double[_training.Groups + 1];
        _all = new double[_training.Groups + 1];
        for (int i = 0; i < _training.Count; i++)
            foreach (int place in new[] { _training.GroupOf(i), _training.Groups })
            {
                _all[place] += _training.Copies[i];
                _within[place] += Reach(trainingToFloor, i) <= _limit ? _training.Copies[i] : 0;
            }
        _shared = new SharedPoints(_training, _heldOut, i => Reach(trainingToFloor, i) <= _limit);
    }

    /// <summary>A held against T and H: what stands for chance.</summary>
    internal Row OfFloor(int threads) => new(this, _floor, PointReferences.Find(_floor, _training, [], threads), PointReferences.Find(_floor, _heldOut, [], threads),
        DocumentRanks.Find(_floor.Points, _floor.Points, _floor.DocumentOf, _floor.Numbers, _floorRadii, _floor.DocumentOf, threads));

    /// <summary>A sample held against T and H.</summary>
    internal Row Of(PointSample generated, PointCloud documents, int threads)
    {
        PointCloud cloud = documents.In(_whitening, generated);
        return new(this, cloud, PointReferences.Find(cloud, _training, [], threads), PointReferences.Find(cloud, _heldOut, [], threads),
            PointReferences.Find(cloud, _floor, _floorRadii, threads));
    }

    /// <summary>w0: the share of what does not depend on T that is nearer to T, without a group of T or H (-1 for none).</summary>
    internal double Chance(int leaveTraining, int leaveHeldOut) => _shared.Chance(leaveTraining, leaveHeldOut);

    private static float Reach(DocumentRanks ranks, int point) => ranks.Squares(point)[PointLedger.Vouching - 1];

    /// <summary>The points of one sample.</summary>
    internal sealed class Row
    {
        private readonly PointMemory _memory;
        private readonly PointCloud _cloud;
        private readonly DocumentRanks _toTraining, _toHeldOut;
        private readonly bool[] _counts;
        private readonly SharedPoints.Held?[] _held;
        private readonly double[] _weights;
        private readonly Dictionary<(int Training, int HeldOut), (double[] Won, double[] Given)> _sums = [];

        /// <summary>Holds a sample against T and H.</summary>
        /// <param name="memory">T and H.</param>
        /// <param name="cloud">The sample.</param>
        /// <param name="toTraining">Documents of T by distance.</param>
        /// <param name="toHeldOut">Documents of H by distance.</param>
        /// <param name="toFloor">Documents of A by reach.</param>
        internal Row(PointMemory memory, PointCloud cloud, DocumentRanks toTraining, DocumentRanks toHeldOut, DocumentRanks toFloor)
        {
            (_memory, _cloud, _toTraining, _toHeldOut) = (memory, cloud, toTraining, toHeldOut);
            _counts = [.. Enumerable.Range(0, cloud.Count).Select(i => Reach(toFloor, i) <= memory._limit)];
            _held = [.. Enumerable.Range(0, cloud.Count).Select(i => memory._shared.Find(cloud.Points[i]))];
            _weights = new double[cloud.Groups + 1];
            for (int i = 0; i < cloud.Count; i++)
            {
                _weights[cloud.GroupOf(i)] += cloud.Copies[i];
                _weights[^1] += cloud.Copies[i];
            }
        }

        /// <summary>w: the share nearer to T of all that count; 0 where there are none.</summary>
        internal double Nearer
        {
            get
            {
                (double[] won, double[] given) = Sums(-1, -1);
                return won[^1] > 0 ? won[^1] / (won[^1] + given[^1]) : 0;
            }
        }

        /// <summary>The share, unclipped; not a number where nothing counts.</summary>
        /// <param name="leave">Group of the sample that is left out; -1 for none.</param>
        /// <param name="leaveTraining">Group of T.</param>
        /// <param name="leaveHeldOut">Group of H.</param>
        internal double Of(int leave, int leaveTraining, int leaveHeldOut)
        {
            (double[] won, double[] given) = Sums(leaveTraining, leaveHeldOut);
            double chance = _memory.Chance(leaveTraining, leaveHeldOut), within = Told(leaveTraining, leaveHeldOut);
            if (within <= 0) return double.NaN;
            // (w - w0) / (1 - w0), so written that T itself has exactly 1.
            double excess = Left(won, leave) - (Left(given, leave) * chance / (1 - chance));
            return excess / Left(_weights, leave) / within;
        }

        /// <summary>Error that the share has by chance alone: each point that counts and is no clear copy lies nearer to T, or does not, as by the toss of a coin whose odds are
        /// those that the points show (two of either added, Agresti and Coull 1998), and no more even than w0, which is what tosses that do not depend on T have.</summary>
        internal double ChanceError
        {
            get
            {
                double open = 0, nearer = 0, squares = 0;
                for (int i = 0; i < _cloud.Count; i++)
                {
                    float t = _toTraining.Squares(i)[0], h = _toHeldOut.Squares(i)[0];
                    if (!_counts[i] || t < ClearSquare * h) continue;
                    open++;
                    nearer += t < h ? 1 : h < t ? 0 : 0.5;
                    squares += (double)_cloud.Copies[i] * _cloud.Copies[i];
                }
                double share = (nearer + 2) / (open + 4), chance = _memory.Chance(-1, -1);
                double variance = squares * Math.Min(share * (1 - share), chance * (1 - chance));
                return Math.Sqrt(variance) / _weights[^1] / (1 - chance) / Told(-1, -1);
            }
        }

        /// <summary>The share of points that lie at less than half the distance to T than to H, less the share the other way round: copies, also of one document
        /// of T alone. Fresh points, and what is like nothing real, are about as far from both.</summary>
        internal double Clear
        {
            get
            {
                double clear = 0;
                for (int i = 0; i < _cloud.Count; i++)
                {
                    float t = _toTraining.Squares(i)[0], h = _toHeldOut.Squares(i)[0];
                    if (t < ClearSquare * h) clear += _cloud.Copies[i];
                    else if (h < ClearSquare * t) clear -= _cloud.Copies[i];
                }
                return clear / _weights[^1];
            }
        }

        /// <summary>(documents of T), (documents of H): the points that lie nearest to each, for the exchange of the two. A point as near to another is nobody's: which are
        /// does not depend on how documents were dealt.</summary>
        internal (double[] Training, double[] HeldOut) Nearest()
        {
            double[] training = new double[_memory._training.Numbers], heldOut = new double[_memory._heldOut.Numbers];
            for (int i = 0; i < _cloud.Count; i++)
            {
                ReadOnlySpan<float> t = _toTraining.Squares(i), h = _toHeldOut.Squares(i);
                if (!_counts[i]) continue;
                if (t[0] < h[0] && t[0] < t[1]) training[_toTraining.Documents(i)[0]] += _cloud.Copies[i];
                else if (h[0] < t[0] && h[0] < h[1]) heldOut[_toHeldOut.Documents(i)[0]] += _cloud.Copies[i];
            }
            return (Those(_memory._training, training), Those(_memory._heldOut, heldOut));

            static double[] Those(PointCloud cloud, double[] byDocument) => [.. byDocument.Where((_, document) => cloud.Has(document))];
        }

        /// <summary>What T itself reads before it is divided by this.</summary>
        private double Told(int leaveTraining, int leaveHeldOut) => (Left(_memory._within, leaveTraining)
            - (_memory._shared.Given(leaveTraining, leaveHeldOut) / (1 - _memory.Chance(leaveTraining, leaveHeldOut)))) / Left(_memory._all, leaveTraining);

        private static double Left(double[] byGroup, int leave) => leave < 0 ? byGroup[^1] : byGroup[^1] - byGroup[leave];

        /// <summary>Weights of the points nearer to T and of those nearer to H, by group, the whole last.</summary>
        private (double[] Won, double[] Given) Sums(int leaveTraining, int leaveHeldOut)
        {
            if (_sums.TryGetValue((leaveTraining, leaveHeldOut), out (double[] Won, double[] Given) sums)) return sums;
            double[] won = new double[_cloud.Groups + 1], given = new double[_cloud.Groups + 1];
            double chance = _memory.Chance(leaveTraining, leaveHeldOut);
            for (int i = 0; i < _cloud.Count; i++)
            {
                if (!_counts[i]) continue;
                (float Square, int Documents) t = Nearest(_toTraining, i, _memory._training, leaveTraining), h = Nearest(_toHeldOut, i, _memory._heldOut, leaveHeldOut);
                double share = t.Square < h.Square ? 1 : h.Square < t.Square ? 0
                    : t.Square == 0 && _held[i] is { } held ? held.Share(leaveTraining, leaveHeldOut, chance)
                    : SharedPoints.ShareOf(t.Documents, h.Documents, chance);
                int group = _cloud.GroupOf(i);
                double nearer = share * _cloud.Copies[i], other = (1 - share) * _cloud.Copies[i];
                won[group] += nearer;
                won[^1] += nearer;
                given[group] += other;
                given[^1] += other;
            }
            return _sums[(leaveTraining, leaveHeldOut)] = (won, given);
        }

        /// <summary>The nearest that is left, and how many documents are as near.</summary>
        private static (float Square, int Documents) Nearest(DocumentRanks ranks, int query, PointCloud references, int leave)
        {
            ReadOnlySpan<int> documents = ranks.Documents(query);
            ReadOnlySpan<float> squares = ranks.Squares(query);
            (float nearest, int alike) = (float.PositiveInfinity, 0);
            for (int k = 0; k < documents.Length && documents[k] >= 0; k++)
            {
                if (leave >= 0 && references.GroupOfDocument(documents[k]) == leave) continue;
                if (alike > 0 && squares[k] != nearest) break;
                (nearest, alike) = (squares[k], alike + 1);
            }
            return (nearest, alike);
        }
    }
}
