namespace Vestige.Language.Sketches;

/// <summary>What is kept of a text: for each of its pieces the piece, or null where it is left out.</summary>
internal sealed record Sketch(IReadOnlyList<ReadOnlyMemory<byte>?> Places)
{
    /// <summary>Pieces that a text may have, kept or not: no passage has more bytes, and a file that says so is damaged.</summary>
    internal const int MostPlaces = Sources.TextOptions.Longest;

    /// <summary>What is kept of a text.</summary>
    /// <param name="pieces">Its pieces.</param>
    /// <param name="kept">Which are kept.</param>
    /// <param name="exact">Whether it is known how many are left out; else that some are.</param>
    internal static Sketch Of(IReadOnlyList<ReadOnlyMemory<byte>> pieces, bool[] kept, bool exact) =>
        new([.. Kept(kept, exact).Select(i => kept[i] ? pieces[i] : (ReadOnlyMemory<byte>?)null)]);

    /// <summary>What is known of each place; null in gaps.</summary>
    internal Known?[] Known(Vocabulary vocabulary) =>
        [.. Places.Select(place => place is { } piece ? Sketches.Known.Of(vocabulary.NumberOf(piece.Span), piece.Span) : (Known?)null)];

    /// <summary>The sketch as it is coded: pieces and gaps, in order.</summary>
    internal IEnumerable<int> Coded(Vocabulary vocabulary) =>
        Coded([.. Places.Select(place => place is { } piece ? vocabulary.NumberOf(piece.Span) : -1)], [.. Places.Select(place => place is not null)]);

    /// <summary>The same of a text whose pieces are numbers.</summary>
    internal static IEnumerable<int> Coded(IReadOnlyList<int> symbols, bool[] kept, bool exact)
    {
        int[] places = [.. Kept(kept, exact)];
        return Coded([.. places.Select(i => symbols[i])], [.. places.Select(i => kept[i])]);
    }

    // The places of a sketch: of a gap whose length is not kept only the first.
    private static IEnumerable<int> Kept(bool[] kept, bool exact) => Enumerable.Range(0, kept.Length).Where(i => exact || kept[i] || i == 0 || kept[i - 1]);

    private static IEnumerable<int> Coded(IReadOnlyList<int> symbols, bool[] kept)
    {
        for (int i = 0, gap = 0; i <= kept.Length; i++)
        {
            if (i < kept.Length && !kept[i])
            {
                gap++;
                continue;
            }
            for (int part; gap > 0; gap -= part) yield return Vocabulary.Gap(part = Math.Min(gap, Vocabulary.LongestGap));
            if (i < kept.Length) yield return symbols[i];
        }
    }
}
