using System.Globalization;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>The ladder's answer: which setting of each codec is the cheapest that does no more harm than a tolerance allows.</summary>
internal static class Choosing
{
    /// <summary>Chooses among the codecs that the user named.</summary>
    /// <param name="source">What was audited.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="tolerance">How far above the yardstick's a share may be.</param>
    /// <returns>Null where there is no codec or no ledger.</returns>
    internal static Choice? Of(SourceInfo source, IReadOnlyList<Row> rows, double tolerance)
    {
        Ledger? yardstick = rows.FirstOrDefault(row => !row.Named && !row.IsCodec) is { Ledgers: [Ledger first, ..] } ? first : null;
        Row[] codecs = [.. rows.Where(row => row.Named && row.IsCodec && row.Ledgers.Count > 0 && row.Bits.Rate.IsMeasured)];
        if (yardstick is null || codecs.Length == 0 || !codecs.Any(Judged)) return null;

        bool Judged(Row row) => row.Ledgers[0].Lost.IsMeasured && row.Ledgers[0].Hallucinated.IsMeasured && yardstick.Hallucinated.IsMeasured;
        double Excess(Row row) => !Judged(row) ? double.PositiveInfinity : Math.Max(
            row.Ledgers[0].Lost.Value!.Value - yardstick.Lost.Value!.Value,
            row.Ledgers[0].Hallucinated.Value!.Value - yardstick.Hallucinated.Value!.Value);

        string words = string.Create(CultureInfo.InvariantCulture, $"within {tolerance:0.###} of the yardstick's lost and hallucinated");
        var answers = new List<CodecChoice>();
        Row? best = null;
        foreach (IGrouping<string, Row> family in codecs.GroupBy(row => row.Family))
        {
            Row[] ladder = [.. family.OrderBy(row => row.Bits.Rate.Value)];
            Row? chosen = ladder.FirstOrDefault(row => Excess(row) <= tolerance);
            if (chosen is not null && (best is null || chosen.Bits.Rate.Value < best.Bits.Rate.Value)) best = chosen;
            answers.Add(chosen is null ? None(family.Key, ladder.MinBy(Excess)!, ladder.Length) : new CodecChoice(family.Key, chosen.Name,
                chosen.Bits.Rate.Value, chosen.Bits.Saving?.Value, chosen.Bits.SavingLossless?.Value,
                $"{chosen.Name}{Cost(source, chosen)}" + (ladder.Length > 1 && chosen == ladder[0] ? "; nothing cheaper was tried" : "")));
        }
        bool unsure = codecs.Where(Judged).Any(row => Wide(row.Ledgers[0].Lost, tolerance) || Wide(row.Ledgers[0].Hallucinated, tolerance));
        string text = best is null
            ? $"No setting that was tried stays {words}."
            : $"The cheapest that stays {words} is {best.Name}{Cost(source, best)}.";
        if (unsure) text += $" The intervals are wider than that tolerance: more {source.Items} would make the choice surer.";
        return new Choice(tolerance, answers, best?.Name, unsure, text);
    }

    private static CodecChoice None(string family, Row nearest, int settings) => new(family, null, null, null, null, string.Create(
        CultureInfo.InvariantCulture,
        $"{(settings > 1 ? "none of its settings; the nearest is " : "not ")}{nearest.Name} (lost {nearest.Ledgers[0].Lost.Value:0.00}, hallucinated {nearest.Ledgers[0].Hallucinated.Value:0.00})"));

    /// <summary>" at 0.985 bits a pixel: 45 % smaller than the files as they are, 80 % smaller than without loss".</summary>
    private static string Cost(SourceInfo source, Row row)
    {
        string rate = string.Create(CultureInfo.InvariantCulture, $" at {row.Bits.Rate.Value:0.000} bits a {source.SizeUnit}");
        string[] savings = [.. new[]
        {
            Saved(row.Bits.Saving, "the files as they are"),
            Saved(row.Bits.SavingLossless, "the best lossless code"),
        }.OfType<string>()];
        return savings.Length == 0 ? rate : $"{rate}, {string.Join(" and ", savings)}";
    }

    private static string? Saved(Figure? saving, string what) => saving?.Value is not { } share ? null
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(100 * share):0} % {(share >= 0 ? "smaller" : "larger")} than {what}");

    private static bool Wide(Figure figure, double tolerance) =>
        figure is not { Low: { } low, High: { } high } || (high - low) / 2 > tolerance;
}
