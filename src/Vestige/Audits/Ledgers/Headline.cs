using Vestige.Audits.Documents;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Audits.Ledgers;

/// <summary>Which of several discrete views tells most: the one that tells nonsense from sense best, chosen by the corners alone, before any row is
/// looked at, so that the same source has the same headline whatever is audited.</summary>
internal static class Headline
{
    /// <summary>Puts it first in every row.</summary>
    /// <param name="rows">Rows, the corners among them.</param>
    /// <param name="ledgers">Theirs, which hold the same views in the same order.</param>
    internal static RowLedgers<TItem>[] PutFirst<TItem>(IReadOnlyList<AuditedRow<TItem>> rows, RowLedgers<TItem>[] ledgers)
    {
        if (LedgersOf(rows, ledgers, RowKind.Yardstick) is not { Count: > 1 } real) return ledgers;
        int best = Choose(real, LedgersOf(rows, ledgers, RowKind.Shuffled));
        if (best <= 0) return ledgers;
        return [.. ledgers.Select(of => of.Ledgers.Count <= best ? of
            : of with { Ledgers = [of.Ledgers[best], .. of.Ledgers.Where((_, v) => v != best)] })];
    }

    /// <summary>The ledger in which hallucinated of shuffled is surely the farthest above that of the yardstick: by the near end of their difference, among
    /// those that could be split. A view that tells little is no headline, however sure it is of that. The first of equals; -1 where
    /// none could be split. Without a shuffled row: where fresh real items are nearest to half new.</summary>
    internal static int Choose(IReadOnlyList<Ledger> yardstick, IReadOnlyList<Ledger>? shuffled)
    {
        int best = -1;
        double most = double.NegativeInfinity;
        for (int v = 0; v < yardstick.Count; v++)
        {
            double score = shuffled is null ? Halved(yardstick[v]) : Separation(yardstick[v], shuffled[v]);
            if (score <= most) continue;
            (best, most) = (v, score);
        }
        return best;
    }

    private static IReadOnlyList<Ledger>? LedgersOf<TItem>(IReadOnlyList<AuditedRow<TItem>> rows, RowLedgers<TItem>[] ledgers, RowKind kind) =>
        rows.Zip(ledgers).FirstOrDefault(row => row.First.Kind == kind) is { Second.Ledgers: { Count: > 0 } found } ? found : null;

    private static double Separation(Ledger yardstick, Ledger shuffled)
    {
        if (!yardstick.Hallucinated.IsMeasured || !shuffled.Hallucinated.IsMeasured || shuffled.Replicates is null || yardstick.Replicates is null)
            return double.NegativeInfinity;
        Figure difference = shuffled.Replicates.Less(yardstick.Replicates, (int)LedgerFigure.Hallucinated);
        // An error of nothing is that of views whose atoms are all alike.
        if (difference.High - difference.Low == 0) return double.NegativeInfinity;
        return difference.Low ?? difference.Value!.Value;
    }

    private static double Halved(Ledger yardstick) => yardstick.Hallucinated.IsMeasured && yardstick.InTraining?.Floor is { } known
        ? -Math.Abs(known - 0.5) : double.NegativeInfinity;
}
