namespace Vestige.Images.Paired.Detail;

/// <summary>Shares of a tile's detail.</summary>
/// <remarks>A tenth of the median tile's detail (mean of both images) is added to denominators: of a tile that is next to flat, the last grey
/// level is no half of anything.</remarks>
internal static class TileShare
{
    private const double Tenth = 0.1;

    /// <summary>What is added to the denominators of these tiles.</summary>
    internal static double Floor(DetailSums[] tiles)
    {
        double[] energies = [.. tiles.Select(tile => (tile.Original + tile.Decoded) / 2)];
        Array.Sort(energies);
        return Tenth * energies[energies.Length / 2];
    }

    /// <summary>A part of a whole; 0 where there is none.</summary>
    internal static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
