using System.Text;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.NGrams;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Training;
using Vestige.Numerics;
using Vestige.Specs;

namespace Vestige.Tests.Language;

/// <summary>Texts that share prefixes, and the models that read those once.</summary>
public sealed class SortedTextsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Random texts over three letters, of 2 to 12 bytes after the line feed they all begin with, none the start of another.</summary>
    private static SortedTexts Texts(int count)
    {
        var rng = new Rng(11);
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        while (texts.Count < count)
        {
            var text = new StringBuilder("\n");
            for (int length = 1 + rng.NextInt(11); length > 0; length--) text.Append("abc"[rng.NextInt(3)]);
            texts.Add(text.Append('.').ToString());
        }
        return new SortedTexts([.. texts.Select(Encoding.ASCII.GetBytes)]);
    }

    [Fact]
    public void What_neighbours_share_is_counted()
    {
        var texts = new SortedTexts([.. new[] { "abc", "abd", "b" }.Select(Encoding.ASCII.GetBytes)]);
        Assert.Equal([0, 2, 0], texts.Shared);
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("a", "ab")]
    public void Texts_out_of_order_or_one_the_start_of_another_are_refused(string first, string second) =>
        Assert.Throws<ArgumentException>(() => new SortedTexts([Encoding.ASCII.GetBytes(first), Encoding.ASCII.GetBytes(second)]));

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.9)]
    public void A_transformer_gives_each_text_what_it_gives_it_alone(double topP)
    {
        // More than two parts of 256, and the last of them odd.
        SortedTexts texts = Texts(601);
        Gpt model = Random(new GptOptions { Layers = 2, Width = 32, Heads = 2, Context = 14, Ngram = 3, NgramRows = 50, QkNorm = true });
        var sampling = new SamplingOptions(TopP: topP);
        (double[] log2, double leftOut) = model.Log2Probabilities(texts, 0, sampling, 0, null, Token);
        double[] alone = model.Log2Probabilities(texts.Texts, sampling);
        // The window's cross entropy is of single precision; a text has up to 13 bytes of about 8 bits.
        for (int i = 0; i < log2.Length; i++) Assert.Equal(alone[i], log2[i], 1e-4);
        Assert.Equal(0, leftOut);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        SortedTexts texts = Texts(601);
        Gpt model = Random(new GptOptions { Layers = 1, Width = 32, Heads = 2, Context = 14 });
        var weights = new GptWeights(model.Options, training: false);
        model.Values.CopyTo(weights.Values);
        weights.Pack(threads: 1);
        double[] Of(int threads) => new TreeScorer(weights).Log2Probabilities(texts, 1, SamplingOptions.Plain, 1e-9, threads, null, Token).Log2;
        Assert.Equal(Of(1), Of(3));
    }

    [Fact]
    public void An_ngram_model_gives_each_text_what_it_gives_it_alone()
    {
        SortedTexts texts = Texts(301);
        NGramText model = Trained(texts);
        (double[] log2, _) = ((IPromptedText)model).Log2Probabilities(texts, 0, 0, null, Token);
        // The same sums in another order: a distribution for all bytes, or for one.
        for (int i = 0; i < log2.Length; i++) Assert.Equal(model.Log2Probability(new Passage(texts.Texts[i], "", 0)), log2[i], 1e-9);
    }

    [Fact]
    public void A_prompt_is_given_and_costs_nothing()
    {
        SortedTexts texts = Texts(301);
        NGramText model = Trained(texts);
        double[] whole = ((IPromptedText)model).Log2Probabilities(texts, 0, 0, null, Token).Log2;
        double[] given = ((IPromptedText)model).Log2Probabilities(texts, 1, 0, null, Token).Log2;
        double prompt = model.Log2Probability(new Passage("\n"u8.ToArray(), "", 0));
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i] - prompt, given[i], 1e-9);
    }

    [Theory]
    [InlineData("ngram")]
    [InlineData("transformer")]
    public void What_is_left_out_is_what_is_missing(string name)
    {
        SortedTexts texts = Texts(301);
        IPromptedText model = name == "ngram" ? Trained(texts) : new TransformerText("t",
            Random(new GptOptions { Layers = 1, Width = 32, Heads = 2, Context = 14 }), SamplingOptions.Plain, 13);
        double[] all = model.Log2Probabilities(texts, 1, 0, null, Token).Log2;
        // So that about half of the texts are left out.
        double least = Math.Pow(2, all.Order().ElementAt(all.Length / 2));
        (double[] log2, double leftOut) = model.Log2Probabilities(texts, 1, least, null, Token);
        double missing = 0;
        int left = 0;
        for (int i = 0; i < all.Length; i++)
        {
            if (double.IsNegativeInfinity(log2[i]))
            {
                missing += Math.Pow(2, all[i]);
                left++;
            }
            else
            {
                Assert.Equal(all[i], log2[i], 1e-9);
            }
        }
        Assert.InRange(left, 10, all.Length - 10);
        // Prefixes weigh at least what stands behind them, and each of them is under the limit.
        Assert.InRange(leftOut, missing, left * least);
    }

    private static NGramText Trained(SortedTexts texts)
    {
        var source = new TextList(1, string.Concat(texts.Texts.Select(text => Encoding.ASCII.GetString(text.Span))));
        ICompressor<Passage> row = NGramCompressor.Row.Create(Spec.Parse("ngram:order=4", [NGramCompressor.Row]).Single());
        return (NGramText)row.Compress(new Training<Passage>(source.Entries, 1), null, Token);
    }

    private static Gpt Random(GptOptions options)
    {
        var weights = new GptWeights(options, training: false);
        Initial.Fill(weights, 1);
        // Far from uniform, so that prefixes differ in what they weigh.
        var rng = new Rng(9);
        foreach (Tensor tensor in weights.Table.Tensors.Where(tensor => tensor.Role != TensorRole.Vector))
            foreach (ref float w in tensor.In(weights.Values.Span)) w = (float)(0.25 * rng.NextNormal());
        return new Gpt(options, weights.Values.Span, [], []);
    }
}
