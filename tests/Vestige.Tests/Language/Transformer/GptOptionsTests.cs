using System.Reflection;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Parameters;
using Vestige.Specs;

namespace Vestige.Tests.Language.Transformer;

public sealed class GptOptionsTests
{
    private static readonly GptOptions s_options = new() { Width = 128, Heads = 4 };

    [Fact]
    public void Defaults_are_valid_and_those_of_the_command_line()
    {
        new GptOptions().Validate();
        Assert.Equal(new GptOptions(), Read("transformer"));
        Assert.Equal((0.01, 0.003, 0.02), (Read("transformer").LearningRate, Read("transformer:optimizer=adamw").LearningRate, Read("transformer:lr=0.02").LearningRate));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "Heads=3", "heads=3 and width=128 do not fit: width must be a multiple of 16 x heads, such as 96" },
        { "Heads=0", "heads=0 is out of range: 1 to 64" },
        { "Width=8", "width=8 is out of range: 16 to 4096" },
        { "Layers=65", "layers=65 is out of range" },
        { "Context=7", "context=7 is out of range" },
        { "Ngram=1", "ngram=1 is out of range: 2 to 8, or 0 for none" },
        { "NgramRows=0", "ngram_rows=0" },
        { "Dropout=1", "dropout=1 is out of range: 0 to 0.99" },
        { "Mask=-0.1", "mask=-0.1" },
        { "LearningRate=0", "lr=0 is out of range: above 0, at most 1" },
        { "LearningRate=NaN", "lr=NaN" },
        { "Decay=-1", "decay=-1" },
        { "Batch=0", "batch=0" },
        { "Steps=0", "steps=0" },
        { "Minutes=0", "minutes=0" },
        { "WarmUp=2", "warmup=2" },
        { "CoolDown=-1", "cooldown=-1" },
        { "FinalRate=1.5", "final_lr=1.5" },
        { "Clip=-1", "clip=-1" },
        { "Threads=0", "threads=0" },
        { "Evaluations=-1", "evaluations=-1" },
        { "Patience=-1", "patience=-1" },
    };

    /// <summary>The same ranges hold for what a file says, which no command line has checked.</summary>
    [Theory]
    [MemberData(nameof(Wrong))]
    public void Value_out_of_range_is_named_with_the_range(string setting, string message)
    {
        string[] parts = setting.Split('=');
        GptOptions options = s_options with { };
        PropertyInfo property = typeof(GptOptions).GetProperty(parts[0])!;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(options, Convert.ChangeType(parts[1], type, System.Globalization.CultureInfo.InvariantCulture));
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_too_large_for_its_table_is_refused_before_memory_is_taken()
    {
        string message = Assert.Throws<SpecException>(() => Read("transformer:layers=64,width=4096,heads=4")).Message;
        Assert.Contains("parameters=12885954560 is out of range: at most 500000000", message, StringComparison.Ordinal);
        // The limit stands before any overflow: the largest table that it lets through can be laid out.
        var largest = new GptOptions { Layers = 38, Width = 1024, Heads = 16, Ngram = 8, NgramRows = 1000, Bias = true, Tied = false, QkNorm = true };
        largest.Validate();
        Assert.InRange(new ParameterTable(largest).Length, 450_000_000, 550_000_000);
    }

    [Fact]
    public void Every_option_can_be_set_by_name()
    {
        string[] values =
        [
            "layers=2", "width=96", "heads=3", "context=32", "norm=layer", "positions=learned", "activation=swiglu", "qk_norm=true", "untied=true", "bias=true",
            "ngram=5", "ngram_rows=77", "dropout=0.25", "mask=0.125", "optimizer=adamw", "lr=0.5", "decay=7", "batch=3", "steps=11", "minutes=1.5", "warmup=0.5",
            "cooldown=0.25", "final_lr=0.75", "clip=9", "seed=123", "evaluations=6", "threads=777", "patience=8",
        ];
        GptOptions options = Read("transformer:" + string.Join(',', values));
        var defaults = new GptOptions();
        // Each setting has moved one property away from its default, and there are no other properties.
        Assert.Equal(TransformerOptions.All.Select(option => option.Name), values.Select(value => value.Split('=')[0]));
        PropertyInfo[] properties = [.. typeof(GptOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)];
        Assert.Equal(values.Length, properties.Length);
        Assert.All(properties, property => Assert.NotEqual(property.GetValue(defaults), property.GetValue(options)));
    }

    private static GptOptions Read(string text) => TransformerOptions.Of(Spec.Parse(text, [TransformerCompressor.Row]).Single());
}
