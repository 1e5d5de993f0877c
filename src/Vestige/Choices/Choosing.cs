using Vestige.Expressions;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Choices;

/// <summary>What a setting must be to be chosen.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Condition">What it says.</param>
public sealed record ChoiceRule(string Text, Condition Condition);

/// <summary>What to choose: by a condition on codecs, or on generators by what beats what.</summary>
/// <remarks>Over finished results: it may be made again under another condition without another run.</remarks>
internal static class Choosing
{
    /// <summary>The quality at which photographs are chosen: "high" in SSIMULACRA 2's own words is 70, and 80 is what viewers tell apart beside the
    /// original only with effort. The mean is to reach the one and the worst 5 % the other.</summary>
    internal const string OfPhotographs = "ssimulacra2>=80 and ssimulacra2.worst>=70";

    /// <summary>Where nothing is measured item by item: what passes for no harm everywhere (design 3.5).</summary>
    internal const string OfCodecs = "lost<0.05 and hallucinated<0.05";

    /// <summary>More times as many documents than this are not told: nobody has them.</summary>
    private const double MostTimes = 100;

    /// <summary>Chooses.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="rule">The user's condition; null for the default.</param>
    /// <returns>Null where there is nothing to choose.</returns>
    internal static Choice? Of(AuditResult result, ChoiceRule? rule)
    {
        Row[] named = [.. result.Rows.Where(row => row.Named)];
        Row[] codecs = [.. named.Where(row => row.IsCodec && row.Bits.Rate.IsMeasured)];
        if (rule is not null) return ByRule(result, codecs.Length > 0 ? codecs : named, rule, isDefault: false);
        if (codecs.Length == 0)
            return ByStanding(result, [.. named.Where(row => row is { IsCodec: false, Ledgers: [{ Lost.IsMeasured: true, Hallucinated.IsMeasured: true }, ..] })]);
        bool judged = codecs.Any(row => row.Paired?.Of("ssimulacra2") is not null);
        if (!judged && !codecs.Any(row => row.Ledgers is [{ Lost.IsMeasured: true, Hallucinated.IsMeasured: true }, ..])) return null;
        string text = judged ? OfPhotographs : OfCodecs;
        IReadOnlyList<Column> columns = Columns.Of(result.Source.SizeUnit, judged ? [("ssimulacra2", "score")] : []);
        return ByRule(result, codecs, new ChoiceRule(text, ConditionParser.Parse(text, columns)), isDefault: true);
    }

    private static Choice? ByRule(AuditResult result, Row[] rows, ChoiceRule rule, bool isDefault)
    {
        if (rows.Length == 0) return null;
        var judged = rows.ToDictionary(row => row, row => rule.Condition.Judge(result, row));
        FamilyChoice[] families = [.. rows.GroupBy(row => row.Family).Select(family => OfFamily(result, family.Key, [.. family.OrderBy(Cost)], judged))];
        // Of several without a rate none is the cheapest.
        Row[] met = [.. families.Select(family => rows.FirstOrDefault(row => row.Name == family.Row)).OfType<Row>()];
        Row? best = met.Length == 1 ? met[0] : met.Where(row => row.Bits.Rate.IsMeasured).MinBy(Cost);
        return new Choice(rule.Text, isDefault, best?.Name) { Families = families };
    }

