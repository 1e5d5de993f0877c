using System.Globalization;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Exhibits;
using Vestige.Figures;
using Vestige.Pairs;
using Vestige.Results;

namespace Vestige.Audits.Paired;

/// <summary>What the pass over paired measures takes.</summary>
/// <param name="Pairing">What was measured.</param>
/// <param name="Documents">What was found of each document.</param>
/// <param name="Rows">What is audited.</param>
/// <param name="FamilyOf">What a row, by its name, is a setting of.</param>
/// <param name="Exhibition">Where things to look at go; null for none.</param>
/// <param name="Threads">Threads; no figure depends on it.</param>
internal sealed record PairedInput<TItem>(IPairing<TItem> Pairing, SeenDocuments<TItem> Documents, IReadOnlyList<AuditedRow<TItem>> Rows,
    Func<string, string> FamilyOf, Exhibition<TItem>? Exhibition, int Threads);

/// <summary>What it gives.</summary>
/// <param name="Measures">What was measured.</param>
/// <param name="Rows">A report a row; null for one that is not measured.</param>
/// <param name="Matched">Each codec beside the first one that the user named.</param>
/// <param name="Exhibits">Things to look at, each of a row.</param>
internal sealed record PairedReports(IReadOnlyList<PairedMeasureInfo> Measures, IReadOnlyList<PairedReport?> Rows,
    IReadOnlyList<MatchedComparison> Matched, IReadOnlyList<Exhibit> Exhibits);

/// <summary>From what was measured of each reconstruction to figures over documents, and to comparisons of codecs.</summary>
internal sealed class PairedPass<TItem>
{
    /// <summary>The worst so many of a hundred documents have a mean of their own.</summary>
    private const double WorstShare = 0.05;

    /// <summary>So many of the worst an interval needs: of one alone there is no spread.</summary>
    private const int LeastWorst = 2;

    private readonly PairedInput<TItem> _input;
    private readonly SeenDocuments<TItem> _documents;
    private readonly IReadOnlyList<PairedMeasure> _measures;

    private PairedPass(PairedInput<TItem> input) => (_input, _documents, _measures) = (input, input.Documents, input.Pairing.Measures);

    internal static PairedReports Run(PairedInput<TItem> input, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var pass = new PairedPass<TItem>(input);
        return new PairedReports([.. pass._measures.Select(measure => measure.Info)], [.. input.Rows.Select(pass.Of)], pass.Matched(),
            PairedExhibits<TItem>.Of(input, progress, cancel));
    }

    /// <summary>The report of a row; null where it is not measured.</summary>
    private PairedReport? Of(AuditedRow<TItem> row)
    {
        if (!row.IsPaired) return null;
        int[] documents = [.. Enumerable.Range(0, _documents.Own).Where(i => _documents.Paired(row, i) is not null)];
        if (documents.Length == 0) return null;
        string items = _documents.Medium.Items;
        (PairedMeasure Measure, PairedSummary? Summary)[] found = [.. _measures.Select((measure, m) => (measure, Summary(row, documents, measure, m)))];
        return new PairedReport(documents.Length, [.. found.Select(f => f.Summary).OfType<PairedSummary>()])
        {
            Remarks = [.. found.Select(f => f.Summary is { } summary ? f.Measure.Remark(summary, documents.Length, items) : null).OfType<string>()],
        };
    }

    private PairedSummary? Summary(AuditedRow<TItem> row, int[] documents, PairedMeasure measure, int m)
    {
        (int Document, double Value)[] values = [.. documents.Select(i => (i, _documents.Paired(row, i)![m])).Where(v => !double.IsNaN(v.Item2))];
        if (values.Length == 0) return null;
        (int Document, double Value)[] worst = [.. values.OrderBy(v => measure.MoreIsBetter ? v.Value : -v.Value).ThenBy(v => v.Document)];
        double worstValue = measure.Show(worst[0].Value);
        return new PairedSummary(measure.Name, Mean([.. values.Select(v => v.Value)], measure.Show, measure.Unit),
            Worst([.. values.Select(v => v.Value)], measure, _documents.Medium.Items),
            _documents.Entries[worst[0].Document].Info.Name, double.IsFinite(worstValue) ? worstValue : null);
    }

