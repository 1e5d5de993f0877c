using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;

namespace Vestige.Language.Transformer.Inference;

/// <summary>Keys and values of one block for one sequence, as far as it has come, laid out for products with a single query.</summary>
/// <remarks>
/// For each head the keys are panels of 32 positions, position fastest, and the values panels of 32 elements, element fastest:
/// the same operands in the same order as in <see cref="Attention"/>, so that the results are the same to the bit.
/// </remarks>
internal sealed class KeyValueCache
{
    private readonly int _width, _heads, _size, _positions, _columns;
    private readonly Memory<float> _keys, _values;

    internal KeyValueCache(int context, int width, int heads)
    {
        (_width, _heads, _size) = (width, heads, width / heads);
        _positions = Padded(context);
        _columns = Padded(_size);
        _keys = Aligned.Allocate(_heads * _positions * _size);
        _values = Aligned.Allocate(_heads * _positions * _columns);
    }

    /// <summary>Floats that scores of all positions take.</summary>
    internal static int Scores(int context) => Padded(context);

    /// <summary>Stores what belongs to a position.</summary>
    /// <param name="position">Which.</param>
    /// <param name="qkv">(3 C): query, key and value.</param>
    internal void Store(int position, ReadOnlySpan<float> qkv)
    {
        for (int h = 0; h < _heads; h++)
        {
            ReadOnlySpan<float> key = qkv.Slice(_width + (h * _size), _size), value = qkv.Slice((2 * _width) + (h * _size), _size);
            Span<float> keys = Keys(h)[(position / Tiles.Columns * Tiles.Columns * _size)..];
            for (int i = 0; i < _size; i++) keys[(i * Tiles.Columns) + (position % Tiles.Columns)] = key[i];
            Span<float> values = Values(h);
            for (int i = 0; i < _size; i += Tiles.Columns)
            {
                value[i..Math.Min(i + Tiles.Columns, _size)].CopyTo(values[((i * _positions) + (position * Tiles.Columns))..]);
            }
        }
    }

    /// <summary>Attends from the last position that is stored.</summary>
    /// <param name="y">(C) out.</param>
    /// <param name="query">(C).</param>
    /// <param name="position">The last position.</param>
    /// <param name="scales">(H): factors on the scores.</param>
    /// <param name="scores">Scratch of <see cref="Scores"/> floats.</param>
    internal void Attend(Span<float> y, ReadOnlySpan<float> query, int position, ReadOnlySpan<float> scales, Span<float> scores)
    {
        Span<float> edge = stackalloc float[Tiles.Columns];
        int count = position + 1;
        for (int h = 0; h < _heads; h++)
        {
            Span<float> keys = Keys(h), values = Values(h);
            ref float q = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(query.Slice(h * _size, _size));
            for (int j = 0; j < count; j += Tiles.Columns) Tiles.Row(ref q, 1, ref keys[j * _size], ref scores[j], _size, add: false);
            Softmax.Scaled(scores[..Padded(count)], count, scales[h]);
            for (int i = 0; i < _size; i += Tiles.Columns)
            {
                Tiles.Row(ref scores[0], 1, ref values[i * _positions], ref edge[0], count, add: false);
                edge[..Math.Min(Tiles.Columns, _size - i)].CopyTo(y[((h * _size) + i)..]);
            }
        }
    }

    private Span<float> Keys(int head) => _keys.Span.Slice(head * _positions * _size, _positions * _size);

    private Span<float> Values(int head) => _values.Span.Slice(head * _positions * _columns, _positions * _columns);

    private static int Padded(int count) => (count + Tiles.Columns - 1) / Tiles.Columns * Tiles.Columns;
}
