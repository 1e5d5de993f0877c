using System.Collections;
using System.Globalization;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Worlds;

/// <summary>The documents of a world: numbered, all of one size, made when asked for, so that they take no memory.</summary>
public sealed class NumberedDocuments : IReadOnlyList<Document>
{
    private readonly int _units;
    private readonly ulong _identity;

    /// <summary>The documents 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="world">The world's name, for the message.</param>
    /// <param name="count">How many.</param>
    /// <param name="units">Items in each.</param>
    /// <param name="identity">Stands for the world and its seed, so that finished work on its documents is known again; 0 where it need not be.</param>
    /// <exception cref="ArgumentException">The count is out of range.</exception>
    public NumberedDocuments(string world, int count, int units, ulong identity = 0)
    {
        new OptionTable(world, "", [Option]).Check(count);
        Count = count;
        _units = units;
        _identity = identity;
    }

    /// <summary>How many documents a world may have.</summary>
    public static OptionSpec Option { get; } = OptionSpec.WholeNumber("documents", 1, 100_000_000, 20_000, "documents of the world");

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Document this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new Document(index.ToString(CultureInfo.InvariantCulture), _units, Bytes: 0,
                Content: _identity == 0 ? 0 : ((UInt128)_identity << 64) + (UInt128)index);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Document> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
