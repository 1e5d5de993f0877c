using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Advice;

/// <summary>Codecs beside the first one that was named, at the same quality and at the same bytes.</summary>
internal static class SameQuality
{
    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        // What changes nothing has no setting to be matched, and what took no file none that would help.
        bool HasSettings(string family) => result.Rows.Where(row => row.Family == family).All(row => !row.IsLossless && row.Bits.Failures < result.Source.Usable);
        MatchedComparison[] all = [.. result.Matched.Where(m => (HasSettings(m.Family) && HasSettings(m.Baseline)) || m.Documents + m.DocumentsAtBytes > 0)];
        MatchedComparison[] apart = [.. all.Where(m => m is { Documents: 0, DocumentsAtBytes: 0 })];
        if (apart.Length > 0)
        {
            yield return new Finding("matched", null,
                $"{Words.List(apart.Select(m => m.Family))} {(apart.Length == 1 ? "has" : "have")} no quality and no size in common with "
                    + $"{apart[0].Baseline} on any {Words.One(result.Source.Items)}: give them and {apart[0].Baseline} more settings.")
            { Part = FindingPart.Matched };
        }
        foreach (MatchedComparison matched in all.Except(apart))
            yield return new Finding("matched", null, Sentence(matched, result)) { Part = FindingPart.Matched };
    }

    private static string Sentence(MatchedComparison matched, AuditResult result)
    {
        string items = result.Source.Items, item = Words.One(items);
        string atQuality = matched.Documents == 0 ? $"no {item} has a quality in common"
            : string.Create(CultureInfo.InvariantCulture, $"at the same {matched.Quality} it takes "
                + $"{matched.BytesRatio.Value:0.00}{Interval(matched.BytesRatio, "0.00")} times the bytes ({Words.Count(matched.Documents, item, items)})");
        string atSize = matched.DocumentsAtBytes == 0 ? $"no {item} has a size in common"
            : $"at the same bytes ({Words.Count(matched.DocumentsAtBytes, item, items)}): "
                + string.Join(", ", matched.AtSameBytes.Select(d => $"{d.Name} {Signed(d)}{Interval(d.Difference, Format(d))}"));
        return $"{matched.Family} beside {matched.Baseline}: {atQuality}; {atSize}.";
    }

    private static string Signed(MatchedDifference d) => d.Difference.Value is { } x ? x.ToString(Format(d) is var f ? $"+{f};-{f};{f}" : "", CultureInfo.InvariantCulture) : "-";

    private static string Format(MatchedDifference d) => d.Difference.Unit == "share" ? "0.000" : "0.0";

    private static string Interval(Figure figure, string format) => figure is { Low: { } low, High: { } high }
        ? $" [{low.ToString(format, CultureInfo.InvariantCulture)} {high.ToString(format, CultureInfo.InvariantCulture)}]" : "";
}
