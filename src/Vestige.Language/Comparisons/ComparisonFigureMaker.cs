using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Language.Comparisons;

/// <summary>From sums to figures with intervals.</summary>
internal static class ComparisonFigureMaker
{
    /// <summary>What a model that knows nothing needs, bits/byte.</summary>
    private const double Nothing = 8;

    internal static ComparisonReport Report(RowTally training, RowTally heldOut, bool isReference, string? why) => new()
    {
        HeldOut = Figures(heldOut.All),
        Training = Figures(training.All),
        Tokens = why is null && heldOut.All.Total(Sum.Positions) > 0 ? Tokens(heldOut) : null,
        Cost = isReference ? null : Cost(training.All, heldOut.All),
        Domains = heldOut.Domains.Count < 2 ? [] : [.. heldOut.Domains.Select(domain => new ComparisonPart(domain.Key, Figures(domain.Value)))],
        Positions = [.. heldOut.Positions.Select(part => new ComparisonPart(part.Key == 1 ? "1" : $"{part.Key} to {(2 * part.Key) - 1}", Figures(part.Value)))],
        Words = heldOut.Words.Largest(),
        Passages = heldOut.Passages,
        Why = why,
        LeftOut = training.LeftOut + heldOut.LeftOut,
    };

    private static ComparisonFigures Figures(Tally tally)
    {
        IReadOnlyList<double[]> clusters = tally.Clusters;
        bool compared = tally.Total(Sum.Positions) > 0;
        Figure Of(string unit, Func<double[], double> figure) => FunctionOfSums.Of(totals => figure(totals[0]), clusters) with { Unit = unit };
        Figure PerPosition(string unit, Sum sum) => compared ? Of(unit, s => s[(int)sum] / s[(int)Sum.Positions])
            : Figure.NotMeasurable("positions could not be compared") with { Unit = unit };
        return new ComparisonFigures
        {
            Documents = tally.Documents,
            Bytes = (long)tally.Total(Sum.Bytes),
            Positions = (long)tally.Total(Sum.Positions),
            BitsPerByte = Of("bits/byte", s => s[(int)Sum.Bits] / s[(int)Sum.Bytes]),
            MoreBits = Of("bits/byte", s => (s[(int)Sum.Bits] - s[(int)Sum.BitsOfReference]) / s[(int)Sum.Bytes]),
            Lost = PerPosition("share", Sum.Lost),
            Divergence = PerPosition("bits/symbol", Sum.Divergence),
            Reverse = PerPosition("bits/symbol", Sum.Reverse),
            JensenShannon = PerPosition("bits/symbol", Sum.JensenShannon),
            SameTop = PerPosition("share", Sum.SameTop),
        };
    }

    private static ComparisonTokens Tokens(RowTally tally)
    {
        IReadOnlyList<double[]> clusters = tally.All.Clusters;
        Figure Of(string unit, Func<double[], double> figure) => FunctionOfSums.Of(totals => figure(totals[0]), clusters) with { Unit = unit };
        double ln2 = Math.Log(2);
        double Mean(double[] s, Sum sum) => s[(int)sum] / s[(int)Sum.Positions];
        double PerplexityOf(double[] s, Sum bits) => Math.Exp(Mean(s, bits) * ln2);
        double Correlation(double[] s)
        {
            double p = Mean(s, Sum.BitsOfReference), q = Mean(s, Sum.Bits);
            double variances = (Mean(s, Sum.SquaresOfReference) - (p * p)) * (Mean(s, Sum.Squares) - (q * q));
            return variances <= 0 ? double.NaN : (Mean(s, Sum.Products) - (p * q)) / Math.Sqrt(variances);
        }

        return new ComparisonTokens
        {
            PerplexityOfReference = Of("perplexity", s => PerplexityOf(s, Sum.BitsOfReference)),
            Perplexity = Of("perplexity", s => PerplexityOf(s, Sum.Bits)),
            LogRatio = Of("nats", s => (Mean(s, Sum.Bits) - Mean(s, Sum.BitsOfReference)) * ln2),
            Ratio = Of("ratio", s => PerplexityOf(s, Sum.Bits) / PerplexityOf(s, Sum.BitsOfReference)),
            Difference = Of("perplexity", s => PerplexityOf(s, Sum.Bits) - PerplexityOf(s, Sum.BitsOfReference)),
            Correlation = Of("correlation", Correlation),
            MeanChange = Of("probability", s => Mean(s, Sum.Change)),
            RmsChange = Of("probability", s => Math.Sqrt(Mean(s, Sum.ChangeSquares))),
            Percentiles =
            [
                Percentiles("divergence", "bits/symbol", tally.Divergences), Percentiles("change", "probability", tally.Changes), Percentiles("ratio", "bits", tally.Ratios),
            ],
        };
    }

    private static ComparisonPercentiles Percentiles(string of, string unit, Sketch sketch)
    {
        static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
        return new ComparisonPercentiles(of, unit, Finite(sketch.Minimum), Finite(sketch.Maximum), [.. Sketch.Shares.Select(share => Finite(sketch.Percentile(share)))]);
    }

    /// <summary>What went first. A model needs less of T than of H for what it has by heart; and of both less than one that knows nothing.</summary>
    private static ComparisonCost Cost(Tally training, Tally heldOut)
    {
        static double Rate(double[] s, Sum bits) => s[(int)bits] / s[(int)Sum.Bytes];
        static double Memory(double[] t, double[] h, Sum bits) => Rate(h, bits) - Rate(t, bits);
        static double Forgotten(double[] t, double[] h) => 1 - (Memory(t, h, Sum.Bits) / Memory(t, h, Sum.BitsOfReference));
        static double Unlearnt(double[] h) => 1 - ((Nothing - Rate(h, Sum.Bits)) / (Nothing - Rate(h, Sum.BitsOfReference)));
        IReadOnlyList<double[]> t = training.Clusters, h = heldOut.Clusters;
        Figure memory = FunctionOfSums.Of(s => Memory(s[0], s[1], Sum.BitsOfReference), t, h);
        Figure generalization = FunctionOfSums.Of(s => Unlearnt(s[0]), h);
        if (memory.Low is not > 0)
        {
            var unknown = Figure.NotMeasurable("the model that the others are held against does not need clearly less of T than of H: nothing shows that it has any of T by heart. "
                + "Name what it was trained on with --train, and what not with --heldout");
            return new ComparisonCost { Memory = unknown, Generalization = generalization, MemoryFirst = unknown };
        }
        return new ComparisonCost
        {
            Memory = FunctionOfSums.Of(s => Forgotten(s[0], s[1]), t, h),
            Generalization = generalization,
            MemoryFirst = FunctionOfSums.Of(s => Forgotten(s[0], s[1]) - Unlearnt(s[1]), t, h),
        };
    }
}
