using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Inference;

/// <summary>Probabilities of many texts that share prefixes: each prefix is read once.</summary>
/// <remarks>
/// Lanes walk through parts of the sorted texts in step, so that a step of the decoder has many rows; a lane keeps the distribution behind
/// each byte of the text it is at, and goes back to where the next text parts from it. Texts may be no longer than the context.
/// </remarks>
internal sealed class TreeScorer(GptWeights weights)
{
    private const int Lanes = 32;

    /// <summary>Texts of a part. Parts do not depend on threads, so that what is read twice, and all else, does not either.</summary>
    private const int Part = 256;

    /// <inheritdoc cref="IPromptedText.Log2Probabilities"/>
    internal (double[] Log2, double LeftOut) Log2Probabilities(
        SortedTexts texts, int prompt, SamplingOptions sampling, double negligible, int threads, IProgress<double>? progress, CancellationToken cancel)
    {
        sampling.Validate();
        if (texts.Texts.Any(text => text.Length > weights.Options.Context))
            throw new ArgumentException($"A text has more than {weights.Options.Context} bytes, the context.", nameof(texts));
        double[] results = new double[texts.Count];
        int parts = (texts.Count + Part - 1) / Part, next = 0, done = 0;
        double[] leftOut = new double[parts];
        double least = Math.Log2(negligible);
        int workers = Math.Max(1, Math.Min(threads, parts));
        Work.Run(workers, workers, (_, _) =>
        {
            var decoder = new Decoder(weights, Lanes);
            var lanes = new Lane[Lanes];
            for (int i = 0; i < Lanes; i++) lanes[i] = new Lane(texts, prompt, results, weights.Options.Context, least);
            var reading = new Lane[Lanes];
            int[] slots = new int[Lanes], positions = new int[Lanes];
            ReadOnlyMemory<short>[] prefixes = new ReadOnlyMemory<short>[Lanes];
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                int rows = 0;
                for (int i = 0; i < Lanes; i++)
                {
                    while (!lanes[i].WorkProgress())
                    {
                        int part = lanes[i].Part;
                        if (part >= 0)
                        {
                            leftOut[part] = lanes[i].LeftOut;
                            progress?.Report((double)Interlocked.Increment(ref done) / parts);
                        }
                        part = Interlocked.Increment(ref next) - 1;
                        if (part >= parts)
                        {
                            lanes[i].Rest();
                            break;
                        }
                        lanes[i].Begin(part, part * Part, Math.Min(texts.Count, (part + 1) * Part));
                    }
                    if (lanes[i].IsResting) continue;
                    (reading[rows], slots[rows], positions[rows], prefixes[rows]) = (lanes[i], i, lanes[i].Position, lanes[i].Symbols);
                    rows++;
                }
                if (rows == 0) break;
                Span<float> logits = decoder.Read(prefixes.AsSpan(0, rows), slots.AsSpan(0, rows), positions.AsSpan(0, rows));
                for (int i = 0; i < rows; i++)
                {
                    Span<float> behind = logits.Slice(i * Alphabet.Bytes, Alphabet.Bytes);
                    sampling.ApplyToLogits(behind);
                    reading[i].Take(behind);
                }
            }
        });
        return (results, leftOut.Sum());
    }

    /// <summary>One walk through a part of the texts.</summary>
    private sealed class Lane(SortedTexts texts, int prompt, double[] results, int context, double least)
    {
        // After d bytes of the text at hand: what may follow, and log2 of the chance of coming so far.
        private readonly float[] _behind = new float[context * Alphabet.Bytes];
        private readonly double[] _reached = new double[context + 1];
        private readonly short[] _symbols = new short[context];
        private int _text, _end, _bytes, _known;
        private bool _isOver = true;

        internal int Part { get; private set; } = -1;

        internal double LeftOut { get; private set; }

        internal bool IsResting { get; private set; }

        /// <summary>Position in the window of the symbol to be read.</summary>
        internal int Position => _bytes;

        /// <summary>The window up to the symbol to be read.</summary>
        internal ReadOnlyMemory<short> Symbols => _symbols.AsMemory(0, _bytes + 1);

        internal void Begin(int part, int first, int end)
        {
            (Part, _text, _end, _bytes, _known, LeftOut, _isOver) = (part, first, end, 0, -1, 0, false);
            _symbols[0] = Alphabet.Unknown;
        }

        internal void Rest() => (IsResting, Part) = (true, -1);

        /// <summary>Goes on until something must be read; false at the end of the part.</summary>
        internal bool WorkProgress()
        {
            if (IsResting || _isOver) return false;
            while (true)
            {
                if (_known < _bytes) return true;
                ReadOnlySpan<byte> text = texts.Texts[_text].Span;
                byte symbol = text[_bytes];
                double reached = _bytes < prompt ? 0 : _reached[_bytes] + Math.Log2(_behind[(_bytes * Alphabet.Bytes) + symbol]);
                if (reached >= least && _bytes + 1 < text.Length)
                {
                    _reached[++_bytes] = reached;
                    _symbols[_bytes] = symbol;
                    continue;
                }
                // A text's end, or a prefix that none of its texts need be read behind.
                int shared = _bytes + 1;
                if (reached < least) LeftOut += Math.Pow(2, reached);
                double result = reached < least ? double.NegativeInfinity : reached;
                do results[_text++] = result;
                while (_text < _end && texts.Shared[_text] >= shared);
                if (_text == _end)
                {
                    _isOver = true;
                    return false;
                }
                _known = _bytes = Math.Min(_bytes, texts.Shared[_text]);
            }
        }

        /// <summary>What may follow the symbol that was read.</summary>
        internal void Take(ReadOnlySpan<float> behind)
        {
            behind.CopyTo(_behind.AsSpan(_bytes * Alphabet.Bytes));
            _known = _bytes;
        }
    }
}
