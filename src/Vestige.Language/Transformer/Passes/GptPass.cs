using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Passes;

/// <summary>Forward and backward over B windows of T symbols, R = B T rows, on one thread and with memory of its own.</summary>
/// <remarks>
/// What is linear is computed again in the backward pass from what is kept (the stream before each branch, queries, keys and
/// values, the hidden layer before its activation): that costs less than fetching it from beyond the cache.
/// </remarks>
internal sealed class GptPass
{
    private readonly GptWeights _weights;
    private readonly Scratch _scratch;
    private readonly AttentionPass[] _attention;
    private readonly FeedPass[] _feed;
    private readonly NormPass _norm;
    private readonly Memory<float>[] _stream;
    private readonly Memory<float> _logits, _dx;
    private int _rows, _length;

    /// <summary>Memory for <paramref name="windows"/> windows.</summary>
    internal GptPass(GptWeights weights, int windows)
    {
        GptOptions options = weights.Options;
        (_weights, Windows) = (weights, windows);
        int maxRows = windows * options.Context;
        _scratch = new Scratch(options, windows);
        _attention = [.. Enumerable.Range(0, options.Layers).Select(l => new AttentionPass(weights, l, _scratch, maxRows))];
        _feed = [.. Enumerable.Range(0, options.Layers).Select(l => new FeedPass(weights, l, _scratch, maxRows))];
        _norm = new NormPass(weights.Table.FinalNorm, maxRows, options.Normalization == Normalization.Layer);
        _stream = [.. Enumerable.Range(0, (2 * options.Layers) + 1).Select(_ => Aligned.Allocate(maxRows * options.Width))];
        _logits = Aligned.Allocate(maxRows * Alphabet.Bytes);
        _dx = Aligned.Allocate(maxRows * options.Width);
    }

    /// <summary>B at most.</summary>
    internal int Windows { get; }

    /// <summary>(R, 256): what <see cref="Forward"/> gave, until <see cref="Loss"/> turns it into its gradient.</summary>
    internal Span<float> Logits => _logits.Span[..(_rows * Alphabet.Bytes)];

    /// <summary>(R, 3 C): queries, keys and values of a block, turned to their positions.</summary>
    internal ReadOnlySpan<float> Qkv(int block) => _attention[block].Qkv;

    /// <summary>Computes the logits.</summary>
    /// <param name="symbols">(B, T), for a B of at most <see cref="Windows"/>.</param>
    /// <param name="length">T, at most the model's context.</param>
    /// <param name="masks">What dropout drops.</param>
    internal void Forward(ReadOnlySpan<short> symbols, int length, DropoutMasks masks)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        (_rows, _length) = (symbols.Length, length);
        for (int at = 0; at < _rows; at += length)
        {
            _weights.Embeddings.Forward(Stream(0).Slice(at * Width, length * Width), symbols.Slice(at, length), parameters);
        }

        masks[0].Apply(Stream(0), Stream(0));
        for (int l = 0; l < _attention.Length; l++)
        {
            _attention[l].Forward(Stream((2 * l) + 1), Stream(2 * l), length, masks[(2 * l) + 1]);
            _feed[l].Forward(Stream((2 * l) + 2), Stream((2 * l) + 1), masks[(2 * l) + 2]);
        }

        _norm.Forward(_scratch.Normal.Span, Stream(_stream.Length - 1), parameters);
        _weights.Head.Forward(Logits, Alphabet.Bytes, Normal, parameters);
    }

    /// <summary>The loss in nats, summed over the targets. The logits become its gradient, times <paramref name="scale"/>.</summary>
    /// <param name="targets">(B, T): the byte that came, or <see cref="Alphabet.None"/>.</param>
    /// <param name="scale">Weight of one prediction in the whole loss.</param>
    internal double Loss(ReadOnlySpan<short> targets, float scale)
    {
        double loss = 0;
        for (int r = 0; r < _rows; r++)
        {
            Span<float> logits = Logits.Slice(r * Alphabet.Bytes, Alphabet.Bytes);
            if (targets[r] == Alphabet.None) logits.Clear();
            else loss += Softmax.CrossEntropy(logits, targets[r], scale);
        }

        return loss;
    }

    /// <summary>Adds the gradient of the loss; to be called after <see cref="Forward"/> and <see cref="Loss"/>, with the same symbols and masks.</summary>
    /// <param name="gradient">The gradient of all parameters, in and out.</param>
    /// <param name="symbols">(B, T).</param>
    /// <param name="masks">What dropout dropped.</param>
    internal void Backward(Span<float> gradient, ReadOnlySpan<short> symbols, DropoutMasks masks)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        Span<float> dx = _dx.Span[..(_rows * Width)];
        var dLogits = new Matrix(Logits, _rows, Alphabet.Bytes, Alphabet.Bytes);
        // The final normalization is still where the forward pass left it.
        _weights.Head.BackwardWeights(gradient, dLogits, Normal, _scratch.Panels);
        _weights.Head.BackwardInputs(_scratch.DNormal.Span, Width, dLogits);
        dx.Clear();
        _norm.Backward(gradient, dx, _scratch.DNormal.Span, Stream(_stream.Length - 1), parameters);
        for (int l = _attention.Length - 1; l >= 0; l--)
        {
            _feed[l].Backward(gradient, dx, Stream((2 * l) + 1), masks[(2 * l) + 2]);
            _attention[l].Backward(gradient, dx, Stream(2 * l), _length, masks[(2 * l) + 1]);
        }

        masks[0].Apply(dx, dx);
        for (int at = 0; at < _rows; at += _length)
        {
            _weights.Embeddings.Backward(gradient, dx.Slice(at * Width, _length * Width), symbols.Slice(at, _length));
        }
    }

    private int Width => _weights.Options.Width;

    private Matrix Normal => new(_scratch.Normal.Span, _rows, Width, Width);

    // (R, C) before branch i, or after the last.
    private Span<float> Stream(int i) => _stream[i].Span[..(_rows * Width)];
}
