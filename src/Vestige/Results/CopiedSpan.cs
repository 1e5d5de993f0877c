namespace Vestige.Results;

/// <summary>A run of text that a row has from T: a line of copies.csv.</summary>
/// <param name="Row">The row.</param>
/// <param name="Kind">"verbatim", or "near": with letters, case, quotes or line ends changed.</param>
/// <param name="Document">The document of its G.</param>
/// <param name="Offset">Where it begins there, in bytes.</param>
/// <param name="Characters">Its length in characters of Unicode.</param>
/// <param name="Source">The document of T; one of them, if several have it.</param>
/// <param name="SourceOffset">Where it begins there, in bytes.</param>
/// <param name="Similarity">Share of its words that are the same, 0 to 1; 1 for what is verbatim.</param>
/// <param name="Text">What it says; bytes that are no character as U+FFFD.</param>
public sealed record CopiedSpan(
    string Row, string Kind, string Document, long Offset, int Characters, string Source, long SourceOffset, double Similarity, string Text);
