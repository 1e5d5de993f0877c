using Vestige.Language.Transformer.Layers;

namespace Vestige.Language.Transformer.Inference;

/// <summary>A Transformer as it goes through passages byte by byte, in the windows of <see cref="Scorer"/>.</summary>
internal sealed class TransformerSymbols(GptWeights weights, SamplingOptions sampling) : ISymbolReader
{
    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];

    private readonly Decoder _decoder = new(weights, 1);
    private readonly short[] _symbols = new short[weights.Options.Context];
    private ReadOnlyMemory<byte> _text;
    private int _at, _position;

    public int Symbol => _text.Span[_at];

    public int? Begin(ReadOnlyMemory<byte> passage)
    {
        (_text, _at, _position) = (passage, -1, weights.Options.Context);
        return passage.Length;
    }

    public ReadOnlySpan<float> Predict()
    {
        _at++;
        int context = weights.Options.Context, start = Scorer.WindowOf(_at, context);
        Span<float> logits;
        if (_position >= context - 1)
        {
            _position = _at - start;
            logits = _decoder.Open(Inputs(start, _position + 1, _position + 1), _position + 1);
        }
        else
        {
            _position++;
            int last = Math.Min(weights.Embeddings.Order, _position + 1);
            logits = _decoder.Read(Inputs(start, _position + 1, last), last, _position);
        }
        if (sampling == SamplingOptions.Plain) return logits;
        sampling.ApplyToLogits(logits);
        foreach (ref float value in logits) value = MathF.Log(value);
        return logits;
    }

    public ReadOnlySpan<byte> Piece(int symbol) => s_bytes.AsSpan(symbol, 1);

    public void Dispose()
    {
    }

    // The last symbols of the first `count` of the window that starts at `start`.
    private Span<short> Inputs(int start, int count, int last)
    {
        Span<short> symbols = _symbols.AsSpan(0, last);
        Scorer.Inputs(symbols, _text.Span, start, count - last);
        return symbols;
    }
}
