using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Expressions;

/// <summary>A column of some table: a figure of every row.</summary>
/// <param name="Name">As expressions write it: "at-most".</param>
/// <param name="Unit">As in a <see cref="Figure"/>.</param>
/// <param name="Of">The figure of a row.</param>
public sealed record Column(string Name, string Unit, Func<AuditResult, Row, Figure> Of)
{
    /// <summary>Name of the paired measure that it is of; null for another figure.</summary>
    public string? Measure { get; init; }

    /// <summary>Whether it is that measure's mean over the worst documents.</summary>
    public bool IsOfWorst { get; init; }

    /// <summary>Whether it is told of samples, and says nothing without an interval: not what is measured or counted of the files at hand.</summary>
    public bool IsEstimate { get; init; }
}

/// <summary>All columns that an expression may name.</summary>
public static class Columns
{
    /// <summary>After the name of a column that has one: what fresh real items score.</summary>
    public const string Floor = ".floor";

    /// <summary>After the name of what is measured of each reconstruction: the mean of the worst 5 %.</summary>
    public const string Worst = ".worst";

    // Those of the ledger have the short names: they are what a row is about.
    private const string Detail = "detail.";

    private static readonly (string Name, Func<Ledger, Figure?> Of)[] s_shares =
    [
        ("lost", ledger => ledger.Lost), ("kept", ledger => ledger.Kept), ("memorized", ledger => ledger.Memorized),
        ("generalized", ledger => ledger.Generalized), ("hallucinated", ledger => ledger.Hallucinated),
        ("in-t", ledger => ledger.InTraining), ("at-most", ledger => ledger.AtMost), ("invented", ledger => ledger.Invented),
    ];

    private static readonly (string Name, Func<RowDifference, Figure> Of)[] s_differences =
    [
        ("lost", difference => difference.Lost), ("memorized", difference => difference.Memorized),
        ("generalized", difference => difference.Generalized), ("hallucinated", difference => difference.Hallucinated),
    ];

    /// <summary>The columns that may stand behind <c>diff(ROW).</c></summary>
    internal static IEnumerable<string> Differences => s_differences.Select(difference => difference.Name);

    /// <summary>The columns of audits of one kind of items.</summary>
    /// <param name="sizeUnit">"pixel", "byte".</param>
    /// <param name="measures">Name and unit of what is measured of each reconstruction; empty where nothing is.</param>
    public static IReadOnlyList<Column> Of(string sizeUnit, IEnumerable<(string Name, string Unit)> measures)
    {
        ArgumentNullException.ThrowIfNull(measures);
        string bits = "bits/" + sizeUnit;
        List<Column> columns =
        [
            new("rate", bits, (_, row) => row.Bits.Rate),
            .. sizeUnit == "byte" ? [new Column("rate.character", "bits/character",
                (_, row) => Known(row.Bits.RatePerCharacter, "this row gives no probabilities"))] : Array.Empty<Column>(),
            new("saved", "share", (_, row) => Known(row.Bits.Saving, "this row has no coded files")),
            new("saved.lossless", "share", (_, row) => Known(row.Bits.SavingLossless, "this row has no coded files")),
            new("lossless", "ratio", (_, row) => Known(row.Bits.RatioToLossless, "this row has no coded files")),
            new("stored", "bytes", (_, row) => Count(row.Bits.DescriptionBytes, "what must be stored of it is not known")),
            new("training", bits, (_, row) => Known(row.Bits.CodeLengthTraining, "this row gives no probabilities")),
            new("held-out", bits, (_, row) => Known(row.Bits.CodeLengthHeldOut, "this row gives no probabilities")),
            new("files", bits, (_, row) => Known(row.Bits.FileRate, "this row codes no files")),
            new("gap", bits, (_, row) => Known(row.Bits.GeneralizationGap, "this row gives no probabilities")),
            new("bits-memorized", "bits", (_, row) => Known(row.Bits.MemorizedBits, "this row gives no probabilities")),
            .. s_shares.Select(share => new Column(share.Name, "share", (_, row) => Headline(row, share.Of)) { IsEstimate = true }),
            new("copied", "share", (_, row) => Known(row.Copying?.Copied, "nothing was searched for copies")),
            new("mean-match", "characters", (_, row) => Known(row.Copying is { } copying
                ? new Figure { Value = copying.MeanMatch, Unit = "characters" } : null, "nothing was searched for copies")),
            new("longest", "characters", (_, row) => Known(row.Copying is { } copying
                ? new Figure { Value = copying.LongestMatch, Unit = "characters" } : null, "nothing was searched for copies")),
            new("extracted", "share", (_, row) => Known(row.Extraction?.Difference, "this row cannot go on from a prefix")),
            new("near-copies", "share", (_, row) => Known(row.NearCopies?.Share, "nothing was searched for near-copies")),
        ];
        var taken = columns.Select(column => column.Name).ToHashSet();
        foreach (string name in columns.Where(HasFloor).Select(column => column.Name).ToArray())
        {
            Column column = columns.First(c => c.Name == name);
            columns.Add(new Column(name + Floor, column.Unit, (result, row) => column.Of(result, row) is var figure && figure.Floor is { } floor
                ? new Figure { Value = floor, Unit = column.Unit } : Figure.NotMeasurable(figure.Why ?? "there is no floor")));
        }
        foreach ((string name, string unit) in measures)
        {
            string column = taken.Contains(NameOf(name)) ? Detail + NameOf(name) : NameOf(name);
            columns.Add(new Column(column, unit, (_, row) => Paired(row, name, summary => summary.Mean)) { Measure = name });
            columns.Add(new Column(column + Worst, unit, (_, row) => Paired(row, name, summary => summary.Worst)) { Measure = name, IsOfWorst = true });
        }
        return columns;
    }

