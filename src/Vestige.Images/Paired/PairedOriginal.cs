using Vestige.Images.Paired.Detail;
using Vestige.Images.Paired.Ssimulacra;
using Vestige.Images.Planes;

namespace Vestige.Images.Paired;

/// <summary>The original's side of every paired measure, made once for all its reconstructions; safe to use from several threads.</summary>
/// <remarks>Takes 20 bytes a pixel; with a comparison, its maps and their picture less than 40 (bench/memory.sh).</remarks>
public sealed class PairedOriginal
{
    /// <summary>A mean squared error below one grey level's tells of no shift: a ramp that was rounded otherwise has moved as much as it has not.</summary>
    private const double Rounding = 1;

    private readonly Plane _luma;
    private readonly ToneCells _tones;
    private readonly Ssimulacra2? _ssimulacra;

    /// <summary>Prepares it.</summary>
    /// <param name="picture">Any size; under 8 pixels a side there is no SSIMULACRA 2.</param>
    public PairedOriginal(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Picture = picture;
        _luma = Luma.Of(picture);
        _tones = ToneCells.Of(picture);
        if (Math.Min(picture.Width, picture.Height) >= Ssimulacra2.SmallestSide) _ssimulacra = new Ssimulacra2(picture);
    }

    /// <summary>The original.</summary>
    public Picture Picture { get; }

    /// <summary>Detail lost and invented alone.</summary>
    internal DetailComparison Details(Picture reconstruction) => DetailComparison.Of(_luma, Luma.Of(reconstruction), map: false);

    /// <summary>Compares a reconstruction with it.</summary>
    /// <param name="reconstruction">Of the same size.</param>
    /// <param name="map">Whether <see cref="PairedComparison.Map"/> is wanted.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public PairedComparison Compare(Picture reconstruction, bool map = false)
    {
        double error = Psnr.MeanSquaredError(Picture, reconstruction);
        Plane luma = Luma.Of(reconstruction);
        var detail = DetailComparison.Of(_luma, luma, map, Luma.Black);
        // One after the other: planes of one colour difference only stand in memory.
        DetailSums colour = Whole(DetailComparison.Of(Luma.Blue(Picture), Luma.Blue(reconstruction), map: false))
            + Whole(DetailComparison.Of(Luma.Red(Picture), Luma.Red(reconstruction), map: false));
        return new PairedComparison
        {
            Shift = error < Rounding ? default : GlobalShift.Of(_luma, luma),
            MeanSquaredError = error,
            Ssimulacra2 = _ssimulacra?.Score(reconstruction),
            Detail = detail,
            Colour = colour,
            Change = GlobalChange.Of(Picture, reconstruction, error),
            Tiles = TileReading.Of(detail, _tones, ToneCells.Of(reconstruction)),
            Substitution = Substitution.Of(detail),
        };
    }

    /// <summary>Of a colour difference both its detail and what is left of it: where that is zero there is no colour.</summary>
    private static DetailSums Whole(DetailComparison difference) => difference.Total + difference.Coarse;
}

/// <summary>One reconstruction against its original.</summary>
public sealed record PairedComparison
{
    /// <summary>How far the whole is shifted; if it is, read all else with care.</summary>
    public required GlobalShift Shift { get; init; }

    /// <summary>Mean square of the differences of 8-bit samples.</summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>Decibels; infinite for equal images.</summary>
    public double Psnr => Paired.Psnr.Decibels(MeanSquaredError);

    /// <summary>SSIMULACRA 2; null for images under 8 pixels a side.</summary>
    public required double? Ssimulacra2 { get; init; }

    /// <summary>Detail lost and invented, on luma.</summary>
    public required DetailComparison Detail { get; init; }

    /// <summary>Colour lost and invented: both colour differences, their detail and what is left without it.</summary>
    public required DetailSums Colour { get; init; }

    /// <summary>Brightness lost and invented: luma from black up, without its detail.</summary>
    public DetailSums Tones => Detail.Coarse;

    /// <summary>Channels in another order, limited range taken for full.</summary>
    public required GlobalChange Change { get; init; }

    /// <summary>Tiles of 32 pixels, row after row.</summary>
    public required IReadOnlyList<TileReading> Tiles { get; init; }

    /// <summary>Whether one place shows something else.</summary>
    public required Substitution Substitution { get; init; }

    /// <summary>Where visible detail was lost and invented, in false colours over the original; null where it was not asked for.</summary>
    /// <param name="original">The original.</param>
    public Picture? Map(Picture original) => Detail.Map is { } map ? MapPicture.Of(original, map) : null;

    /// <summary>Share of the tiles that read so.</summary>
    public double ShareOf(TileKind kind) => (double)Tiles.Count(tile => tile.Kind == kind) / Tiles.Count;

    /// <summary>The tile of the largest visible change.</summary>
    public TileReading Worst => Tiles.MaxBy(tile => tile.Change);
}
