using Vestige.Language;

namespace Vestige.Models.Llama;

/// <summary>Reads texts that are known, and tells at each token what the model says of it.</summary>
/// <remarks>
/// A text is read from BOS. What is longer than the context is read in windows, each from BOS too: the first has as many tokens as the context;
/// each later one begins half a context after the one before, and predicts its last half. A text is alone in its batches, so that what is said of it
/// depends on nothing else.
/// </remarks>
internal sealed class TokenReader : ISymbolReader
{
    private readonly LlamaContext _llama;
    private readonly LlamaVocabulary _vocabulary;
    private readonly TokenSampling _sampling;
    private readonly int _context, _together;
    private int[] _tokens = [];

    // The token at hand; where its window begins; the first input of the batch in memory, and the first behind it; how many of those were not asked for.
    private int _at, _start, _first, _read, _quiet;

    internal TokenReader(LlamaModel model, LlamaSettings how, int context, TokenSampling sampling)
    {
        (_llama, _vocabulary, _sampling) = (new LlamaContext(model, how, context), model.Vocabulary, sampling);
        (_context, _together) = (context, model.Together);
    }

    public int Symbol => _tokens[_at];

    public ReadOnlySpan<byte> Piece(int symbol) => _vocabulary.Piece(symbol);

    public int? Begin(ReadOnlyMemory<byte> passage)
    {
        if (_vocabulary.Tokens(passage.Span) is not { } tokens) return null;
        Begin(tokens);
        return tokens.Length;
    }

    internal void Begin(int[] tokens)
    {
        _tokens = tokens;
        _at = -1;
        Open(0);
    }

    ReadOnlySpan<float> ISymbolReader.Predict() => Predict();

    internal Span<float> Predict()
    {
        _at++;
        // The input of number k in a window predicts its token k: BOS is number 0.
        if (_at - _start == _context) Open(_at - (_context / 2));
        int input = _at - _start;
        while (input >= _read) Read(input);
        Span<float> logits = _llama.Logits(input - _first);
        _sampling.Apply(logits);
        return logits;
    }

    public void Dispose() => _llama.Dispose();

    private void Open(int start)
    {
        (_start, _first, _read) = (start, 0, 0);
        _quiet = start == 0 ? 0 : _context / 2;
        _llama.Forget(0);
    }

    private void Read(int wanted)
    {
        _first = _read;
        int end = Math.Min(Math.Min(_context, _tokens.Length - _start), _first + _together);
        for (int input = _first; input < end; input++)
            _llama.Add(input == 0 ? _vocabulary.Opening : _tokens[_start + input - 1], input, 0, asks: input >= Math.Min(_quiet, wanted));
        _llama.Decode();
        _read = end;
    }
}
