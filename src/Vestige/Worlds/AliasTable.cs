using Vestige.Numerics;

namespace Vestige.Worlds;

/// <summary>Draws from a finite distribution in constant time (the alias method: Walker 1977, built as in Vose 1991).</summary>
public sealed class AliasTable
{
    private readonly int[] _items;
    private readonly double[] _keep;
    private readonly int[] _alias;

    /// <summary>Prepares for draws of i with probability proportional to <paramref name="weights"/>[i].</summary>
    /// <param name="weights">Not negative, at least one positive; an item of weight 0 is never drawn.</param>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        // Items of weight 0 stay outside, so that rounding can never leave one of them with a cell of its own.
        var items = new List<int>();
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weights[i], nameof(weights));
            if (weights[i] == 0) continue;
            items.Add(i);
            total += weights[i];
        }
        if (items.Count == 0) throw new ArgumentException("All weights are 0; at least one must be positive.", nameof(weights));

        _items = [.. items];
        _keep = new double[_items.Length];
        _alias = [.. items];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (int cell = 0; cell < _items.Length; cell++)
        {
            _keep[cell] = weights[_items[cell]] * _items.Length / total;
            (_keep[cell] < 1 ? small : large).Push(cell);
        }
        while (small.Count > 0 && large.Count > 0)
        {
            int under = small.Pop();
            int over = large.Peek();
            _alias[under] = _items[over];
            _keep[over] -= 1 - _keep[under];
            if (_keep[over] < 1) small.Push(large.Pop());
        }
        // What is left over is 1 but for rounding; those cells alias themselves.
    }

    /// <summary>The index of one draw.</summary>
    public int Draw(ref Rng rng)
    {
        int cell = rng.NextInt(_items.Length);
        return rng.NextDouble() < _keep[cell] ? _items[cell] : _alias[cell];
    }
}
