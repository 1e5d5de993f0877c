using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Shares;

/// <summary>What the headline view does not show and another view does: of photographs, that images of a kind never come, or come that nobody took; of text, that one of its
/// languages never does.</summary>
internal static class Beside
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        Row[] rows = [.. result.Rows.Where(row => row is { Named: true, Exact: null, IsLossless: false } && row.Ledgers.Count > 1)];
        foreach (Row row in rows)
        {
            // Of points each view sees things of its own. Of atoms the one that sees most speaks.
            Ledger[] atoms = [.. new[] { Seen(row, LostOf), Seen(row, MadeUpOf) }.OfType<Ledger>().Distinct()];
            foreach (Ledger ledger in row.Ledgers.Skip(1).Where(ledger => ledger.Invented is null || atoms.Contains(ledger)))
            {
                Ledger headline = row.Ledgers[0];
                string things = Words.Elements(ledger), items = result.Source.Items;
                string? lost = IsNews(headline, ledger, LostOf) ? $"loses {Words.Share(ledger.Lost)} of the {things} of unseen {items}" : null;
                string? madeUp = IsNews(headline, ledger, MadeUpOf) ? $"makes up {Words.Share(ledger.Hallucinated)} of the {things} that it gives" : null;
                if (lost is null && madeUp is null) continue;
                string said = string.Join(" and ", new[] { lost, madeUp }.OfType<string>());
                yield return new Finding("beside", row.Name, $"{row.Label} {said} (view '{ledger.View}'), which its {Words.Elements(headline)} do not show.");
            }
        }
    }

    internal static Figure LostOf(Ledger ledger) => ledger.Lost;

    internal static Figure MadeUpOf(Ledger ledger) => ledger.Hallucinated;

    /// <summary>The view of atoms, not the headline, that shows most of what the headline does not; null where none does.</summary>
    /// <remarks>What gives common things only has more of the rare ones that recur, and so loses fewer than none in a view of which fresh samples hold hardly any: one of
    /// two languages, one of twelve authors.</remarks>
    internal static Ledger? Seen(Row row, Func<Ledger, Figure> of) =>
        row.Ledgers.Skip(1).Where(ledger => ledger.Invented is not null && IsNews(row.Ledgers[0], ledger, of)).MaxBy(ledger => of(ledger).Low);

    private static bool IsNews(Ledger headline, Ledger other, Func<Ledger, Figure> of) =>
        (of == LostOf ? Readings.OfLost(headline) : Readings.Of(of(headline))) is not Reading.Clear
        // Several views of atoms look at the same: one of them is by chance above nothing more often than one in forty.
        && (other.Invented is null ? Readings.Of(of(other)) == Reading.Clear : of(other).Low > Readings.Notable);
}
