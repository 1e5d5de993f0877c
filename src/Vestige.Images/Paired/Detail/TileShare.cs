namespace Vestige.Images.Paired.Detail;

/// <summary>What became of the detail of one tile, 0 to 1 each.</summary>
/// <remarks>A tenth of the median tile's detail (mean of both images) is added to both denominators: of a tile that is next to flat, the last
/// grey level is no half of anything.</remarks>
internal readonly record struct TileShare(double Lost, double Invented)
{
    private const double Tenth = 0.1;

    /// <summary>The tiles of a grid, row after row.</summary>
    internal static TileShare[] Of(DetailComparison detail, int side, int levels)
    {
        DetailSums[] tiles = detail.Tiles(side, levels);
        double[] energies = [.. tiles.Select(tile => (tile.Original + tile.Decoded) / 2)];
        Array.Sort(energies);
        double floor = Tenth * energies[energies.Length / 2];
        return [.. tiles.Select(tile => new TileShare(Share(tile.LostSum, tile.Original + floor), Share(tile.InventedSum, tile.Decoded + floor)))];
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
