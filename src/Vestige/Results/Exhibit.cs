namespace Vestige.Results;

/// <summary>Something to look at or to read, in the order in which it is to be shown.</summary>
/// <param name="Row">The compressor.</param>
/// <param name="Kind">Files: "worst", "median", "lost", "hallucinated" or "worst-tile". Text: "sample" or "lost", and with an original "worst" and "median".</param>
/// <param name="Caption">What is to be seen, in words.</param>
/// <param name="Files">Label and path, relative to the folder of the result, with forward slashes; empty where it is text.</param>
public sealed record Exhibit(string Row, string Kind, string Caption, IReadOnlyList<ExhibitFile> Files)
{
    /// <summary>Text in pieces, one after the other; null where it is files.</summary>
    public IReadOnlyList<TextSpan>? Spans { get; init; }

    /// <summary>The original that <see cref="Spans"/> are the reconstruction of; null where they are of nothing.</summary>
    public IReadOnlyList<TextSpan>? Original { get; init; }
}

/// <summary>One file of an exhibit.</summary>
/// <param name="Label">"original" with "reconstruction", "lost map" and "invented map", which lie over it; "tiles"; "map".</param>
/// <param name="Path">Relative to the folder of the result.</param>
public sealed record ExhibitFile(string Label, string Path);

/// <summary>A piece of text that is of one kind.</summary>
/// <param name="Text">What it says; bytes that are no character as U+FFFD.</param>
/// <param name="Class">
/// "copied": stands in T within a match of <see cref="CopyReport.CopiedCharacters"/> characters or more; "novel": of a gram that is neither in T nor in H;
/// "real": of a gram that is not in T but in H; "plain": all its grams are in T; "lost": a gram of H that the row does not say.
/// Of a reconstruction beside its original: "plain": in both; "lost": in the original alone; "invented": in the reconstruction alone.
/// </param>
/// <param name="Source">Where T, or H, has it; null where that says nothing.</param>
public sealed record TextSpan(string Text, string Class, string? Source);
