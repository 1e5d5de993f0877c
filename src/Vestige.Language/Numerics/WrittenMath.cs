namespace Vestige.Language.Numerics;

/// <summary>
/// Functions of additions, products and quotients alone, which every machine rounds alike: those of <see cref="Math"/> are its C library's,
/// and may differ in the last place from one to the next, which a file that is decoded elsewhere does not bear.
/// </summary>
internal static class WrittenMath
{
    // ln 2 and pi/2, each in two parts, of which the first has zeros at its end: small multiples of it are exact.
    private const double LnHigh = 0.693147180369123816490, LnLow = 1.90821492927058770002e-10;
    private const double HalfPiHigh = 1.57079632673412561417, HalfPiLow = 6.07710050650619224932e-11;

    /// <summary>e to the x, for x within [-700, 700], to about 2 units in the last place.</summary>
    internal static double Exp(double x)
    {
        double n = Math.Floor((x / LnHigh) + 0.5), r = (x - (n * LnHigh)) - (n * LnLow);
        // |r| <= .35: the term 20 is below 1e-27.
        double sum = 1;
        for (int k = 20; k >= 1; k--) sum = 1 + (sum * r / k);
        for (; n > 0; n--) sum *= 2;
        for (; n < 0; n++) sum /= 2;
        return sum;
    }

    /// <summary>Sine and cosine of x within [0, 100000], to about 1e-15.</summary>
    internal static (double Sin, double Cos) SinCos(double x)
    {
        double n = Math.Floor((x / (HalfPiHigh + HalfPiLow)) + 0.5), r = (x - (n * HalfPiHigh)) - (n * HalfPiLow), square = r * r;
        // |r| <= .79: the terms of 25 are below 1e-27.
        double sin = 1, cos = 1;
        for (int k = 24; k >= 2; k -= 2)
        {
            sin = 1 - (sin * square / (k * (k + 1)));
            cos = 1 - (cos * square / (k * (k - 1)));
        }
        sin *= r;
        return ((int)n & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }
}
