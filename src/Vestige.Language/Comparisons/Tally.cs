namespace Vestige.Language.Comparisons;

/// <summary>What is summed over positions.</summary>
internal enum Sum
{
    Positions,
    Bytes,
    BitsOfReference,
    Bits,
    Lost,
    Divergence,
    Reverse,
    JensenShannon,
    SameTop,
    SquaresOfReference,
    Squares,
    Products,
    Change,
    ChangeSquares,
}

/// <summary>Sums by cluster of documents, which are what intervals leave out.</summary>
internal sealed class Tally
{
    /// <summary>How many sums there are.</summary>
    internal const int Sums = (int)Sum.ChangeSquares + 1;

    private readonly List<double[]?> _clusters = [];
    private readonly HashSet<string> _documents = [];

    /// <summary>The sums of each cluster that has any, in their order.</summary>
    internal IReadOnlyList<double[]> Clusters => [.. _clusters.OfType<double[]>()];

    internal int Documents => _documents.Count;

    /// <summary>The sums of a cluster, to be added to.</summary>
    internal double[] Of(int cluster, string document)
    {
        _documents.Add(document);
        while (_clusters.Count <= cluster) _clusters.Add(null);
        return _clusters[cluster] ??= new double[Sums];
    }

    /// <summary>A sum over all.</summary>
    internal double Total(Sum sum) => _clusters.OfType<double[]>().Sum(sums => sums[(int)sum]);
}
