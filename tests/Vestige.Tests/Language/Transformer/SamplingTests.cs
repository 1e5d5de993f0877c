using System.Text;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Training;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Transformer;

public sealed class SamplingTests
{
    private static readonly GptOptions s_options = new() { Layers = 2, Width = 32, Heads = 2, Context = 21, Ngram = 3, NgramRows = 50, QkNorm = true };

    private static readonly Gpt s_model = Random(s_options);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Shapes => ["modern", "plain"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_is_drawn_has_the_probability_it_was_drawn_with(string shape)
    {
        GptOptions plain = s_options with
        {
            Normalization = Normalization.Layer,
            Positions = Positions.Learned,
            Activation = Activation.SwiGlu,
            Bias = true,
            QkNorm = false,
            Ngram = 0,
            Width = 48,
            Heads = 1,
            Tied = false,
        };
        Gpt model = shape == "modern" ? s_model : Random(plain);
        // Three windows and a bit. Where the most probable byte is drawn, a byte is possible only if both sides agree to the bit.
        byte[] text = model.Sample(1, 50, Encoding.UTF8.GetBytes("A prompt"), Sampling.Greedy, 1, cancel: Token)[0];
        byte[] whole = [.. Encoding.UTF8.GetBytes("A prompt"), .. text];
        for (int i = 9; i <= whole.Length; i++)
        {
            double step = model.Log2Probability(whole.AsMemory(0, i)) - model.Log2Probability(whole.AsMemory(0, i - 1));
            double best = Enumerable.Range(0, 256).Max(b => model.Log2Probability((byte[])[.. whole[..(i - 1)], (byte)b]));
            // Differences of sums of some 58 terms in double precision.
            Assert.Equal(best, model.Log2Probability(whole.AsMemory(0, i)), 1e-11);
            Assert.InRange(step, -8, 0);
            if (i == 12) i = 55;
        }
    }

    [Fact]
    public void Bytes_come_as_often_as_they_are_probable()
    {
        const int Count = 4000;
        int[] counts = new int[256];
        foreach (byte[] text in s_model.Sample(Count, 1, default, Sampling.Plain, 7, cancel: Token)) counts[text[0]]++;
        double chi = 0;
        for (int b = 0; b < 256; b++)
        {
            double expected = Count * Math.Pow(2, s_model.Log2Probability((byte[])[(byte)b]));
            chi += Math.Pow(counts[b] - expected, 2) / expected;
        }

        // Chi-squared with 255 degrees of freedom: 331 is its 99.9 % quantile.
        Assert.InRange(chi, 150, 331);
    }

    [Fact]
    public void Text_depends_on_seed_and_number_only()
    {
        byte[][] all = s_model.Sample(19, 30, default, Sampling.Plain, 3, cancel: Token);
        byte[][] some = s_model.Sample(4, 30, default, Sampling.Plain, 3, first: 14, cancel: Token);
        for (int i = 0; i < 4; i++) Assert.Equal(all[14 + i], some[i]);
        Assert.NotEqual(all[0], all[1]);
        Assert.NotEqual(all[0], s_model.Sample(1, 30, default, Sampling.Plain, 4, cancel: Token)[0]);
    }

    [Fact]
    public void Continuations_do_not_depend_on_what_is_continued_beside_them()
    {
        byte[][] together = s_model.Continue([Encoding.UTF8.GetBytes("one"), Encoding.UTF8.GetBytes("a longer one than the context"), Encoding.UTF8.GetBytes("two")], 12, cancel: Token);
        Assert.Equal(together[2], s_model.Continue([Encoding.UTF8.GetBytes("two")], 12, cancel: Token)[0]);
        Assert.Equal(together[1], s_model.Continue([Encoding.UTF8.GetBytes("a longer one than the context")], 12, cancel: Token)[0]);
    }

    [Fact]
    public void Probabilities_of_all_bytes_add_up_to_one()
    {
        foreach (Sampling sampling in (Sampling[])[Sampling.Plain, new(0.7), new(TopK: 5), new(TopP: 0.6), new(1.3, 40, 0.9), Sampling.Greedy])
        {
            double sum = Enumerable.Range(0, 256).Sum(b => Math.Pow(2, s_model.Log2Probability((byte[])[1, 2, 3, (byte)b], sampling) - s_model.Log2Probability((byte[])[1, 2, 3])));
            double start = Math.Pow(2, s_model.Log2Probability((byte[])[1, 2, 3], sampling) - s_model.Log2Probability((byte[])[1, 2, 3]));
            // 256 roundings of single precision. Where the start is impossible, so is all that follows it.
            Assert.Equal(start, sum, 1e-5 * Math.Max(1, start));
        }
    }

    [Fact]
    public void Top_k_keeps_the_k_most_probable_and_top_p_the_fewest_that_reach_p()
    {
        float[] logits = new float[256];
        logits.AsSpan().Fill(float.MinValue / 2);
        (logits[10], logits[20], logits[30], logits[40]) = (MathF.Log(.4f), MathF.Log(.3f), MathF.Log(.2f), MathF.Log(.1f));
        Check([.4, .3, .2, .1], new Sampling());
        Check([4 / 7.0, 3 / 7.0, 0, 0], new Sampling(TopK: 2));
        Check([4 / 7.0, 3 / 7.0, 0, 0], new Sampling(TopP: 0.65));
        Check([1.0, 0, 0, 0], new Sampling(TopP: 0.1));
        // Of the three kept, which hold .9, 0.7 of that needs two.
        Check([4 / 7.0, 3 / 7.0, 0, 0], new Sampling(TopK: 3, TopP: 0.7));
        // Squares: .16, .09, .04, .01 of .30.
        Check([16 / 30.0, 9 / 30.0, 4 / 30.0, 1 / 30.0], new Sampling(Temperature: 0.5));

        void Check(double[] expected, Sampling sampling)
        {
            float[] copy = [.. logits];
            sampling.Apply(copy);
            // A handful of roundings of single precision.
            for (int i = 0; i < 4; i++) Assert.Equal(expected[i], copy[10 * (i + 1)], 1e-6);
        }
    }

    [Theory]
    [InlineData(-1, 0, 1, "temperature=-1")]
    [InlineData(double.NaN, 0, 1, "temperature=NaN")]
    [InlineData(1, 257, 1, "top_k=257")]
    [InlineData(1, 0, 0, "top_p=0")]
    [InlineData(1, 0, 1.1, "top_p=1.1")]
    public void Setting_out_of_range_is_named(double temperature, int topK, double topP, string named)
    {
        Assert.StartsWith(named, Assert.Throws<ArgumentException>(() => s_model.Sample(1, 1, default, new Sampling(temperature, topK, topP), 1, cancel: Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_text_has_probability_one()
    {
        Assert.Equal(0, s_model.Log2Probability(default));
    }

    private static Gpt Random(GptOptions options)
    {
        var weights = new GptWeights(options, training: false);
        Initial.Fill(weights, 1);
        // Far from uniform, so that the order of probabilities is not at the mercy of a rounding.
        var rng = new Rng(9);
        foreach (Tensor tensor in weights.Table.Tensors.Where(tensor => tensor.Role != TensorRole.Vector))
        {
            foreach (ref float w in tensor.In(weights.Values.Span)) w = (float)(0.25 * rng.NextNormal());
        }

        return new Gpt(options, weights.Values.Span, [], []);
    }
}
