using Vestige.Cli.Faults;
using Vestige.Expressions;
using Vestige.Specs;

namespace Vestige.Cli.Options;

/// <summary>Pairs of rows whose difference is wanted.</summary>
internal static class RowPairs
{
    /// <summary>Rows that stand in every table.</summary>
    internal static readonly string[] Always = ["yardstick", "parrot", "shuffled"];

    /// <summary>Reads <c>--compare a,b</c>. Names may hold commas themselves: the one that parts two rows is found.</summary>
    /// <exception cref="UsageException">A pair names no two rows.</exception>
    internal static IEnumerable<(string Row, string Less)> Of(IEnumerable<string> texts, IReadOnlyList<Spec> specs)
    {
        string[] rows = [.. specs.Select(spec => spec.Name), .. Always];
        foreach (string text in texts)
        {
            (string Row, string Less)[] found = [.. Cuts(text).Where(pair => pair.Row != pair.Less && rows.Contains(pair.Row) && rows.Contains(pair.Less))];
            if (found.Length != 1) throw new UsageException($"--compare {text}: {Fault(text, rows)}");
            yield return found[0];
        }
    }

    /// <summary>The pairs that conditions compare.</summary>
    /// <exception cref="UsageException">A condition names a row that there is not.</exception>
    internal static IEnumerable<(string Row, string Less)> Needed(IEnumerable<Condition> conditions, IReadOnlyList<Spec> specs)
    {
        string[] rows = [.. specs.Select(spec => spec.Name), .. Always];
        foreach (string less in conditions.SelectMany(condition => condition.Compared).Distinct())
        {
            if (!rows.Contains(less)) throw new UsageException($"diff({less}): there is no row {less}.{Suggestion.For(less, rows)} The rows are {string.Join(", ", rows)}");
            foreach (Spec spec in specs)
                if (spec.Name != less) yield return (spec.Name, less);
        }
    }

    private static IEnumerable<(string Row, string Less)> Cuts(string text)
    {
        for (int i = text.IndexOf(',', StringComparison.Ordinal); i >= 0; i = text.IndexOf(',', i + 1)) yield return (text[..i].Trim(), text[(i + 1)..].Trim());
    }

    private static string Fault(string text, string[] rows)
    {
        (string Row, string Less)[] cuts = [.. Cuts(text)];
        if (cuts.Length == 0) return "it takes two rows with a comma between them: --compare jpeg:q=50,webp:q=50";
        if (cuts.Any(pair => pair.Row == pair.Less && rows.Contains(pair.Row))) return "a row does not differ from itself";
        // The side that is no row, where the other is one.
        string wrong = cuts.FirstOrDefault(pair => rows.Contains(pair.Row)) is { Less: { } less } ? less : cuts.FirstOrDefault(pair => rows.Contains(pair.Less)).Row ?? cuts[0].Row;
        return $"there is no row {wrong}.{Suggestion.For(wrong, rows)} The rows are {string.Join(", ", rows)}";
    }
}
