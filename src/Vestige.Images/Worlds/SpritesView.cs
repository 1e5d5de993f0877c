using Vestige.Views;

namespace Vestige.Images.Worlds;

/// <summary>A picture as what it is taken for: the nearest of the grid, or off the grid.</summary>
internal sealed class SpritesView(Sprites sprites) : IAtomView<Picture>
{
    internal const string ViewName = "sprites";

    public string Name => ViewName;

    public string Description => "the nearest picture of the grid within the radius, or off the grid";

    public string Element => "picture";

    public bool Splits => true;

    public void Atoms(Picture item, HashSet<ulong> into) => into.Add((ulong)(sprites.PlaceOf(item) + 1));
}
