using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Tests.Core.Worlds;

public sealed class OptionsTests
{
    [Fact]
    public void A_value_out_of_range_is_named_with_its_meaning_and_range()
    {
        Assert.Equal("world:urn: types=1 cannot be used; types (types in the urn) takes a whole number from 2 to 1000000.",
            Assert.Throws<ArgumentException>(() => new UrnOptions(types: 1)).Message);
        Assert.Equal("oracle: temper=NaN cannot be used; temper (exponent t of q ∝ p^t) takes a number from 0.1 to 10.",
            Assert.Throws<ArgumentException>(() => new OracleOptions(temper: double.NaN)).Message);
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_refused_with_the_reason()
    {
        Statistics.AssertRefused("add up to at most 1", () => new OracleOptions(invent: 0.6, memorize: 0.5));
        Statistics.AssertRefused("1 or an even number", () => new MixtureOptions(dimensions: 3));
        Statistics.AssertRefused("at least 17", () => new MixtureOptions(dimensions: 16, modes: 16));
    }

    [Fact]
    public void Names_are_canonical_and_hold_what_is_not_default()
    {
        Assert.Equal("world:urn", new UrnOptions().Name);
        Assert.Equal("world:urn:types=500,cluster=10", new UrnOptions(types: 500, cluster: 10).Name);
        Assert.Equal("world:mixture:dimensions=64", new MixtureOptions(dimensions: 64).Name);
        Assert.Equal("oracle:drop=0.2,invent=0.1", new OracleOptions(invent: 0.1, drop: 0.2).Name);
    }

    [Fact]
    public void Every_default_is_the_default_of_its_parameter_table()
    {
        // A name without settings says that every value equals its table's default.
        Assert.Equal(UrnOptions.Table.Owner, new UrnOptions().Name);
        Assert.Equal(MixtureOptions.Table.Owner, new MixtureOptions().Name);
        Assert.Equal(OracleOptions.Table.Owner, new OracleOptions().Name);
    }

    [Fact]
    public void A_world_without_documents_is_refused()
    {
        Statistics.AssertRefused("documents=0", () => new UrnWorld(new Urn(new UrnOptions()), 0, 1));
        Statistics.AssertRefused("documents=0", () => new MixtureWorld(new Mixture(new MixtureOptions()), 0, 1));
    }
}
