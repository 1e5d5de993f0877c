using System.Collections.Concurrent;
using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Passes;

namespace Vestige.Language.Transformer.Inference;

/// <summary>Probabilities of texts.</summary>
/// <remarks>
/// The first window has a text's first T bytes. Each later one starts T/2 bytes after the one before and predicts its last T/2
/// bytes: the stride is T/2, and each byte but the first T/2 is predicted from at least T/2 - 1 bytes before it.
/// </remarks>
internal sealed class Scorer(GptWeights weights)
{
    private const int PassRows = 512;

    // Memory of passes that are not running; a pass is too large to be made for each text.
    private readonly ConcurrentBag<GptPass> _idle = [];

    private readonly int _windows = Math.Max(1, PassRows / weights.Options.Context);

    /// <summary>Where the window starts that predicts byte <paramref name="at"/>.</summary>
    internal static int WindowOf(int at, int context)
    {
        int stride = Stride(context);
        return at < context ? 0 : (at - context + stride) / stride * stride;
    }

    /// <summary>The symbols at positions <paramref name="position"/> .. of a window: the unknown symbol, then the bytes from <paramref name="start"/> on.</summary>
    internal static void Inputs(Span<short> symbols, ReadOnlySpan<byte> text, int start, int position)
    {
        for (int i = 0; i < symbols.Length; i++) symbols[i] = position + i == 0 ? Alphabet.Unknown : text[start + position + i - 1];
    }

    /// <summary><c>log2 q(text)</c> of each text; negative infinity where <paramref name="sampling"/> would never draw it.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="sampling">What q is.</param>
    /// <param name="threads">Threads to use; the result does not depend on them.</param>
    internal double[] Log2Probabilities(IReadOnlyList<ReadOnlyMemory<byte>> texts, SamplingOptions sampling, int threads)
    {
        sampling.Validate();
        int T = weights.Options.Context;
        // Windows of one length go through a pass together, as many as have room in it.
        List<Window[]> groups = [];
        foreach (IGrouping<int, Window> sameLength in texts.SelectMany((text, i) => WindowsOf(i, text.Length, T)).GroupBy(window => window.Length))
        {
            groups.AddRange(sameLength.Chunk(_windows * T / sameLength.Key));
        }

        double[][] parts = new double[groups.Count][];
        Work.Run(groups.Count, threads, (_, group) =>
        {
            GptPass pass = _idle.TryTake(out GptPass? idle) ? idle : new GptPass(weights, _windows);
            parts[group] = Score(pass, groups[group], texts, sampling);
            _idle.Add(pass);
        });

        double[] results = new double[texts.Count];
        for (int group = 0; group < groups.Count; group++)
        {
            for (int i = 0; i < parts[group].Length; i++) results[groups[group][i].Text] += parts[group][i];
        }

        return results;
    }

    private static double[] Score(GptPass pass, Window[] windows, IReadOnlyList<ReadOnlyMemory<byte>> texts, SamplingOptions sampling)
    {
        int length = windows[0].Length;
        short[] symbols = new short[windows.Length * length];
        for (int i = 0; i < windows.Length; i++) Inputs(symbols.AsSpan(i * length, length), texts[windows[i].Text].Span, windows[i].Start, 0);
        pass.Forward(symbols, length, DropoutMasks.None);
        double[] sums = new double[windows.Length];
        for (int i = 0; i < windows.Length; i++)
        {
            ReadOnlySpan<byte> text = texts[windows[i].Text].Span[windows[i].Start..];
            for (int t = windows[i].From; t < length; t++)
            {
                Span<float> logits = pass.Logits.Slice(((i * length) + t) * Alphabet.Bytes, Alphabet.Bytes);
                sums[i] += Log2(logits, text[t], sampling);
            }
        }

        return sums;
    }

    private static double Log2(Span<float> logits, byte value, SamplingOptions sampling)
    {
        if (sampling == SamplingOptions.Plain) return -Softmax.CrossEntropy(logits, value, 0) / Math.Log(2);
        sampling.ApplyToLogits(logits);
        return Math.Log2(logits[value]);
    }

    private static IEnumerable<Window> WindowsOf(int text, int length, int context)
    {
        for (int scored = 0; scored < length;)
        {
            int start = WindowOf(scored, context), end = Math.Min(start + context, length);
            yield return new Window(text, start, end - start, scored - start);
            scored = end;
        }
    }

    // T/2; at least 1.
    private static int Stride(int context) => context / 2;

    /// <param name="Text">Index of the text.</param>
    /// <param name="Start">First byte.</param>
    /// <param name="Length">Bytes.</param>
    /// <param name="From">First of them that counts.</param>
    private readonly record struct Window(int Text, int Start, int Length, int From);
}
