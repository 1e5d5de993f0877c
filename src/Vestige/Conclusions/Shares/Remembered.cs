using Vestige.Conclusions.Copies;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Shares;

/// <summary>What generators say because of the very sample they were trained on, and what any other sample would have taught as well.</summary>
internal static class Remembered
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        // What was learned from T is not what it shares with an H that stands in T, and of the held-out text as samples it is no question.
        if (Contaminated.KnowsHeldOut(result)) yield break;
        Row[] rows = [.. Rung.Families(result.Rows.Where(row => row is { Named: true, IsCodec: false } && row.Ledgers.Count > 0 && Memorized(row).IsMeasured
            && !Contaminated.IsHeldOut(result, row))).SelectMany(family => family)];
        foreach (var alike in rows.GroupBy(row => (Memorized: Readings.Of(Memorized(row)), More: More(row), row.Family)))
        {
            var rung = new Rung([.. alike]);
            string things = Words.Elements(rung.Rows[0].Ledgers[0]), items = result.Source.Items;
            string inTraining = rung.Rows.All(row => row.Ledgers[0].InTraining is { IsMeasured: true, Floor: not null })
                ? $" In T {rung.Verb("stand", "stands")} {rung.Shares(row => row.Ledgers[0].InTraining!)} of it; of fresh real {items} "
                    + $"{Words.Share(rung.Rows[0].Ledgers[0].InTraining!.Floor!.Value)}." : "";
            string text = alike.Key.Memorized switch
            {
                Reading.Clear => $"{rung.Name} {rung.Verb("have", "has")} {rung.Shares(Memorized)} of the {things} "
                    + $"{rung.Verb("they give", "it gives")} by heart: another sample of the same source would not have taught them.",
                Reading.None => $"{rung.Name} {rung.Verb("have", "has")} hardly any {things} by heart (memorized {rung.Shares(Memorized)}).",
                _ when rung.Rows.All(row => Memorized(row).Low is null) => $"Memorized of the {things} that {rung.Name} {rung.Verb("give", "gives")} reads "
                    + $"{rung.Shares(Memorized)}; so few different {result.Source.Document ?? "document"}s give it no interval.",
                _ => $"Whether {rung.Name} {rung.Verb("have", "has")} any {things} by heart cannot be told (memorized {rung.Shares(Memorized)}).",
            };
            string more = alike.Key.More switch
            {
                1 => $" Most of what {rung.Verb("they say", "it says")} rightly is generalized, not memorized: {rung.Shares(Generalized)}.",
                -1 => $" Most of what {rung.Verb("they say", "it says")} rightly is memorized, not generalized ({rung.Shares(Generalized)}).",
                _ => "",
            };
            yield return new Finding(alike.Key.Memorized == Reading.Clear ? "memorized" : alike.Key.Memorized == Reading.None ? "not-memorized"
                : "memorized-untold", rung.Row, text + more + inTraining + (rung.Rows.Count == 1 ? Changed(result, rung.Rows[0]) : ""));
        }
    }

    /// <summary>More near-copies than memory: a view sees of a mirrored, cropped or darkened photograph what is left of it at the view's resolution.</summary>
    private static string Changed(AuditResult result, Row row)
    {
        if (row.NearCopies is not { Copies: > 0 } near || !(near.Share.Value > Memorized(row).High)
            || !Contaminated.IsAbove(near.Share, near.Items, Contaminated.Fresh(result.Contamination?.Overlaps ?? []))) return "";
        return $" Yet {near.Copies} of {Words.Count(near.Items, Words.One(Contaminated.Items(result.Source)), Contaminated.Items(result.Source))} "
            + $"{(near.Copies == 1 ? "is a near-copy" : "are near-copies")} of training ones: what a changed copy has that its original has not is not memorized here.";
    }

    private static Figure Memorized(Row row) => row.Ledgers[0].Memorized;

    private static Figure Generalized(Row row) => row.Ledgers[0].Generalized;

    /// <summary>1 where generalized is surely more than memorized, -1 where it is surely less, 0 where it cannot be told.</summary>
    private static int More(Row row) => Generalized(row).Low > Memorized(row).High ? 1 : Generalized(row).High < Memorized(row).Low ? -1 : 0;
}
