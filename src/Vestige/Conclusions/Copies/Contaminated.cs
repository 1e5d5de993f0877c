using System.Globalization;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Conclusions.Copies;

/// <summary>What samples share that they should not: before every figure, and above what fresh real items show at any share.</summary>
internal static class Contaminated
{
    /// <summary>From this share on what is shared is not a part of a sample but the sample.</summary>
    private const double Most = 0.5;

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        SourceInfo source = result.Source;
        IReadOnlyList<Overlap> overlaps = result.Contamination?.Overlaps ?? [];
        // The worst first, of equals what is said of all rows.
        var found = new List<(double Share, Finding Finding)>();
        foreach (Overlap overlap in overlaps)
        {
            if (overlap is { In: "T", Sample: "H" } && Excess(overlap))
            {
                found.Add((overlap.Share.Value!.Value, Warning(null,
                    $"{Amount(overlap, source)} of the held-out sample {Are(overlap, source)} in the training sample{Like(overlap.Pairs)}: "
                    + (source.Deal.SharedWithTraining is > 0 and var shared && shared >= overlap.Copies ? "these were taken out of H, A and B."
                        : !source.Deal.IsTrainingNamed ? "the source holds itself more than once."
                        : AsAlike(overlap, overlaps) is { } among
                            ? $"but so {Likewise(among, source)} {among.Copies} of {among.Items} within the held-out sample itself. Either what is held out stands "
                                + "there more than once, or all of this source is alike: look at the pairs."
                        : IsMost(overlap) ? "what is measured on it as new is not."
                        : "what is measured on that part as new is not."))));
            }
        }
        foreach (Overlap overlap in overlaps)
        {
            if (overlap.In == "H" && Excess(overlap) && result.Rows.FirstOrDefault(row => row.Name == overlap.Sample) is { } row)
            {
                found.Add((overlap.Share.Value!.Value, Warning(row.Name,
                    $"{Amount(overlap, source)} of {row.Label} {Are(overlap, source)} in the held-out sample{Like(overlap.Pairs)}: "
                    + (IsMost(overlap) ? "no figure of this row says how new it is." : "no figure says of that part how new it is."))));
            }
        }
        return found.OrderByDescending(warning => warning.Share).Select(warning => warning.Finding);
    }

    /// <summary>What fresh items have of one another, where that is no less than what H has of T: digits, scans, frames of one film.</summary>
    private static Overlap? AsAlike(Overlap overlap, IReadOnlyList<Overlap> overlaps) =>
        overlaps.FirstOrDefault(other => other is { Sample: "A", In: "H" }) is { Share.Value: > 0 and var alike } among
            && !IsAbove(overlap.Share with { Floor = alike }) ? among : null;

    private static Finding Warning(string? row, string text) => new("contaminated", row, text) { Part = FindingPart.Warning };

    private static bool IsMost(Overlap overlap) => overlap.Share.Value >= Most;

    private static bool Excess(Overlap overlap) => overlap.Pairs.Count > 0 && IsAbove(overlap.Share);

    /// <summary>Whether a share of near-copies is more than fresh real items have of each other: any at all where those have none, else more than both their
    /// errors. The floor's error is taken to be the share's own, since both are told of samples of about one size.</summary>
    internal static bool IsAbove(Figure share) => share is { Value: { } value } && (share.Floor is not { } floor || floor == 0 ? value > 0
        : value - floor > Math.Sqrt(2) * (share.High - share.Low ?? 0) / 2);

    private static string Amount(Overlap overlap, SourceInfo source) => overlap.Copies == overlap.Items ? $"All {overlap.Items} {Items(source)}"
        : overlap.Copies == 0 ? $"Parts of {Touched(overlap.Pairs, overlap.Items)} {Items(source)}{Extent(overlap.Share, source)}"
        : string.Create(CultureInfo.InvariantCulture, $"{overlap.Copies} of {overlap.Items} {Items(source)}{Extent(overlap.Share, source)}");

    private static string Are(Overlap overlap, SourceInfo source) => IsText(source)
        ? $"stand{(overlap is { Copies: 1, Items: > 1 } ? "s" : "")} word for word, or nearly so," : $"{(overlap.Copies == 1 ? "has a near-copy" : "have near-copies")}";

    // Texts stand there, pictures have near-copies there.
    private static string Likewise(Overlap overlap, SourceInfo source) =>
        (IsText(source), overlap.Copies) switch { (true, 1) => "does", (true, _) => "do", (false, 1) => "has", _ => "have" };

    /// <summary>"1 of 180": of how many documents a part was found. The result lists the nearest pairs, one a document, and no more than so many.</summary>
    internal static string Touched(IReadOnlyList<NearCopy> pairs, int items) => string.Create(CultureInfo.InvariantCulture,
        $"{(pairs.Count == NearCopy.MostListed && items > pairs.Count ? "at least " : "")}{pairs.Count} of {items}");

    /// <summary>" (12.5 % of the text)".</summary>
    internal static string Extent(Figure share, SourceInfo source) => IsText(source)
        ? $" ({Words.Percent(share.Value!.Value)} of the text)" : "";

    /// <summary>The nearest pair.</summary>
    internal static string Like(IReadOnlyList<NearCopy> pairs) => pairs.Count == 0 ? "" : $" ({Names.Printable(pairs[0].Item)} is {Names.Printable(pairs[0].Of)})";

    /// <summary>What is looked for in a source.</summary>
    internal static string Items(SourceInfo source) => IsText(source) ? "documents" : source.Items;

    private static bool IsText(SourceInfo source) => source.SizeUnit == "byte";
}
