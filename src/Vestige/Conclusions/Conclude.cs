using Vestige.Conclusions.Advice;
using Vestige.Conclusions.Caveats;
using Vestige.Conclusions.Copies;
using Vestige.Conclusions.Shares;
using Vestige.Results;

namespace Vestige.Conclusions;

/// <summary>From a finished result to sentences: the registry of findings, in the order in which a person reads them. Table, JSON and page print
/// what these give and write no sentence about a figure of their own.</summary>
public static class Conclude
{
    /// <summary>One row a kind of finding. Each takes a result without findings and gives those of its kind.</summary>
    private static readonly IReadOnlyList<Func<AuditResult, IEnumerable<Finding>>> s_all =
    [
        Contaminated.Of,
        Copies.Extracted.Of,
        Asked.Of,
        NearCopied.Of,
        NoLedger.Of,
        LeftOut.Of,
        SeveralTimes.Of,
        SaidAgain.Of,
        Yardstick.Of,
        TwoSources.Of,
        Nonsense.Of,
        Unmeasured.Of,
        Exactly.Of,
        LostAndMadeUp.Of,
        Beside.Of,
        Remembered.Of,
        Calibrated.Of,
        Copied.Of,
        Chosen.Of,
        SameQuality.Of,
        Recoded.Of,
        OfThisSource.Of,
    ];

    /// <summary>The question that a result answers, and the answer out of the findings that it has.</summary>
    public static IReadOnlyList<Finding> Answers(AuditResult concluded)
    {
        ArgumentNullException.ThrowIfNull(concluded);
        return [.. Answer.Of(concluded)];
    }

    /// <summary>The result with its findings.</summary>
    public static AuditResult With(AuditResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        AuditResult bare = result with { Findings = [] };
        Finding[] found = [.. s_all.SelectMany(conclusion => conclusion(bare))];
        // What the samples share stands before every figure.
        found = [.. found.OrderBy(finding => finding.Part)];
        return result with { Findings = [.. found, .. Answer.Of(bare with { Findings = found })] };
    }
}
