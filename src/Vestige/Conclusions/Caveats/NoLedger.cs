using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>Why there is no ledger, once for all rows or once for those that share the reason.</summary>
internal static class NoLedger
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        Row[] without = [.. result.Rows.Where(row => row.Why is not null)];
        if (without.Length == 0) yield break;
        if (without.Length == result.Rows.Count && without.All(row => row.Why == without[0].Why))
        {
            yield return new Finding("no-ledger", null, Words.Sentence(without[0].Why!));
            yield break;
        }
        foreach (IGrouping<string, Row> rows in without.GroupBy(row => row.Why!))
        {
            var rung = new Rung([.. rows]);
            yield return new Finding("no-ledger", rung.Row, $"{rung.Name}: {rows.Key.TrimEnd('.')}.");
        }
    }
}
