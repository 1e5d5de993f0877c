namespace Vestige.Specs;

/// <summary>What was meant by a name that there is not.</summary>
public static class Suggestion
{
    /// <summary>A question for the end of a message, or nothing: the candidate that starts like it, or that is few edits away.</summary>
    /// <param name="wrong">What was written.</param>
    /// <param name="candidates">What might have been meant.</param>
    /// <returns>" Did you mean jpeg?", or an empty text.</returns>
    public static string For(string wrong, IEnumerable<string> candidates)
    {
        if (wrong.Length == 0) return "";
        string? best = candidates
            .Select(c => (Name: c, Distance: c.StartsWith(wrong, StringComparison.OrdinalIgnoreCase)
                || wrong.StartsWith(c, StringComparison.OrdinalIgnoreCase) ? 0 : Edits(wrong.ToUpperInvariant(), c.ToUpperInvariant())))
            .Where(c => c.Distance <= Math.Min(2, c.Name.Length - 1))
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault();
        return best is null ? "" : $" Did you mean {best}?";
    }

    // Insertions, deletions, replacements, and swaps of neighbours (Damerau 1964; optimal string alignment).
    private static int Edits(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                d[i, j] = Math.Min(d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], 1 + d[i - 2, j - 2]);
            }
        }
        return d[a.Length, b.Length];
    }
}
