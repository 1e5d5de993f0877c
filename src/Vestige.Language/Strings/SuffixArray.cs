namespace Vestige.Language.Strings;

/// <summary>All suffixes of a text in their order.</summary>
internal static class SuffixArray
{
    /// <summary>Sorts the suffixes of a text; a suffix that is the start of another comes first.</summary>
    /// <remarks>Takes linear time, and besides the text 4 bytes for each of its bytes for the result and at most as much meanwhile.</remarks>
    /// <returns>(n): where each suffix starts.</returns>
    internal static int[] Of(ReadOnlySpan<byte> text)
    {
        int[] suffixes = new int[text.Length];
        SuffixSorter.Sort(new ByteSymbols(text), 256, suffixes);
        return suffixes;
    }
}