    /// <summary>A row's difference to another.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="row">The row.</param>
    /// <param name="less">Name or label of the other.</param>
    /// <param name="column">One of <see cref="Differences"/>.</param>
    internal static Figure Difference(AuditResult result, Row row, string less, string column)
    {
        Func<RowDifference, Figure> of = s_differences.First(difference => difference.Name == column).Of;
        Row? other = result.Rows.FirstOrDefault(r => r.Name == less || r.Label == less);
        if (other is null) return Figure.NotMeasurable($"there is no row {less}");
        if (other.Name == row.Name) return new Figure { Value = 0 };
        foreach (RowDifference difference in result.Differences)
        {
            if (difference.Row == row.Name && difference.Less == other.Name) return of(difference);
            if (difference.Row == other.Name && difference.Less == row.Name) return Negative(of(difference));
        }
        return Figure.NotMeasurable(row.Why ?? other.Why ?? $"there is no difference of {row.Name} and {other.Name}; ask for it with --compare");
    }

    private static Figure Negative(Figure figure) => figure with { Value = -figure.Value, Low = -figure.High, High = -figure.Low };

    private static bool HasFloor(Column column) => s_shares.Any(share => share.Name == column.Name) || column.Name is "copied" or "near-copies";

    /// <summary>"visibleLost" as columns are written: "visible-lost".</summary>
    private static string NameOf(string measure) =>
        string.Concat(measure.Select(c => char.IsAsciiLetterUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));

    private static Figure Headline(Row row, Func<Ledger, Figure?> of) => row.Ledgers.Count == 0 ? Figure.NotMeasurable(row.Why ?? "there is no ledger")
        : Known(of(row.Ledgers[0]), $"the view '{row.Ledgers[0].View}' does not give it");

    private static Figure Paired(Row row, string name, Func<PairedSummary, Figure> of)
    {
        if (row.Paired?.Of(name) is not { } summary) return Figure.NotMeasurable("nothing was compared with its original");
        Figure figure = of(summary);
        // Decibels of no error have no end; above every number they are.
        return figure is { IsMeasured: false, Why: { } why } && why.StartsWith("infinite", StringComparison.Ordinal)
            ? figure with { Value = double.PositiveInfinity } : figure;
    }

    private static Figure Known(Figure? figure, string why) => figure ?? Figure.NotMeasurable(why);

    private static Figure Count(long? count, string why) => count is { } x ? new Figure { Value = x, Unit = "bytes" } : Figure.NotMeasurable(why);
}
