using System.Globalization;
using Vestige.Results;

namespace Vestige.Cli.Commands;

/// <summary>The default audit in one paragraph.</summary>
internal static class DefaultComparison
{
    internal static string Of(AuditResult images, AuditResult text)
    {
        var sentences = new List<string>();
        if (Exact(images, "jpeg:q=80") is { } fine && Exact(images, "jpeg:q=5") is { } coarse)
        {
            sentences.Add($"A codec forgets by merging: from jpeg:q=80 to jpeg:q=5 the share of pictures that come back as themselves falls from {Part(fine.Originals, "itself")} to "
                + $"{Part(coarse.Originals, "itself")}; {Part(coarse.Originals, "another")} come back as another picture of the same kind, which nothing in them gives away, "
                + $"and {Part(coarse.HallucinatedParts, "off the grid")} of what comes back is like no picture at all.");
        }
        Row[] models = [.. text.Rows.Where(row => row.Named && row.Exact is not null)];
        if (models.Length == 4)
        {
            Exact[] exact = [.. models.Select(row => row.Exact!)];
            sentences.Add($"A language model forgets by blending: of what the n-gram model says {Share(exact[0].Hallucinated)} is hallucinated ({Part(exact[0].HallucinatedParts, "garbled")} is no sentence at all), "
                + $"of what the plain Transformer says {Share(exact[1].Hallucinated)}, {Part(exact[1].HallucinatedParts, "confabulated")} of it in sentences that read like true ones. "
                + $"And {Share(exact[1].Generalized)} is true and was never in its training sentences, {Part(exact[1].GeneralizedParts, "inferable")} because the fact stood there in other words; "
                + "the parrot, which gives back its sentences and nothing else, has none of that.");
            sentences.Add($"Regularized, the Transformer hallucinates {Share(exact[2].Hallucinated)} and generalizes {Share(exact[2].Generalized)}; "
                + $"drawn from with top_p=0.7 it hallucinates {Share(exact[3].Hallucinated)} and generalizes {Share(exact[3].Generalized)}, and loses {Share(exact[3].Lost)} of the true sentences instead of {Share(exact[2].Lost)}: less is made up because less is said.");
        }
        Agreement[] judged = [.. images.Rows.Concat(text.Rows).Where(row => row.Exact is not null).SelectMany(row => row.Exact!.Agreements).Where(a => a.Inside is not null)];
        if (judged.Length > 0)
        {
            sentences.Add(string.Create(CultureInfo.InvariantCulture,
                $"The instrument itself: {judged.Count(a => a.Inside == true)} of {judged.Length} exact figures lie inside the 95 % interval of the estimate, which saw samples only; the largest error is {judged.Max(a => Math.Abs(a.Difference!.Value)):0.00}."));
        }
        return sentences.Count == 0 ? "No exact ledger could be made, so that there is nothing to compare." : string.Join(' ', sentences);
    }

    private static Exact? Exact(AuditResult result, string row) => result.Rows.FirstOrDefault(r => r.Name == row)?.Exact;

    private static string Part(IReadOnlyList<SharePart> parts, string name) =>
        parts.FirstOrDefault(part => part.Name == name) is { } part ? Share(part.Share) : "none";

    private static string Share(Figure figure) => string.Create(CultureInfo.InvariantCulture, $"{100 * figure.Value:0.#} %");
}
