using System.Numerics;
using Vestige.Estimators.Atoms;

namespace Vestige.Tests.Core.Estimators;

public sealed class ResolutionNTests
{
    private static BigInteger Choose(int n, int k)
    {
        if (k > n) return 0;
        BigInteger result = 1;
        for (int i = 0; i < k; i++) result = result * (n - i) / (i + 1);
        return result;
    }

    [Fact]
    public void Weights_are_ratios_of_binomials()
    {
        for (int reference = 1; reference <= 40; reference++)
        {
            for (int n = 1; n <= reference; n++)
            {
                for (int c = 0; c <= reference; c++)
                {
                    long[] queries = new long[c + 1];
                    queries[c] = 3;
                    double expected = (double)Choose(reference - c, n) / (double)Choose(reference, n);
                    // Forty multiplications and divisions of doubles: 80 roundings of 1.1e-16.
                    Assert.Equal(expected, ResolutionN.Missing(queries, reference, n), expected * 1e-14);
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 4)]
    [InlineData(2047, 512)]
    [InlineData(2048, 1024)]
    public void The_resolution_is_half_the_smallest_sample_rounded_down_to_a_power_of_two(int units, int n) =>
        Assert.Equal(n, ResolutionN.For(5000, units, 9000));

    [Fact]
    public void Without_queries_there_is_no_number() => Assert.True(double.IsNaN(ResolutionN.Missing([0, 0], 10, 4)));
}
