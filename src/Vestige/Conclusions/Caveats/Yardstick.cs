using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>The yardstick must score like what it is; where it does not, differences of that size are noise.</summary>
internal static class Yardstick
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        if (result.Rows.FirstOrDefault(row => row.Kind == RowKind.Yardstick) is not { Ledgers: [Ledger ledger, ..] } row) yield break;
        string[] off = [.. new[] { ("lost", ledger.Lost), ("hallucinated", ledger.Hallucinated) }.Where(f => IsOff(f.Item2)).Select(f => $"{f.Item1} {Words.Share(f.Item2)}")];
        if (off.Length > 0)
        {
            yield return new Finding("yardstick", row.Name,
                $"The yardstick, which is real, reads {Words.List(off)} where 0 is right: figures of other rows may be off by as much.");
        }
    }

    // What is printed as .00 is right.
    private static bool IsOff(Figure figure) => figure is { Value: { } value, Low: { } low, High: { } high } && (low > 0 || high < 0) && Math.Abs(value) >= 0.005;
}
