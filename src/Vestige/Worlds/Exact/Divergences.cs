namespace Vestige.Worlds.Exact;

/// <summary>Exact sums over two distributions that are enumerated in one order.</summary>
internal static class Divergences
{
    /// <summary>The hockey-stick divergence <c>E_t(p||q) = sum (p - t q)+</c>; at t = 1 the total variation.</summary>
    /// <param name="p">Probabilities.</param>
    /// <param name="q">Probabilities of the same items.</param>
    /// <param name="t">0 or more.</param>
    /// <returns>0 to 1: the most mass of p that any set can have beyond t times its mass of q.</returns>
    public static double HockeyStick(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double t)
    {
        double sum = 0;
        for (int x = 0; x < p.Length; x++) sum += Math.Max(0, p[x] - (t * q[x]));
        return sum;
    }

    /// <summary><c>KL(p||q)</c> in bits; infinite where q lacks an item of p.</summary>
    public static double KullbackLeibler(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int x = 0; x < p.Length; x++)
            if (p[x] > 0)
                sum += p[x] * Math.Log2(p[x] / q[x]);
        return sum;
    }

    /// <summary>The entropy of <paramref name="p"/> in bits.</summary>
    public static double Entropy(ReadOnlySpan<double> p)
    {
        double sum = 0;
        foreach (double mass in p)
            if (mass > 0)
                sum -= mass * Math.Log2(mass);
        return sum;
    }
}
