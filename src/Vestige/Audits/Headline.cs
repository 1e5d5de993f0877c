using Vestige.Results;

namespace Vestige.Audits;

/// <summary>Which of several discrete views tells most: the one in which fresh real items are about half new.</summary>
/// <remarks>Where nearly all atoms of A are in T nothing can be generalized or hallucinated; where nearly none are, nothing is found in H.</remarks>
internal static class Headline
{
    /// <summary>Puts it first in every row.</summary>
    /// <param name="rows">Rows that hold the same views in the same order, the yardstick among them.</param>
    internal static void PutFirst<TItem>(IReadOnlyList<RowWork<TItem>> rows)
    {
        if (rows.FirstOrDefault(row => row.Kind == RowKind.Yardstick) is not { Ledgers: { Count: > 1 } real }) return;
        int best = Choose(real);
        if (best <= 0) return;
        foreach (RowWork<TItem> row in rows)
            if (row.Ledgers.Count > best) row.Ledgers = [row.Ledgers[best], .. row.Ledgers.Where((_, v) => v != best)];
    }

    /// <summary>The ledger whose novel(A), which is 1 less the floor of memorized, is nearest one half among those that could be split: there A
    /// has hits enough. The first of equals; -1 where none could be split.</summary>
    internal static int Choose(IReadOnlyList<Ledger> ledgers)
    {
        int best = -1;
        double distance = double.PositiveInfinity;
        for (int v = 0; v < ledgers.Count; v++)
        {
            if (!ledgers[v].Hallucinated.IsMeasured || ledgers[v].Memorized.Floor is not { } known || Math.Abs(known - 0.5) >= distance) continue;
            (best, distance) = (v, Math.Abs(known - 0.5));
        }
        return best;
    }
}
