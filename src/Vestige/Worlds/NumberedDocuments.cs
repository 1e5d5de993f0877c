using System.Collections;
using System.Globalization;
using Vestige.Sources;

namespace Vestige.Worlds;

/// <summary>The documents of a world: numbered, all of one size, made when asked for, so that they take no memory.</summary>
public sealed class NumberedDocuments : IReadOnlyList<Document>
{
    private readonly int _units;

    /// <summary>The documents 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="world">The world's name, for the message.</param>
    /// <param name="count">How many.</param>
    /// <param name="units">Items in each.</param>
    /// <exception cref="ArgumentException">The count is out of range.</exception>
    public NumberedDocuments(string world, int count, int units)
    {
        new ParameterTable(world, "", [Parameter]).Check(count);
        Count = count;
        _units = units;
    }

    /// <summary>How many documents a world may have.</summary>
    public static Parameter Parameter { get; } = new("documents", "documents of the world", 20_000, 1, 100_000_000, Whole: true);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Document this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new Document(index.ToString(CultureInfo.InvariantCulture), _units, Bytes: 0, Content: 0);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Document> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
