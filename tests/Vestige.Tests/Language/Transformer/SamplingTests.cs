using System.Text;
using Vestige.Language;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Passes;
using Vestige.Language.Transformer.Training;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Transformer;

public sealed class SamplingTests
{
    private static readonly GptOptions s_options = new() { Layers = 2, Width = 32, Heads = 2, Context = 21, Ngram = 3, NgramRows = 50, QkNorm = true };

    private static readonly GptOptions s_plain = s_options with
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

    private static readonly Gpt s_model = Random(s_options);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Models => ["modern", "plain"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Cached_logits_are_those_of_the_whole_window_to_the_bit(string name)
    {
        Gpt model = name == "modern" ? s_model : Random(s_plain);
        var weights = new GptWeights(model.Options, training: false);
        model.Values.CopyTo(weights.Values);
        weights.Pack(threads: 1);
        const int Sequences = 3;
        int T = model.Options.Context;
        var rng = new Rng(1);
        short[] symbols = [.. Enumerable.Range(0, Sequences * T).Select(i => i % T == 0 ? Alphabet.Unknown : (short)rng.NextInt(256))];
        var pass = new GptPass(weights, Sequences);
        pass.Forward(symbols, T, DropoutMasks.None);
        var decoder = new Vestige.Language.Transformer.Inference.Decoder(weights, Sequences);
        for (int t = 4; t < T; t++)
        {
            // Opened with five symbols, then read one by one; the last three are enough for the embedding.
            int last = t == 4 ? 5 : 3;
            short[] inputs = [.. Enumerable.Range(0, Sequences).SelectMany(s => symbols[((s * T) + t + 1 - last)..((s * T) + t + 1)])];
            ReadOnlySpan<float> logits = t == 4 ? decoder.Open(inputs, last) : decoder.Read(inputs, last, t);
            for (int s = 0; s < Sequences; s++) Assert.Equal(pass.Logits.Slice(((s * T) + t) * 256, 256), logits.Slice(s * 256, 256));
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(58)]
    public void Most_probable_byte_is_drawn_on_either_side_of_a_window(int at)
    {
        byte[] prompt = Encoding.UTF8.GetBytes("A prompt");
        byte[] whole = [.. prompt, .. s_model.Sample(1, 50, prompt, SamplingOptions.Greedy, 1, cancel: Token)[0]];
        double[] all = s_model.Log2Probabilities([.. Enumerable.Range(0, 256).Select(b => (ReadOnlyMemory<byte>)(byte[])[.. whole[..(at - 1)], (byte)b])]);
        Assert.Equal(all.Max(), all[whole[at - 1]]);
    }

    [Fact]
    public void Bytes_come_as_often_as_they_are_probable()
    {
        const int Count = 4000;
        int[] counts = new int[256];
        foreach (byte[] text in s_model.Sample(Count, 1, default, SamplingOptions.Plain, 7, cancel: Token)) counts[text[0]]++;
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
        byte[][] all = s_model.Sample(19, 30, default, SamplingOptions.Plain, 3, cancel: Token);
        byte[][] some = s_model.Sample(4, 30, default, SamplingOptions.Plain, 3, first: 14, cancel: Token);
        for (int i = 0; i < 4; i++) Assert.Equal(all[14 + i], some[i]);
        Assert.NotEqual(all[0], all[1]);
        Assert.NotEqual(all[0], s_model.Sample(1, 30, default, SamplingOptions.Plain, 4, cancel: Token)[0]);
    }

    [Fact]
    public void Continuations_do_not_depend_on_what_is_continued_beside_them()
    {
        byte[][] together = s_model.Continue([Encoding.UTF8.GetBytes("one"), Encoding.UTF8.GetBytes("a longer one than the context"),
            Encoding.UTF8.GetBytes("two")], 12, cancel: Token);
        Assert.Equal(together[2], s_model.Continue([Encoding.UTF8.GetBytes("two")], 12, cancel: Token)[0]);
        Assert.Equal(together[1], s_model.Continue([Encoding.UTF8.GetBytes("a longer one than the context")], 12, cancel: Token)[0]);
    }

    [Fact]
    public void Probabilities_of_all_bytes_add_up_to_one()
    {
        byte[] start = s_model.Sample(1, 3, default, SamplingOptions.Greedy, 1, cancel: Token)[0];
        ReadOnlyMemory<byte>[] texts = [start, .. Enumerable.Range(0, 256).Select(b => (ReadOnlyMemory<byte>)(byte[])[.. start, (byte)b])];
        foreach (SamplingOptions sampling in (SamplingOptions[])[SamplingOptions.Plain, new(0.7), new(TopK: 250), new(TopP: 0.99), new(1.3, 240, 0.99)])
        {
            double[] log2 = s_model.Log2Probabilities(texts, sampling);
            Assert.InRange(log2[0], -30, 0);
            // 256 roundings of single precision.
            Assert.Equal(1, log2[1..].Sum(next => Math.Pow(2, next - log2[0])), 1e-5);
        }

        Assert.Equal(0, s_model.Log2Probability(start, SamplingOptions.Greedy));
        Assert.Equal(double.NegativeInfinity, s_model.Log2Probability((byte[])[(byte)(start[0] + 1)], SamplingOptions.Greedy));
    }

    [Fact]
    public void Top_k_keeps_the_k_most_probable_and_top_p_the_fewest_that_reach_p()
    {
        float[] logits = new float[256];
        logits.AsSpan().Fill(float.MinValue / 2);
        (logits[10], logits[20], logits[30], logits[40]) = (MathF.Log(.4f), MathF.Log(.3f), MathF.Log(.2f), MathF.Log(.1f));
        Check([.4, .3, .2, .1], new SamplingOptions());
        Check([4 / 7.0, 3 / 7.0, 0, 0], new SamplingOptions(TopK: 2));
        Check([4 / 7.0, 3 / 7.0, 0, 0], new SamplingOptions(TopP: 0.65));
        Check([1.0, 0, 0, 0], new SamplingOptions(TopP: 0.1));
        // Of the three kept, which hold .9, 0.7 of that needs two.
        Check([4 / 7.0, 3 / 7.0, 0, 0], new SamplingOptions(TopK: 3, TopP: 0.7));
        // Squares: .16, .09, .04, .01 of .30.
        Check([16 / 30.0, 9 / 30.0, 4 / 30.0, 1 / 30.0], new SamplingOptions(Temperature: 0.5));

        void Check(double[] expected, SamplingOptions sampling)
        {
            float[] copy = [.. logits];
            sampling.ApplyToLogits(copy);
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
        Assert.StartsWith(named, Assert.Throws<ArgumentException>(() => s_model.Sample(1, 1, default, new SamplingOptions(temperature, topK, topP),
            1, cancel: Token)).Message, StringComparison.Ordinal);
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
