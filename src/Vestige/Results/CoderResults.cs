using Vestige.Figures;

namespace Vestige.Results;

/// <summary>What lossless coders found on the machine make of H once they have read T: coded(T and H) less coded(T).</summary>
/// <remarks>They learn while they read H; a model's code lengths beside them are those of one that does not.</remarks>
public sealed record CoderResults
{
    /// <summary>Bytes of T that were coded: its first.</summary>
    public required long TrainingBytes { get; init; }

    /// <summary>Bytes of all of T.</summary>
    public required long OfTraining { get; init; }

    /// <summary>Bytes of H that were coded: its first.</summary>
    public required long HeldOutBytes { get; init; }

    /// <summary>Bytes of all of H.</summary>
    public required long OfHeldOut { get; init; }

    /// <summary>One a coder, in the order of the registry; those not found on the machine are left out.</summary>
    public required IReadOnlyList<CoderResult> Coders { get; init; }

    /// <summary>The coder that makes T and H together smallest; null where none could be run.</summary>
    public CoderResult? Best() => Coders.Where(coder => coder.Together.IsMeasured).MinBy(coder => coder.Together.Value);
}

/// <summary>What one coder made.</summary>
public sealed record CoderResult
{
    /// <summary>"xz", "zpaq".</summary>
    public required string Name { get; init; }

    /// <summary>Its version, as it says itself.</summary>
    public string? Version { get; init; }

    /// <summary>T, in bits/byte.</summary>
    public required Figure Training { get; init; }

    /// <summary>H after T, in bits/byte.</summary>
    public required Figure HeldOut { get; init; }

    /// <summary>T and H together, in bits/byte: the original without loss.</summary>
    public required Figure Together { get; init; }
}
