using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Tests.Core.Worlds;

public sealed class BaseDistributionTests
{
    private static readonly double[] s_small = [0.4, 0.3, 0.2, 0.1];

    [Fact]
    public void With_the_defaults_it_is_p()
    {
        Assert.Equal(s_small, BaseDistribution.Of(s_small, new OracleOptions()), Near);
    }

    [Theory]
    [InlineData(0.4, new[] { 1.0, 0, 0, 0 })]
    [InlineData(0.5, new[] { 4 / 7.0, 3 / 7.0, 0, 0 })]
    [InlineData(0.7, new[] { 4 / 7.0, 3 / 7.0, 0, 0 })]
    [InlineData(0.75, new[] { 4 / 9.0, 3 / 9.0, 2 / 9.0, 0 })]
    public void Truncating_keeps_the_smallest_set_of_most_probable_items_with_the_mass(double mass, double[] expected)
    {
        Assert.Equal(expected, BaseDistribution.Of(s_small, new OracleOptions(truncate: mass)), Near);
    }

    [Fact]
    public void Tempering_raises_to_the_power()
    {
        Assert.Equal([16 / 30.0, 9 / 30.0, 4 / 30.0, 1 / 30.0], BaseDistribution.Of(s_small, new OracleOptions(temper: 2)), Near);
    }

    [Fact]
    public void Dropping_pays_its_debt_item_by_item()
    {
        // Debts by hand: 0.16 < 0.2 stays; 0.28 >= 0.15 goes and leaves -0.02; 0.06 < 0.1 stays; 0.1 >= 0.05 goes.
        Assert.Equal([2 / 3.0, 0, 1 / 3.0, 0], BaseDistribution.Of(s_small, new OracleOptions(drop: 0.4)), Near);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Dropping_takes_its_mass_and_in_the_tail_its_share_of_the_types(double share)
    {
        var urn = new Urn(new UrnOptions());
        double[] q = BaseDistribution.Of(urn.Probabilities, new OracleOptions(drop: share));
        // The debt left over is at most half of one late item, of which none has 2e-6; so many sums may round by another 1e-9.
        Assert.Equal(share, q.Zip(urn.Probabilities, (to, from) => to == 0 ? from : 0).Sum(), 1e-6 + 1e-9);
        // In the last half p falls by half, which shifts the pattern by at most a few types.
        Assert.InRange(q.Skip(10_000).Count(x => x == 0), (10_000 * share) - 5, (10_000 * share) + 5);
    }

    [Fact]
    public void Drop_then_truncate_then_temper()
    {
        // Drop 0.4 leaves 0.4 and 0.2 (above); 0.7 of that mass needs both; squared, 16 : 4.
        Assert.Equal([0.8, 0, 0.2, 0], BaseDistribution.Of(s_small, new OracleOptions(drop: 0.4, truncate: 0.7, temper: 2)), Near);
    }

    [Fact]
    public void Dropping_everything_is_refused()
    {
        Statistics.AssertRefused("larger world", () => BaseDistribution.Of([0.5, 0.5], new OracleOptions(drop: 0.9)));
    }

    // A handful of operations in double, each off by at most one part in 2^53.
    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-14;
}
