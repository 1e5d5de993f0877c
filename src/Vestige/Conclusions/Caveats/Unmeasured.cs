using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>Figures without a value, with the reason: what a degenerate G is, what a sample is too small for. And figures without an interval, or with
/// one that is wide for a reason.</summary>
internal static class Unmeasured
{
    private static readonly (string Name, Func<Ledger, Figure> Of)[] s_shares =
    [
        ("lost", ledger => ledger.Lost), ("memorized", ledger => ledger.Memorized), ("generalized", ledger => ledger.Generalized), ("hallucinated", ledger => ledger.Hallucinated),
    ];

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        var whys = new List<(string Why, bool IsValue, bool IsWide, Row Row, string Share)>();
        foreach (Row row in result.Rows.Where(row => row.Ledgers.Count > 0))
        {
            foreach ((string name, Func<Ledger, Figure> of) in s_shares)
                if (of(row.Ledgers[0]) is { Why: { } why } figure) whys.Add((why, !figure.IsMeasured, figure.Low is not null, row, name));
        }
        foreach (var reason in whys.GroupBy(w => (w.Why, w.IsValue, w.IsWide)))
        {
            var rung = new Rung([.. reason.Select(w => w.Row).Distinct()]);
            // Where every row has the same reason it is the sample's.
            bool all = rung.Rows.Count > 1 && rung.Rows.Count == result.Rows.Count(row => row.Ledgers.Count > 0);
            string why = reason.Key.Why.TrimEnd('.');
            if (reason.Key.IsValue)
            {
                string[] shares = [.. reason.Select(w => w.Share).Distinct()];
                string elsewhere = rung.Rows.Count == 1 ? Elsewhere(rung.Rows[0], shares) : "";
                yield return new Finding("not-measurable", all ? null : rung.Row,
                    $"{Words.Capital(Words.List(shares))} of {(all ? "every row" : rung.Name)} cannot be measured: {why}.{elsewhere}");
            }
            else
            {
                yield return new Finding(reason.Key.IsWide ? "wide-interval" : "no-interval", all ? null : rung.Row, all ? Words.Sentence(why) : $"{rung.Name}: {why}.");
            }
        }
    }

    /// <summary>What the first other view says of all of these; nothing where none does, with an interval.</summary>
    private static string Elsewhere(Row row, string[] shares)
    {
        (string Name, Func<Ledger, Figure> Of)[] those = [.. s_shares.Where(share => shares.Contains(share.Name))];
        Ledger? telling = row.Ledgers.Skip(1).FirstOrDefault(ledger => those.All(share => share.Of(ledger) is { IsMeasured: true, Low: not null, Why: null }));
        return telling is null ? ""
            : $" Its {Words.Elements(telling)} (view '{telling.View}') read {Words.List(those.Select(share => $"{share.Name} {Words.Share(share.Of(telling))}"))}.";
    }
}
