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
        string? none = choice.Families.Where(family => best is null || family.Row == best.Name).Select(family => family.NoInterval).FirstOrDefault(why => why is not null);
        // What rests on a figure without an interval is known of these files alone.
        string measured = none is null ? "" : $", as measured on these {Compared(result, best)}", others = none is null ? "" : $" Of others it cannot be told: {none}.";
        string text;
        string?[] met = [.. choice.Families.Select(family => family.Row)];
        Row[] without = [.. result.Rows.Where(row => met.Contains(row.Name) && row.Bits.Rate.Value is null)];
        if (best is null && without.Length > 0)
            text = $"{Words.List(without.Select(row => row.Label))} are those {what}{measured}; which is cheaper is not known, for none has a rate.{others}";
        else if (best is not null && best.Bits.Rate.Value is null) text = $"{best.Label} is the only one {what}{measured}.{others}{Harm(result, best)}";
        else if (best is not null)
            text = $"The cheapest setting {what}{measured}{(none is null ? "" : ",")} is {best.Label}{Cost(result.Source, best)}.{others}{Harm(result, best)}";
        else if (choice.Families.Any(family => family.Undecided is not null)) text = $"No setting that was tried is surely one {what}.";
        else if (choice.Families.Any(family => family.IsNearestTooLarge)) text = $"No setting {what} is smaller than what loses nothing: {Instead(result.Source)}.";
        else text = $"No setting that was tried is one {what}{measured}.{others}";
        return new Finding("choice", best?.Name, text) { Part = FindingPart.Choice };
    }

    /// <summary>What was compared one by one, of a row or of any: "24 images".</summary>
    private static string Compared(AuditResult result, Row? row) =>
        Words.Count((row ?? result.Rows.FirstOrDefault(r => r.Paired is not null))?.Paired?.Documents ?? result.Source.Usable, Words.One(result.Source.Items), result.Source.Items);

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
            parts.Add($"{row.Label}{Cost(result.Source, row)}{(family.IsCheapestTried ? "; nothing cheaper was tried" : "")}"
                + (family.NoInterval is null ? "" : "; as measured"));
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

    /// <summary>Lost and hallucinated of the chosen, as differences to no loss where they are known; what an interval does not tell is said to be untold.</summary>
    private static string Harm(AuditResult result, Row row)
    {
        if (row.Ledgers.Count == 0) return "";
        string parrot = result.Rows.FirstOrDefault(r => r.Kind == RowKind.Parrot)?.Name ?? "";
        RowDifference? difference = result.Differences.FirstOrDefault(d => d.Row == row.Name && d.Less == parrot);
        (Figure lost, Figure madeUp) = difference is null ? (row.Ledgers[0].Lost, row.Ledgers[0].Hallucinated) : (difference.Lost, difference.Hallucinated);
        if (!lost.IsMeasured || !madeUp.IsMeasured) return "";
        string than = difference is null ? $"fresh real {result.Source.Items}" : "no loss at all", shown = $"lost {Words.Share(lost)}, hallucinated {Words.Share(madeUp)}";
        // Of atoms "less than nothing lost" is no win: who gives only what recurs reads so, whatever else is gone.
        Reading ofLost = lost.High < 0 && row.Ledgers[0].Invented is not null ? Reading.Untold : Beyond(lost), ofMadeUp = Beyond(madeUp);
        if (ofLost == Reading.Clear && ofMadeUp == Reading.Clear) return $" It loses {Words.Share(lost)} and hallucinates {Words.Share(madeUp)} more than {than}.";
        if (ofLost == Reading.None && ofMadeUp == Reading.None) return $" It loses and hallucinates no more than {than} ({shown}).";
        string files = Words.Count(result.Source.Usable, result.Source.Document, result.Source.Document + "s");
        string why = lost.Low is null && (row.Ledgers[0].Lost.Why ?? lost.Why) is { } none ? "; " + none.TrimEnd('.') : "";
        if (ofLost == Reading.Untold && ofMadeUp == Reading.Untold)
            return $" Whether it loses or hallucinates more than {than} cannot be told with {files} ({shown}{why}).";
        string Part(string verb, Figure figure, Reading reading) => reading switch
        {
            Reading.Clear => $"it {verb} {Words.Share(figure)} more than {than}",
            Reading.None => $"it {verb} no more than {than} ({Words.Share(figure)})",
            _ => $"whether it {verb} more than {than} cannot be told with {files} ({Words.Share(figure)})",
        };
        return $" {Words.Capital(Part("loses", lost, ofLost))}; {Part("hallucinates", madeUp, ofMadeUp)}.";
    }

    /// <summary>Which side of nothing a figure is on with its whole interval.</summary>
    private static Reading Beyond(Figure figure) => figure switch { { Low: > 0 } => Reading.Clear, { High: <= 0 } => Reading.None, _ => Reading.Untold };

    /// <summary>Generators held against each other.</summary>
    private static Finding Among(Choice choice, AuditResult result)
    {
        string Label(string name) => result.Rows.First(row => row.Name == name).Label;
        Standing[] unbeaten = [.. choice.Standings.Where(standing => standing.BeatenBy is null)], beaten = [.. choice.Standings.Except(unbeaten)];
        string text = choice.Best is { } best
            ? $"{Label(best)} is surely beaten by none in lost or hallucinated; every other is by some"
            : beaten.Length == 0 ? Unbeaten(unbeaten, result)
            : $"None of {Words.List(unbeaten.Select(s => Label(s.Row)))} is surely beaten by another in lost and hallucinated";
        foreach (var group in beaten.GroupBy(s => (s.BeatenBy, s.In)))
            text += $"; {Words.List(group.Select(s => Label(s.Row)))} by {Label(group.Key.BeatenBy!)} in {group.Key.In}";
        return new Finding("choice", choice.Best, text + ".") { Part = FindingPart.Choice };
    }

    /// <summary>Of generators of which none beats another: what one pays for the other with, where that was measured.</summary>
    private static string Unbeaten(Standing[] standings, AuditResult result)
    {
        Row[] rows = [.. standings.Select(standing => result.Rows.First(row => row.Name == standing.Row))];
        Row[] traded = [.. rows.Where(row => rows.Any(other => Choosing.IsTraded(result, row, other)))], untold = [.. rows.Except(traded)];
        string size = Words.Count(result.Source.Usable, result.Source.Document, result.Source.Document + "s");
        if (traded.Length == 0)
        {
            string? none = rows.SelectMany(row => new[] { row.Ledgers[0].Lost, row.Ledgers[0].Hallucinated }).FirstOrDefault(figure => figure.Low is null)?.Why;
            return $"Which of {Words.List(rows.Select(row => row.Label))} loses or hallucinates less cannot be told with {size}{(none is null ? "" : $" ({none.TrimEnd('.')})")}";
        }
        return $"None of {Words.List(traded.Select(row => row.Label))} surely beats another in both lost and hallucinated: which to choose is a matter of which of the two is worse"
            + (untold.Length == 0 ? "" : $"; how {Words.List(untold.Select(row => row.Label))} {(untold.Length == 1 ? "stands" : "stand")} among them cannot be told with {size}");
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
