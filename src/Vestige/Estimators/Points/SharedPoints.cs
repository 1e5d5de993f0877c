using Vestige.Numerics;
using Vestige.Numerics.Neighbours;

namespace Vestige.Estimators.Points;

/// <summary>Points of T that documents of H hold too, to the last bit: white, black, a frame. They are no evidence of T as far as H has them.</summary>
/// <remarks>Where T and H are dealt from one source, a point that a documents of T and b of H hold is T's by <c>a / (a + b)</c>: over all ways to deal them
/// that is w0 in the mean, however many of each there are, which leaving ties out is not.</remarks>
internal sealed class SharedPoints
{
    private readonly PointCloud _training, _heldOut;
    private readonly Dictionary<ulong, Held> _shared = [];

    // T's own: weight, group, and who holds the like.
    private readonly List<(int Weight, int Group, Held By)> _points = [];
    private readonly Dictionary<(int, int), double> _given = [];

    /// <summary>Finds them.</summary>
    /// <param name="training">T.</param>
    /// <param name="heldOut">H, in the same coordinates.</param>
    /// <param name="counts">Whether a point of T counts.</param>
    internal SharedPoints(PointCloud training, PointCloud heldOut, Func<int, bool> counts)
    {
        (_training, _heldOut) = (training, heldOut);
        ulong[] own = KeysOf(training), others = KeysOf(heldOut);
        var there = others.ToHashSet();
        foreach (ulong key in own)
            if (there.Contains(key)) _shared.TryAdd(key, new Held(new Holders(training.Groups), new Holders(heldOut.Groups)));
        if (_shared.Count == 0) return;
        Count(own, training, shared => shared.Training);
        Count(others, heldOut, shared => shared.HeldOut);
        for (int i = 0; i < training.Count; i++)
            if (counts(i) && _shared.TryGetValue(own[i], out Held? by)) _points.Add((training.Copies[i], training.GroupOf(i), by));
    }

    /// <summary>Who holds a point.</summary>
    internal sealed record Held(Holders Training, Holders HeldOut)
    {
        /// <summary>What of it is T's without a group of each; w0 where nobody is left.</summary>
        internal double Share(int leaveTraining, int leaveHeldOut, double chance) =>
            SharedPoints.Share(Training.Without(leaveTraining), HeldOut.Without(leaveHeldOut), chance);
    }

    /// <summary>Documents that hold a point, by group.</summary>
    internal sealed class Holders(int groups)
    {
        private readonly int[] _byGroup = new int[groups];
        private int _last = -1, _all;

        /// <summary>Points of a document stand together.</summary>
        internal void Add(int document, int group)
        {
            if (document == _last) return;
            _last = document;
            _byGroup[group]++;
            _all++;
        }

        internal int Without(int group) => group < 0 ? _all : _all - _byGroup[group];
    }

    /// <summary>w0 without a group of T and of H.</summary>
    internal double Chance(int leaveTraining, int leaveHeldOut)
    {
        double training = _training.CountWithout(leaveTraining);
        return training / (training + _heldOut.CountWithout(leaveHeldOut));
    }

    /// <summary>Who holds a point; null unless both T and H do.</summary>
    internal Held? Find(ReadOnlySpan<float> point) => _shared.Count == 0 ? null : _shared.GetValueOrDefault(KeyOf(point));

    /// <summary>What is T's of a point that not both hold and that lies as near to documents of T as of H.</summary>
    /// <param name="training">Its nearest documents of T.</param>
    /// <param name="heldOut">Those of H.</param>
    /// <param name="chance">w0, which stands where a list may not hold all that are as near.</param>
    internal static double ShareOf(int training, int heldOut, double chance) =>
        Math.Max(training, heldOut) >= DocumentRanks.Depth / 2 ? chance : Share(training, heldOut, chance);

    /// <summary>The weight of T's points that ties give to H.</summary>
    /// <param name="leaveTraining">Group of T that is left out; -1 for none.</param>
    /// <param name="leaveHeldOut">Group of H.</param>
    internal double Given(int leaveTraining, int leaveHeldOut)
    {
        if (_points.Count == 0) return 0;
        if (_given.TryGetValue((leaveTraining, leaveHeldOut), out double given)) return given;
        double chance = Chance(leaveTraining, leaveHeldOut);
        foreach ((int weight, int group, Held by) in _points)
        {
            // Where H without the group does not hold it, all is T's.
            if (group != leaveTraining) given += weight * (1 - by.Share(leaveTraining, leaveHeldOut, chance));
        }
        return _given[(leaveTraining, leaveHeldOut)] = given;
    }

    private static double Share(int training, int heldOut, double chance) => training + heldOut == 0 ? chance : (double)training / (training + heldOut);

    private void Count(ulong[] keys, PointCloud cloud, Func<Held, Holders> of)
    {
        // Documents in their order, so that the points of one stand together.
        foreach (int i in Enumerable.Range(0, cloud.Count).OrderBy(i => cloud.DocumentOf[i]))
            if (_shared.TryGetValue(keys[i], out Held? shared)) of(shared).Add(cloud.DocumentOf[i], cloud.GroupOf(i));
    }

    private static ulong[] KeysOf(PointCloud cloud)
    {
        ulong[] keys = new ulong[cloud.Count];
        for (int i = 0; i < keys.Length; i++) keys[i] = KeyOf(cloud.Points[i]);
        return keys;
    }

    private static ulong KeyOf(ReadOnlySpan<float> point)
    {
        ulong key = 0;
        // 0 is added so that -0 is 0.
        foreach (float x in point) key = Rng.Mix(key, BitConverter.SingleToUInt32Bits(x + 0f));
        return key;
    }
}
