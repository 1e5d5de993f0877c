using System.Runtime.InteropServices;
using Vestige.Numerics;

namespace Vestige.Models.Llama;

/// <summary>Draws texts, a few in step.</summary>
/// <remarks>A text does not end before it has its length: tokens that stand for no bytes, which end or rule texts, are not drawn. Windows are those of
/// <see cref="TokenReader"/>.</remarks>
/// <param name="model">The model.</param>
/// <param name="how">What changes its logits.</param>
/// <param name="context">Tokens of a window.</param>
/// <param name="sampling">How tokens are drawn.</param>
internal sealed class TokenDrawer(LlamaModel model, LlamaSettings how, int context, TokenSampling sampling)
{
    /// <summary>Texts in step. Which these are is decided by their numbers alone: logits may differ in their last bits with the layout of batches.</summary>
    internal const int Lanes = 8;

    // The library keeps the numbers of each sequence in steps of so many tokens.
    private const int Step = 256;

    private readonly LlamaVocabulary _vocabulary = model.Vocabulary;

    /// <summary>Goes on from texts.</summary>
    /// <param name="prompts">Up to <see cref="Lanes"/> texts, as tokens.</param>
    /// <param name="stripped">Whether a space that the vocabulary puts before texts is taken off what is drawn first; where a text is drawn from its start.</param>
    /// <param name="length">Bytes to draw of each.</param>
    /// <param name="seeds">A seed for each.</param>
    /// <param name="cancel">Stops.</param>
    internal byte[][] Draw(IReadOnlyList<int[]> prompts, bool stripped, int length, IReadOnlyList<ulong> seeds, CancellationToken cancel)
    {
        Lane[] lanes = [.. prompts.Select((prompt, i) => new Lane(prompt, seeds[i], i))];
        int longest = Math.Min(context, (prompts.Max(prompt => prompt.Length) + length + Step) / Step * Step);
        using var llama = new LlamaContext(model, how, longest, Lanes);
        while (lanes.Any(lane => lane.Text.Count < length))
        {
            cancel.ThrowIfCancellationRequested();
            List<Lane> asked = [];
            foreach (Lane lane in lanes)
            {
                if (lane.Text.Count >= length) continue;
                if (lane.Inputs == 0 || lane.Inputs == longest)
                {
                    // A window of its own: all at once, and its answer at once.
                    int index = Open(llama, lane, longest);
                    Take(lane, llama.Logits(index), stripped);
                    continue;
                }
                asked.Add(lane);
            }
            foreach (Lane lane in asked.Where(lane => lane.Text.Count < length)) llama.Add(lane.Tokens[^1], lane.Inputs++, lane.Number, asks: true);
            if (asked.Count == 0) continue;
            llama.Decode();
            for (int i = 0; i < asked.Count; i++) Take(asked[i], llama.Logits(i), stripped);
        }
        return [.. lanes.Select(lane => CollectionsMarshal.AsSpan(lane.Text)[..length].ToArray())];
    }

    /// <summary>Reads the window that predicts the next token of a lane; the number of its last input in the last batch.</summary>
    private int Open(LlamaContext llama, Lane lane, int longest)
    {
        llama.Forget(lane.Number);
        // The window of the reader that holds this token, or half of one where the known part outgrows what is kept.
        int known = lane.Tokens.Count, half = longest / 2, start = known < longest ? 0 : (known - longest + half) / half * half;
        int inputs = known - start + 1, index = 0;
        for (int first = 0; first < inputs; first += model.Together)
        {
            int end = Math.Min(inputs, first + model.Together);
            for (int input = first; input < end; input++)
                llama.Add(input == 0 ? _vocabulary.Opening : lane.Tokens[start + input - 1], input, lane.Number, asks: input == inputs - 1);
            llama.Decode();
            index = end - first - 1;
        }
        lane.Inputs = inputs;
        return index;
    }

    private void Take(Lane lane, Span<float> logits, bool stripped)
    {
        for (int token = 0; token < logits.Length; token++)
            if (_vocabulary.Piece(token).IsEmpty) logits[token] = float.NegativeInfinity;
        sampling.Apply(logits);
        int drawn = TokenSampling.Draw(logits, lane.Next());
        ReadOnlySpan<byte> piece = _vocabulary.Piece(drawn);
        if (stripped && lane.Text.Count == 0 && _vocabulary.PutsSpace && piece is [(byte)' ', ..]) piece = piece[1..];
        lane.Text.AddRange(piece);
        lane.Tokens.Add(drawn);
    }

    private sealed class Lane(int[] prompt, ulong seed, int number)
    {
        private Rng _rng = new(seed);

        internal List<int> Tokens { get; } = [.. prompt];

        /// <summary>What was drawn.</summary>
        internal List<byte> Text { get; } = [];

        internal int Number => number;

        /// <summary>Inputs of its window that were read.</summary>
        internal int Inputs { get; set; }

        internal double Next() => _rng.NextDouble();
    }
}
