using Vestige.Estimators;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>From what was measured of each reconstruction to figures over documents, and to comparisons of codecs.</summary>
internal sealed class PairedPass<TItem>(AuditRequest<TItem> request, DocumentPass<TItem> pass)
{
    /// <summary>The worst so many of a hundred documents have a mean of their own.</summary>
    private const double WorstShare = 0.05;

    private readonly IReadOnlyList<PairedMeasure> _measures = request.Pairing?.Measures ?? [];

    /// <summary>The report of a row; null where it is not measured.</summary>
    internal PairedReport? Of(RowWork<TItem> row)
    {
        if (request.Pairing is null || !row.IsPaired) return null;
        int[] documents = [.. Enumerable.Range(0, pass.Own).Where(i => row.Paired(i) is not null)];
        if (documents.Length == 0) return null;
        string items = pass.Entries[0].Source.Medium.Items;
        (PairedMeasure Measure, PairedSummary? Summary)[] found = [.. _measures.Select((measure, m) => (measure, Summary(row, documents, measure, m)))];
        return new PairedReport(documents.Length, [.. found.Select(f => f.Summary).OfType<PairedSummary>()])
        {
            Remarks = [.. found.Select(f => f.Summary is { } summary ? f.Measure.Remark(summary, documents.Length, items) : null).OfType<string>()],
        };
    }

    private PairedSummary? Summary(RowWork<TItem> row, int[] documents, PairedMeasure measure, int m)
    {
        (int Document, double Value)[] values = [.. documents.Select(i => (i, row.Paired(i)![m])).Where(v => !double.IsNaN(v.Item2))];
        if (values.Length == 0) return null;
        (int Document, double Value)[] worst = [.. values.OrderBy(v => measure.MoreIsBetter ? v.Value : -v.Value).ThenBy(v => v.Document)];
        double worstValue = measure.Show(worst[0].Value);
        return new PairedSummary(measure.Name, Mean([.. values.Select(v => v.Value)], measure.Show, measure.Unit),
            Worst([.. values.Select(v => v.Value)], measure),
            pass.Entries[worst[0].Document].Info.Name, double.IsFinite(worstValue) ? worstValue : null);
    }

    /// <summary>The mean of the worst documents, of the last of which a part may count; an interval where at least two do.</summary>
    private static Figure Worst(double[] values, PairedMeasure measure)
    {
        double Tail(IEnumerable<double> of)
        {
            double[] worst = [.. of.Order()];
            if (!measure.MoreIsBetter) Array.Reverse(worst);
            double count = Math.Max(1, WorstShare * worst.Length), sum = 0;
            for (int i = 0; i < count; i++) sum += worst[i] * Math.Min(1, count - i);
            return sum / count;
        }

        return Interval(Tail(values), values, Tail, values.Length * WorstShare >= 2, measure.Show, measure.Unit);
    }

    /// <summary>Each codec with the first one that the user named, where there are two or more.</summary>
    internal IReadOnlyList<MatchedComparison> Matched(IReadOnlyList<RowWork<TItem>> rows)
    {
        if (request.Pairing is null) return [];
        IGrouping<string, RowWork<TItem>>[] families = [.. rows.Where(row => row.IsPaired).GroupBy(row => request.Settings.FamilyOf(row.Compressor.Name))];
        return families.Length < 2 ? [] : [.. families.Skip(1).Select(family => Compare(families[0], family))];
    }

    private MatchedComparison Compare(IGrouping<string, RowWork<TItem>> baseline, IGrouping<string, RowWork<TItem>> family)
    {
        PairedMeasure quality = _measures[0];
        double sign = quality.MoreIsBetter ? 1 : -1;
        double[] bytes = [.. Enumerable.Range(0, pass.Own).Select(i => Ladder.MeanDifference(Ladder.ByQuality(Settings(family, i, 0, sign)),
            Ladder.ByQuality(Settings(baseline, i, 0, sign))))
            .OfType<double>()];
        Figure ratio = Mean(bytes, Math.Exp, "ratio");
        var differences = new List<MatchedDifference>();
        int documents = 0;
        for (int m = 0; m < _measures.Count; m++)
        {
            if (!_measures[m].IsCompared) continue;
            double[] found = [.. Enumerable.Range(0, pass.Own).Select(i
                => Ladder.MeanDifference(Ladder.ByBytes(Settings(family, i, m, 1)), Ladder.ByBytes(Settings(baseline, i, m, 1))))
                .OfType<double>()];
            if (m == 0) documents = found.Length;
            differences.Add(new MatchedDifference(_measures[m].Name, Mean(found, x => x, _measures[m].Unit)));
        }
        return new MatchedComparison(baseline.Key, family.Key, quality.Name, bytes.Length, ratio, documents, differences);
    }

    /// <summary>A document at the settings of a family: logarithm of bytes, and a measure.</summary>
    private static IEnumerable<(double, double)> Settings(IEnumerable<RowWork<TItem>> family, int document, int measure, double sign) =>
        family.Where(row => row.Paired(document) is not null && row.Outcome(document).Bytes > 0)
            .Select(row => (Math.Log(row.Outcome(document).Bytes), sign * row.Paired(document)![measure]));

    /// <summary>The mean of values of documents with its interval, carried through a monotone function.</summary>
    private static Figure Mean(double[] values, Func<double, double> show, string unit) =>
        values.Length == 0 ? Figure.NotMeasurable("the documents have nothing in common") with { Unit = unit }
            : Interval(values.Average(), values, of => of.Average(), true, show, unit);

    /// <summary>A statistic of documents with its interval by delete-group jackknife, carried through a monotone function.</summary>
    private static Figure Interval(double value, double[] values, Func<IEnumerable<double>, double> statistic, bool isEnough, Func<double, double> show, string unit)
    {
        int groups = Jackknife.Groups(values.Length);
        double[] leave = new double[groups];
        for (int j = 0; j < groups && groups > 1; j++) leave[j] = statistic(values.Where((_, i) => Jackknife.GroupOf(i, groups) != j));
        Spread? spread = isEnough ? Jackknife.Combine([Jackknife.Variance(leave)], [groups]) : null;
        Figure figure = Finite(show(value), unit);
        if (spread is not { } s)
        {
            return figure with
            {
                Why = figure.Why ?? (isEnough ? $"no interval: {values.Length} documents, {Jackknife.MinDocuments} are needed"
                    : $"no interval: of {values.Length} documents fewer than two are the worst 5 %"),
            };
        }
        double one = show(value - s.HalfWidth), other = show(value + s.HalfWidth);
        // The function may end (decibels of an error below 0): there is then no such end of the interval.
        return !figure.IsMeasured || !double.IsFinite(one) || !double.IsFinite(other) ? figure
            : figure with { Low = Math.Min(one, other), High = Math.Max(one, other) };
    }

    private static Figure Finite(double value, string unit) => double.IsFinite(value) ? new Figure { Value = value, Unit = unit }
        : Figure.NotMeasurable("infinite: nothing was changed") with { Unit = unit };
}
