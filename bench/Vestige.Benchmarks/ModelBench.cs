using System.Globalization;
using Vestige.Audits.Comparisons;
using Vestige.Language;
using Vestige.Language.Comparisons;
using Vestige.Models;
using Vestige.Models.Llama;

namespace Vestige.Benchmarks;

/// <summary>What holding one GGUF model against another costs over llama.cpp's own evaluation of both on the same text, which no comparison can do without.</summary>
internal static class ModelBench
{
    private const int PassageBytes = 512;

    internal static void Run(string pathOfP, string pathOfQ, string text, int passages, int rounds)
    {
        byte[] bytes = File.ReadAllBytes(text);
        Passage[] all = [.. Enumerable.Range(0, Math.Min(passages, bytes.Length / PassageBytes))
            .Select(i => new Passage(bytes.AsMemory(i * PassageBytes, PassageBytes), text, i * PassageBytes))];
        GgufText p = GgufText.Read(pathOfP), q = GgufText.Read(pathOfQ);
        LlamaModel[] models = [LlamaModel.Read(pathOfP), LlamaModel.Read(pathOfQ)];
        int[][] tokens = [.. all.Select(passage => models[0].Vocabulary.Tokens(passage.Bytes.Span)!)];
        long positions = tokens.Sum(t => (long)t.Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Length} passages, {positions} positions, a vocabulary of {models[0].Vocabulary.Count}; seconds of processor"));
        for (int round = 0; round < rounds; round++)
        {
            double own = Seconds(() => Array.ForEach(models, model => Evaluate(model, tokens)));
            double windows = Seconds(() => Array.ForEach(models, model => Evaluate(model, Joined(tokens, p.Context - 1))));
            double compared = Seconds(() => new ModelComparison().Compare(p, [q], Sample(all[..1]), Sample(all), null, default));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"llama.cpp, passage by passage: {own:0.00}; in full windows of {p.Context}: {windows:0.00}; "
                + $"compared: {compared:0.00}, {compared / own:0.00} and {compared / windows:0.00} times"));
        }
    }

    private static ComparisonSample<Passage> Sample(Passage[] passages) => new(passages.Length, [new("text", 0, passages)]);

    private static int[][] Joined(int[][] tokens, int length) => [.. tokens.SelectMany(t => t).Chunk(length)];

    /// <summary>Decodes, and asks for the logits of every position.</summary>
    private static void Evaluate(LlamaModel model, int[][] texts)
    {
        using var context = new LlamaContext(model, LlamaSettings.Exact, 1 + texts.Max(text => text.Length));
        foreach (int[] text in texts)
        {
            context.Forget(0);
            for (int first = 0; first < text.Length; first += model.Together)
            {
                int count = Math.Min(model.Together, text.Length - first);
                for (int i = first; i < first + count; i++) context.Add(i == 0 ? model.Vocabulary.Opening : text[i - 1], i, 0, asks: true);
                context.Decode();
                // Waits until they are made.
                context.Logits(count - 1);
            }
        }
    }

    private static double Seconds(Action work)
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }
}
