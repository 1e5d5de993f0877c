using Vestige.Images.Paired.Detail;

namespace Vestige.Images.Paired;

/// <summary>What kind of change a tile shows.</summary>
public enum Reading
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
/// <param name="Lost">Share of its detail lost.</param>
/// <param name="Invented">Share of its detail invented.</param>
/// <param name="Visible">Visible change, lost and invented together; what the worst tile has most of.</param>
public readonly record struct TileReading(int X, int Y, double Lost, double Invented, double Visible)
{
    /// <summary>Side of a tile in pixels: two coefficients of the coarsest level.</summary>
    public const int Side = 32;

    /// <summary>From this share on a tile counts as lost or as invented. JPEG at quality 75 stays below it nearly everywhere, a blur of 2 pixels and
    /// pixels repeated four times are above it.</summary>
    public const double Much = 1 / 3.0;

    /// <summary>The kind of change.</summary>
    public Reading Reading => (Lost >= Much, Invented >= Much) switch
    {
        (false, false) => Reading.Faithful,
        (true, false) => Reading.Blurred,
        (false, true) => Reading.Artefact,
        _ => Reading.Substituted,
    };

    internal static TileReading[] Of(DetailComparison detail)
    {
        TileShare[] shares = TileShare.Of(detail, Side, DetailComparison.Levels);
        DetailSums[] sums = detail.Tiles(Side, DetailComparison.Levels);
        int columns = detail.ColumnsOf(Side);
        return [.. shares.Select((share, i) => new TileReading(i % columns * Side, i / columns * Side, share.Lost, share.Invented,
            sums[i].VisibleLostSum + sums[i].VisibleInventedSum))];
    }
}
