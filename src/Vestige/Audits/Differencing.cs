using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>Rows less rows, with the joint jackknife (design 3.5): neighbours on a ladder of one family, every codec less no loss, and the pairs that
/// the user named.</summary>
internal static class Differencing
{
    internal static IReadOnlyList<RowDifference> Of(IReadOnlyList<Row> rows, IReadOnlyList<(string Row, string Less)> named)
    {
        var differences = new List<RowDifference>();
        var seen = new HashSet<(string, string)>();
        void Add(Row? row, Row? less, RowDifferenceKind kind)
        {
            if (row is not null && less is not null && row != less && seen.Add((row.Name, less.Name)) && Of(row, less, kind) is { } difference)
                differences.Add(difference);
        }

        Row? Find(string name) => rows.FirstOrDefault(row => row.Name == name || row.Label == name);
        foreach ((string row, string less) in named) Add(Find(row), Find(less), RowDifferenceKind.Named);
        foreach (IGrouping<string, Row> family in rows.Where(row => row.Named).GroupBy(row => row.Family))
        {
            // By what they cost where that is known, else as the user wrote them.
            Row[] ladder = [.. family.OrderBy(row => row.IsCodec ? row.Bits.Rate.Value ?? 0 : 0)];
            for (int i = 1; i < ladder.Length; i++) Add(ladder[i - 1], ladder[i], RowDifferenceKind.Ladder);
        }
        Row? parrot = rows.FirstOrDefault(row => row.Kind == RowKind.Parrot);
        foreach (Row row in rows.Where(row => row is { Named: true, IsCodec: true })) Add(row, parrot, RowDifferenceKind.Lossless);
        return differences;
    }

    private static RowDifference? Of(Row row, Row less, RowDifferenceKind kind)
    {
        if (row.Ledgers.Count == 0 || less.Ledgers.FirstOrDefault(ledger => ledger.View == row.Ledgers[0].View) is not { Replicates: { } theirs } other
            || row.Ledgers[0] is not { Replicates: { } ours } ledger)
        {
            return null;
        }
        Figure Make(LedgerFigure figure, Func<Ledger, Figure> of)
        {
            Figure a = of(ledger), b = of(other);
            if (!a.IsMeasured) return a;
            if (!b.IsMeasured) return b;
            // What was drawn back to what a share may be is not what its replicates have: a difference of these would say more than both figures do.
            return IsDrawnBack(a, ours[(int)figure]) || IsDrawnBack(b, theirs[(int)figure])
                ? Figure.NotMeasurable("one of the two lies outside of what a share can be by more than its own error: what sets them apart cannot be told")
                : ours.Less(theirs, (int)figure);
        }

        return new RowDifference(row.Name, less.Name, ledger.View, kind)
        {
            Lost = Make(LedgerFigure.Lost, l => l.Lost),
            Memorized = Make(LedgerFigure.Memorized, l => l.Memorized),
            Generalized = Make(LedgerFigure.Generalized, l => l.Generalized),
            Hallucinated = Make(LedgerFigure.Hallucinated, l => l.Hallucinated),
        };
    }

    // Printed and replicated are the same sums in another order.
    private static bool IsDrawnBack(Figure printed, double replicated) => Math.Abs(printed.Value!.Value - replicated) > 1e-9;
}
