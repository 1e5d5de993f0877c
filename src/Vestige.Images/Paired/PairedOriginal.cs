using Vestige.Images.Paired.Detail;
using Vestige.Images.Paired.Ssimulacra;

namespace Vestige.Images.Paired;

/// <summary>The original's side of every paired measure, made once for all its reconstructions; safe to use from several threads.</summary>
/// <remarks>Takes 20 bytes a pixel; with a comparison, its maps and their picture less than 40 (bench/memory.sh).</remarks>
public sealed class PairedOriginal
{
    private readonly Plane _luma;
    private readonly Ssimulacra2? _ssimulacra;

    /// <summary>Prepares it.</summary>
    /// <param name="picture">Any size; under 8 pixels a side there is no SSIMULACRA 2.</param>
    public PairedOriginal(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Picture = picture;
        _luma = Luma.Of(picture);
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
        var detail = DetailComparison.Of(_luma, luma, map);
        return new PairedComparison
        {
            Shift = error == 0 ? default : GlobalShift.Of(_luma, luma),
            MeanSquaredError = error,
            Ssimulacra2 = _ssimulacra?.Score(reconstruction),
            Detail = detail,
            Tiles = TileReading.Of(detail),
            Substitution = Substitution.Of(detail),
        };
    }
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
