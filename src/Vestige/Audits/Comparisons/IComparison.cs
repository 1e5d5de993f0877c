using Vestige.Compressors;
using Vestige.Results;

namespace Vestige.Audits.Comparisons;

/// <summary>Holds models against another model, which is p: then nothing need be estimated.</summary>
public interface IComparison<TItem>
{
    /// <summary>Compares.</summary>
    /// <param name="reference">p.</param>
    /// <param name="rows">What is held against it, p itself perhaps among them.</param>
    /// <param name="training">T, as far as it is compared; read once.</param>
    /// <param name="heldOut">H, the same.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>What p writes ("token"), and a report for each row; null for one that gives no probabilities.</returns>
    (string Symbol, IReadOnlyList<ComparisonReport?> Rows) Compare(ICompressed<TItem> reference, IReadOnlyList<ICompressed<TItem>> rows,
        ComparisonSample<TItem> training, ComparisonSample<TItem> heldOut, IProgress<WorkProgress>? progress, CancellationToken cancel);
}

/// <summary>A sample as a comparison reads it.</summary>
/// <param name="Units">How many items it has.</param>
/// <param name="Documents">Its documents, in the random order in which they were dealt, read when they are asked for.</param>
public sealed record ComparisonSample<TItem>(int Units, IEnumerable<ComparisonDocument<TItem>> Documents);

/// <summary>A document of such a sample.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cluster">What the jackknife leaves out with it, from 0 up.</param>
/// <param name="Items">Its items.</param>
public sealed record ComparisonDocument<TItem>(string Name, int Cluster, IReadOnlyList<TItem> Items);

/// <summary>What the user wants held against what.</summary>
/// <param name="Row">Name of the row that is p.</param>
/// <param name="Comparison">What compares.</param>
public sealed record ComparisonRequest<TItem>(string Row, IComparison<TItem> Comparison);
