using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Results;

namespace Vestige.Conclusions.Copies;

/// <summary>Items of a generator that are near-copies of training items, more than fresh real ones are.</summary>
internal static class NearCopied
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        string items = Contaminated.Items(result.Source);
        int fresh = Contaminated.Fresh(result.Contamination?.Overlaps ?? []);
        foreach (Row row in result.Rows)
        {
            if (row is not { Named: true, IsCodec: false, NearCopies: { } near }) continue;
            if (near.Pairs.Count == 0 || !Contaminated.IsAbove(near.Share, near.Items, fresh)) continue;
            string which = near.Copies == 0 ? $"Parts of {Contaminated.Touched(near.Pairs, near.Items)} {items}"
                : string.Create(CultureInfo.InvariantCulture, $"{near.Copies} of {Words.Count(near.Items, Words.One(items), items)}");
            yield return new Finding("near-copies", row.Name,
                $"{which} of {row.Label}{Contaminated.LongEnough(near.TooShort)} {(near.Copies == 1 ? "is a near-copy" : "are near-copies")}"
                + $" of training {items}{Contaminated.Extent(near.Share, result.Source, near.TooShort)}{Contaminated.Like(near.Pairs)}{Expected(near.Share.Floor)}; "
                + $"the list is in {(near.Copies == 0 ? "copies.csv" : "items.csv")} under --out.")
            { Part = FindingPart.Warning };
        }
    }

    /// <summary>"; of fresh real ones 95 % would be".</summary>
    private static string Expected(double? floor) =>
        floor is > 0 and var share && Words.Percent(share) is var percent && percent != "0 %" ? $"; of fresh real ones {percent} would be" : "";
}
