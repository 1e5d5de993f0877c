namespace Vestige.Language.Sequential;

/// <summary>A sequential model as it goes through passages byte by byte.</summary>
internal sealed class ByteSymbols(ITextReader reader, SamplingOptions sampling) : ISymbolReader
{
    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];

    private readonly double[] _probabilities = new double[SamplingOptions.Bytes];
    private readonly float[] _logits = new float[SamplingOptions.Bytes];
    private ReadOnlyMemory<byte> _text;
    private int _at;

    public int Symbol => _text.Span[_at];

    public int? Begin(ReadOnlyMemory<byte> passage)
    {
        (_text, _at) = (passage, -1);
        reader.Restart();
        return passage.Length;
    }

    public ReadOnlySpan<float> Predict()
    {
        if (_at >= 0) reader.Read(_text.Span[_at]);
        _at++;
        reader.Predict(_probabilities);
        if (sampling != SamplingOptions.Plain) sampling.Apply(_probabilities);
        for (int i = 0; i < _logits.Length; i++) _logits[i] = (float)Math.Log(_probabilities[i]);
        return _logits;
    }

    public ReadOnlySpan<byte> Piece(int symbol) => s_bytes.AsSpan(symbol, 1);

    public void Dispose()
    {
    }
}
