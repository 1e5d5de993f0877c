using Vestige.Language.Views;
using Vestige.Language.Worlds;
using Vestige.Specs;
using Vestige.Worlds.Mixtures;
using Vestige.Worlds.Oracles;
using Vestige.Worlds.Urns;

namespace Vestige.Tests.Core.Specs;

public sealed class WrittenSpecTests
{
    [Theory]
    [InlineData("jpeg", "jpeg", "")]
    [InlineData("jpeg:q=5,chroma=444", "jpeg", "q=5|chroma=444")]
    [InlineData("exec:enc=\"cp {in}, {out}\",dec=b", "exec", "enc=\"cp {in}, {out}\"|dec=b")]
    [InlineData("samples:a,,b", "samples", "a|b")]
    public void A_name_comes_apart_at_commas_outside_of_quotes(string text, string name, string parts)
    {
        var written = WrittenSpec.Of(text);
        Assert.Equal((name, parts), (written.Name, string.Join('|', written.Parts)));
    }

    [Fact]
    public void Parts_are_put_together_again()
    {
        var written = WrittenSpec.Of("a:b=1,c=2");
        Assert.Equal(("a:c=2", "a"), (written.With(["c=2"]), written.With([])));
        Assert.Equal(("b", null), (WrittenSpec.OptionOf("b=1"), WrittenSpec.OptionOf("b")));
    }

    /// <summary>What a record takes without a word, and what its options say they are without one, are the same.</summary>
    [Fact]
    public void Settings_that_are_left_out_are_those_that_help_shows() =>
        Assert.Equal(["world:urn", "world:mixture", "oracle", "world:facts"],
            [new UrnOptions().Name, new MixtureOptions().Name, new OracleOptions().Name, new FactsOptions().Name]);

    [Theory]
    [InlineData("chars", "needs its order; write chars:1..")]
    [InlineData("chars:0", "order is a whole number, 1..")]
    [InlineData("words:1..3", "stands for 3 views")]
    [InlineData("words:2,3", "has no option \"3\"")]
    [InlineData("word:2", "there is no view of text \"word\". Did you mean words?")]
    public void A_view_that_is_written_wrong_is_refused_by_the_grammar_of_compressors(string text, string says) =>
        Assert.Contains(says, Assert.Throws<SpecException>(() => TextViews.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Views_are_named_as_they_are_written() =>
        Assert.Equal(["chars:8", "words:2", "passages"], new[] { "chars:8", "words:2", "passages" }.Select(text => TextViews.Parse(text).Name));
}
