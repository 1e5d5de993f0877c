namespace Vestige.Results;

/// <summary>Several audits that belong together: the default audit's, one a world.</summary>
public sealed record AuditSet
{
    /// <summary>Schema of this set and of its results.</summary>
    public int Schema { get; init; } = AuditResult.CurrentSchema;

    /// <summary>The audits.</summary>
    public required IReadOnlyList<AuditResult> Results { get; init; }

    /// <summary>What they say side by side, in plain words.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
