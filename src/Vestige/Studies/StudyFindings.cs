using System.Globalization;
using Vestige.Conclusions.Wording;

namespace Vestige.Studies;

/// <summary>What a study says in sentences, none of which claims what its interval does not.</summary>
public static class StudyFindings
{
    /// <summary>What sentences are made of, the first first.</summary>
    private static readonly string[] s_spoken = ["generalized", "hallucinated", "memorized", "lost", "held-out", "bits-memorized", "rate", "ssimulacra2"];

    /// <summary>Interactions told of a response.</summary>
    private const int MostInteractions = 2;

    internal static IReadOnlyList<string> Of(StudyResult result)
    {
        var findings = new List<string>();
        bool several = result.Budgets.Count > 1;
        for (int budget = 0; budget < result.Budgets.Count; budget++)
        {
            string at = several ? $"At {result.Budgets[budget]}: " : "";
            foreach (string name in s_spoken)
            {
                if (result.Responses.FirstOrDefault(response => response.Name == name) is not { } response) continue;
                Effect[] effects = [.. result.Effects.Where(effect => effect.Response == name && effect.Budget == budget)];
                findings.AddRange(Sentences(result, response, effects).Select(sentence => at + sentence));
            }
        }
        foreach (SignChange change in result.Changes.Where(change => s_spoken.Contains(change.Response) && result.Factors.Any(factor => factor.Name == change.Term)))
            findings.Add($"{change.Term} turns round between {result.Budgets[change.First]} and {result.Budgets[change.Second]}: "
                + $"it moves {change.Response} one way at the one and the other way at the other.");
        // A column that other studies have, and why this one has it not.
        if (result.Factors.Any(factor => factor.Name == "data") && result.Responses.All(response => response.Name != "lost"))
            findings.Add("What is lost is not told where data varies: it is estimated at a resolution that the size of T decides, and a difference would be that size's.");
        if (Bound(result) is { } bound) findings.Add(bound);
        findings.AddRange(Failed(result));
        return findings;
    }

    /// <summary>Cells without figures, and levels that have none at all: with these no block is whole, and no effect can be told.</summary>
    private static IEnumerable<string> Failed(StudyResult result)
    {
        StudyRow[] failed = [.. result.Rows.Where(row => row.Why.Count > 0)];
        if (failed.Length == 0) yield break;
        string first = failed[0].Why.Values.First().TrimEnd('.');
        // A model's own words begin with its name.
        if (!first.StartsWith(failed[0].Name, StringComparison.Ordinal)) first = $"{failed[0].Name}: {first}";
        yield return $"{failed.Length} of {result.Rows.Count} cells {(failed.Length == 1 ? "has" : "have")} no figures in some block, "
            + $"and that block is left out of the effects that need it; the first is {first}.";
        for (int budget = 0; budget < result.Budgets.Count; budget++)
        {
            HashSet<int> never = [.. failed.Where(row => row.Budget == budget && row.Why.Count == result.Blocks).Select(row => row.Cell)];
            for (int f = 0; f < result.Factors.Count; f++)
            {
                for (int level = 0; level < result.Factors[f].Levels.Count; level++)
                {
                    int[] cells = [.. Enumerable.Range(0, result.Cells.Count).Where(cell => result.Cells[cell][f] == level)];
                    if (cells.Length > 0 && cells.All(never.Contains))
                        yield return $"No cell with {result.Factors[f].Name}={result.Factors[f].Levels[level]} has figures in any block"
                            + (result.Budgets.Count > 1 ? $" at {result.Budgets[budget]}" : "") + ", so that no effect can be told: leave that level out.";
                }
            }
        }
    }

