using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>How much of nonsense the headline view tells: where the third corner reads far less than all of itself, so may any row.</summary>
internal static class Nonsense
{
    // Shuffled words of novels read more in word triples (design 3.0).
    private const double Told = 0.8;

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        if (result.Rows.FirstOrDefault(row => row.Kind == RowKind.Shuffled) is not { Exact: null, Ledgers: [Ledger ledger, ..] } row) yield break;
        if (ledger.Hallucinated is not { Value: < Told } figure) yield break;
        yield return new Finding("nonsense", row.Name,
            $"The shuffled row is nonsense by the way it is made and reads hallucinated {Words.Share(figure)}: of what is made up this view sees a part, and a row may make up "
            + "more than it reads.");
    }
}
