using System.Text;
using Vestige.Language.NGrams;
using Vestige.Numerics;

namespace Vestige.Tests.Language.NGrams;

public sealed class NGramModelTests
{
    // Sums of up to 32 steps, each of a few roundings of relative size 2^-53.
    private const double Rounding = 1e-13;

    private static readonly string[] s_corpora =
    [
        "the cat sat on the mat|the dog sat on the log|a cat and a dog",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "a||b|ab|ba|abab",
        "\0\0a\0|\0|a\0\0\0b\0",
        "x",
        "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789",
        "",
    ];

    public static TheoryData<int> Orders => [.. Enumerable.Range(NGramCounts.LowestOrder, NGramCounts.HighestOrder - 1)];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_probability_is_the_plain_models_at_every_order(int order)
    {
        foreach (string corpus in s_corpora.Append(Drawn(7, 150)))
        {
            string[] documents = corpus.Split('|');
            var plain = new PlainKneserNey(documents, order);
            NGramModel model = Train(documents, order);
            foreach (string passage in Passages(documents)) Compare(plain, model, passage);
        }
    }

    private static void Compare(PlainKneserNey plain, NGramModel model, string passage)
    {
        var taken = new NGramContext(model, new int[model.Order]);
        var passed = new NGramContext(model, new int[model.Order]);
        Span<double> distribution = stackalloc double[256];
        for (int i = 0; i < passage.Length; i++)
        {
            double expected = plain.Probability(passage[..i], passage[i]);
            passed.Distribution(distribution);
            Assert.Equal(expected, distribution[passage[i]], Rounding * expected);
            Assert.Equal(expected, taken.Take((byte)passage[i]), Rounding * expected);
            passed.Pass((byte)passage[i]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(32)]
    public void Probabilities_add_up_to_one_in_every_context(int order)
    {
        foreach (string corpus in s_corpora.Append(Drawn(8, 100)))
        {
            string[] documents = corpus.Split('|');
            NGramModel model = Train(documents, order);
            foreach (string passage in Passages(documents)) AddUp(model, passage);
        }
    }

    private static void AddUp(NGramModel model, string passage)
    {
        int[] suffixes = new int[model.Order], before = new int[model.Order];
        Span<double> distribution = stackalloc double[256];
        var context = new NGramContext(model, suffixes);
        foreach (char c in passage + "x")
        {
            double sum = 0, spread = 0;
            context.Distribution(distribution);
            foreach (double p in distribution) spread += p;
            suffixes.AsSpan().CopyTo(before);
            for (int symbol = 0; symbol < 256; symbol++)
            {
                NGramContext copy = context;
                double p = copy.Take((byte)symbol);
                Assert.True(p > 0);
                sum += p;
                before.AsSpan().CopyTo(suffixes);
            }
            // 256 sums of rounded numbers.
            Assert.Equal(1, sum, 256 * Rounding);
            Assert.Equal(1, spread, 256 * Rounding);
            context.Pass((byte)c);
        }
    }

    [Fact]
    public void Without_any_text_every_byte_is_as_likely_as_the_next()
    {
        var context = new NGramContext(Train([], 4), new int[4]);
        for (int i = 0; i < 10; i++) Assert.Equal(1.0 / 256, context.Take((byte)(i * 20)));
    }

    /// <summary>Stored n-grams and tails against what must be told apart: they stay few however high the order.</summary>
    [Fact]
    public void What_was_seen_once_costs_no_more_at_a_higher_order()
    {
        string text = Drawn(9, 5000);
        NGramCounts low = NGramTrainer.Count([Encoding.Latin1.GetBytes(text)], 16, null, TestContext.Current.CancellationToken);
        NGramCounts high = NGramTrainer.Count([Encoding.Latin1.GetBytes(text)], 32, null, TestContext.Current.CancellationToken);
        Assert.Equal(low.Stored, high.Stored);
        Assert.InRange(high.Tails.Length, low.Tails.Length, text.Length + 1);
    }

    /// <summary>Chen and Goodman's estimate by hand for n1..n4 = 10, 4, 2, 1: Y = 10/18.</summary>
    [Fact]
    public void Discounts_are_those_of_the_paper_and_fixed_where_it_has_none()
    {
        Discounts discounts = Discounts.From([10, 4, 2, 1]);
        Assert.Equal(1 - (2 * 10 / 18.0 * 4 / 10), discounts.Of(1), 15);
        Assert.Equal(2 - (3 * 10 / 18.0 * 2 / 4), discounts.Of(2), 15);
        Assert.Equal(3 - (4 * 10 / 18.0 * 1 / 2), discounts.Of(3), 15);
        Assert.Equal(discounts.Of(3), discounts.Of(1000));
        foreach (long[] none in new long[][] { [0, 0, 0, 0], [0, 4, 2, 1], [10, 0, 2, 1], [10, 4, 0, 1], [1, 1, 100, 100] })
            Assert.Equal((0.5, 1, 1.5), (Discounts.From(none).One, Discounts.From(none).Two, Discounts.From(none).More));
    }

    internal static NGramModel Train(string[] documents, int order) => new(
        NGramTrainer.Count([.. documents.Select(d => (ReadOnlyMemory<byte>)Encoding.Latin1.GetBytes(d))], order, null, TestContext.Current.CancellationToken));

    // The text itself and across its documents, what it never says, and bytes it does not have.
    private static IEnumerable<string> Passages(string[] documents) =>
        [.. documents, string.Concat(documents), string.Concat(documents.Reverse()), "\0z\0\0" + documents[^1], "aabbab\0aÿ"];

    private static string Drawn(ulong seed, int length)
    {
        var rng = new Rng(seed);
        // Four letters and now and then the end of a document.
        return string.Concat(Enumerable.Range(0, length).Select(_ => rng.NextInt(40) == 0 ? '|' : "abc\0"[rng.NextInt(4)]));
    }
}
