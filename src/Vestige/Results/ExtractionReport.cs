namespace Vestige.Results;

/// <summary>How often a model goes on from the start of a passage exactly as the passage does.</summary>
/// <remarks>From T, exact continuations may be remembered; from H, where they cannot, they show what is said by anybody.</remarks>
public sealed record ExtractionReport
{
    /// <summary>Bytes given.</summary>
    public const int PrefixBytes = 50;

    /// <summary>Bytes that must be right.</summary>
    public const int ContinuationBytes = 50;

    /// <summary>Passages of T that were tried.</summary>
    public required int TrainingTried { get; init; }

    /// <summary>Those that were continued exactly.</summary>
    public required int TrainingExact { get; init; }

    /// <summary>Passages of H that were tried.</summary>
    public required int HeldOutTried { get; init; }

    /// <summary>Those that were continued exactly.</summary>
    public required int HeldOutExact { get; init; }

    /// <summary>The share of T less that of H: what is extracted because it was seen. The 95 % interval is Newcombe's, which takes
    /// passages as independent.</summary>
    public required Figure Difference { get; init; }
}
