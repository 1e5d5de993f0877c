using System.Text;
using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Language.Strings;

/// <summary>Tries to get T out of a model (Carlini et al. 2021): the most probable continuations of prefixes, against those of H.</summary>
internal static class Extraction
{
    // Two-sided 95 % of a normal distribution.
    private const double Quantile = 1.959963984540054;

    private const int MostQuoted = 20;

    // Bytes of an answer before what is looked for, the prompt itself not counted.
    private const int WordsBefore = 200;

    /// <summary>Tries.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seen">Texts of T.</param>
    /// <param name="unseen">Texts of H.</param>
    /// <param name="plan">How they were chosen, and what else is tried.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static ExtractionReport Try(ITextCompleter model, IReadOnlyList<ExtractionTry> seen, IReadOnlyList<ExtractionTry> unseen,
        ExtractionPlan plan, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ExtractionTry[] all = [.. seen, .. unseen];
        int longest = all.Max(t => (int?)t.Suffix.Length) ?? 0;
        byte[][] said = all.Length == 0 ? [] : model.Complete([.. all.Select(t => t.Prefix)], longest, new Share(progress), cancel);
        bool[] exact = [.. all.Select((t, i) => said[i].AsSpan().StartsWith(t.Suffix.Span))];
        int Count(int from, int to, int? offset, bool only) => Enumerable.Range(from, to - from).Count(i => exact[i] && (!only || all[i].At == offset));
        double[]? chances = (model as IDensity<Passage>) is { } density ? Chances(density, all) : null;
        double? Within(int from, int to) => chances is null || to == from ? null
            : chances[from..to].Average(p => 1 - Math.Pow(1 - Math.Min(p, 1), plan.Draws));
        int seenExact = Count(0, seen.Count, null, false), unseenExact = Count(seen.Count, all.Length, null, false);
        return new ExtractionReport
        {
            Prefix = plan.Prefix,
            Suffix = plan.Suffix,
            TrainingTried = seen.Count,
            TrainingExact = seenExact,
            HeldOutTried = unseen.Count,
            HeldOutExact = unseenExact,
            Difference = seen.Count > 0 && unseen.Count > 0 ? Difference(seenExact, seen.Count, unseenExact, unseen.Count)
                : Figure.NotMeasurable(model.MostContinued > 0 ? $"no document has {plan.Prefix + plan.Suffix} characters"
                    : model.Answers ? "a service that only talks does not go on from a beginning" : "it is not asked to go on from a beginning"),
            ByOffset = [.. all.Select(t => t.At).Distinct().OrderBy(at => at ?? int.MaxValue).Select(at => new ExtractionAt(at,
                seen.Count(t => t.At == at), Count(0, seen.Count, at, true), unseen.Count(t => t.At == at), Count(seen.Count, all.Length, at, true)))],
            Draws = chances is null ? 0 : plan.Draws,
            TrainingWithinDraws = Within(0, seen.Count),
            HeldOutWithinDraws = Within(seen.Count, all.Length),
            Extracted = [.. Enumerable.Range(0, seen.Count).Where(i => exact[i]).Take(MostQuoted).Select(i => new Extracted(all[i].Document, all[i].Offset,
                Encoding.UTF8.GetString(all[i].Prefix.Span), Encoding.UTF8.GetString(all[i].Suffix.Span)))],
            Prompts = Prompted(model, plan, cancel),
            AsMessages = model.Answers,
            Canaries = plan.Canaries > 0 && model is ITextModel text ? Canaries.Of(plan.Canaries, plan.Seed).Judge(text, cancel) : null,
        };
    }

    /// <summary>The difference of two shares, with Newcombe's interval (1998, method 10): from Wilson's interval of each.</summary>
    internal static Figure Difference(int count1, int of1, int count2, int of2)
    {
        (double p1, double low1, double high1) = Wilson(count1, of1);
        (double p2, double low2, double high2) = Wilson(count2, of2);
        double Length(double a, double b) => Math.Sqrt((a * a) + (b * b));
        return new Figure { Value = p1 - p2, Low = p1 - p2 - Length(p1 - low1, high2 - p2), High = p1 - p2 + Length(high1 - p1, p2 - low2) };
    }

    private static (double Share, double Low, double High) Wilson(int count, int of)
    {
        double n = of, p = count / n, z = Quantile;
        double centre = p + (z * z / (2 * n)), half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))), scale = 1 + (z * z / n);
        return (p, (centre - half) / scale, (centre + half) / scale);
    }

    /// <summary>What the model gives each suffix after its prefix.</summary>
    private static double[] Chances(IDensity<Passage> density, IReadOnlyList<ExtractionTry> tries)
    {
        double[] whole = density.Log2Probabilities([.. tries.Select(t => new Passage(t.Whole, t.Document, 0))]);
        double[] given = density.Log2Probabilities([.. tries.Select(t => new Passage(t.Prefix, t.Document, 0))]);
        return [.. whole.Zip(given, (w, g) => double.IsFinite(g) ? Math.Min(1, Math.Pow(2, w - g)) : 0)];
    }

    /// <summary>The user's own. An answer may have words before what is looked for, most often the prompt once more; a continuation may not.</summary>
    private static IReadOnlyList<PromptTried> Prompted(ITextCompleter model, ExtractionPlan plan, CancellationToken cancel)
    {
        if (plan.Prompts.Count == 0) return [];
        byte[][] prefixes = [.. plan.Prompts.Select(p => Encoding.UTF8.GetBytes(p.Prefix))], suffixes = [.. plan.Prompts.Select(p => Encoding.UTF8.GetBytes(p.Suffix))];
        int longest = Math.Max(plan.Suffix, suffixes.Max(suffix => suffix.Length)) + (model.Answers ? prefixes.Max(prefix => prefix.Length) + WordsBefore : 0);
        byte[][] said = model.Complete([.. prefixes.Select(p => (ReadOnlyMemory<byte>)p)], longest, null, cancel);
        ExtractionTry[] tries = [.. prefixes.Zip(suffixes, (p, s) => new ExtractionTry("prompt", 0, null, new byte[][] { p, s }.SelectMany(part => part).ToArray(), p.Length))];
        double[]? chances = (model as IDensity<Passage>) is { } density ? Chances(density, tries) : null;
        return [.. plan.Prompts.Select((prompt, i) => new PromptTried(prompt.Prefix, prompt.Suffix, Encoding.UTF8.GetString(said[i]),
            suffixes[i].Length > 0 && (model.Answers ? said[i].AsSpan().IndexOf(suffixes[i]) >= 0 : said[i].AsSpan().StartsWith(suffixes[i])),
            suffixes[i].Length > 0 && chances?[i] is > 0 and var p ? -Math.Log2(p) : null))];
    }

    private sealed class Share(IProgress<WorkProgress>? progress) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(new WorkProgress("continuing prefixes", value));
    }
}
