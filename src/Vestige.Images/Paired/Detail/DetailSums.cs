namespace Vestige.Images.Paired.Detail;

/// <summary>What a part of an image holds of detail, what became of it: sums over wavelet coefficients, each weighted by how visible it is.</summary>
/// <param name="Original">Sum of w|o|.</param>
/// <param name="Decoded">Sum of w|t|.</param>
/// <param name="LostSum">Sum of w|o - r| with r = median(0, o, t).</param>
/// <param name="InventedSum">Sum of w|t - r|.</param>
/// <param name="VisibleLostSum">The part of it above the masking threshold of what was kept.</param>
/// <param name="VisibleInventedSum">The same of what was invented.</param>
/// <param name="Faint">What so large a part would hold if it were noise of two grey levels: what is lost of less than this is a share of this.
/// The steps in which a smooth ramp was rounded are no picture.</param>
public readonly record struct DetailSums(
    double Original, double Decoded, double LostSum, double InventedSum, double VisibleLostSum, double VisibleInventedSum, double Faint)
{
    /// <summary>Share of the original's detail that the reconstruction lacks, 0 to 1; 0 where there is none.</summary>
    public double Lost => Share(LostSum, Math.Max(Original, Faint));

    /// <summary>Share of the reconstruction's detail that the original lacks, 0 to 1; 0 where there is none.</summary>
    public double Invented => Share(InventedSum, Math.Max(Decoded, Faint));

    /// <summary>As <see cref="Lost"/>, counting only what stands above what masks it.</summary>
    public double VisibleLost => Share(VisibleLostSum, Math.Max(Original, Faint));

    /// <summary>As <see cref="Invented"/>, counting only what stands above what masks it.</summary>
    public double VisibleInvented => Share(VisibleInventedSum, Math.Max(Decoded, Faint));

    /// <summary>Adds two parts.</summary>
    public static DetailSums operator +(DetailSums a, DetailSums b) => new(
        a.Original + b.Original, a.Decoded + b.Decoded, a.LostSum + b.LostSum, a.InventedSum + b.InventedSum,
        a.VisibleLostSum + b.VisibleLostSum, a.VisibleInventedSum + b.VisibleInventedSum, a.Faint + b.Faint);

    /// <summary>Adds two parts.</summary>
    public static DetailSums Add(DetailSums left, DetailSums right) => left + right;

    internal static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
