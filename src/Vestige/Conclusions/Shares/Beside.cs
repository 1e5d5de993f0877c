using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Shares;

/// <summary>What the headline view does not show and another view of points does: of photographs, that images of a kind never come, or come that nobody
/// took.</summary>
internal static class Beside
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        Row[] rows = [.. result.Rows.Where(row => row is { Named: true, Exact: null, IsLossless: false } && row.Ledgers.Count > 1)];
        foreach (Row row in rows)
            foreach (Ledger ledger in row.Ledgers.Skip(1))
            {
                Ledger headline = row.Ledgers[0];
                // Of several views of atoms one is chosen to speak for all.
                if (ledger.Invented is not null) continue;
                string things = Words.Elements(ledger), items = result.Source.Items;
                string? lost = IsNews(headline.Lost, ledger.Lost) ? $"loses {Words.Share(ledger.Lost)} of the {things} of unseen {items}" : null;
                string? madeUp = IsNews(headline.Hallucinated, ledger.Hallucinated) ? $"makes up {Words.Share(ledger.Hallucinated)} of the {things} that it gives" : null;
                if (lost is null && madeUp is null) continue;
                string said = string.Join(" and ", new[] { lost, madeUp }.OfType<string>());
                yield return new Finding("beside", row.Name, $"{row.Label} {said} (view '{ledger.View}'), which its {Words.Elements(headline)} do not show.");
            }
    }

    private static bool IsNews(Figure headline, Figure other) => Readings.Of(other) == Reading.Clear && Readings.Of(headline) is not Reading.Clear;
}