    private static FamilyChoice OfFamily(AuditResult result, string name, Row[] ladder, Dictionary<Row, Judgement> judged)
    {
        Row? chosen = ladder.FirstOrDefault(row => judged[row].Verdict == Verdict.Holds && !IsTooLarge(result, row));
        Row? open = ladder.TakeWhile(row => row != chosen).FirstOrDefault(row => judged[row].Verdict == Verdict.Undecided && !IsTooLarge(result, row));
        var choice = new FamilyChoice(name, chosen?.Name)
        {
            Undecided = open?.Name,
            Needed = open is null ? null : Needed(Documents(result, open), judged[open].Times),
            Why = open is null ? null : judged[open].Words,
        };
        if (chosen is not null)
        {
            return choice with
            {
                Rate = chosen.Bits.Rate.Value,
                Saving = chosen.Bits.Saving?.Value,
                SavingLossless = chosen.Bits.SavingLossless?.Value,
                IsCheapestTried = ladder.Length > 1 && chosen == ladder[0],
                NoInterval = judged[chosen].NoInterval,
            };
        }
        if (open is not null) return choice;
        Row? large = ladder.FirstOrDefault(row => judged[row].Verdict == Verdict.Holds);
        // The most expensive setting is nearest to no loss.
        Row nearest = large ?? ladder.Where(row => judged[row].Verdict != Verdict.Unmeasurable).LastOrDefault() ?? ladder[^1];
        return choice with { Nearest = nearest.Name, IsNearestTooLarge = large is not null, Why = judged[nearest].Words, NoInterval = judged[nearest].NoInterval };
    }

    private static double Cost(Row row) => row.Bits.Rate.Value ?? double.PositiveInfinity;

    /// <summary>Whether what loses nothing is as small: the best lossless code, a lossless row, the user's files as they are.</summary>
    internal static bool IsTooLarge(AuditResult result, Row row)
    {
        if (!row.IsCodec || row.Bits.Rate.Value is not { } rate) return false;
        if (row.Bits.SavingLossless?.Value <= 0 || row.Bits.Saving?.Value <= 0) return true;
        return result.Rows.Any(other => other != row && other.Bits.Rate.Value <= rate && (other.Kind == RowKind.Parrot || other.IsLossless));
    }

    private static int Documents(AuditResult result, Row row) => row.Paired?.Documents ?? result.Source.Usable;

    /// <summary>Documents with which it could be told: two digits, rounded up.</summary>
    private static int? Needed(int documents, double times)
    {
        if (!(times <= MostTimes)) return null;
        double needed = Math.Max(documents + 1, documents * times), unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(needed)) - 1));
        return (int)(Math.Ceiling(needed / unit) * unit);
    }

    private static Choice? ByStanding(AuditResult result, Row[] rows)
    {
        if (rows.Length < 2) return null;
        Standing[] standings = [.. rows.Select(row =>
        {
            foreach (Row other in rows.Where(other => other != row))
            {
                (int lost, int madeUp) = (Sure(result, row, other, "lost"), Sure(result, row, other, "hallucinated"));
                if (lost >= 0 && madeUp >= 0 && lost + madeUp > 0)
                    return new Standing(row.Name, other.Name, madeUp > 0 ? lost > 0 ? "lost and hallucinated" : "hallucinated" : "lost");
            }
            return new Standing(row.Name, null, null);
        })];
        Standing[] unbeaten = [.. standings.Where(standing => standing.BeatenBy is null)];
        return new Choice(null, true, unbeaten.Length == 1 ? unbeaten[0].Row : null) { Standings = standings };
    }

    /// <summary>Whether of two rows one is surely better in lost and the other in hallucinated.</summary>
    internal static bool IsTraded(AuditResult result, Row row, Row other) => Sure(result, row, other, "lost") * Sure(result, row, other, "hallucinated") < 0;

    /// <summary>1 where a row surely has more of something than another, -1 where it surely has less, 0 where it cannot be told.</summary>
    private static int Sure(AuditResult result, Row row, Row other, string column)
    {
        // Of atoms "less than nothing lost" is no win: who gives only what recurs reads so, whatever else is gone.
        if (column == "lost" && other.Ledgers[0] is { Invented: not null, Lost.High: < 0 }) return 0;
        Figure difference = Columns.Difference(result, row, other.Name, column);
        if (difference is { Low: { } low, High: { } high }) return low > 0 ? 1 : high < 0 ? -1 : 0;
        // Without a joint interval two that do not meet are enough, and more than is needed.
        Func<Ledger, Figure> of = column == "lost" ? ledger => ledger.Lost : ledger => ledger.Hallucinated;
        Figure a = of(row.Ledgers[0]), b = of(other.Ledgers[0]);
        return a.Low > b.High ? 1 : a.High < b.Low ? -1 : 0;
    }
}
