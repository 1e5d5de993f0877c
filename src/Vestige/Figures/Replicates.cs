namespace Vestige.Figures;

/// <summary>The figures of one ledger as they stand and with each group of documents left out of each sample: what intervals are made of, and
/// those of differences between rows.</summary>
/// <remarks>
/// Rows of an audit share T, H and A, and their G where a group leaves T and G together (a codec). A difference leaves the same group out of both
/// rows at once, so that what both share drops out; what each has of its own (<see cref="Role.Generated"/>) adds its variance.
/// </remarks>
internal sealed class Replicates
{
    private readonly double[] _point;
    private readonly double[]?[][] _leave;

    /// <summary>Keeps the figures of a ledger.</summary>
    /// <param name="point">The figures, in an order that all rows share.</param>
    /// <param name="leave">By <see cref="Role"/>: the figures with group j left out of that sample; empty for a sample that leaves with another (G of
    /// a codec, which leaves with T) or that the ledger does not look at.</param>
    internal Replicates(double[] point, double[][][] leave) => (_point, _leave) = (point, leave);

    /// <summary>A figure as it stands.</summary>
    internal double this[int figure] => _point[figure];

    /// <summary>The uncertainty of a figure; null where a sample has too few documents or a replicate is not finite.</summary>
    internal Spread? SpreadOf(int figure) => Combine(_leave.Select(replicates => Column(replicates, figure)));

    /// <summary>A figure with its uncertainty.</summary>
    /// <param name="figure">Which.</param>
    /// <param name="found">What there is too little of for an interval, where there is none: <c>5 documents in the smallest sample (G)</c>.</param>
    internal Estimate EstimateOf(int figure, string found) => Estimate(_point[figure], SpreadOf(figure),
        _leave.All(groups => groups.Length is 0 or >= Jackknife.MinDocuments) ? null : found);

    /// <summary>The uncertainty of a function of the figures.</summary>
    internal Spread? SpreadOf(Func<double[], double> figure) =>
        Combine(_leave.Select(replicates => replicates.Select(r => figure(r!)).ToArray()));

    /// <summary>This row's figure less another's of the same audit and view, with the joint jackknife.</summary>
    internal Figure Less(Replicates other, int figure)
    {
        double difference = _point[figure] - other._point[figure];
        if (!double.IsFinite(difference)) return Figure.NotMeasurable("one of the two cannot be measured");
        var columns = new List<double[]>();
        for (int role = 0; role < _leave.Length; role++)
        {
            double[] ours = Column(_leave[role], figure), theirs = Column(other._leave[role], figure);
            // What is drawn for each row by itself is not the other's; a sample that only one of the two looks at is that one's too.
            bool shared = role != (int)Role.Generated && ours.Length == theirs.Length;
            if (shared)
            {
                columns.Add([.. ours.Select((x, j) => x - theirs[j])]);
                continue;
            }
            columns.Add(ours);
            columns.Add(theirs);
        }
        return Estimate(difference, Combine(columns), columns.All(column => column.Length is 0 or >= Jackknife.MinDocuments) ? null
            : "too few documents in the smallest sample").Figure();
    }

    private static Estimate Estimate(double value, Spread? spread, string? tooFew) =>
        new(value, spread, spread is not null ? null : tooFew is null ? Jackknife.NotWithout : Jackknife.NoInterval(tooFew));

    private static double[] Column(double[]?[] replicates, int figure) => [.. replicates.Select(r => r![figure])];

    private static Spread? Combine(IEnumerable<double[]> columns)
    {
        double[][] used = [.. columns.Where(column => column.Length > 0)];
        return used.Length == 0 ? null : Jackknife.Combine([.. used.Select(column => Jackknife.Variance(column))], [.. used.Select(column => column.Length)]);
    }
}
