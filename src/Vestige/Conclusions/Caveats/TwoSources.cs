using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>A training set named apart that lacks most of what fresh items and the held-out sample have in common: every figure of a generator
/// rests on T and H being of one source.</summary>
internal static class TwoSources
{
    /// <summary>From this share of what the two have in common on.</summary>
    private const double Most = 0.5;

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        if (!result.Source.Deal.IsTrainingNamed) yield break;
        // The look-up table is T itself. Of points it is held against its originals, of which it has all.
        Row? parrot = result.Rows.FirstOrDefault(row => row.Kind == RowKind.Parrot);
        if (parrot is not { Ledgers: [{ InTraining: not null, Lost: { Value: { } lost, Low: > 0, Floor: < 1 and var floor } figure } ledger, ..] })
            yield break;
        if (lost < Most * (1 - floor)) yield break;
        yield return new Finding("two-sources", null,
            $"Of the {Words.Elements(ledger)} of what is held out fresh {result.Source.Items} hold {Words.Share(1 - floor)}, and the training set lacks {Words.Share(figure)} of "
                + "these: the two are not of one source (two languages, two authors), or the training set says a few things over and over. "
                + "What is memorized, generalized and hallucinated takes them for samples of one.")
        { Part = FindingPart.Warning };
    }
}
