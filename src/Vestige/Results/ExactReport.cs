using Vestige.Figures;

namespace Vestige.Results;

/// <summary>The ledger of one compressor on a world, not estimated: summed over all items that p and q can give (design 3.1).</summary>
public sealed record ExactReport
{
    /// <summary>The view whose atoms are the items of the world.</summary>
    public required string View { get; init; }

    /// <summary>How q came: "p itself" (the yardstick), "coded" (every item through a codec), "enumerated" (a density), "classified" (samples).</summary>
    public required string How { get; init; }

    /// <summary>n of lost, as in the estimated ledger.</summary>
    public required int Resolution { get; init; }

    /// <summary><c>sum p (1-q)^n</c> less <c>sum p (1-p)^n</c>, which stands as its floor.</summary>
    public required Figure Lost { get; init; }

    /// <summary>The weight of "drawn from T" in q: what it says more often because T was T; for a codec that of f(T).</summary>
    public required Figure Memorized { get; init; }

    /// <summary><c>q(S_T)</c>, its floor <c>p(S_T)</c>; for a codec the share of f(T). Null in results from before it was kept apart.</summary>
    public Figure? InTraining { get; init; }

    /// <summary>The rest: what p gives and any other sample of p would have taught; for a codec that of f(T).</summary>
    public required Figure Generalized { get; init; }

    /// <summary><c>q(outside supp p)</c>; for a codec the share of f(T).</summary>
    public required Figure Hallucinated { get; init; }

    /// <summary>What is real and not in T: "inferable" (T states it in other words), "lucky"; with in T and hallucinated all of q. Empty where the world makes
    /// no difference.</summary>
    public required IReadOnlyList<SharePart> GeneralizedParts { get; init; }

    /// <summary>What hallucinated is made of: "confabulated" and "garbled", or "substituted" and "off the grid".</summary>
    public required IReadOnlyList<SharePart> HallucinatedParts { get; init; }

    /// <summary>For a codec what became of items drawn from p: "itself", "another", and what is no item at all; else empty.</summary>
    public IReadOnlyList<SharePart> Originals { get; init; } = [];

    /// <summary><c>sum p 1[q = 0]</c>: what is lost at any resolution.</summary>
    public required Figure SupportLoss { get; init; }

    /// <summary><c>E_t</c> both ways; empty where q is known from samples only.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary><c>KL(p||q)</c>, bits an item.</summary>
    public Figure? DivergencePq { get; init; }

    /// <summary><c>KL(q||p)</c>, bits an item.</summary>
    public Figure? DivergenceQp { get; init; }

    /// <summary><c>H(p)</c>, bits an item.</summary>
    public required Figure EntropyP { get; init; }

    /// <summary><c>H(q)</c>, bits an item; what is no item counts as one item of its kind.</summary>
    public Figure? EntropyQ { get; init; }

    /// <summary>What calibration costs (Kalai, Vempala 2024): null where the world does not tell wrong claims from one another, or q is not summed.</summary>
    public CalibrationTerms? Calibration { get; init; }

    /// <summary>Things that it gives, of each kind that is not in T; empty where they cannot be shown as text.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>The estimated ledger of the same view against this one; empty where there is none.</summary>
    public IReadOnlyList<Agreement> Agreements { get; init; } = [];
}

/// <summary>The terms of Kalai and Vempala's bound on what is hallucinated (theorem 1), over facts in whatever words.</summary>
/// <param name="Once">Share of T that states a fact which T states once, Good's estimate of the chance that the next fact is new; 95 % interval by Esty (1983).</param>
/// <param name="Unseen">What it estimates: the mass of facts that T never states.</param>
/// <param name="Miscalibration">Total variation of p and q over bins of claims of about equal q.</param>
/// <param name="Bound">Once less miscalibration: hallucinated is not below it, but for terms that vanish; below 0 it says nothing.</param>
public sealed record CalibrationTerms(Figure Once, Figure Unseen, Figure Miscalibration, Figure Bound);

/// <summary>A part of a share.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Share">Of all mass.</param>
public sealed record SharePart(string Name, Figure Share);

/// <summary>Something that a compressor gave.</summary>
/// <param name="Kind">"inferable", "confabulated".</param>
/// <param name="Text">What it says.</param>
public sealed record Example(string Kind, string Text);

/// <summary>A point of the curve: how much of one distribution is beyond t times the other.</summary>
/// <param name="T">t, at least 1.</param>
/// <param name="Lost"><c>E_t(p||q) = sum (p - t q)+</c>; at t = 1 the total variation.</param>
/// <param name="Invented"><c>E_t(q||p) = sum (q - t p)+</c>.</param>
public sealed record CurvePoint(double T, Figure Lost, Figure Invented);

/// <summary>One figure, estimated and exact.</summary>
/// <param name="Figure">"lost", "memorized", "generalized", "hallucinated".</param>
/// <param name="Exact">As it is.</param>
/// <param name="Estimate">As the samples say; null where they cannot.</param>
/// <param name="Difference">Estimate less exact.</param>
/// <param name="Inside">Whether the 95 % interval holds the exact value; null where there is none.</param>
public sealed record Agreement(string Figure, double Exact, double? Estimate, double? Difference, bool? Inside);
