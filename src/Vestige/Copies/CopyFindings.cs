using System.Globalization;
using Vestige.Results;

namespace Vestige.Copies;

/// <summary>The sentences on what samples share that they should not, and on what generators copied: the first of a result.</summary>
internal static class CopyFindings
{
    internal static IEnumerable<Finding> Of(SourceInfo source, Contamination? contamination, IReadOnlyList<Row> rows, bool trainingIsKnown)
    {
        foreach (Overlap overlap in contamination?.Overlaps ?? [])
        {
            if (overlap.In == "H" && Excess(overlap) && rows.FirstOrDefault(row => row.Name == overlap.Sample) is { } row)
            {
                yield return new Finding("contaminated", row.Name, $"{Amount(overlap, source)} of {row.Label} {Are(overlap, source)} in the held-out sample{Like(overlap)}: "
                    + "no figure of this row says how new it is.");
            }
        }
        foreach (Overlap overlap in contamination?.Overlaps ?? [])
        {
            if (overlap is { In: "T", Sample: "H" } && Excess(overlap))
            {
                yield return new Finding("contaminated", null, $"{Amount(overlap, source)} of the held-out sample {Are(overlap, source)} in the training sample{Like(overlap)}: "
                    + (trainingIsKnown ? "what is measured on it as new is not." : "the source holds itself more than once."));
            }
        }
        foreach (Row row in rows)
        {
            if (!row.Named || row.IsCodec || row.NearCopies is not { } copies || !(copies.Share.Value > (copies.Share.Floor ?? 0)) || copies.Pairs.Count == 0) continue;
            yield return new Finding("near-copies", row.Name, string.Create(CultureInfo.InvariantCulture,
                $"{copies.Copies} of {copies.Items} {Items(source)} of {row.Label} are near-copies of training {Items(source)}{Extent(copies.Share, source)}{Like(copies.Pairs)}; the list is in items.csv under --out."));
        }
    }

    // Within one source fresh items set the floor; above it every near-copy is one too many.
    private static bool Excess(Overlap overlap) => overlap.Share.Value > (overlap.Share.Floor ?? 0) && overlap.Pairs.Count > 0
        && (overlap.Share.Floor is null || overlap.Copies > 0 || overlap.Share.Low > overlap.Share.Floor);

    private static string Amount(Overlap overlap, SourceInfo source) => overlap.Copies == overlap.Items ? $"All {overlap.Items} {Items(source)}"
        : string.Create(CultureInfo.InvariantCulture, $"{overlap.Copies} of {overlap.Items} {Items(source)}{Extent(overlap.Share, source)}");

    private static string Are(Overlap overlap, SourceInfo source) => IsText(source)
        ? $"stand{(overlap is { Copies: 1, Items: > 1 } ? "s" : "")} word for word, or nearly so," : $"{(overlap.Copies == 1 ? "has a near-copy" : "have near-copies")}";

    private static string Extent(Figure share, SourceInfo source) => IsText(source)
        ? string.Create(CultureInfo.InvariantCulture, $" ({(share.Value < 0.001 ? "under 0.1" : (100 * share.Value!.Value).ToString("0.#", CultureInfo.InvariantCulture))} % of the text)") : "";

    private static string Like(Overlap overlap) => Like(overlap.Pairs);

    private static string Like(IReadOnlyList<NearCopy> pairs) => pairs.Count == 0 ? "" : $" ({Names.Printable(pairs[0].Item)} is {Names.Printable(pairs[0].Of)})";

    private static bool IsText(SourceInfo source) => source.SizeUnit == "byte";

    private static string Items(SourceInfo source) => IsText(source) ? "documents" : source.Items;
}
