using Vestige.Compressors;
using Vestige.Language;
using Vestige.Specs;

namespace Vestige.Tests.Language;

public sealed class SamplingOptionsTests
{
    [Fact]
    public void Temperature_raises_probabilities_to_its_inverse()
    {
        double[] p = Apply(new SamplingOptions(Temperature: 0.5), 0.5, 0.3, 0.2);
        Assert.Equal(0.25 / 0.38, p[0], 15);
        Assert.Equal(0.09 / 0.38, p[1], 15);
        Assert.Equal(0.04 / 0.38, p[2], 15);
        double[] hot = Apply(new SamplingOptions(Temperature: 100), 0.5, 0.3, 0.2, 0);
        Assert.Equal(1.0 / 3, hot[2], 0.01);
        Assert.Equal(0, hot[3]);
    }

    [Fact]
    public void Temperature_zero_takes_the_most_probable_and_of_equals_the_lowest()
    {
        Assert.Equal([0, 1, 0], Apply(SamplingOptions.Greedy, 0.2, 0.4, 0.4));
        Assert.Equal([0, 1, 0], Apply(new SamplingOptions(Temperature: 1e-6), 0.1, 0.7, 0.2));
    }

    [Fact]
    public void Top_k_keeps_the_k_most_probable()
    {
        Assert.Equal([0, 0.5, 0.5, 0], Apply(new SamplingOptions(TopK: 2), 0.2, 0.3, 0.3, 0.2));
        Assert.Equal([1, 0, 0, 0], Apply(new SamplingOptions(TopK: 1), 0.25, 0.25, 0.25, 0.25));
    }

    [Fact]
    public void Top_p_keeps_the_fewest_that_reach_it_and_always_one()
    {
        Assert.Equal([0.625, 0.375, 0], Apply(new SamplingOptions(TopP: 0.75), 0.5, 0.3, 0.2).Select(p => Math.Round(p, 15)));
        Assert.Equal([1, 0, 0], Apply(new SamplingOptions(TopP: 0.5), 0.5, 0.3, 0.2));
        Assert.Equal([1, 0, 0], Apply(new SamplingOptions(TopP: 0.001), 0.5, 0.3, 0.2));
        // Of the two that top_k left, the first has 0.625.
        Assert.Equal([1, 0, 0], Apply(new SamplingOptions(TopK: 2, TopP: 0.6), 0.5, 0.3, 0.2));
    }

    [Fact]
    public void A_byte_is_drawn_from_its_share_of_the_line()
    {
        double[] p = [0, 0.25, 0, 0.75, 0];
        Assert.Equal([1, 1, 3, 3, 3], new[] { 0, 0.2499, 0.25, 0.9, 0.9999999999999999 }.Select(place => (int)SamplingOptions.Draw<double>(p, place)));
    }

    [Fact]
    public void The_options_are_those_of_a_specification()
    {
        var row = new CompressorRow<int>("x", "test", _ => throw new NotSupportedException()) { Options = SamplingOptions.Specs };
        Assert.Equal(SamplingOptions.Plain, SamplingOptions.Of(Spec.Parse("x", [row]).Single()));
        Assert.Equal(new SamplingOptions(0.8, 40, 0.95), SamplingOptions.Of(Spec.Parse("x:temperature=0.8,top_k=40,top_p=0.95", [row]).Single()));
        Assert.Throws<SpecException>(() => Spec.Parse("x:top_p=0", [row]));
    }

    private static double[] Apply(SamplingOptions options, params double[] first)
    {
        double[] p = new double[256];
        first.CopyTo(p, 0);
        options.Apply(p);
        Assert.Equal(1, p.Sum(), 1e-12);
        return p[..first.Length];
    }
}
