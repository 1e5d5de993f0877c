using Vestige.Images.Paired.Detail;

namespace Vestige.Images.Paired;

/// <summary>What kind of change a tile shows.</summary>
public enum TileKind
{
    /// <summary>Little lost, little invented, its colour and brightness kept.</summary>
    Faithful,

    /// <summary>Lost only.</summary>
    Blurred,

    /// <summary>Invented only: noise, ringing, sharpening.</summary>
    Artefact,

    /// <summary>Both: something else stands in its place.</summary>
    Substituted,

    /// <summary>Its detail is kept, its colour is not.</summary>
    OtherColour,

    /// <summary>Its detail and colour are kept, its brightness is not.</summary>
    OtherBrightness,
}

/// <summary>Kinds of tiles in words.</summary>
internal static class TileKindWords
{
    internal static string Words(this TileKind kind) => kind switch
    {
        TileKind.OtherColour => "of other colour",
        TileKind.OtherBrightness => "of other brightness",
        _ => kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>One tile of <see cref="Side"/> pixels.</summary>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Lost">Share of its detail visibly lost.</param>
/// <param name="Invented">Share of its detail visibly invented.</param>
/// <param name="Change">Visible change, lost and invented together; what the worst tile has most of.</param>
/// <param name="Lightness">How far the lightness of its squares of 8 pixels is from the original's: CIE L*, root mean square.</param>
/// <param name="Colour">How far their colour is: CIE a* and b*, root mean square.</param>
public readonly record struct TileReading(int X, int Y, double Lost, double Invented, double Change, double Lightness, double Colour)
{
    /// <summary>Side of a tile in pixels: two coefficients of the coarsest level.</summary>
    public const int Side = 32;

    /// <summary>From this visible share on a tile counts as lost or as invented. On photographs JPEG stays below it in nearly all tiles down to
    /// quality 30; a blur of 2 pixels (lost) and pixels repeated four times (both) are above it.</summary>
    public const double Much = 0.2;

    /// <summary>From this distance of lightness on a tile counts as of other brightness: just noticeable side by side (2.3; Mahy et al. 1994).</summary>
    public const double OtherLightness = 2.3;

    /// <summary>From this distance of colour on a tile counts as of other colour: twice what is just noticeable, since codecs that halve the resolution of
    /// colour pass the first in many tiles (docs/method.md).</summary>
    public const double OtherColour = 4.6;

    /// <summary>Detail a pixel that is added to what a share is of: that of noise of two grey levels. What is lost of next to nothing is nothing.</summary>
    private const double Faint = 0.03;

    /// <summary>The kind of change: of detail before that of colour, of colour before that of brightness.</summary>
    public TileKind Kind => (Lost >= Much, Invented >= Much) switch
    {
        (true, false) => TileKind.Blurred,
        (false, true) => TileKind.Artefact,
        (true, true) => TileKind.Substituted,
        _ when Colour >= OtherColour => TileKind.OtherColour,
        _ when Lightness >= OtherLightness => TileKind.OtherBrightness,
        _ => TileKind.Faithful,
    };

    internal static TileReading[] Of(DetailComparison detail, ToneCells original, ToneCells decoded)
    {
        DetailSums[] tiles = detail.Tiles(Side, DetailComparison.Levels);
        int columns = detail.ColumnsOf(Side);
        var readings = new TileReading[tiles.Length];
        for (int i = 0; i < tiles.Length; i++)
        {
            (int x, int y, DetailSums tile) = (i % columns * Side, i / columns * Side, tiles[i]);
            double faint = Faint * Math.Min(Side, detail.Width - x) * Math.Min(Side, detail.Height - y);
            (double lightness, double colour) = original.Distance(decoded, x, y, Side);
            readings[i] = new TileReading(x, y, tile.VisibleLostSum / (tile.Original + faint), tile.VisibleInventedSum / (tile.Decoded + faint),
                tile.VisibleLostSum + tile.VisibleInventedSum, lightness, colour);
        }
        return readings;
    }
}
