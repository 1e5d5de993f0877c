using System.Collections.Concurrent;
using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Numerics;

namespace Vestige.Language.Transformer.Inference;

/// <summary>Draws texts from a model.</summary>
/// <remarks>
/// Windows are those of <see cref="Scorer"/>: a text that outgrows the context goes on in a window that opens with its last
/// half context. So what is drawn here has the very probability that is given there. Each text is drawn from its own seed: it
/// does not depend on how many are drawn beside it, nor on the number of threads.
/// </remarks>
internal sealed class Sampler(GptWeights weights)
{
    // Sequences that a thread reads in step: enough rows for the kernels, few enough for their caches to stay near.
    private const int Group = 16;

    // Decoders that are not running, with their caches.
    private readonly ConcurrentBag<Decoder> _idle = [];

    /// <summary>Draws texts after prompts.</summary>
    /// <param name="prompts">One for each text, all of one length.</param>
    /// <param name="length">Bytes to draw after the prompt.</param>
    /// <param name="sampling">How.</param>
    /// <param name="seed">Text i draws from <paramref name="seed"/> and its number, <paramref name="first"/> + i.</param>
    /// <param name="first">Number of the first text.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>What was drawn, without the prompts.</returns>
    internal byte[][] Draw(
        IReadOnlyList<ReadOnlyMemory<byte>> prompts, int length, SamplingOptions sampling, ulong seed, long first, IProgress<double>? progress, CancellationToken cancel)
    {
        sampling.Validate();
        byte[][] texts = new byte[prompts.Count][];
        int groups = (prompts.Count + Group - 1) / Group;
        long done = 0;
        Work.Run(groups, Environment.ProcessorCount, (_, group) =>
        {
            cancel.ThrowIfCancellationRequested();
            Decoder decoder = _idle.TryTake(out Decoder? idle) ? idle : new Decoder(weights, Group);
            int from = group * Group, count = Math.Min(Group, prompts.Count - from);
            var sequences = new Sequence[count];
            for (int i = 0; i < count; i++) sequences[i] = new Sequence(prompts[from + i].Span, length, Rng.Mix(seed, (ulong)(first + from + i)));
            Draw(decoder, sequences, prompts[0].Length, sampling, () => progress?.Report((double)Interlocked.Add(ref done, count) / ((double)length * prompts.Count)), cancel);
            for (int i = 0; i < count; i++) texts[from + i] = sequences[i].Text[prompts[0].Length..];
            _idle.Add(decoder);
        });
        return texts;
    }

    private void Draw(Decoder decoder, Sequence[] sequences, int known, SamplingOptions sampling, Action drawn, CancellationToken cancel)
    {
        int T = weights.Options.Context, end = sequences[0].Text.Length, order = weights.Embeddings.Order;
        short[] symbols = new short[sequences.Length * T];
        Span<float> logits;
        int position = T;
        for (int at = known; at < end; at++)
        {
            cancel.ThrowIfCancellationRequested();
            // The window that predicts byte at, and the position in it that does.
            int start = Scorer.WindowOf(at, T);
            if (position >= T - 1 || at == known)
            {
                position = at - start;
                logits = decoder.Open(Inputs(start, position + 1), position + 1);
            }
            else
            {
                position++;
                int last = Math.Min(order, position + 1);
                logits = decoder.Read(Inputs(start, position + 1, last), last, position);
            }

            for (int i = 0; i < sequences.Length; i++)
            {
                Span<float> next = logits.Slice(i * Alphabet.Bytes, Alphabet.Bytes);
                sampling.ApplyToLogits(next);
                sequences[i].Text[at] = SamplingOptions.Draw<float>(next, sequences[i].Next());
            }

            drawn();
        }

        // The last symbols of the first `count` of the window that starts at `start`, of each sequence.
        ReadOnlySpan<short> Inputs(int start, int count, int last = int.MaxValue)
        {
            last = Math.Min(last, count);
            for (int i = 0; i < sequences.Length; i++) Scorer.Inputs(symbols.AsSpan(i * last, last), sequences[i].Text, start, count - last);
            return symbols.AsSpan(0, sequences.Length * last);
        }
    }

    private sealed class Sequence
    {
        private Rng _rng;

        internal Sequence(ReadOnlySpan<byte> prompt, int length, ulong seed)
        {
            Text = new byte[prompt.Length + length];
            prompt.CopyTo(Text);
            _rng = new Rng(seed);
        }

        internal byte[] Text { get; }

        internal double Next() => _rng.NextDouble();
    }
}
