using Vestige.Images.Paired.Detail;

namespace Vestige.Images.Paired;

/// <summary>Whether one place of a reconstruction shows something else than the original, as no other place does: a digit turned into another.</summary>
/// <remarks>
/// The statistic of a tile of 8 pixels is the smaller of its shares lost and invented at the two finest levels. A codec that blurs or adds
/// noise raises it everywhere, one that substitutes in one place: what counts is the largest over the quantile 0.999 of the tiles that are not around it.
/// And it must be seen: a photograph that is coded again at its own quality changes in a few places only, and there by a level.
/// How the thresholds were chosen and what they find: docs/substitution.md.
/// </remarks>
/// <param name="Largest">The largest statistic, 0 to 1.</param>
/// <param name="Quantile">Its quantile 0.999 over the tiles that are not around it.</param>
/// <param name="X">Left edge of the tile that has it, pixels.</param>
/// <param name="Y">Upper edge of it.</param>
/// <param name="Visible">The smaller of what was visibly lost and visibly invented there, a pixel; <see cref="LeastVisible"/> is that of noise of two
/// grey levels.</param>
public readonly record struct Substitution(double Largest, double Quantile, int X, int Y, double Visible)
{
    private const int Levels = 2;

    /// <summary>Tiles to each side of the largest that are left out of the quantile: 32 pixels.</summary>
    private const int Around = 4;

    /// <summary>Of the median tile's detail (mean of both images), which is added to denominators: of a tile that is next to flat, the last grey level is no
    /// half of anything.</summary>
    private const double Tenth = 0.1;

    /// <summary>Below this a quantile counts as this much: the ratio of two shares that are both next to nothing says nothing.</summary>
    private const double LeastQuantile = 0.01;

    /// <summary>A ratio from which a substitution is flagged.</summary>
    public const double Threshold = 3;

    /// <summary>Below this nobody sees the change: as much as noise of two grey levels holds at the two finest levels must be lost, and as much invented.</summary>
    public static double LeastVisible { get; } = Visibility.Faint(0) + Visibility.Faint(1);

    /// <summary>The largest over the quantile.</summary>
    public double Ratio => Largest / Math.Max(Quantile, LeastQuantile);

    /// <summary>Whether it is to be looked at.</summary>
    public bool IsFlagged => Ratio >= Threshold && Visible >= LeastVisible;

    internal static Substitution Of(DetailComparison detail)
    {
        DetailSums[] tiles = Tiles(detail);
        return Find(detail, tiles, Statistics(tiles));
    }

    /// <summary>The same where both lose much: of a tile's statistic that of a plain codec at the same bytes is taken off, which loses as much and
    /// exchanges nothing (the protocol of Tsereh et al. 2024 for artefacts of learned codecs).</summary>
    /// <param name="detail">What may have been substituted, beside its original.</param>
    /// <param name="plain">Statistics of the tiles of the plain codec beside the same original.</param>
    internal static Substitution Of(DetailComparison detail, double[] plain)
    {
        DetailSums[] tiles = Tiles(detail);
        return Find(detail, tiles, [.. Statistics(tiles).Zip(plain, (own, other) => Math.Max(0, own - other))]);
    }

    /// <summary>The statistic of each tile.</summary>
    internal static double[] Statistics(DetailComparison detail) => Statistics(Tiles(detail));

    private static DetailSums[] Tiles(DetailComparison detail) => detail.Tiles(DetailComparison.FineTile, Levels);

    private static double[] Statistics(DetailSums[] tiles)
    {
        double[] energies = [.. tiles.Select(tile => (tile.Original + tile.Decoded) / 2)];
        Array.Sort(energies);
        double floor = Tenth * energies[energies.Length / 2];
        return [.. tiles.Select(tile => Math.Min(DetailSums.Share(tile.LostSum, tile.Original + floor), DetailSums.Share(tile.InventedSum, tile.Decoded + floor)))];
    }

    private static Substitution Find(DetailComparison detail, DetailSums[] tiles, double[] statistics)
    {
        int worst = Array.IndexOf(statistics, statistics.Max());
        int columns = detail.ColumnsOf(DetailComparison.FineTile);
        double largest = statistics[worst];
        // What was substituted may cover several tiles: those around the largest are no measure of the others.
        double[] others = [.. statistics.Where((_, i) => Math.Max(Math.Abs((i % columns) - (worst % columns)), Math.Abs((i / columns) - (worst / columns))) > Around)];
        Array.Sort(others);
        double quantile = others.Length == 0 ? largest : others[Math.Min(others.Length - 1, (int)(0.999 * others.Length))];
        (int x, int y) = (worst % columns * DetailComparison.FineTile, worst / columns * DetailComparison.FineTile);
        int pixels = Math.Min(DetailComparison.FineTile, detail.Width - x) * Math.Min(DetailComparison.FineTile, detail.Height - y);
        return new Substitution(largest, quantile, x, y, Math.Min(tiles[worst].VisibleLostSum, tiles[worst].VisibleInventedSum) / pixels);
    }
}
