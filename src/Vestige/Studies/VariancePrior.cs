using MathNet.Numerics;

namespace Vestige.Studies;

/// <summary>What the variances of many contrasts have in common: an inverse chi-squared law that each is drawn from (Smyth 2004, eq. 6 and section 6.2).</summary>
/// <remarks>Where contrasts spread alike each borrows from all; where they do not, each stands for itself. A variance is never taken for less than it is: one
/// ingredient whose effect differs from block to block among many that do not was held in 85 % of simulated studies by the law alone, in 94 % so.</remarks>
internal sealed class VariancePrior
{
    /// <summary>Fewer variances tell no law: of three terms that spread unequally moderated errors held 91 of 100 studies with planted effects.</summary>
    private const int Least = 6;

    private readonly double _variance, _degrees, _all;

    private VariancePrior(double variance, double degrees, double all) => (_variance, _degrees, _all) = (variance, degrees, all);

    /// <summary>Fits it by the moments of the logarithms.</summary>
    internal static VariancePrior Of(IReadOnlyList<(double Variance, int Degrees)> spreads)
    {
        double all = spreads.Sum(spread => (double)spread.Degrees);
        if (spreads.Count < Least) return new VariancePrior(0, 0, all);
        double[] logs = [.. spreads.Select(spread => Math.Log(spread.Variance) - SpecialFunctions.DiGamma(spread.Degrees / 2.0) + Math.Log(spread.Degrees / 2.0))];
        double mean = logs.Average();
        double excess = (logs.Sum(e => (e - mean) * (e - mean)) / (logs.Length - 1)) - spreads.Average(spread => Trigamma(spread.Degrees / 2.0));
        if (excess <= 0) return new VariancePrior(spreads.Sum(spread => spread.Variance * spread.Degrees) / all, double.PositiveInfinity, all);
        double degrees = 2 * InverseTrigamma(excess);
        return new VariancePrior(Math.Exp(mean + SpecialFunctions.DiGamma(degrees / 2) - Math.Log(degrees / 2)), degrees, all);
    }

    /// <summary>The variance of one contrast, and its degrees of freedom.</summary>
    internal (double Variance, double Degrees) Moderated(double variance, int degrees)
    {
        if (_degrees == 0) return (variance, degrees);
        double moderated = double.IsInfinity(_degrees) ? _variance : ((_degrees * _variance) + (degrees * variance)) / (_degrees + degrees);
        return (Math.Max(moderated, variance), Math.Min(_degrees + degrees, _all));
    }

    /// <summary>The second derivative of log Γ, by recurrence to where its series holds (Abramowitz, Stegun 6.4.6 and 6.4.12).</summary>
    internal static double Trigamma(double x)
    {
        double sum = 0;
        for (; x < 10; x++) sum += 1 / (x * x);
        double y = 1 / (x * x);
        return sum + (1 / x) + (y / 2) + (y / x * ((1.0 / 6) - (y * ((1.0 / 30) - (y * ((1.0 / 42) - (y / 30)))))));
    }

    // It falls from infinity to 0: halves are taken in the logarithm until nothing is left to halve.
    internal static double InverseTrigamma(double value)
    {
        double low = Math.Log(1e-8), high = Math.Log(1e8);
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            if (Trigamma(Math.Exp(middle)) > value) low = middle;
            else high = middle;
        }
        return Math.Exp((low + high) / 2);
    }
}
