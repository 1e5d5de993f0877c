using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Layers;

/// <summary>What a symbol becomes when it is read: the sum of its own vector, its position's and those of the n-grams that end in it.</summary>
internal sealed class Embeddings(ParameterTable table)
{
    private readonly int _width = table.Embedding.Shape[1];

    /// <summary>Longest n-gram that is looked up.</summary>
    internal int Order { get; } = table.Ngrams.Count + 1;

    /// <summary>Embeds one window.</summary>
    /// <param name="x">(T, C) out.</param>
    /// <param name="symbols">(T).</param>
    /// <param name="parameters">All parameters.</param>
    internal void Forward(Span<float> x, ReadOnlySpan<short> symbols, ReadOnlySpan<float> parameters)
    {
        for (int t = 0; t < symbols.Length; t++) Row(x.Slice(t * _width, _width), symbols[..(t + 1)], t, parameters);
    }

    /// <summary>Embeds the last of <paramref name="symbols"/>, which stands at position <paramref name="t"/> of its window.</summary>
    /// <param name="x">(C) out.</param>
    /// <param name="symbols">The window up to it, or at least the last <see cref="Order"/> symbols.</param>
    /// <param name="t">Position.</param>
    /// <param name="parameters">All parameters.</param>
    internal void Row(Span<float> x, ReadOnlySpan<short> symbols, int t, ReadOnlySpan<float> parameters)
    {
        Part(table.Embedding, symbols[^1], parameters).CopyTo(x);
        if (table.Positions is not null) Elementwise.Add(x, Part(table.Positions, t, parameters));
        for (int n = 2; n <= Order; n++) Elementwise.Add(x, Part(table.Ngrams[n - 2], Hash(symbols, n), parameters));
    }

    /// <summary>Adds the gradients of all tables for one window.</summary>
    /// <param name="gradient">The gradient of all parameters, in and out.</param>
    /// <param name="dx">(T, C).</param>
    /// <param name="symbols">(T).</param>
    internal void Backward(Span<float> gradient, ReadOnlySpan<float> dx, ReadOnlySpan<short> symbols)
    {
        for (int t = 0; t < symbols.Length; t++)
        {
            ReadOnlySpan<float> row = dx.Slice(t * _width, _width);
            Elementwise.Add(gradient.Slice(table.Embedding.Offset + (symbols[t] * _width), _width), row);
            if (table.Positions is not null) Elementwise.Add(gradient.Slice(table.Positions.Offset + (t * _width), _width), row);
            for (int n = 2; n <= Order; n++)
            {
                Elementwise.Add(gradient.Slice(table.Ngrams[n - 2].Offset + (Hash(symbols[..(t + 1)], n) * _width), _width), row);
            }
        }
    }

    private ReadOnlySpan<float> Part(Tensor tensor, int row, ReadOnlySpan<float> parameters) => parameters.Slice(tensor.Offset + (row * _width), _width);

    // The row of the n-gram that ends the window; what lies before the window is unknown.
    private int Hash(ReadOnlySpan<short> symbols, int n)
    {
        ulong hash = (ulong)n;
        for (int i = symbols.Length - n; i < symbols.Length; i++)
        {
            hash = (hash ^ (ulong)(i < 0 ? Alphabet.Unknown : symbols[i])) * 0x9e3779b97f4a7c15;
            hash ^= hash >> 32;
        }

        return (int)Math.BigMul(hash * 0x9e3779b97f4a7c15, (ulong)table.Ngrams[n - 2].Shape[0], out _);
    }
}
