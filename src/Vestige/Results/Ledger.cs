using System.Text.Json.Serialization;
using Vestige.Figures;

namespace Vestige.Results;

/// <summary>The account of one compressor in one view.</summary>
/// <remarks>
/// Of q, given T: <c>memorized + generalized + hallucinated = 1</c>. Of p: <c>kept + lost = 1</c>. All are shares of mass, without a unit.
/// Figures that a view does not give are null.
/// </remarks>
public sealed record Ledger
{
    /// <summary>Name of the view: "texture".</summary>
    public required string View { get; init; }

    /// <summary>What one atom or point is in plain words: "texture".</summary>
    public required string Element { get; init; }

    /// <summary>Sizes of T, H, A and G.</summary>
    public required SampleSizes Sizes { get; init; }

    /// <summary>Mass of p that q no longer gives, above the floor (E1 or E5). Keeps its sign.</summary>
    public required Figure Lost { get; init; }

    /// <summary>1 - lost.</summary>
    public required Figure Kept { get; init; }

    /// <summary>What q says more often because T was T and not another sample of p: the weight of "drawn from T" in q (E3, counterfactual).</summary>
    public required Figure Memorized { get; init; }

    /// <summary>Mass of q that stands in T, its floor the share of fresh real items that does; null where a view has no such thing (points).</summary>
    public Figure? InTraining { get; init; }

    /// <summary>The rest: what p gives and what any other sample of p would have taught as well.</summary>
    public required Figure Generalized { get; init; }

    /// <summary>Mass of q that p does not give.</summary>
    public required Figure Hallucinated { get; init; }

    /// <summary>A limit that the hallucinated mass exceeds in at most 5 % of samples, with no assumption on how q weighs unseen atoms (E2).</summary>
    public Figure? AtMost { get; init; }

    /// <summary>B*: how many times q would have to favour unseen real atoms over p for nothing to be hallucinated.</summary>
    public Figure? BreakdownRatio { get; init; }

    /// <summary>Share of G found in T beyond the share found in H (E3): zero for whatever does not depend on T. May exceed 1.</summary>
    public Figure? CopyingExcess { get; init; }

    /// <summary>Chance of a copying excess (or, for points, of a memorized share) this large if nothing depended on T; by permutation.</summary>
    public double? CopyingP { get; init; }

    /// <summary><c>sum q (1-p)^n</c> less its floor.</summary>
    public Figure? Invented { get; init; }

    /// <summary>Entropy of the atoms of p, in bits an atom.</summary>
    public Figure? EntropyBefore { get; init; }

    /// <summary>Entropy of the atoms of q, in bits an atom.</summary>
    public Figure? EntropyAfter { get; init; }

    /// <summary>Good-Turing by documents: mass of p that a sample of H's size does not show.</summary>
    public Figure? MissingMass { get; init; }

    /// <summary>Of a generator: share of T whose atom stands in one document of T, Good's estimate of what T leaves unseen.</summary>
    public Figure? Once { get; init; }

    /// <summary>Of a generator: total variation of p and q over atoms parted by how often q gives them; 0 where q is calibrated.</summary>
    public Figure? Miscalibration { get; init; }

    /// <summary>Once less miscalibration: what a model that learned atoms as facts that nothing else hints at would have to make up (Kalai, Vempala 2024).</summary>
    public Figure? CalibrationBound { get; init; }

    /// <summary>What intervals and differences between rows are made of; not part of a result that was read back.</summary>
    [JsonIgnore]
    internal Replicates? Replicates { get; init; }

    /// <summary>E6: <c>E_t</c> both ways. The value is what a set shows that one part of the samples chose and another tells of; the low end is certain at 95 %.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];
}

/// <summary>Sizes behind a ledger.</summary>
/// <param name="Training">Units of T.</param>
/// <param name="HeldOut">Units of H.</param>
/// <param name="Floor">Units of A.</param>
/// <param name="Generated">Units of G.</param>
/// <param name="Documents">Documents in the smallest of the four.</param>
/// <param name="Resolution">n of lost_n (atoms), or k of the k-th neighbour (points).</param>
/// <param name="Elements">Atom incidences or points of H.</param>
/// <param name="KeptShare">Share of atoms kept by thinning; 1 where none was needed.</param>
public sealed record SampleSizes(
    int Training, int HeldOut, int Floor, int Generated, int Documents, int Resolution, long Elements, double KeptShare);
