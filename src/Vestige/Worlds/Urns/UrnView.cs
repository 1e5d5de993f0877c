using Vestige.Views;

namespace Vestige.Worlds.Urns;

/// <summary>The discrete view of an urn: an item's only atom is its type.</summary>
internal sealed class UrnView : IAtomView<int>
{
    /// <inheritdoc/>
    public string Name => "type";

    /// <inheritdoc/>
    public string Description => "the type that was drawn";

    /// <inheritdoc/>
    public bool Splits => true;

    /// <inheritdoc/>
    public string Element => "type";

    /// <inheritdoc/>
    public void Atoms(int item, HashSet<ulong> into) => into.Add((ulong)item);
}