    private static IEnumerable<string> Sentences(StudyResult result, Response response, Effect[] effects)
    {
        Effect[] main = [.. effects.Where(effect => effect.Kind == TermKind.Main && effect.Value is not null)];
        Effect[] seen = [.. main.Where(effect => effect.IsSeen).OrderByDescending(effect => Math.Abs(effect.Value!.Value))];
        if (seen.Length > 0)
            yield return $"{Words.Capital(response.Name)} is moved by {Words.List(seen.Select(effect => $"{Change(result, effect)} {InWords(response, effect)}"))}.";
        // The same in every block, to the last digit, and no effect: there is no error that a limit could be told of.
        Effect[] none = [.. main.Where(effect => effect is { IsSeen: false, Error: 0 })];
        if (none.Length > 0)
            yield return $"{Words.Capital(response.Name)} does not depend on {Words.List(none.Select(effect => effect.Term))}: the effect is exactly none in every block.";
        Effect[] not = [.. main.Where(effect => effect is { IsSeen: false, Error: not 0 })];
        if (not.Length > 0)
            yield return $"No effect on {response.Name} is seen of {Words.List(not.Select(effect => $"{effect.Term} (none above {Number(response, effect.Unseen!.Value)})"))}.";
        Effect[] curves = [.. effects.Where(effect => effect.Kind == TermKind.Curvature && effect.IsSeen)];
        foreach (Effect curve in curves)
        {
            yield return $"{Words.Capital(curve.Term.Replace(" curve", "", StringComparison.Ordinal))} moves {response.Name} not in a line: "
                + $"the middle stands off it by {Number(response, curve.Value!.Value, sign: true)} {Interval(response, curve)}.";
        }
        Effect[] crossed = [.. effects.Where(effect => effect.Kind == TermKind.Interaction && effect.IsSeen)
            .OrderByDescending(effect => Math.Abs(effect.Value!.Value)).Take(MostInteractions)];
        if (crossed.Length > 0)
            yield return $"On {response.Name} ingredients depend on each other: {Words.List(crossed.Select(effect => $"{effect.Term} {InWords(response, effect)}"))}.";
    }

    private static string Change(StudyResult result, Effect effect)
    {
        Factor factor = result.Factors.First(factor => factor.Name == effect.Term);
        return $"{factor.Name} {factor.Levels[^1]} for {factor.Levels[0]}";
    }

    /// <summary>Whether calibration forced what was hallucinated.</summary>
    private static string? Bound(StudyResult result)
    {
        (double Bound, double Hallucinated)[] cells = [.. result.Rows
            .SelectMany(row => Enumerable.Range(0, result.Blocks).Select(block => (Bound: Value(row, "bound", block), Hallucinated: Value(row, "hallucinated", block))))
            .Where(cell => cell is { Bound: not null, Hallucinated: not null }).Select(cell => (cell.Bound!.Value, cell.Hallucinated!.Value))];
        if (cells.Length == 0) return null;
        int told = cells.Count(cell => cell.Bound > 0), held = cells.Count(cell => cell.Hallucinated >= cell.Bound);
        return $"Kalai and Vempala's bound (facts that T states once, less miscalibration) says something (is above 0) in {told} of {cells.Length} runs, "
            + $"and what is hallucinated lies above it in {held}.";

        static double? Value(StudyRow row, string name, int block) => row.Values.GetValueOrDefault(name)?[block];
    }

    /// <summary>A third decimal where two would say 0 of what is not.</summary>
    public static string Share(double value) => Math.Abs(value) >= 0.095 || value == 0 ? Words.Share(value)
        : value.ToString("0.000", CultureInfo.InvariantCulture).Replace("0.", ".", StringComparison.Ordinal) is var text && text == "-.000" ? ".000" : text;

    // The same in every block says nothing of other files: it has no interval.
    private static string InWords(Response response, Effect effect) => effect.Error == 0
        ? $"({Number(response, effect.Value!.Value, sign: true)} in every block)"
        : $"({Number(response, effect.Value!.Value, sign: true)} {Interval(response, effect)})";

    private static string Interval(Response response, Effect effect) => $"[{Number(response, effect.Low!.Value)} {Number(response, effect.High!.Value)}]";

    private static string Number(Response response, double value, bool sign = false)
    {
        string text = response.Unit == "share" ? Share(value)
            : response.Unit == "bytes" ? value.ToString("N0", CultureInfo.InvariantCulture)
            : value.ToString(Math.Abs(value) < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
        return sign && value > 0 ? "+" + text : text;
    }
}
