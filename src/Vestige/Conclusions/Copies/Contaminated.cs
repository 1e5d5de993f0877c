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
            if (overlap is { In: "T", Sample: "H" } && Excess(overlap, overlaps))
            {
                found.Add((overlap.Share.Value!.Value, Warning(null,
                    $"{Amount(overlap, source)} of the held-out sample {Are(overlap, source)} in the training sample{Like(overlap.Pairs)}: "
                    + (source.Deal.SharedWithTraining is > 0 and var shared && shared >= overlap.Copies ? "these were taken out of H, A and B."
                        : !source.Deal.IsTrainingNamed ? "the source holds itself more than once."
                        : AsAlike(overlap, overlaps) is { } among
                            ? (among.Copies > 0 ? $"but so {Likewise(among, source)} {among.Copies} of {among.Items} within the held-out sample itself. "
                                    : $"but so does {Words.Percent(among.Share.Value!.Value)} of what is held out within the rest of it. ")
                                + (among.Copies > 0 ? "Either what is held out stands there more than once, or all of this source is alike: look at the pairs."
                                    : "The source has the same passages in many documents: look at the pairs.")
                        : IsMost(overlap) ? "what is measured on it as new is not."
                        : "what is measured on that part as new is not."))));
            }
        }
        foreach (Overlap overlap in overlaps)
        {
            if (overlap.In == "H" && Excess(overlap, overlaps) && result.Rows.FirstOrDefault(row => row.Name == overlap.Sample) is { } row)
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
        overlaps.FirstOrDefault(other => other is { Sample: "A", In: "H" }) is { Share.Value: > 0 and var alike } among && (among.Copies > 0 || overlap.Copies == 0)
            && !IsAbove(overlap.Share with { Floor = alike }, overlap.Items, among.Items) ? among : null;

    /// <summary>What is held out is, most of it, in T and was not taken out: nothing measured on it says what of T was learned.</summary>
    internal static bool KnowsHeldOut(AuditResult result) => (result.Contamination?.Overlaps ?? []).Any(overlap => overlap is { In: "T", Sample: "H" }
        && result.Source.Deal is { IsTrainingNamed: true } deal && !(deal.SharedWithTraining is > 0 and var shared && shared >= overlap.Copies)
        && IsMost(overlap) && Excess(overlap, result.Contamination!.Overlaps) && AsAlike(overlap, result.Contamination.Overlaps) is null);

    /// <summary>The row's samples are, most of them, the held-out text.</summary>
    internal static bool IsHeldOut(AuditResult result, Row row) => (result.Contamination?.Overlaps ?? []).Any(overlap => overlap.In == "H" && overlap.Sample == row.Name
        && IsMost(overlap) && Excess(overlap, result.Contamination!.Overlaps));

    private static Finding Warning(string? row, string text) => new("contaminated", row, text) { Part = FindingPart.Warning };

    private static bool IsMost(Overlap overlap) => overlap.Share.Value >= Most;

    private static bool Excess(Overlap overlap, IReadOnlyList<Overlap> overlaps) => overlap.Pairs.Count > 0 && IsAbove(overlap.Share, overlap.Items, Fresh(overlaps));

    /// <summary>Fresh real items that floors are told of.</summary>
    internal static int Fresh(IReadOnlyList<Overlap> overlaps) => overlaps.FirstOrDefault(overlap => overlap.Sample == "A")?.Items ?? 0;

    /// <summary>Whether a share of near-copies is more than fresh real items have of each other: any at all where those have none, else more than both their
    /// errors. The floor's error is taken to be what the share's own would be of so many items; where that has none, it is that of so many draws: that all of 20
    /// are copies, and all but two of 53
    /// fresh ones, tells nothing.</summary>
    /// <param name="share">A share and its floor.</param>
    /// <param name="items">Items that the share is of.</param>
    /// <param name="fresh">Items that its floor is of; as many if 0.</param>
    internal static bool IsAbove(Figure share, int items, int fresh)
    {
        if (share.Value is not { } value) return false;
        if (share.Floor is not { } floor || floor == 0) return value > 0;
        if (fresh == 0) fresh = items;
        double both = ((value * items) + (floor * fresh) + 1) / (items + fresh + 2);
        double draws = 1.96 * Math.Sqrt(both * (1 - both) * ((1.0 / Math.Max(1, items)) + (1.0 / Math.Max(1, fresh))));
        return value - floor > (share.High - share.Low is > 0 and var width ? Math.Sqrt(1 + ((double)items / fresh)) * width / 2 : draws);
    }

    private static string Amount(Overlap overlap, SourceInfo source)
    {
        string items = Items(source), extent = Extent(overlap.Share, source, overlap.TooShort);
        return (overlap.Copies == overlap.Items ? overlap.Items == 1 ? $"The only {Words.One(items)}" : $"All {overlap.Items} {items}"
            : overlap.Copies == 0 ? $"Parts of {Touched(overlap.Pairs, overlap.Items)} {items}{extent}"
            : string.Create(CultureInfo.InvariantCulture, $"{overlap.Copies} of {overlap.Items} {items}{extent}")) + LongEnough(overlap.TooShort);
    }

    /// <summary>" that are long enough to be searched (980 are not)".</summary>
    internal static string LongEnough(int tooShort) => tooShort == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $" that are long enough to be searched for ({tooShort} {(tooShort == 1 ? "is" : "are")} not)");

    private static string Are(Overlap overlap, SourceInfo source) => IsText(source)
        ? $"stand{(overlap.Copies == 1 ? "s" : "")} word for word, or nearly so," : $"{(overlap.Copies == 1 ? "has a near-copy" : "have near-copies")}";

    // Texts stand there, pictures have near-copies there.
    private static string Likewise(Overlap overlap, SourceInfo source) =>
        (IsText(source), overlap.Copies) switch { (true, 1) => "does", (true, _) => "do", (false, 1) => "has", _ => "have" };

    /// <summary>"1 of 180": of how many documents a part was found. The result lists the nearest pairs, one a document, and no more than so many.</summary>
    internal static string Touched(IReadOnlyList<NearCopy> pairs, int items) => string.Create(CultureInfo.InvariantCulture,
        $"{(pairs.Count == NearCopy.MostListed && items > pairs.Count ? "at least " : "")}{pairs.Count} of {items}");

    /// <summary>" (12.5 % of the text)".</summary>
    internal static string Extent(Figure share, SourceInfo source, int tooShort = 0) => IsText(source)
        ? $" ({Words.Percent(share.Value!.Value)} of {(tooShort > 0 ? "their" : "the")} text)" : "";

    /// <summary>The nearest pair.</summary>
    internal static string Like(IReadOnlyList<NearCopy> pairs) => pairs.Count == 0 ? "" : $" ({Names.Printable(pairs[0].Item)} is {Names.Printable(pairs[0].Of)})";

    /// <summary>What is looked for in a source.</summary>
    internal static string Items(SourceInfo source) => IsText(source) ? "documents" : source.Items;

    private static bool IsText(SourceInfo source) => source.SizeUnit == "byte";
}
