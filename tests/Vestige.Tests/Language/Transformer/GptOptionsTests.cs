using System.Reflection;
using Vestige.Language.Transformer;

namespace Vestige.Tests.Language.Transformer;

public sealed class GptOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => new GptOptions().Validate();

    [Theory]
    [InlineData("heads", "3", "heads=3 and width=128 do not fit: width must be a multiple of 16 x heads, such as 96")]
    [InlineData("heads", "0", "heads=0 is out of range: 1 to 64")]
    [InlineData("width", "8", "width=8 is out of range: 16 to 4096")]
    [InlineData("layers", "65", "layers=65 is out of range")]
    [InlineData("context", "7", "context=7 is out of range")]
    [InlineData("ngram", "1", "ngram=1 is out of range: 2 to 8, or 0 for none")]
    [InlineData("ngram_rows", "0", "ngram_rows=0")]
    [InlineData("dropout", "1", "dropout=1 is out of range: 0 to below 1")]
    [InlineData("mask", "-0.1", "mask=-0.1")]
    [InlineData("lr", "0", "lr=0 is out of range: above 0, at most 1")]
    [InlineData("lr", "NaN", "lr=NaN")]
    [InlineData("decay", "-1", "decay=-1")]
    [InlineData("batch", "0", "batch=0")]
    [InlineData("steps", "0", "steps=0")]
    [InlineData("minutes", "0", "minutes=0")]
    [InlineData("warmup", "2", "warmup=2")]
    [InlineData("cooldown", "-1", "cooldown=-1")]
    [InlineData("final_lr", "1.5", "final_lr=1.5")]
    [InlineData("clip", "-1", "clip=-1")]
    [InlineData("threads", "0", "threads=0")]
    [InlineData("evaluations", "-1", "evaluations=-1")]
    [InlineData("patience", "-1", "patience=-1")]
    public void Value_out_of_range_is_named_with_the_range(string name, string value, string message)
    {
        GptOptions options = GptSettings.With(new GptOptions { Width = 128, Heads = 4 }, name, value);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wings", "2", "transformer has no option wings. It has layers, width,")]
    [InlineData("width", "wide", "width=wide: it is a whole number.")]
    [InlineData("width", "1.5", "width=1.5: it is a whole number.")]
    [InlineData("lr", "fast", "lr=fast: it is a number.")]
    [InlineData("norm", "batch", "norm=batch: it is layer or rms.")]
    [InlineData("norm", "1", "norm=1: it is layer or rms.")]
    [InlineData("activation", "", "activation=: it is gelu or relu2 or swiglu.")]
    [InlineData("tied", "perhaps", "tied=perhaps: it is true or false.")]
    [InlineData("seed", "-1", "seed=-1: it is a whole number.")]
    public void Text_that_is_no_value_is_refused_with_what_there_is(string name, string value, string message)
    {
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => GptSettings.With(new GptOptions(), name, value)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_can_be_set_by_name()
    {
        string[] values =
        [
            "layers=2", "width=96", "heads=3", "context=32", "norm=layer", "positions=learned", "activation=swiglu", "qk_norm=true", "tied=false", "bias=true",
            "ngram=5", "ngram_rows=77", "dropout=0.25", "mask=0.125", "optimizer=adamw", "lr=0.5", "decay=7", "batch=3", "steps=11", "minutes=1.5", "warmup=0.5",
            "cooldown=0.25", "final_lr=0.75", "clip=9", "seed=12345678901234567890", "threads=5", "evaluations=6", "patience=8",
        ];
        var options = new GptOptions();
        foreach (string[] pair in values.Select(value => value.Split('='))) options = GptSettings.With(options, pair[0], pair[1]);
        options.Validate();
        Assert.Equal(GptSettings.Names, values.Select(value => value.Split('=')[0]));
        var defaults = new GptOptions();
        // Each setting has moved one property away from its default, and there are no other properties.
        PropertyInfo[] properties = typeof(GptOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        Assert.Equal(values.Length, properties.Length);
        Assert.All(properties, property => Assert.NotEqual(property.GetValue(defaults), property.GetValue(options)));
    }
}
