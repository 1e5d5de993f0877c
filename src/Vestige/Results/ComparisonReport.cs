using Vestige.Figures;

namespace Vestige.Results;

/// <summary>The model that others were held against: it is p.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Symbol">What it writes: "token", "byte".</param>
public sealed record ComparisonInfo(string Row, string Symbol);

/// <summary>What a model keeps of another, position by position of real text: nothing of it is estimated but by the choice of text.</summary>
public sealed record ComparisonReport
{
    /// <summary>On H: what both say of text that neither learned from.</summary>
    public required ComparisonFigures HeldOut { get; init; }

    /// <summary>On T.</summary>
    public required ComparisonFigures Training { get; init; }

    /// <summary>On H, per token, with the figures that llama-perplexity's --kl-divergence prints; null where symbols differ.</summary>
    public ComparisonTokens? Tokens { get; init; }

    /// <summary>What the smaller description costs, and which knowledge went first; null for the other model itself.</summary>
    public ComparisonCost? Cost { get; init; }

    /// <summary>H by domain, the first folder of a document's name; empty where there is one.</summary>
    public IReadOnlyList<ComparisonPart> Domains { get; init; } = [];

    /// <summary>H by the position in its passage: symbol 1, 2 and 3, 4 to 7 and so on.</summary>
    public IReadOnlyList<ComparisonPart> Positions { get; init; } = [];

    /// <summary>Words of H that changed most, by the mass that was lost at them.</summary>
    public IReadOnlyList<ChangedWord> Words { get; init; } = [];

    /// <summary>Passages of H at which most was lost.</summary>
    public IReadOnlyList<ChangedPassage> Passages { get; init; } = [];

    /// <summary>Why positions could not be compared; null where they were.</summary>
    public string? Why { get; init; }

    /// <summary>Passages that one of the two cannot write, which were left out.</summary>
    public int LeftOut { get; init; }
}

/// <summary>Figures of one set of text.</summary>
public sealed record ComparisonFigures
{
    /// <summary>Documents.</summary>
    public required int Documents { get; init; }

    /// <summary>Bytes of the passages.</summary>
    public required long Bytes { get; init; }

    /// <summary>Positions; 0 where they could not be compared.</summary>
    public required long Positions { get; init; }

    /// <summary>What q needs, bits/byte.</summary>
    public required Figure BitsPerByte { get; init; }

    /// <summary>What it needs more than p, bits/byte.</summary>
    public required Figure MoreBits { get; init; }

    /// <summary>Mass of p that is lost, <c>sum (p - q)+</c>, and as much invented; mean over positions.</summary>
    public required Figure Lost { get; init; }

    /// <summary>KL(p||q), bits a symbol.</summary>
    public required Figure Divergence { get; init; }

    /// <summary>KL(q||p), bits a symbol.</summary>
    public required Figure Reverse { get; init; }

    /// <summary>Jensen-Shannon divergence, bits a symbol, 0 to 1.</summary>
    public required Figure JensenShannon { get; init; }

    /// <summary>Share of positions at which both find the same symbol the most probable.</summary>
    public required Figure SameTop { get; init; }
}

/// <summary>The same by a part of the text.</summary>
/// <param name="Name">The domain, or the positions.</param>
/// <param name="Figures">Its figures.</param>
public sealed record ComparisonPart(string Name, ComparisonFigures Figures);

/// <summary>Figures per symbol, as llama-perplexity's --kl-divergence prints them, of the symbols that stand there.</summary>
public sealed record ComparisonTokens
{
    /// <summary>Perplexity of p.</summary>
    public required Figure PerplexityOfReference { get; init; }

    /// <summary>Perplexity of q.</summary>
    public required Figure Perplexity { get; init; }

    /// <summary>Mean of ln q's perplexity less ln p's.</summary>
    public required Figure LogRatio { get; init; }

    /// <summary>Perplexity of q over that of p.</summary>
    public required Figure Ratio { get; init; }

    /// <summary>Perplexity of q less that of p.</summary>
    public required Figure Difference { get; init; }

    /// <summary>Pearson's correlation of ln p and ln q over positions.</summary>
    public required Figure Correlation { get; init; }

    /// <summary>Mean of q - p.</summary>
    public required Figure MeanChange { get; init; }

    /// <summary>Root of the mean square of q - p.</summary>
    public required Figure RmsChange { get; init; }

    /// <summary>Percentiles over positions: of KL(p||q) in bits, of q - p, and of log2 q/p.</summary>
    public required IReadOnlyList<ComparisonPercentiles> Percentiles { get; init; }
}

/// <summary>How a quantity lies over positions.</summary>
/// <param name="Of">"divergence", "change", "ratio".</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Minimum">Least.</param>
/// <param name="Maximum">Most.</param>
/// <param name="Values">Those at 0.1, 1, 5, 10, 50, 90, 95, 99 and 99.9 %, each within 0.5 % of itself.</param>
public sealed record ComparisonPercentiles(string Of, string Unit, double? Minimum, double? Maximum, IReadOnlyList<double?> Values);

/// <summary>What a smaller description cost.</summary>
public sealed record ComparisonCost
{
    /// <summary>Share of p's description that q does without; negative where it is larger.</summary>
    public double? Saved { get; init; }

    /// <summary>Share of what p has by heart of T - what it needs less of T than of H - that q has no more.</summary>
    public required Figure Memory { get; init; }

    /// <summary>Share of what p knows of H - what it needs less than 8 bits/byte - that q knows no more.</summary>
    public required Figure Generalization { get; init; }

    /// <summary>The first less the second: above 0, memory went first.</summary>
    public required Figure MemoryFirst { get; init; }
}

/// <summary>A word and how much it changed.</summary>
/// <param name="Word">The word.</param>
/// <param name="Count">How often it stands in H.</param>
/// <param name="Lost">Mass that was lost at it, mean over its positions.</param>
/// <param name="MoreBits">Bits that it costs more, mean over its occurrences.</param>
public sealed record ChangedWord(string Word, int Count, double Lost, double MoreBits);

/// <summary>A passage and where the two differ.</summary>
/// <param name="Document">The document.</param>
/// <param name="Offset">Where it starts there, in bytes.</param>
/// <param name="Lost">Mass lost, mean over its positions.</param>
/// <param name="Pieces">Its text, symbol by symbol.</param>
public sealed record ChangedPassage(string Document, long Offset, double Lost, IReadOnlyList<ChangedPiece> Pieces);

/// <summary>A symbol of a passage.</summary>
/// <param name="Text">What it stands for.</param>
/// <param name="Lost">Mass lost there.</param>
/// <param name="MoreBits">Bits that it costs more.</param>
public sealed record ChangedPiece(string Text, double Lost, double MoreBits);
