using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Worlds;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Worlds;

namespace Vestige.Tests.Language.Worlds;

/// <summary>q of a model on a world of sentences, by enumeration and by drawing.</summary>
public sealed class FactsWorldTests
{
    private static readonly FactsWorld s_world = new(new FactsOptions(people: 6, relations: 2, phrasings: 2, values: 3), documents: 400, seed: 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SentenceText Trained(string spec) => (SentenceText)TextWorlds.Facts.Compressors
        .Select(row => (Row: row, Spec: spec)).Single(at => spec.StartsWith(at.Row.Name, StringComparison.Ordinal)).Row
        .Create(Spec.Parse(spec, [.. TextWorlds.Facts.Compressors]).Single())
        .Compress(new Training<Passage>([.. Enumerable.Range(0, s_world.Documents.Count).Select(i => new Entry<Passage>(s_world, i))], 1), null, Token);

    [Theory]
    [InlineData("ngram:order=5")]
    [InlineData("ngram:order=12,temperature=0.7")]
    [InlineData("transformer:layers=1,width=32,heads=1,context=48,steps=60,batch=8,evaluations=0")]
    [InlineData("transformer:layers=1,width=32,heads=1,context=48,steps=60,batch=8,evaluations=0,top_p=0.8")]
    public void Enumeration_says_how_often_each_kind_is_drawn(string spec)
    {
        const int drawn = 4000;
        SentenceText model = Trained(spec);
        Masses masses = s_world.Enumerate(model, null, Token)!;
        // Errors of single precision, times the bytes of a sentence.
        Assert.Equal(1, masses.Items.Sum() + masses.Falsehoods.Sum(), 1e-5);
        int[] numbers = [.. model.Sample(drawn, 7, null, Token).SelectMany(sentences => sentences).Select(s_world.NumberOf)];
        void Check(double chance, int count) =>
            Assert.InRange(count, (drawn * chance) - (4.5 * Math.Sqrt(drawn * chance)) - 3, (drawn * chance) + (4.5 * Math.Sqrt(drawn * chance)) + 3);
        Check(masses.Items.Sum(), numbers.Count(number => number >= 0));
        Check(masses.Falsehoods[Facts.Confabulated], numbers.Count(number => number == ~Facts.Confabulated));
        Check(masses.Falsehoods[Facts.Garbled], numbers.Count(number => number == ~Facts.Garbled));
        for (int number = 0; number < masses.Items.Length; number++) Check(masses.Items[number], numbers.Count(x => x == number));
    }

    [Fact]
    public void What_a_model_says_of_a_sentence_is_what_enumeration_says()
    {
        SentenceText model = Trained("ngram:order=5");
        Masses masses = s_world.Enumerate(model, null, Token)!;
        double[] log2 = model.Log2Probabilities([.. Enumerable.Range(0, masses.Items.Length).Select(s_world.Item), s_world.Item(0)]);
        for (int number = 0; number < masses.Items.Length; number++) Assert.Equal(masses.Items[number], Math.Pow(2, log2[number]), 1e-9);
        Assert.Equal(log2[0], log2[^1]);
    }

    [Fact]
    public void Sentences_that_are_drawn_end_with_the_first_line_feed()
    {
        Passage[] drawn = [.. Trained("ngram:order=5").Sample(200, 1, null, Token).SelectMany(sentences => sentences)];
        Assert.All(drawn, sentence => Assert.InRange(sentence.Span.IndexOf((byte)'\n'), -1, sentence.Length - 1));
        Assert.All(drawn.Where(sentence => sentence.Span.Contains((byte)'\n')), sentence => Assert.Equal(sentence.Length - 1, sentence.Span.IndexOf((byte)'\n')));
    }

    [Fact]
    public void A_context_shorter_than_a_sentence_is_refused_with_what_would_do()
    {
        UnusableDocumentException error = Assert.Throws<UnusableDocumentException>(() => Trained("transformer:layers=1,width=32,heads=1,context=8,steps=1"));
        Assert.Contains("context=8 is too short", error.Message, StringComparison.Ordinal);
    }
}
