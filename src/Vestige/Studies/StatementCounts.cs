namespace Vestige.Studies;

/// <summary>How often T states a fact, in classes.</summary>
internal static class StatementCounts
{
    private static readonly int[] s_from = [0, 1, 2, 4, 8];

    /// <summary>"0", "1", "2-3", "4-7", "8+".</summary>
    internal static IReadOnlyList<string> Names { get; } =
        [.. s_from.Select((from, i) => i == s_from.Length - 1 ? $"{from}+" : s_from[i + 1] - from == 1 ? $"{from}" : $"{from}-{s_from[i + 1] - 1}")];

    /// <summary>The class of a count.</summary>
    internal static int ClassOf(int count) => Array.FindLastIndex(s_from, from => count >= from);
}
