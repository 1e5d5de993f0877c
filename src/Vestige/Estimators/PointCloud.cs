using Vestige.Numerics;
using Vestige.Numerics.Neighbours;
using Vestige.Samples;

namespace Vestige.Estimators;

/// <summary>One whitened sample, packed for the kernels.</summary>
internal sealed class PointCloud
{
    private readonly int[] _groupOfDocument;
    private readonly bool[] _has;

    /// <summary>Whitens a sample.</summary>
    /// <param name="sample">The points.</param>
    /// <param name="whitening">Fitted on T.</param>
    /// <param name="together">Whether documents of equal points leave together: copies that a generator made say no more than one.</param>
    /// <param name="groups">Groups of the jackknife where they are those of another sample; 0 for its own.</param>
    internal PointCloud(PointSample sample, Whitening whitening, bool together = false, int groups = 0)
    {
        Count = sample.Count;
        Units = sample.Units;
        DocumentOf = sample.DocumentOf.ToArray();
        Copies = sample.CopiesOf.ToArray();
        (_groupOfDocument, Documents, Kinds) = Group(sample, together);
        Numbers = sample.Documents;
        _has = new bool[Numbers];
        foreach (int document in DocumentOf) _has[document] = true;
        Groups = groups > 0 ? groups : Math.Max(1, Jackknife.Groups(together ? Kinds : Documents));
        for (int i = 0; i < _groupOfDocument.Length; i++) _groupOfDocument[i] = Jackknife.GroupOf(_groupOfDocument[i], Groups);
        Points = new PointSet(whitening.Apply(sample), sample.Dimensions, sample.UnitOf, new int[Count], 1);
        AreEqual = Points.Low.AsSpan().SequenceEqual(Points.High);
    }

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

    /// <summary>Number of documents that differ in their points.</summary>
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

    /// <summary>A number for each document, the same for equal ones where they stay together.</summary>
    private static (int[] Number, int Documents, int Kinds) Group(PointSample sample, bool together)
    {
        int[] number = [.. Enumerable.Range(0, sample.Documents)];
        ulong[] hashes = new ulong[sample.Documents];
        bool[] seen = new bool[sample.Documents];
        int d = sample.Dimensions;
        for (int i = 0; i < sample.Count; i++)
        {
            int document = sample.DocumentOf[i];
            seen[document] = true;
            foreach (float value in sample.Values.Slice(i * d, d)) hashes[document] = Rng.Mix(hashes[document], BitConverter.SingleToUInt32Bits(value));
        }
        var kinds = new Dictionary<ulong, int>();
        int documents = 0;
        for (int document = 0; document < number.Length; document++)
        {
            if (!seen[document]) continue;
            documents++;
            kinds.TryAdd(hashes[document], kinds.Count);
            if (together) number[document] = kinds[hashes[document]];
        }
        // G of a codec numbers documents as T does, also those that it could not take.
        return (number, documents, kinds.Count);
    }
}
