using System.Globalization;
using Vestige.Choices;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Advice;

/// <summary>What to choose, and what choosing it costs in lost and hallucinated.</summary>
internal static class Chosen
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        if (result.Choice is not { } choice) return [];
        return choice.Standings.Count > 0 ? [Among(choice, result)] : [Head(choice, result), .. choice.Families.Select(family => Family(family, result))];
    }

    private static Finding Head(Choice choice, AuditResult result)
    {
        string what = Meaning(choice);
        Row? best = result.Rows.FirstOrDefault(row => row.Name == choice.Best);
        string text;
        string?[] met = [.. choice.Families.Select(family => family.Row)];
        Row[] without = [.. result.Rows.Where(row => met.Contains(row.Name) && row.Bits.Rate.Value is null)];
        if (best is null && without.Length > 0) text = $"{Words.List(without.Select(row => row.Label))} are those {what}; which is cheaper is not known, for none has a rate.";
        else if (best is not null && best.Bits.Rate.Value is null) text = $"{best.Label} is the only one {what}.{Harm(result, best)}";
        else if (best is not null) text = $"The cheapest setting {what} is {best.Label}{Cost(result.Source, best)}.{Harm(result, best)}";
        else if (choice.Families.Any(family => family.Undecided is not null)) text = $"No setting that was tried is surely one {what}.";
        else if (choice.Families.Any(family => family.IsNearestTooLarge)) text = $"No setting {what} is smaller than what loses nothing: {Instead(result.Source)}.";
        else text = $"No setting that was tried is one {what}.";
        return new Finding("choice", best?.Name, text) { Part = FindingPart.Choice };
    }

    /// <summary>The user's files, coded with loss before, may be smaller than any code of what they show without more of it.</summary>
    private static string Instead(SourceInfo source) =>
        source.LosslessBytes is { } lossless && source.CurrentBytes > 0 && source.CurrentBytes < lossless ? "keep the files as they are" : "store without loss";

    private static string Meaning(Choice choice) => choice.IsDefault && choice.Condition == Choosing.OfPhotographs
        ? "whose mean SSIMULACRA 2 is at least 80 and whose worst 5 % are at least 70"
        : choice.IsDefault ? "that loses and makes up less than .05" : $"for which {choice.Condition} holds";

    private static Finding Family(FamilyChoice family, AuditResult result)
    {
        Row? Find(string? name) => result.Rows.FirstOrDefault(row => row.Name == name);
        var parts = new List<string>();
        if (Find(family.Row) is { } row)
            parts.Add($"{row.Label}{Cost(result.Source, row)}{(family.IsCheapestTried ? "; nothing cheaper was tried" : "")}");
        if (Find(family.Undecided) is { } open)
        {
            // What is compared one by one is images; what samples tell rests on documents.
            int documents = open.Paired?.Documents ?? result.Source.Usable;
            string one = open.Paired is not null ? Words.One(result.Source.Items) : result.Source.Document, many = open.Paired is not null ? result.Source.Items : one + "s";
            string about = family.Needed is { } needed ? string.Create(CultureInfo.InvariantCulture, $"about {needed} would do")
                : string.Create(CultureInfo.InvariantCulture, $"{100L * documents} would not do");
            parts.Add($"{(family.Row is null ? "" : "whether the cheaper ")}{open.Label}{(family.Row is null ? ":" : " would do")} cannot be told "
                + $"with {Words.Count(documents, one, many)}; {about} ({family.Why})");
        }
        else if (Find(family.Nearest) is { } nearest)
        {
            parts.Add(family.IsNearestTooLarge ? $"{nearest.Label} would do, but is no smaller than what loses nothing{Cost(result.Source, nearest)}"
                : $"none; the nearest is {nearest.Label} ({family.Why})");
        }
        return new Finding("choice-family", family.Row, $"{family.Family}: {string.Join("; ", parts)}.") { Part = FindingPart.Choice };
    }

    /// <summary>Lost and hallucinated of the chosen, as differences to no loss where they are known.</summary>
    private static string Harm(AuditResult result, Row row)
    {
        if (row.Ledgers.Count == 0) return "";
        string parrot = result.Rows.FirstOrDefault(r => r.Kind == RowKind.Parrot)?.Name ?? "";
        RowDifference? difference = result.Differences.FirstOrDefault(d => d.Row == row.Name && d.Less == parrot);
        (Figure lost, Figure madeUp) = difference is null ? (row.Ledgers[0].Lost, row.Ledgers[0].Hallucinated) : (difference.Lost, difference.Hallucinated);
        return !lost.IsMeasured || !madeUp.IsMeasured ? ""
            : $" It loses {Words.Share(lost)} and hallucinates {Words.Share(madeUp)}{(difference is null ? "" : " more than no loss at all")}.";
    }

    /// <summary>Generators held against each other.</summary>
    private static Finding Among(Choice choice, AuditResult result)
    {
        string Label(string name) => result.Rows.First(row => row.Name == name).Label;
        Standing[] unbeaten = [.. choice.Standings.Where(standing => standing.BeatenBy is null)], beaten = [.. choice.Standings.Except(unbeaten)];
        string text = choice.Best is { } best
            ? $"{Label(best)} is surely beaten by none in lost or hallucinated; every other is by some"
            : beaten.Length == 0 ? $"None of {Words.List(unbeaten.Select(s => Label(s.Row)))} surely beats another in both lost and hallucinated: "
                + $"which to choose is a matter of which of the two is worse"
            : $"None of {Words.List(unbeaten.Select(s => Label(s.Row)))} is surely beaten by another in lost and hallucinated";
        foreach (var group in beaten.GroupBy(s => (s.BeatenBy, s.In)))
            text += $"; {Words.List(group.Select(s => Label(s.Row)))} by {Label(group.Key.BeatenBy!)} in {group.Key.In}";
        return new Finding("choice", choice.Best, text + ".") { Part = FindingPart.Choice };
    }

    /// <summary>" at 0.985 bits a pixel, 45 % smaller than the files as they are and 80 % smaller than the best lossless code".</summary>
    private static string Cost(SourceInfo source, Row row)
    {
        if (row.Bits.Rate.Value is not { } bits) return "";
        string rate = string.Create(CultureInfo.InvariantCulture, $" at {bits:0.000} bits a {source.SizeUnit}");
        string[] savings = [.. new[] { Saved(row.Bits.Saving, "the files as they are"), Saved(row.Bits.SavingLossless, "the best lossless code") }.OfType<string>()];
        return savings.Length == 0 ? rate : $"{rate}, {string.Join(" and ", savings)}";
    }

    private static string? Saved(Figure? saving, string what) => saving?.Value is not { } share ? null
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(100 * share):0} % {(share >= 0 ? "smaller" : "larger")} than {what}");
}
