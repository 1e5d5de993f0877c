using Vestige.Compressors;
using Vestige.Sources;

namespace Vestige.Studies;

/// <summary>What a study measures of every cell.</summary>
/// <param name="Name">As columns of an audit are named ("hallucinated"); of a part by how often T states a fact with an @: "confabulated@2-3".</param>
/// <param name="Unit">"share", "bits/byte", "bytes".</param>
public sealed record Response(string Name, string Unit)
{
    /// <summary>1 where more is better, -1 where less is, 0 where it is neither.</summary>
    public int Better { get; init; }

    /// <summary>A part of another response, which the study's discoveries are not counted over.</summary>
    public bool IsPart => Name.Contains('@', StringComparison.Ordinal);
}

/// <summary>What one cell gave in one block.</summary>
/// <param name="Values">By response; one that is missing could not be measured.</param>
/// <param name="Why">Why there is nothing: training diverged, the compressor cannot take this T. Null where there is.</param>
public sealed record CellOutcome(IReadOnlyDictionary<string, double> Values, string? Why = null)
{
    /// <summary>What a compressor's probabilities give, or why it has none.</summary>
    internal static CellOutcome Of<TItem>(ICompressor<TItem> compressor, Training<TItem> training, Func<IDensity<TItem>, CellOutcome> measure,
        IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        try
        {
            return compressor.Compress(training, progress, cancel) is IDensity<TItem> density ? measure(density) : None($"{compressor.Name} gives no probabilities");
        }
        catch (UnusableDocumentException e)
        {
            return None(e.Message);
        }
    }

    internal static CellOutcome None(string why) => new(new Dictionary<string, double>(), why);
}
