using Vestige.Estimators;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>Which of several discrete views tells most: the one that tells nonsense from sense best, chosen by the corners alone, before any row is
/// looked at, so that the same source has the same headline whatever is audited.</summary>
internal static class Headline
{
    /// <summary>Puts it first in every row.</summary>
    /// <param name="rows">Rows that hold the same views in the same order, the corners among them.</param>
    internal static void PutFirst<TItem>(IReadOnlyList<RowWork<TItem>> rows)
    {
        if (LedgersOf(rows, RowKind.Yardstick) is not { Count: > 1 } real) return;
        int best = Choose(real, LedgersOf(rows, RowKind.Shuffled));
        if (best <= 0) return;
        foreach (RowWork<TItem> row in rows)
            if (row.Ledgers.Count > best) row.Ledgers = [row.Ledgers[best], .. row.Ledgers.Where((_, v) => v != best)];
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
            double score = shuffled is null ? Halved(yardstick[v]) : Told(yardstick[v], shuffled[v]);
            if (score <= most) continue;
            (best, most) = (v, score);
        }
        return best;
    }

    private static IReadOnlyList<Ledger>? LedgersOf<TItem>(IReadOnlyList<RowWork<TItem>> rows, RowKind kind) =>
        rows.FirstOrDefault(row => row.Kind == kind) is { Ledgers: { Count: > 0 } ledgers } ? ledgers : null;

    private static double Told(Ledger yardstick, Ledger shuffled)
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
