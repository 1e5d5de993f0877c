using MathNet.Numerics;

namespace Vestige.Estimators.Atoms;

/// <summary>Entropy and missing mass of a discrete distribution from its frequency spectrum. In bits; no atoms give NaN.</summary>
internal static class Entropy
{
    /// <summary>Missing mass above which the Miller-Madow correction is too small and Chao-Wang-Jost is used.</summary>
    /// <remarks>Miller-Madow corrects by the observed support; where a tenth of the mass is unseen the support is far larger.</remarks>
    internal const double MuchMissing = 0.1;

    /// <summary>Good-Turing: the mass of atoms not seen, <c>f1 / N</c> (Good 1953).</summary>
    /// <param name="spectrum">[c]: distinct atoms seen c times; [0] is not used.</param>
    internal static double MissingMass(ReadOnlySpan<long> spectrum)
    {
        long total = Total(spectrum);
        return total == 0 ? double.NaN : spectrum.Length > 1 ? (double)spectrum[1] / total : 0;
    }

    /// <summary>The estimate that suits the spectrum: Miller-Madow, or Chao-Wang-Jost where <see cref="MuchMissing"/>.</summary>
    internal static double Bits(ReadOnlySpan<long> spectrum) =>
        MissingMass(spectrum) > MuchMissing ? ChaoWangJost(spectrum) : MillerMadow(spectrum);

    /// <summary>Plug-in entropy plus <c>(m-1) / (2 N ln 2)</c> (Miller 1955).</summary>
    internal static double MillerMadow(ReadOnlySpan<long> spectrum)
    {
        long total = Total(spectrum);
        if (total == 0) return double.NaN;
        double bits = 0;
        long distinct = 0;
        for (int c = 1; c < spectrum.Length; c++)
        {
            if (spectrum[c] == 0) continue;
            distinct += spectrum[c];
            double p = (double)c / total;
            bits -= spectrum[c] * p * Math.Log2(p);
        }
        return bits + ((distinct - 1) / (2.0 * total * Math.Log(2)));
    }

    /// <summary>Chao, Wang and Jost 2013, equation 4: entropy from the species accumulation curve.</summary>
    internal static double ChaoWangJost(ReadOnlySpan<long> spectrum)
    {
        long n = Total(spectrum);
        if (n == 0) return double.NaN;
        double nats = 0;
        double psi = SpecialFunctions.DiGamma(n);
        for (int c = 1; c < spectrum.Length; c++)
        {
            if (spectrum[c] > 0 && c < n) nats += spectrum[c] * ((double)c / n) * (psi - SpecialFunctions.DiGamma(c));
        }
        double f1 = spectrum.Length > 1 ? spectrum[1] : 0;
        double f2 = spectrum.Length > 2 ? spectrum[2] : 0;
        double a = f2 > 0 ? 2 * f2 / (((n - 1) * f1) + (2 * f2))
            : f1 > 0 ? 2 / (((n - 1) * (f1 - 1)) + 2)
            : 1;
        if (a < 1 && f1 > 0) nats += f1 / n * Tail(n, a);
        return nats / Math.Log(2);
    }

    /// <summary><c>(1-A)^(1-n) (-ln A - sum_{r&lt;n} (1-A)^r / r) = sum_{r>=n} (1-A)^(r-n+1) / r</c>, summed as the tail, without cancellation.</summary>
    private static double Tail(long n, double a)
    {
        double lambda = -Math.Log(1 - a);
        if (n >= 50 && n * lambda < 30)
        {
            // A slow series: its integral, and Euler and Maclaurin's first terms. The next is under 6 / (720 n^4) < 2e-9 of the first.
            double integral = Math.Exp((n - 1) * lambda) * ExponentialIntegral(n * lambda);
            return integral + ((1 - a) * ((1 / (2.0 * n)) + (((lambda / n) + (1.0 / n / n)) / 12)));
        }
        double sum = 0, power = 1 - a;
        for (long r = n; power > 1e-17 * sum * r; r++)
        {
            sum += power / r;
            power *= 1 - a;
        }
        return sum;
    }

    /// <summary>E1(x) for x > 0: its series under 2, its continued fraction from there (Abramowitz and Stegun 5.1.11, 5.1.22).</summary>
    /// <remarks>Ours because MathNet's fails to converge near 1.08.</remarks>
    private static double ExponentialIntegral(double x)
    {
        if (x < 2)
        {
            double sum = -Constants.EulerMascheroni - Math.Log(x), term = -1;
            for (int k = 1; k <= 40; k++)
            {
                // 2^40 / 40! is under 1e-35.
                term *= -x / k;
                sum += term / k;
            }
            return sum;
        }
        // From the tail inwards; 100 levels are past double precision from x = 2 on.
        double fraction = x;
        for (int k = 100; k >= 1; k--) fraction = x + (k / (1 + (k / fraction)));
        return Math.Exp(-x) / fraction;
    }

    private static long Total(ReadOnlySpan<long> spectrum)
    {
        long total = 0;
        for (int c = 1; c < spectrum.Length; c++) total += c * spectrum[c];
        return total;
    }
}
