namespace Vestige.Language;

/// <summary>A text model that tells, symbol by symbol of a passage, how probable each symbol is there: what two models are compared by.</summary>
public interface ISymbolText
{
    /// <summary>Equal for models whose symbols are the same, so that what they say at a position can be held against each other.</summary>
    string SymbolSet { get; }

    /// <summary>What a symbol is called: "token", "byte".</summary>
    string SymbolName { get; }

    /// <summary>Opens a reader with memory of its own.</summary>
    ISymbolReader OpenSymbols();
}

/// <summary>Goes through passages symbol by symbol. For one thread at a time.</summary>
public interface ISymbolReader : IDisposable
{
    /// <summary>Begins a passage, from an empty context.</summary>
    /// <returns>How many symbols it has; null where they cannot write it.</returns>
    int? Begin(ReadOnlyMemory<byte> passage);

    /// <summary>Goes to the next symbol; at most as often as the passage has symbols.</summary>
    /// <returns>Logits of all symbols there (natural logarithms of their probabilities, but for a term that all share; negative infinity for 0), until the next call.</returns>
    ReadOnlySpan<float> Predict();

    /// <summary>The symbol that stands there.</summary>
    int Symbol { get; }

    /// <summary>The bytes that a symbol stands for.</summary>
    ReadOnlySpan<byte> Piece(int symbol);
}
