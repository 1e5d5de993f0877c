using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Oracles;

namespace Vestige.Tests.Core.Worlds;

public sealed class MixtureLedgerTests
{
    [Theory]
    [InlineData(0, 1, 1, 0, 0)]
    [InlineData(0.2, 1, 1, 0, 0)]
    [InlineData(0, 0.7, 1, 0, 0)]
    [InlineData(0, 1, 1, 0.2, 0)]
    [InlineData(0, 1, 2, 0, 0)]
    [InlineData(0.2, 1, 1, 0.1, 0.5)]
    public void The_parts_and_divergences_say_what_the_oracle_does(
        double drop, double truncate, double temper, double invent, double memorize)
    {
        var oracle = new MixtureOracle(new Mixture(new MixtureOptions(2)), new OracleOptions(drop, truncate, temper, invent, memorize));
        var ledger = new MixtureLedger(oracle);
        Assert.Equal(1, ledger.Memorized + ledger.Generalized + ledger.Hallucinated, 1e-12);
        Assert.Equal(invent, ledger.Hallucinated, 1e-12);
        Assert.Equal(memorize > 0 ? 0 : drop + 1 - truncate, ledger.Lost, 0.0375); // Half of the heaviest mode, 3/40.
        Assert.Equal(ledger.HockeyStickPq(1), ledger.HockeyStickQp(1), 1e-12);
        Assert.Equal(invent + memorize, ledger.HockeyStickQp(1e9), 1e-6);
    }
}
