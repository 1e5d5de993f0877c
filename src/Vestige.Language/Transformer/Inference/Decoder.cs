using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Passes;

namespace Vestige.Language.Transformer.Inference;

/// <summary>
/// Reads a few sequences in step, a byte of each at a time, with a key-value cache; on one thread, with memory of its own. It
/// gives the very logits that a <see cref="GptPass"/> over the same windows gives.
/// </summary>
internal sealed class Decoder
{
    private readonly GptWeights _weights;
    private readonly GptPass _prefill;
    private readonly KeyValueCache[,] _caches;
    private readonly Memory<float> _x, _normal, _qkv, _attended, _up, _hidden, _logits, _mean, _scale, _headScale, _scores;
    private readonly float[][] _scales;
    private readonly int[] _sequences, _positions;

    /// <summary>Memory for <paramref name="sequences"/> sequences.</summary>
    internal Decoder(GptWeights weights, int sequences)
    {
        GptOptions options = weights.Options;
        int C = options.Width, L = options.Layers, H = options.Heads;
        (_weights, Sequences) = (weights, sequences);
        (_sequences, _positions) = (new int[sequences], new int[sequences]);
        _prefill = new GptPass(weights, Math.Max(1, Math.Min(sequences, 512 / options.Context)));
        _caches = new KeyValueCache[L, sequences];
        for (int l = 0; l < L; l++)
        {
            for (int s = 0; s < sequences; s++) _caches[l, s] = new KeyValueCache(options.Context, C, H);
        }

        _x = Aligned.Allocate(sequences * C);
        _normal = Aligned.Allocate(sequences * C);
        _qkv = Aligned.Allocate(sequences * 3 * C);
        _attended = Aligned.Allocate(sequences * C);
        _up = Aligned.Allocate(sequences * weights.Blocks[0].Up.Outputs);
        _hidden = Aligned.Allocate(sequences * weights.Blocks[0].Down.Inputs);
        _logits = Aligned.Allocate(sequences * Alphabet.Bytes);
        _mean = Aligned.Allocate(sequences);
        _scale = Aligned.Allocate(sequences);
        _headScale = Aligned.Allocate(2 * H);
        _scores = Aligned.Allocate(KeyValueCache.Scores(options.Context));
        _scales = [.. weights.Table.Blocks.Select(block => Attention.Scales(options, block.Temperature is null ? default : block.Temperature.In(weights.Values.Span)))];
    }

    /// <summary>Sequences it reads in step, at most.</summary>
    internal int Sequences { get; }

    /// <summary>Opens windows with symbols that are known.</summary>
    /// <param name="symbols">(S, t).</param>
    /// <param name="length">t, at least 1.</param>
    /// <returns>(S, 256): the logits of what follows.</returns>
    internal Span<float> Open(ReadOnlySpan<short> symbols, int length)
    {
        int count = symbols.Length / length;
        for (int first = 0; first < count; first += _prefill.Windows)
        {
            int windows = Math.Min(_prefill.Windows, count - first);
            _prefill.Forward(symbols.Slice(first * length, windows * length), length, DropoutMasks.None);
            for (int s = 0; s < windows; s++)
            {
                _prefill.Logits.Slice((((s + 1) * length) - 1) * Alphabet.Bytes, Alphabet.Bytes).CopyTo(_logits.Span[((first + s) * Alphabet.Bytes)..]);
                for (int l = 0; l < _weights.Blocks.Count; l++) Remember(_caches[l, first + s], _prefill.Qkv(l), s * length, length);
            }
        }

        return _logits.Span[..(count * Alphabet.Bytes)];
    }

    /// <summary>Reads one more symbol of each sequence.</summary>
    /// <param name="symbols">(S, n): the last n symbols of each window, the new one last.</param>
    /// <param name="length">n, the position + 1 or less.</param>
    /// <param name="position">Position of the new symbols in their windows.</param>
    /// <returns>(S, 256): the logits of what follows.</returns>
    internal Span<float> Read(ReadOnlySpan<short> symbols, int length, int position)
    {
        int C = _weights.Options.Width, count = symbols.Length / length;
        Span<float> x = _x.Span[..(count * C)];
        for (int s = 0; s < count; s++) _weights.Embeddings.Row(x.Slice(s * C, C), symbols.Slice(s * length, length), position, _weights.Values.Span);
        Span<int> sequences = _sequences.AsSpan(0, count), positions = _positions.AsSpan(0, count);
        for (int s = 0; s < count; s++) (sequences[s], positions[s]) = (s, position);
        return Read(x, sequences, positions);
    }

