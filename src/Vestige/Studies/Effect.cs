using System.Text.Json.Serialization;

namespace Vestige.Studies;

/// <summary>One effect on one response.</summary>
public sealed record Effect
{
    /// <summary>Name of the response.</summary>
    public required string Response { get; init; }

    /// <summary>Name of the term.</summary>
    public required string Term { get; init; }

    /// <summary>What the term says.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<TermKind>))]
    public required TermKind Kind { get; init; }

    /// <summary>Of which of the study's budgets, by number.</summary>
    public int Budget { get; init; }

    /// <summary>The effect, in the response's unit; null where fewer than two blocks have all cells that it needs.</summary>
    public double? Value { get; init; }

    /// <summary>Lower end of the interval that holds all effects on this response at once in 95 % of studies.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end.</summary>
    public double? High { get; init; }

    /// <summary>Standard error: between blocks, moderated over the terms of the response (Smyth 2004).</summary>
    public double? Error { get; init; }

    /// <summary>Degrees of freedom of the error; capped at what all terms together have.</summary>
    public double? Degrees { get; init; }

    /// <summary>Chance of an effect as far from none where there is none, of this one alone.</summary>
    public double? P { get; init; }

    /// <summary>The same held against all effects of the study (Benjamini, Hochberg 1995): false discoveries among those up to it.</summary>
    public double? Q { get; init; }

    /// <summary>Blocks that it comes from.</summary>
    public int Blocks { get; init; }

    /// <summary>Blocks left out, since a cell that it needs has no figure there.</summary>
    public int BlocksLeftOut { get; init; }

    /// <summary>Whether the interval excludes none: what a sentence may claim.</summary>
    [JsonIgnore]
    public bool IsSeen => Low > 0 || High < 0;

    /// <summary>Where nothing is seen: an effect larger than this would have been.</summary>
    [JsonIgnore]
    public double? Unseen => Low is { } low && High is { } high ? Math.Max(Math.Abs(low), Math.Abs(high)) : null;
}
