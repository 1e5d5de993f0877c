using System.Collections.Concurrent;
using Vestige.Language.Coding;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Inference;

/// <summary>Codes texts by a model: the windows and the very probabilities of <see cref="Sampler"/>, since what is decoded is drawn, but with the coder for chance.</summary>
/// <remarks>Texts are read in step, longer ones first, in groups: a byte of each in turn. Encoding goes the same way, so that both meet the same numbers.</remarks>
internal sealed class LaneCoder(GptWeights weights)
{
    // Texts in step: part of what a coded file is.
    internal const int Group = 16;

    // Decoders that are not running, with their caches.
    private readonly ConcurrentBag<Decoder> _idle = [];

    /// <inheritdoc cref="ICodedText.Code"/>
    internal void Code<TSteps>(IReadOnlyList<Memory<byte>> texts, TSteps steps, Action<int>? coded, CancellationToken cancel)
        where TSteps : ISteps
    {
        Decoder decoder = _idle.TryTake(out Decoder? idle) ? idle : new Decoder(weights, Group);
        foreach (Memory<byte>[] group in texts.Chunk(Group)) CodeGroup(decoder, [.. group.OrderByDescending(text => text.Length)], steps, coded, cancel);
        _idle.Add(decoder);
    }

    private void CodeGroup<TSteps>(Decoder decoder, Memory<byte>[] texts, TSteps steps, Action<int>? coded, CancellationToken cancel)
        where TSteps : ISteps
    {
        int T = weights.Options.Context, order = weights.Embeddings.Order, position = T;
        short[] symbols = new short[texts.Length * T];
        Span<double> all = stackalloc double[Alphabet.Bytes];
        int reading = texts.Length;
        for (int at = 0; ; at++)
        {
            cancel.ThrowIfCancellationRequested();
            while (reading > 0 && texts[reading - 1].Length <= at) reading--;
            if (reading == 0) return;
            // The window that predicts byte at, and the position in it that does.
            int start = Scorer.WindowOf(at, T);
            Span<float> logits;
            if (position >= T - 1)
            {
                position = at - start;
                logits = decoder.Open(Inputs(start, position + 1, position + 1), position + 1);
            }
            else
            {
                position++;
                int last = Math.Min(order, position + 1);
                logits = decoder.Read(Inputs(start, position + 1, last), last, position);
            }
            for (int i = 0; i < reading; i++)
            {
                Span<float> next = logits.Slice(i * Alphabet.Bytes, Alphabet.Bytes);
                SamplingOptions.Plain.ApplyToLogits(next);
                for (int k = 0; k < all.Length; k++) all[k] = next[k];
                ref byte symbol = ref texts[i].Span[at];
                symbol = ByteSteps.Code(symbol, all, steps);
            }
            coded?.Invoke(reading);
        }

        // The last symbols of the first `count` of the window that starts at `start`, of each text that goes on.
        ReadOnlySpan<short> Inputs(int start, int count, int last)
        {
            for (int i = 0; i < reading; i++) Scorer.Inputs(symbols.AsSpan(i * last, last), texts[i].Span, start, count - last);
            return symbols.AsSpan(0, reading * last);
        }
    }
}
