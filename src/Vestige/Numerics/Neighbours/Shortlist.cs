namespace Vestige.Numerics.Neighbours;

/// <summary>For each row the smallest entries offered so far, ascending, at most a few of any one group.</summary>
/// <remarks>
/// An entry is a key above the number of its reference, so that one comparison orders by key and equal keys by number. With twice as many
/// places as a group may take, any group can be left out and as many remain: all that a delete-group jackknife asks. What a list holds
/// does not depend on the order of the offers: whatever was turned away or has fallen out stays behind as many as there are places.
/// </remarks>
internal sealed class Shortlist
{
    /// <summary>What empty places hold: behind every entry.</summary>
    internal const long Empty = long.MaxValue;

    private readonly int _places;
    private readonly int _perGroup;
    private readonly long[] _entries;

    /// <summary>Empty lists.</summary>
    /// <param name="rows">Number of lists.</param>
    /// <param name="places">Places of a list.</param>
    /// <param name="perGroup">Places that references of one group may take.</param>
    internal Shortlist(int rows, int places, int perGroup)
    {
        _places = places;
        _perGroup = perGroup;
        _entries = new long[rows * places];
        Clear();
    }

    /// <summary>The entry of a reference.</summary>
    internal static long Entry(int key, int reference) => ((long)key << 32) | (uint)reference;

    /// <summary>The key of an entry; <see cref="int.MaxValue"/> if it is empty.</summary>
    internal static int Key(long entry) => (int)(entry >> 32);

    /// <summary>The reference of an entry; -1 if it is empty.</summary>
    internal static int Reference(long entry) => (int)entry;

    /// <summary>Empties all lists.</summary>
    internal void Clear() => Array.Fill(_entries, Empty);

    /// <summary>One list.</summary>
    internal ReadOnlySpan<long> this[int row] => _entries.AsSpan(row * _places, _places);

    /// <summary>The last entry of one list: whatever is behind it is of no use.</summary>
    internal long Last(int row) => _entries[((row + 1) * _places) - 1];

    /// <summary>Takes an entry into one list if it belongs there.</summary>
    /// <param name="row">The list.</param>
    /// <param name="entry">The entry, not offered before.</param>
    /// <param name="groups">Group of every reference.</param>
    /// <returns>Whether the list changed.</returns>
    internal bool Offer(int row, long entry, ReadOnlySpan<int> groups)
    {
        Span<long> list = _entries.AsSpan(row * _places, _places);
        int place = list.Length - 1;
        if (entry >= list[place]) return false;
        if (_perGroup < _places)
        {
            int group = groups[Reference(entry)], members = 0;
            for (int i = 0; i < list.Length && list[i] != Empty; i++)
            {
                if (groups[Reference(list[i])] != group || ++members < _perGroup) continue;
                if (entry >= list[i]) return false;
                place = i;
            }
        }
        for (; place > 0 && entry < list[place - 1]; place--) list[place] = list[place - 1];
        list[place] = entry;
        return true;
    }
}
