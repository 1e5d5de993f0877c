using Vestige.Figures;

namespace Vestige.Results;

/// <summary>What a sample shares verbatim with T.</summary>
public sealed record CopyReport
{
    /// <summary>From this many characters on, a match counts as copied: longer than what texts share by chance.</summary>
    public const int CopiedCharacters = 50;

    /// <summary>Bytes of the sample.</summary>
    public required long Bytes { get; init; }

    /// <summary>Characters of the sample, as scalar values of Unicode; 0 in results of versions that counted bytes, in all that follows too.</summary>
    public long Characters { get; init; }

    /// <summary>How long the longest matches are, from each character of the sample on, within its document.</summary>
    public required IReadOnlyList<MatchShare> Matches { get; init; }

    /// <summary>Their mean, in characters.</summary>
    public required double MeanMatch { get; init; }

    /// <summary>The longest of them, in characters.</summary>
    public required int LongestMatch { get; init; }

    /// <summary>Share of the sample's characters that stand in a match of at least <see cref="CopiedCharacters"/>; interval over its documents. Documents that
    /// are shorter count on neither side (T given back is 1 whatever it holds); not measurable where all are.</summary>
    public required Figure Copied { get; init; }

    /// <summary>Share of the sample's characters that stand in such shorter documents, of which <see cref="Copied"/> says nothing.</summary>
    public double TooShort { get; init; }

    /// <summary>The longest copies, no two of the same text or overlapping, the longest first; at most five.</summary>
    public required IReadOnlyList<Copy> LongestCopies { get; init; }
}

/// <summary>How many matches reach a length.</summary>
/// <param name="Length">Characters.</param>
/// <param name="Share">Share of the positions whose longest match has at least so many.</param>
public sealed record MatchShare(int Length, double Share);

/// <summary>A string that a sample shares with T and that cannot be made longer at either end.</summary>
/// <param name="Text">What it says; bytes that are no character as U+FFFD.</param>
/// <param name="Length">Characters, all of them counted though a long text is quoted in part.</param>
/// <param name="Document">Where in the sample: a sample's name or a document's.</param>
/// <param name="Offset">Its start there, in bytes.</param>
/// <param name="Source">The document of T that has it; one of them, if several have.</param>
/// <param name="SourceOffset">Its start there, in bytes.</param>
public sealed record Copy(string Text, int Length, string Document, long Offset, string Source, long SourceOffset);
