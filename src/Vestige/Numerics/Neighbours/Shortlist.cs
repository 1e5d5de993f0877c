namespace Vestige.Numerics.Neighbours;

/// <summary>For each row the smallest keys offered so far with their references, ascending, ties by index, at most a few of any one group.</summary>
/// <remarks>
/// With twice as many places as a group may take, every group can be left out and as many remain: all that a delete-group jackknife asks.
/// What the lists hold does not depend on the order of the offers: one that was turned away or has fallen out stays behind as many as
/// there are places.
/// </remarks>
internal sealed class Shortlist
{
    private readonly int _depth;
    private readonly int _perGroup;
    private readonly int[] _keys;
    private readonly int[] _indices;
    private readonly int[] _counts;

    /// <summary>Empty lists.</summary>
    /// <param name="rows">Number of lists.</param>
    /// <param name="depth">Places of a list.</param>
    /// <param name="perGroup">Places that references of one group may take.</param>
    internal Shortlist(int rows, int depth, int perGroup)
    {
        _depth = depth;
        _perGroup = perGroup;
        _keys = new int[rows * depth];
        _indices = new int[rows * depth];
        _counts = new int[rows];
    }

    /// <summary>Empties all lists.</summary>
    internal void Clear() => Array.Clear(_counts);

    /// <summary>The keys of one list.</summary>
    internal ReadOnlySpan<int> Keys(int row) => _keys.AsSpan(row * _depth, _counts[row]);

    /// <summary>The references of one list.</summary>
    internal ReadOnlySpan<int> Indices(int row) => _indices.AsSpan(row * _depth, _counts[row]);

    /// <summary>Whether all places of a list are taken, so that a key above the last is of no use.</summary>
    internal bool IsFull(int row) => _counts[row] == _depth;

    /// <summary>Takes a reference into one list if it belongs there.</summary>
    /// <param name="row">The list.</param>
    /// <param name="key">Its key.</param>
    /// <param name="index">Its index.</param>
    /// <param name="groups">Group of every reference.</param>
    /// <returns>Whether the list changed.</returns>
    internal bool Offer(int row, int key, int index, ReadOnlySpan<int> groups)
    {
        int count = _counts[row];
        Span<int> keys = _keys.AsSpan(row * _depth, _depth), indices = _indices.AsSpan(row * _depth, _depth);
        int place = Math.Min(count, _depth - 1);
        if (_perGroup < _depth)
        {
            int members = 0, last = 0;
            for (int i = 0; i < count; i++)
            {
                if (groups[indices[i]] != groups[index]) continue;
                members++;
                last = i;
            }
            if (members == _perGroup) place = last;
        }
        if (place < count && !Before(key, index, keys[place], indices[place])) return false;
        if (place == count) _counts[row]++;
        for (; place > 0 && Before(key, index, keys[place - 1], indices[place - 1]); place--)
            (keys[place], indices[place]) = (keys[place - 1], indices[place - 1]);
        (keys[place], indices[place]) = (key, index);
        return true;
    }

    private static bool Before(int key, int index, int otherKey, int otherIndex) => key < otherKey || (key == otherKey && index < otherIndex);
}
