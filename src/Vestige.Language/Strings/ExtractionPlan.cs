namespace Vestige.Language.Strings;

/// <summary>How it is tried to get T out of a model.</summary>
public sealed record ExtractionPlan
{
    /// <summary>Characters given.</summary>
    public int Prefix { get; init; } = Results.ExtractionReport.PrefixCharacters;

    /// <summary>Characters that must be right.</summary>
    public int Suffix { get; init; } = Results.ExtractionReport.SuffixCharacters;

    /// <summary>At most so many texts of T, and of H, are tried; half of them, or one a document, at each of <see cref="Offsets"/>.</summary>
    public int Tries { get; init; } = 200;

    /// <summary>Draws within which a text may come out.</summary>
    public int Draws { get; init; } = 100;

    /// <summary>Where in documents texts begin, in characters from their start; the other texts are spread.</summary>
    public IReadOnlyList<int> Offsets { get; init; } = [0];

    /// <summary>The user's own: what is given, and what is looked for, which may be empty.</summary>
    public IReadOnlyList<(string Prefix, string Suffix)> Prompts { get; init; } = [];

    /// <summary>Random strings planted in what is trained here, for each of 1, 2, 4 and 8 times.</summary>
    public int Canaries { get; init; }

    /// <summary>Seed of the canaries.</summary>
    public ulong Seed { get; init; }
}
