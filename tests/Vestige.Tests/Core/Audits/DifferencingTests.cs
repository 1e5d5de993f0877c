using Vestige.Audits;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core.Audits;

public sealed class DifferencingTests
{
    /// <summary>A row whose hallucinated is printed as told, and lies elsewhere in its replicates.</summary>
    private static Row Of(string name, double hallucinated, double replicated)
    {
        Row row = Given.Row(name, null, 0, hallucinated, codec: false);
        double[] point = [0, 0, 1 - replicated, replicated];
        double[][] leave = [.. Enumerable.Range(0, 10).Select(j => new[] { 0, 0, 1 - replicated - (.001 * j), replicated + (.001 * j) })];
        Ledger ledger = row.Ledgers[0] with
        {
            Memorized = new Figure { Value = 0, Low = 0, High = 0 },
            Generalized = new Figure { Value = 1 - hallucinated, Low = 1 - hallucinated, High = 1 - hallucinated },
            Replicates = new Replicates(point, [leave, leave, leave, leave]),
        };
        return row with { Ledgers = [ledger] };
    }

    [Fact]
    public void What_was_drawn_back_to_a_share_is_no_part_of_a_difference()
    {
        RowDifference drawn = Assert.Single(Differencing.Of([Of("samples:a", 0, 0), Of("samples:b", -.01, -.2)], [("samples:a", "samples:b")]));
        Assert.False(drawn.Hallucinated.IsMeasured);
        Assert.Contains("by more than its own error", drawn.Hallucinated.Why, StringComparison.Ordinal);
        Assert.False(drawn.Generalized.IsMeasured);
        Assert.Equal(0, drawn.Lost.Value);
        RowDifference told = Assert.Single(Differencing.Of([Of("samples:a", .3, .3), Of("samples:b", .1, .1)], [("samples:a", "samples:b")]));
        Assert.Equal(.2, told.Hallucinated.Value!.Value, 1e-12);
    }
}
