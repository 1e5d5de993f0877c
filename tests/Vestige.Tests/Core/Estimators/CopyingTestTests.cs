using Vestige.Estimators.Atoms;
using Vestige.Numerics;

namespace Vestige.Tests.Core.Estimators;

/// <summary>The exchange of points: weights of what lies nearest to each document of T and H.</summary>
public sealed class CopyingTestTests
{
    [Theory]
    [InlineData(30, 30)]
    [InlineData(20, 80)]
    [InlineData(80, 20)]
    [InlineData(5, 200)]
    public void What_does_not_depend_on_T_is_called_copying_as_often_as_the_level_says(int training, int heldOut)
    {
        const int trials = 800;
        int called = 0;
        for (ulong trial = 0; trial < trials; trial++)
        {
            var rng = Rng.For(trial, "null");
            // A few documents have most of what is made, as where junk lies all to one side.
            double[] weights = [.. Enumerable.Range(0, training + heldOut).Select(_ => Math.Floor(Math.Exp(3 * rng.NextNormal())))];
            if (CopyingTest.PValue(weights[..training], weights[training..], trial) <= 0.05) called++;
        }
        // .05 of 800 is 40, with a deviation of 6.2; ties among permutations make it fewer, never more.
        Assert.InRange(called, 10, 59);
    }

    [Fact]
    public void Five_documents_of_a_small_T_that_have_half_of_all_are_seen()
    {
        // Chance puts all five among 30 of 150 in one case of 3,000; of 30 against 30 it did in one of 32, which was called nothing.
        double[] training = [.. Enumerable.Range(0, 30).Select(i => i < 5 ? 20.0 : 1)], heldOut = [.. Enumerable.Repeat(1.0, 120)];
        Assert.InRange(CopyingTest.PValue(training, heldOut, 1), 0, 0.006);
        Assert.InRange(CopyingTest.PValue(heldOut[..30], [.. heldOut[30..], .. training], 1), 0.5, 1);
    }

    [Fact]
    public void Where_there_is_nothing_to_exchange_nothing_is_told() => Assert.Equal(1, CopyingTest.PValue([5], [1, 2, 3], 1));
}