    /// <summary>The mean of the worst documents, of the last of which a part may count; an interval where at least two do.</summary>
    private static Figure Worst(double[] values, PairedMeasure measure, string items)
    {
        double Tail(IEnumerable<double> of)
        {
            double[] worst = [.. of.Order()];
            if (!measure.MoreIsBetter) Array.Reverse(worst);
            double count = Math.Max(1, WorstShare * worst.Length), sum = 0;
            for (int i = 0; i < count; i++) sum += worst[i] * Math.Min(1, count - i);
            return sum / count;
        }

        string? why = values.Length * WorstShare >= LeastWorst ? null : string.Create(CultureInfo.InvariantCulture,
            $"no interval: of {values.Length} {items} fewer than two are the worst 5 %, {LeastWorst / WorstShare:0} would give one");
        return Interval(values, Tail, why, measure.Show, measure.Unit);
    }

    /// <summary>Each codec with the first one that the user named, where there are two or more.</summary>
    private IReadOnlyList<MatchedComparison> Matched()
    {
        IGrouping<string, AuditedRow<TItem>>[] families = [.. _input.Rows.Where(row => row.IsPaired).GroupBy(row => _input.FamilyOf(row.Name))];
        return families.Length < 2 ? [] : [.. families.Skip(1).Select(family => Compare(families[0], family))];
    }

    private MatchedComparison Compare(IGrouping<string, AuditedRow<TItem>> baseline, IGrouping<string, AuditedRow<TItem>> family)
    {
        PairedMeasure quality = _measures[0];
        double sign = quality.MoreIsBetter ? 1 : -1;
        double[] bytes = [.. Enumerable.Range(0, _documents.Own).Select(i => Ladder.MeanDifference(Ladder.ByQuality(Settings(family, i, 0, sign)),
            Ladder.ByQuality(Settings(baseline, i, 0, sign))))
            .OfType<double>()];
        Figure ratio = Mean(bytes, Math.Exp, "ratio");
        var differences = new List<MatchedDifference>();
        int documents = 0;
        for (int m = 0; m < _measures.Count; m++)
        {
            if (!_measures[m].IsCompared) continue;
            double[] found = [.. Enumerable.Range(0, _documents.Own).Select(i
                => Ladder.MeanDifference(Ladder.ByBytes(Settings(family, i, m, 1)), Ladder.ByBytes(Settings(baseline, i, m, 1))))
                .OfType<double>()];
            if (m == 0) documents = found.Length;
            differences.Add(new MatchedDifference(_measures[m].Name, Mean(found, x => x, _measures[m].Unit)));
        }
        return new MatchedComparison(baseline.Key, family.Key, quality.Name, bytes.Length, ratio, documents, differences);
    }

    /// <summary>A document at the settings of a family: logarithm of bytes, and a measure.</summary>
    private IEnumerable<(double, double)> Settings(IEnumerable<AuditedRow<TItem>> family, int document, int measure, double sign) =>
        family.Where(row => _documents.Paired(row, document) is not null && _documents.Outcome(row, document).Bytes > 0)
            .Select(row => (Math.Log(_documents.Outcome(row, document).Bytes), sign * _documents.Paired(row, document)![measure]));

    /// <summary>The mean of values of documents with its interval, carried through a monotone function.</summary>
    private static Figure Mean(double[] values, Func<double, double> show, string unit) =>
        values.Length == 0 ? Figure.NotMeasurable("the documents have nothing in common") with { Unit = unit }
            : Interval(values, of => of.Average(), null, show, unit);

    /// <summary>A statistic of documents with its interval, carried through a monotone function.</summary>
    private static Figure Interval(double[] values, Func<IEnumerable<double>, double> statistic, string? whyNone, Func<double, double> show, string unit)
    {
        int groups = Jackknife.Groups(values.Length);
        var estimate = Estimate.Of(statistic(values), (values.Length, group => statistic(values.Where((_, i) => Jackknife.GroupOf(i, groups) != group))));
        if (whyNone is not null) estimate = estimate with { Spread = null, Why = whyNone };
        return estimate.Figure(show, "infinite: nothing was changed") with { Unit = unit };
    }
}
