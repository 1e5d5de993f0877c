using Vestige.Specs;

namespace Vestige.Worlds;

/// <summary>How the items of one document depend on each other.</summary>
/// <remarks>
/// A document has a theme, which is itself one draw of the world. Each of its items is, with chance <see cref="Stick"/> and independently,
/// the theme (an urn) or near the theme (a mixture), else a fresh draw. So every item alone has exactly the world's distribution, the items
/// of a document are exchangeable, and documents are independent.
/// </remarks>
/// <param name="Size">Items in a document; 1: all items are independent.</param>
/// <param name="Stick">Chance that an item follows its document's theme, 0 to 1.</param>
internal sealed record Clusters(int Size, double Stick)
{
    /// <summary>The range of <see cref="Size"/>.</summary>
    public static OptionSpec SizeOption { get; } = OptionSpec.WholeNumber("cluster", 1, 1000, 1, "items in a document");

    /// <summary>The range of <see cref="Stick"/>.</summary>
    public static OptionSpec StickOption { get; } = OptionSpec.Number("stick", 0, 1, 0.5m, "chance that an item follows its document's theme");

    /// <summary>Independent items.</summary>
    public static Clusters None { get; } = new(1, 0);

    /// <summary>How many whole documents hold at least <paramref name="units"/> items.</summary>
    public int DocumentsFor(int units)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        return (int)(((long)units + Size - 1) / Size);
    }
}