    /// <summary>Reads one more symbol of some of the sequences, each at a position of its own.</summary>
    /// <param name="windows">For each the symbols of its window, the new one last.</param>
    /// <param name="sequences">Which they are; none twice.</param>
    /// <param name="positions">Position of each new symbol in its window; those before it were read by the same sequence.</param>
    /// <returns>(S, 256): the logits of what follows.</returns>
    internal Span<float> Read(ReadOnlySpan<ReadOnlyMemory<short>> windows, ReadOnlySpan<int> sequences, ReadOnlySpan<int> positions)
    {
        int C = _weights.Options.Width;
        Span<float> x = _x.Span[..(windows.Length * C)];
        for (int s = 0; s < windows.Length; s++) _weights.Embeddings.Row(x.Slice(s * C, C), windows[s].Span, positions[s], _weights.Values.Span);
        return Read(x, sequences, positions);
    }

    private Span<float> Read(Span<float> x, ReadOnlySpan<int> sequences, ReadOnlySpan<int> positions)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        int count = sequences.Length;
        for (int l = 0; l < _weights.Blocks.Count; l++)
        {
            Attend(l, x, sequences, positions);
            Feed(l, x);
        }

        Span<float> logits = _logits.Span[..(count * Alphabet.Bytes)];
        _weights.Head.Forward(logits, Alphabet.Bytes, Normalize(_weights.Table.FinalNorm, x), parameters);
        return logits;
    }

    private void Attend(int l, Span<float> x, ReadOnlySpan<int> sequences, ReadOnlySpan<int> positions)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        BlockTensors tensors = _weights.Table.Blocks[l];
        int C = _weights.Options.Width, count = x.Length / C;
        _weights.Blocks[l].Qkv.Forward(_qkv.Span, 3 * C, Normalize(tensors.AttentionNorm, x), parameters);
        for (int s = 0; s < count; s++)
        {
            Span<float> qkv = _qkv.Span.Slice(s * 3 * C, 3 * C);
            if (tensors.Temperature is not null) HeadNorm.Forward(qkv[..(2 * C)], _headScale.Span);
            _weights.Rotary?.Turn(qkv[..(2 * C)], positions[s]);
            KeyValueCache cache = _caches[l, sequences[s]];
            cache.Store(positions[s], qkv);
            cache.Attend(_attended.Span.Slice(s * C, C), qkv[..C], positions[s], _scales[l], _scores.Span);
        }

        _weights.Blocks[l].Projection.Forward(x, C, new Matrix(_attended.Span, count, C, C), parameters, add: true);
    }

    private void Feed(int l, Span<float> x)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        BlockLinears linears = _weights.Blocks[l];
        int C = _weights.Options.Width, count = x.Length / C, F = linears.Down.Inputs;
        Span<float> up = _up.Span[..(count * linears.Up.Outputs)], hidden = _hidden.Span[..(count * F)];
        linears.Up.Forward(up, linears.Up.Outputs, Normalize(_weights.Table.Blocks[l].FeedNorm, x), parameters);
        Activations.Forward(_weights.Options.Activation, hidden, up, F);
        linears.Down.Forward(x, C, new Matrix(hidden, count, F, F), parameters, add: true);
    }

    private Matrix Normalize(NormTensors norm, ReadOnlySpan<float> x)
    {
        int C = _weights.Options.Width, count = x.Length / C;
        Span<float> mean = _mean.Span[..count], scale = _scale.Span[..count];
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        Norms.Measure(mean, scale, x, _weights.Options.Normalization == Normalization.Layer, C);
        Norms.Apply(_normal.Span, x, mean, scale, norm.Gain.In(parameters), norm.Bias is null ? default : norm.Bias.In(parameters));
        return new Matrix(_normal.Span, count, C, C);
    }

    private void Remember(KeyValueCache cache, ReadOnlySpan<float> qkv, int row, int length)
    {
        int width = 3 * _weights.Options.Width;
        for (int t = 0; t < length; t++) cache.Store(t, qkv.Slice((row + t) * width, width));
    }
}
