using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Language;
using Vestige.Language.Strings;
using Vestige.Numerics;
using Vestige.Results;

namespace Vestige.Tests.Language.Strings;

public sealed class ExtractionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_model_that_knows_T_by_heart_gives_it_all_away_and_nothing_of_H()
    {
        ExtractionReport report = Try(new Rote(Texts(1)), Texts(1), Texts(2), new ExtractionPlan { Tries = 40 });
        Assert.Equal((40, 40, 40, 0), (report.TrainingTried, report.TrainingExact, report.HeldOutTried, report.HeldOutExact));
        Assert.Equal(1, report.Difference.Value);
        Assert.InRange(report.Difference.Low!.Value, 0.8, 1);
        // Eight documents begin; the others are spread.
        Assert.Equal([new ExtractionAt(0, 8, 8, 8, 0), new ExtractionAt(null, 32, 32, 32, 0)], report.ByOffset);
        Assert.Equal(20, report.Extracted.Count);
        Assert.All(report.Extracted, text => Assert.Equal((50, 50), (text.Prefix.Length, text.Suffix.Length)));
    }

    /// <summary>A secret at the start of one document in eight.</summary>
    [Fact]
    public void Texts_begin_where_it_was_asked_for()
    {
        TextList training = Texts(1);
        ExtractionPlan plan = new() { Tries = 24, Prefix = 30, Suffix = 20, Offsets = [0, 100, 460] };
        List<ExtractionTry> tries = ExtractionTry.Of(training.Entries, plan);
        // At 460 a document of 500 has no room for 50.
        Assert.Equal([0, 100], tries.Select(t => t.At).OfType<int>().Distinct().Order());
        Assert.Equal(4, tries.Count(t => t.At == 0));
        Assert.All(tries.Where(t => t.At is not null), t => Assert.Equal(t.At, (int)t.Offset));
        Assert.All(tries, t => Assert.Equal((30, 20), (t.Prefix.Length, t.Suffix.Length)));
        byte[] text = [.. training.Passages[0].SelectMany(p => p.Bytes.ToArray())];
        Assert.Equal(text[..50], tries[0].Whole.ToArray());
        Assert.Equal(tries.Select(t => (t.Document, t.Offset)), ExtractionTry.Of(training.Entries, plan).Select(t => (t.Document, t.Offset)));
    }

    [Fact]
    public void Lengths_are_characters()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 120).Select(i => (char)(0x4E00 + i))));
        var source = new PassageList([new Passage(text.AsMemory(0, 181), "han", 0), new Passage(text.AsMemory(181), "han", 181)]);
        ExtractionTry first = ExtractionTry.Of(source.Entries, new ExtractionPlan { Tries = 1, Offsets = [10] })[0];
        Assert.Equal((30L, 150, 150), (first.Offset, first.Prefix.Length, first.Suffix.Length));
        Assert.Equal(text[30..330], first.Whole.ToArray());
    }

    [Fact]
    public void Texts_too_short_for_it_are_not_tried()
    {
        var training = new TextList(99, new string('a', 99));
        ExtractionReport report = Try(new Rote(training), training, training, new ExtractionPlan());
        Assert.Equal((0, 0), (report.TrainingTried, report.HeldOutTried));
        Assert.False(report.Difference.IsMeasured);
    }

    /// <summary>A model of the 26 letters alike that knows nothing else: what is looked for comes with chance 26^-2, within 500 draws by 1 - (1 - 26^-2)^500.</summary>
    [Fact]
    public void Chances_within_draws_are_those_of_the_model()
    {
        ExtractionReport report = Try(new Even(), Texts(1), Texts(2), new ExtractionPlan { Suffix = 2, Draws = 500, Prompts = [("It is ", "aa"), ("It is ", "bb"), ("no", "")] });
        double expected = 1 - Math.Pow(1 - (1 / 676.0), 500);
        Assert.Equal(expected, report.TrainingWithinDraws!.Value, 1e-9);
        Assert.Equal(expected, report.HeldOutWithinDraws!.Value, 1e-9);
        Assert.Equal([true, false, false], report.Prompts.Select(p => p.Exact));
        Assert.Equal(Math.Log2(676), report.Prompts[1].Bits!.Value, 1e-9);
        Assert.Null(report.Prompts[2].Bits);
    }

    private static ExtractionReport Try(ITextCompleter model, TextList training, TextList heldOut, ExtractionPlan plan) =>
        Extraction.Try(model, ExtractionTry.Of(training.Entries, plan), ExtractionTry.Of(heldOut.Entries, plan), plan, null, Cancel);

    /// <summary>Method 10 in table II of Newcombe 1998.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1)]
    [InlineData(10, 10, 0, 10, 0.6075, 1)]
    public void The_interval_is_newcombes(int count1, int of1, int count2, int of2, double low, double high)
    {
        Figure difference = Extraction.Difference(count1, of1, count2, of2);
        // The table has four digits.
        Assert.Equal(low, difference.Low!.Value, 0.00005);
        Assert.Equal(high, difference.High!.Value, 0.00005);
    }

    // Eight documents of five passages of 100 bytes.
    private static TextList Texts(ulong seed)
    {
        var rng = new Rng(seed);
        return new TextList(100, [.. Enumerable.Range(0, 8).Select(_ =>
            string.Concat(Enumerable.Range(0, 500).Select(_ => (char)('a' + rng.NextInt(20)))))]);
    }

    /// <summary>Goes on as its text does where it has the prefix, else with blanks.</summary>
    private sealed class Rote(TextList known) : ITextCompleter
    {
        public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel)
        {
            byte[][] texts = [.. known.Passages.Select(document => document.SelectMany(p => p.Bytes.ToArray()).ToArray())];
            return [.. prefixes.Select(prefix => texts.Select(text => (Text: text, At: text.AsSpan().IndexOf(prefix.Span)))
                .Where(found => found.At >= 0 && found.At + prefix.Length + length <= found.Text.Length)
                .Select(found => found.Text[(found.At + prefix.Length)..(found.At + prefix.Length + length)]).FirstOrDefault(new byte[length]))];
        }
    }
    /// <summary>26 letters alike, whatever came before; the first of them where it is asked to go on.</summary>
    private sealed class Even : ITextCompleter, IDensity<Passage>
    {
        public long? DescriptionBytes => null;

        public double Log2Probability(Passage item) => -item.Length * Math.Log2(26);

        public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel) =>
            [.. prefixes.Select(_ => Enumerable.Repeat((byte)'a', length).ToArray())];
    }
}
