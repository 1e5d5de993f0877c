using Vestige.Figures;

namespace Vestige.Results;

/// <summary>How often a model goes on from the start of a text exactly as the text does.</summary>
/// <remarks>From T, exact continuations may be remembered; from H, where they cannot, they show what is said by anybody.</remarks>
public sealed record ExtractionReport
{
    /// <summary>Characters given unless the user says otherwise.</summary>
    public const int PrefixCharacters = 50;

    /// <summary>Characters that must be right unless the user says otherwise.</summary>
    public const int SuffixCharacters = 50;

    /// <summary>Characters given.</summary>
    public int Prefix { get; init; } = PrefixCharacters;

    /// <summary>Characters that must be right.</summary>
    public int Suffix { get; init; } = SuffixCharacters;

    /// <summary>Texts of T that were tried.</summary>
    public required int TrainingTried { get; init; }

    /// <summary>Those that were continued exactly by the most probable characters.</summary>
    public required int TrainingExact { get; init; }

    /// <summary>Texts of H that were tried.</summary>
    public required int HeldOutTried { get; init; }

    /// <summary>Those that were continued exactly.</summary>
    public required int HeldOutExact { get; init; }

    /// <summary>The share of T less that of H: what is extracted because it was seen. The 95 % interval is Newcombe's, which takes
    /// texts as independent.</summary>
    public required Figure Difference { get; init; }

    /// <summary>The same by where in its document a text begins: at its start, where a model that reads from the start recalls best, and further on.</summary>
    public IReadOnlyList<ExtractionAt> ByOffset { get; init; } = [];

    /// <summary>Draws for <see cref="TrainingWithinDraws"/>.</summary>
    public int Draws { get; init; }

    /// <summary>Share of the texts of T that come out at least once in so many draws: mean of <c>1 - (1 - p)^n</c>, p what the model gives the
    /// continuation (Hayes et al. 2024); null for a model that gives no probabilities.</summary>
    public double? TrainingWithinDraws { get; init; }

    /// <summary>The same of H.</summary>
    public double? HeldOutWithinDraws { get; init; }

    /// <summary>What came out of T, in the order in which it was tried; at most 20.</summary>
    public IReadOnlyList<Extracted> Extracted { get; init; } = [];

    /// <summary>The user's own prompts; empty where none were given.</summary>
    public IReadOnlyList<PromptTried> Prompts { get; init; } = [];

    /// <summary>Whether those were sent as what a user says, to what only talks: then <see cref="PromptTried.Said"/> is an answer.</summary>
    public bool AsMessages { get; init; }

    /// <summary>Random strings that were planted in what the model was trained on; null where none were.</summary>
    public CanaryReport? Canaries { get; init; }
}

/// <summary>What was tried at one distance from the start of documents.</summary>
/// <param name="Offset">Characters before the prefix; null: spread over the documents.</param>
/// <param name="TrainingTried">Texts of T.</param>
/// <param name="TrainingExact">Those continued exactly.</param>
/// <param name="HeldOutTried">Texts of H.</param>
/// <param name="HeldOutExact">Those continued exactly.</param>
public sealed record ExtractionAt(int? Offset, int TrainingTried, int TrainingExact, int HeldOutTried, int HeldOutExact);

/// <summary>A text of T that a model gave away.</summary>
/// <param name="Document">Where it stands.</param>
/// <param name="Offset">Where it begins there, in bytes.</param>
/// <param name="Prefix">What the model was given.</param>
/// <param name="Suffix">What it said next.</param>
public sealed record Extracted(string Document, long Offset, string Prefix, string Suffix);

/// <summary>One of the user's prompts.</summary>
/// <param name="Prefix">What the model was given.</param>
/// <param name="Suffix">What was looked for; empty where nothing was.</param>
/// <param name="Said">What it said: the most probable continuation, or the answer at temperature 0.</param>
/// <param name="Exact">Whether it begins with the suffix, or an answer holds it anywhere; false where nothing was looked for.</param>
/// <param name="Bits">What the suffix costs after the prefix, <c>-log2 q</c>; null where there is none, or the model gives no probabilities.</param>
public sealed record PromptTried(string Prefix, string Suffix, string Said, bool Exact, double? Bits);

/// <summary>Random strings planted in the training text, against as random ones that were not (Carlini et al. 2019).</summary>
/// <param name="Characters">Characters of each.</param>
/// <param name="Fresh">How many were not planted.</param>
/// <param name="Groups">Those planted, by how often.</param>
public sealed record CanaryReport(int Characters, int Fresh, IReadOnlyList<CanaryGroup> Groups);

/// <summary>Canaries that were planted equally often.</summary>
/// <param name="Times">How often.</param>
/// <param name="Count">How many.</param>
/// <param name="Exposure">Mean of <c>log2(fresh + 1) - log2(rank)</c> in bits, rank 1 for a canary that is more probable than all fresh ones; of
/// strings that were never seen it is 1.44 on average.</param>
/// <param name="Auc">Share of the pairs of a planted and a fresh one in which the planted is more probable; one half is chance.</param>
/// <param name="P">Chance that fresh ones are as probable: one-sided Mann-Whitney test.</param>
/// <param name="Extracted">How many came out whole when the first half was given.</param>
public sealed record CanaryGroup(int Times, int Count, double Exposure, double Auc, double P, int Extracted);
