using Vestige.Estimators.Atoms;
using Vestige.Numerics;

namespace Vestige.Tests.Core.Estimators;

public sealed class EntropyTests
{
    [Fact]
    public void Uniform_distribution_over_eight_symbols_has_three_bits()
    {
        long[] spectrum = new long[1001];
        spectrum[1000] = 8;
        // Plug-in is exactly 3; Miller-Madow adds 7 / (2 * 8000 ln 2).
        Assert.Equal(3 + (7 / (16_000 * Math.Log(2))), Entropy.MillerMadow(spectrum), 1e-12);
    }

    [Fact]
    public void Missing_mass_is_the_share_of_singletons()
    {
        Assert.Equal(0.4, Entropy.MissingMass([0, 4, 3]), 1e-15);
        Assert.True(double.IsNaN(Entropy.MissingMass([0, 0])));
    }

    /// <summary>Equation 4 of Chao, Wang and Jost 2013 as printed, in plain sums; it cancels badly for large n, so n stays small here.</summary>
    private static double Printed(long[] spectrum)
    {
        double n = 0;
        for (int c = 1; c < spectrum.Length; c++) n += c * (double)spectrum[c];
        double f1 = spectrum[1], f2 = spectrum.Length > 2 ? spectrum[2] : 0, h = 0;
        for (int c = 1; c < spectrum.Length && c < n; c++)
        {
            double inner = 0;
            for (int r = c; r < n; r++) inner += 1.0 / r;
            h += spectrum[c] * (c / n) * inner;
        }
        double a = f2 > 0 ? 2 * f2 / (((n - 1) * f1) + (2 * f2)) : f1 > 0 ? 2 / (((n - 1) * (f1 - 1)) + 2) : 1;
        if (a < 1)
        {
            double sum = 0;
            for (int r = 1; r < n; r++) sum += Math.Pow(1 - a, r) / r;
            h += f1 / n * Math.Pow(1 - a, 1 - n) * (-Math.Log(a) - sum);
        }
        return h / Math.Log(2);
    }

    [Theory]
    [InlineData(new long[] { 0, 5, 2, 1 })]
    [InlineData(new long[] { 0, 3, 0, 1 })]
    [InlineData(new long[] { 0, 1, 0, 0, 0, 2 })]
    [InlineData(new long[] { 0, 20, 9, 4, 3, 1, 1 })]
    [InlineData(new long[] { 0, 60, 1, 2 })]
    [InlineData(new long[] { 0, 0, 3, 1 })]
    public void Chao_Wang_Jost_is_the_printed_equation(long[] spectrum) =>
        // The printed form loses digits in -ln A - sum: up to n * 1e-16 / (1-A)^(n-1), under 1e-9 for these.
        Assert.Equal(Printed(spectrum), Entropy.ChaoWangJost(spectrum), 1e-9);

    [Fact]
    public void Chao_Wang_Jost_ends_on_all_singletons()
    {
        double bits = Entropy.ChaoWangJost([0, 1_000_000, 1]);
        Assert.InRange(bits, 19.9, 45);
    }

    /// <summary>The slow series is summed by its integral; here it is summed term by term.</summary>
    [Theory]
    [InlineData(200, 150, 30)]
    [InlineData(60, 60, 1)]
    [InlineData(1000, 500, 120)]
    [InlineData(5000, 5000, 3)]
    [InlineData(400, 40, 100)]
    public void Chao_Wang_Jost_sums_its_tail(int n, int singles, int doubles)
    {
        int rest = Math.Max(3, n - singles - (2 * doubles));
        long[] spectrum = new long[rest + 1];
        spectrum[1] = singles;
        spectrum[2] = doubles;
        spectrum[rest]++;
        double total = singles + (2.0 * doubles) + rest;
        double a = 2.0 * doubles / (((total - 1) * singles) + (2.0 * doubles));
        double tail = 0, power = 1 - a;
        for (long r = (long)total; power > 1e-18; r++)
        {
            tail += power / r;
            power *= 1 - a;
        }
        double seen = 0;
        for (int c = 1; c < spectrum.Length; c++)
        {
            if (spectrum[c] == 0) continue;
            double inner = 0;
            for (int r = c; r < total; r++) inner += 1.0 / r;
            seen += spectrum[c] * (c / total) * inner;
        }
        // The next Euler-Maclaurin term is under 2e-9 of the tail; digamma adds its own 1e-12.
        Assert.Equal((seen + (singles / total * tail)) / Math.Log(2), Entropy.ChaoWangJost(spectrum), 1e-8);
    }

    [Fact]
    public void Chao_Wang_Jost_is_nearer_than_the_plug_in_where_much_is_missing()
    {
        var rng = new Rng(3);
        const int types = 2000;
        int[] counts = new int[types];
        for (int i = 0; i < 1500; i++) counts[rng.NextInt(types)]++;
        long[] spectrum = new long[counts.Max() + 1];
        foreach (int c in counts.Where(c => c > 0)) spectrum[c]++;
        double truth = Math.Log2(types);
        Assert.True(Entropy.MissingMass(spectrum) > Entropy.MuchMissing);
        Assert.Equal(Entropy.ChaoWangJost(spectrum), Entropy.Bits(spectrum));
        Assert.True(Math.Abs(Entropy.ChaoWangJost(spectrum) - truth) < 0.25 * Math.Abs(Entropy.MillerMadow(spectrum) - truth));
    }
}
