namespace Vestige.Worlds.Exact;

/// <summary>The chance that a set of draws lacks an item, as a function of the item's chance u: <c>(1 - Weight u)^Draws</c>.</summary>
/// <remarks>
/// n independent draws are (n, 1). Draws of clustered documents repeat each other: with K the number of different draws among n units, the
/// chance is <c>E (1 - u)^K</c>, and the form here has the mean and the variance of K (a binomial number of draws). It leaves out the third
/// cumulant of K, which changes the chance by less than 1/K².
/// </remarks>
/// <param name="Draws">Number of draws; not whole in general.</param>
/// <param name="Weight">0 to 1.</param>
internal readonly record struct Resolution(double Draws, double Weight)
{
    /// <summary><paramref name="n"/> independent draws: the resolution of the design's <c>lost_n</c>.</summary>
    public static Resolution Independent(int n) => new(n, 1);

    /// <summary>The expected number of different draws.</summary>
    public double ExpectedDraws => Draws * Weight;

    /// <summary>The chance that none of the draws is an item of chance <paramref name="u"/>.</summary>
    public double ChanceMissed(double u) => Math.Pow(1 - (Weight * u), Draws);
}
