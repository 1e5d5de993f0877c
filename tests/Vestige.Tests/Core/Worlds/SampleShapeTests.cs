using MathNet.Numerics;
using Vestige.Worlds;
using Vestige.Worlds.Exact;

namespace Vestige.Tests.Core.Worlds;

public sealed class SampleShapeTests
{
    [Theory]
    [InlineData(2, 2, 0.5)]
    [InlineData(1, 3, 0.3)]
    [InlineData(2, 3, 1)]
    [InlineData(3, 1, 0.5)]
    public void The_chance_that_a_sample_lacks_an_item_is_that_of_enumeration(int documents, int size, double stick)
    {
        const double U = 0.3;
        // All ways a document can come about: is the theme the item; for each place, does it follow, and is its fresh draw the item.
        double lacks = 0;
        for (int theme = 0; theme < 2; theme++)
        {
            for (int way = 0; way < 1 << (2 * size); way++)
            {
                double chance = theme == 1 ? U : 1 - U;
                bool found = false;
                for (int place = 0; place < size; place++)
                {
                    bool follows = (way >> (2 * place) & 1) == 1;
                    bool fresh = (way >> ((2 * place) + 1) & 1) == 1;
                    chance *= (follows ? stick : 1 - stick) * (fresh ? U : 1 - U);
                    found |= follows ? theme == 1 : fresh;
                }
                if (!found) lacks += chance;
            }
        }
        Assert.Equal(Math.Pow(lacks, documents), new SampleShape(documents, new Clusters(size, stick)).ChanceMissed(U), 1e-14);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(10, 0)]
    public void Independent_units_resolve_n_draws(int size, double stick)
    {
        Assert.Equal(Resolution.Independent(64), SampleShape.Of(200, new Clusters(size, stick)).At(64));
    }

    [Theory]
    [InlineData(40, 5, 0.5, 100)]
    [InlineData(40, 5, 0.9, 100)]
    [InlineData(100, 2, 1, 64)]
    [InlineData(10, 20, 0.5, 100)]
    [InlineData(1, 30, 0.5, 16)]
    public void What_n_clustered_units_resolve_is_that_of_the_exact_generating_function(int documents, int size, double stick, int n)
    {
        Resolution resolution = new SampleShape(documents, new Clusters(size, stick)).At(n);
        Assert.InRange(resolution.ExpectedDraws, 1, n);
        foreach (double expected in new[] { 0.1, 0.5, 1, 2, 4 })
        {
            double u = expected / resolution.ExpectedDraws;
            // The third cumulant is left out: about 1/K² of the value, K the number of different draws.
            double tolerance = 1 / Math.Pow(resolution.ExpectedDraws, 2);
            Assert.Equal(ExactlyMissed(documents, size, stick, n, u), resolution.ChanceMissed(u), tolerance);
        }
    }

    [Fact]
    public void More_documents_at_the_same_n_resolve_more()
    {
        var clusters = new Clusters(10, 0.5);
        double equal = new SampleShape(100, clusters).At(256).ExpectedDraws;
        double tenfold = new SampleShape(1000, clusters).At(256).ExpectedDraws;
        Assert.True(equal < tenfold && tenfold < 256);
    }

    [Fact]
    public void A_large_sample_keeps_its_digits()
    {
        // One million units in pairs that always repeat: K = n less the pairs caught whole, D n(n-1)/(N(N-1)).
        Resolution resolution = new SampleShape(500_000, new Clusters(2, 1)).At(262_144);
        double pairs = 500_000 * (262_144.0 * 262_143) / (1_000_000.0 * 999_999);
        // Logarithms of factorials near 1e7 carry 1e-9, the whole pairs 1e-9 of themselves.
        Assert.Equal(262_144 - pairs, resolution.ExpectedDraws, 1e-3);
        Assert.InRange(resolution.Weight, 0.5, 1);
    }

    /// <summary>The coefficient of z^n in (sum over m of C(c,m) phi_m z^m)^D over C(Dc, n), phi_m the chance that m units of a document
    /// lack the item.</summary>
    private static double ExactlyMissed(int documents, int size, double stick, int n, double u)
    {
        double[] one = new double[size + 1];
        for (int m = 0; m <= size; m++)
        {
            double lacks = ((1 - u) * Math.Pow(1 - ((1 - stick) * u), m)) + (u * Math.Pow((1 - stick) * (1 - u), m));
            one[m] = SpecialFunctions.Binomial(size, m) * lacks;
        }
        double[] product = new double[n + 1];
        product[0] = 1;
        for (int document = 0; document < documents; document++)
        {
            double[] next = new double[n + 1];
            for (int have = 0; have <= n; have++)
                for (int m = 0; m <= size && have + m <= n; m++)
                    next[have + m] += product[have] * one[m];
            product = next;
        }
        return product[n] / SpecialFunctions.Binomial(documents * size, n);
    }
}
