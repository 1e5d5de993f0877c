using Vestige.Figures;
using Vestige.Numerics.Neighbours;
using Vestige.Samples;

namespace Vestige.Estimators.Points;

/// <summary>One whitened sample, packed for the kernels.</summary>
internal sealed class PointCloud
{
    private readonly int[] _groupOfDocument;
    private readonly bool[] _has;

    /// <summary>Whitens a sample.</summary>
    /// <param name="sample">The points.</param>
    /// <param name="whitening">Fitted on T.</param>
    /// <param name="together">Documents that leave together, copies that a generator made: those whose points lie nearer to each other's than the root of
    /// this; negative: each document leaves alone.</param>
    /// <param name="groups">Groups of the jackknife where they are those of another sample; 0 for its own.</param>
    internal PointCloud(PointSample sample, Whitening whitening, float together = -1, int groups = 0)
    {
        Count = sample.Count;
        Units = sample.Units;
        DocumentOf = sample.DocumentOf.ToArray();
        Copies = sample.CopiesOf.ToArray();
        Numbers = sample.Documents;
        _has = new bool[Numbers];
        foreach (int document in DocumentOf) _has[document] = true;
        Documents = _has.Count(has => has);
        float[] values = whitening.Apply(sample);
        (_groupOfDocument, Kinds) = together < 0 ? (Enumerable.Range(0, Numbers).ToArray(), Documents) : Alike.Find(values, DocumentOf, Numbers, together);
        Groups = groups > 0 ? groups : Math.Max(1, Jackknife.Groups(Kinds));
        for (int i = 0; i < _groupOfDocument.Length; i++) _groupOfDocument[i] = Jackknife.GroupOf(_groupOfDocument[i], Groups);
        Points = new PointSet(values, sample.Dimensions, sample.UnitOf, new int[Count], 1);
        AreEqual = Points.Low.AsSpan().SequenceEqual(Points.High);
    }

    private PointCloud(PointCloud cloud, float[] values, PointSample sample)
    {
        (Count, Units, Documents, Numbers, Kinds, Groups) = (cloud.Count, cloud.Units, cloud.Documents, cloud.Numbers, cloud.Kinds, cloud.Groups);
        (DocumentOf, Copies, _groupOfDocument, _has) = (cloud.DocumentOf, cloud.Copies, cloud._groupOfDocument, cloud._has);
        Points = new PointSet(values, sample.Dimensions, sample.UnitOf, new int[Count], 1);
        AreEqual = cloud.AreEqual;
    }

    /// <summary>The same documents and groups in other coordinates.</summary>
    internal PointCloud In(Whitening other, PointSample sample) => new(this, other.Apply(sample), sample);

    /// <summary>Number of points.</summary>
    internal int Count { get; }

    /// <summary>Number of units.</summary>
    internal int Units { get; }

    /// <summary>Number of documents that have points.</summary>
    internal int Documents { get; }

    /// <summary>One more than the highest number of a document.</summary>
    internal int Numbers { get; }

    /// <summary>Whether all points are one.</summary>
    internal bool AreEqual { get; }

    /// <summary>Number of documents but for those that leave together.</summary>
    internal int Kinds { get; }

    /// <summary>Groups that the jackknife leaves out in turn.</summary>
    internal int Groups { get; }

    internal PointSet Points { get; }

    /// <summary>(Count) the document of each point.</summary>
    internal int[] DocumentOf { get; }

    /// <summary>(Count) the weight of each point.</summary>
    internal int[] Copies { get; }

    internal int GroupOf(int point) => _groupOfDocument[DocumentOf[point]];

    internal int GroupOfDocument(int document) => _groupOfDocument[document];

    internal bool Has(int document) => _has[document];

    /// <summary>Points of the groups that remain (-1: all).</summary>
    internal int CountWithout(int group)
    {
        int count = 0;
        for (int i = 0; i < Count; i++) count += GroupOf(i) != group ? 1 : 0;
        return count;
    }

    /// <summary>(Count) squared distances to the k-th nearest point of another unit of this sample; infinite where there are fewer.</summary>
    internal float[] SquaredRadii(int k, int threads)
    {
        NeighbourTable table = NearestNeighbours.Find(Points, Points, k, excludeOwnUnit: true, threads);
        return [.. Enumerable.Range(0, Count).Select(i => table.SquaredDistance(i, k, table.GroupCount))];
    }
}
