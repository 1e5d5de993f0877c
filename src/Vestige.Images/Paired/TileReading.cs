using Vestige.Images.Paired.Detail;

namespace Vestige.Images.Paired;

/// <summary>What kind of change a tile shows.</summary>
public enum TileKind
{
    /// <summary>Little lost, little invented.</summary>
    Faithful,

    /// <summary>Lost only.</summary>
    Blurred,

    /// <summary>Invented only: noise, ringing, sharpening.</summary>
    Artefact,

    /// <summary>Both: something else stands in its place.</summary>
    Substituted,
}

/// <summary>One tile of <see cref="Side"/> pixels.</summary>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Lost">Share of its detail visibly lost.</param>
/// <param name="Invented">Share of its detail visibly invented.</param>
/// <param name="Change">Visible change, lost and invented together; what the worst tile has most of.</param>
public readonly record struct TileReading(int X, int Y, double Lost, double Invented, double Change)
{
    /// <summary>Side of a tile in pixels: two coefficients of the coarsest level.</summary>
    public const int Side = 32;

    /// <summary>From this visible share on a tile counts as lost or as invented. On photographs JPEG stays below it in nearly all tiles down to
    /// quality 30; a blur of 2 pixels (lost) and pixels repeated four times (both) are above it.</summary>
    public const double Much = 0.2;

    /// <summary>Detail a pixel that is added to what a share is of: that of noise of two grey levels. What is lost of next to nothing is nothing.</summary>
    private const double Faint = 0.03;

    /// <summary>The kind of change.</summary>
    public TileKind Kind => (Lost >= Much, Invented >= Much) switch
    {
        (false, false) => TileKind.Faithful,
        (true, false) => TileKind.Blurred,
        (false, true) => TileKind.Artefact,
        _ => TileKind.Substituted,
    };

    internal static TileReading[] Of(DetailComparison detail)
    {
        DetailSums[] tiles = detail.Tiles(Side, DetailComparison.Levels);
        int columns = detail.ColumnsOf(Side);
        var readings = new TileReading[tiles.Length];
        for (int i = 0; i < tiles.Length; i++)
        {
            (int x, int y, DetailSums tile) = (i % columns * Side, i / columns * Side, tiles[i]);
            double faint = Faint * Math.Min(Side, detail.Width - x) * Math.Min(Side, detail.Height - y);
            readings[i] = new TileReading(x, y, tile.VisibleLostSum / (tile.Original + faint), tile.VisibleInventedSum / (tile.Decoded + faint),
                tile.VisibleLostSum + tile.VisibleInventedSum);
        }
        return readings;
    }
}
