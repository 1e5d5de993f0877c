using Vestige.Audits.Reading;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Reading;
using Vestige.Language.Strings;
using Vestige.Language.Views;
using Vestige.Results;

namespace Vestige.Tests.Language.Reading;

public sealed class TextReadingTests
{
    private const string Known = "the quick brown fox jumps over the lazy dog and then it sleeps in the sun. ";
    private const string HeldOut = "some other words were kept apart, some other words were never shown to it. ";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A sample put together from pieces of each kind: every byte of it must come out as what it was put in as.</summary>
    [Fact]
    public void Each_byte_of_a_sample_is_marked_by_what_it_is()
    {
        string copied = Known[..60];
        string sample = copied + " over the lazy dog " + "other words were" + " zebra xylophone ";
        TextSpan[] spans = [.. Read(sample, "words:1").Exhibits.Single(e => e.Kind == "sample").Spans!];
        Assert.Equal(sample, string.Concat(spans.Select(s => s.Text)));
        TextSpan first = Assert.Single(spans, s => s.Class == "copied");
        Assert.StartsWith(copied, first.Text, StringComparison.Ordinal);
        // T says it several times: any of them will do.
        Assert.StartsWith("document 0, byte ", first.Source, StringComparison.Ordinal);
        Assert.Equal(["other", "words", "were"], spans.Where(s => s.Class == "real").Select(s => s.Text));
        Assert.Equal(["zebra", "xylophone"], spans.Where(s => s.Class == "novel").Select(s => s.Text));
        Assert.Contains(spans, s => s.Class == "plain" && s.Text.Contains("over the lazy dog", StringComparison.Ordinal));
    }

    [Fact]
    public void Characters_are_not_torn_apart_by_marks()
    {
        string latin = "naïve café zoë ";
        var passage = new Passage(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(latin, 6))), "it", 0);
        TextSpan[] spans = [.. Open("chars:2").Read("it", new Said(), [[passage]], true, null, Cancel).Exhibits.First(e => e.Kind == "sample").Spans!];
        Assert.Equal(passage.ToString(), string.Concat(spans.Select(s => s.Text)));
        Assert.DoesNotContain('�', string.Concat(spans.Select(s => s.Text)));
    }

    [Fact]
    public void What_is_lost_is_quoted_where_held_out_text_has_it_first_the_most_frequent_first()
    {
        Exhibit lost = Read(Known, "words:1").Exhibits.Single(e => e.Kind == "lost");
        TextSpan[] spans = [.. lost.Spans!];
        Assert.All(spans, s => Assert.Equal("lost", s.Class));
        Assert.Contains(spans, s => s.Text == "other" && s.Source!.Contains("document 0, byte 5", StringComparison.Ordinal));
        // In the sample, so not lost.
        Assert.DoesNotContain(spans, s => s.Text is "the" or "it");
        int[] counts = [.. spans.Select(s => int.Parse(s.Source!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(counts.OrderDescending(), counts);
    }

    [Fact]
    public void The_floor_of_copying_is_what_fresh_text_copies_and_rows_nobody_named_are_not_shown()
    {
        ICloseReader<Passage> reader = Open("words:1");
        RowReading reading = reader.Read("parrot", new Said(), Texts(Known, 8).Passages, show: false, null, Cancel);
        Assert.Equal((1.0, 0.0), (reading.Copying.Copied.Value, reading.Copying.Copied.Floor));
        Assert.Null(reading.Extraction);
        Assert.Empty(reading.Exhibits);
    }

    /// <summary>Where atoms stand and which there are is computed in two places.</summary>
    [Theory]
    [InlineData("chars:1")]
    [InlineData("chars:5")]
    [InlineData("chars:8")]
    [InlineData("chars:13")]
    [InlineData("words:1")]
    [InlineData("words:3")]
    [InlineData("passages")]
    public void Grams_are_the_atoms(string name)
    {
        var view = (IGramView)TextViews.Parse(name);
        foreach (string text in new[] { Known, "'tis O’Neill's — don''t \"stop\" ", "a", "ünïcödé wörds, and 3 numbers 42 ", "''''' x '' y" })
        {
            var passage = new Passage(System.Text.Encoding.UTF8.GetBytes(text), "it", 0);
            var atoms = new HashSet<ulong>();
            List<Gram> grams = [];
            view.Atoms(passage, atoms);
            view.Grams(passage, grams);
            Assert.Equal(atoms.Order(), grams.Select(g => g.Atom).Distinct().Order());
            Assert.All(grams, g => Assert.InRange(g.Start + g.Length, g.Start + 1, passage.Length));
        }
    }

    [Fact]
    public void A_word_stands_where_its_letters_do()
    {
        List<Gram> grams = [];
        const string text = "x 'don’t' stop, y ";
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        ((IGramView)TextViews.Parse("words:2")).Grams(new Passage(bytes, "it", 0), grams);
        Assert.Equal(["don’t' stop", "stop, y"], grams.Select(g => System.Text.Encoding.UTF8.GetString(bytes, g.Start, g.Length)));
    }

    private static RowReading Read(string sample, string view) =>
        Open(view).Read("it", new Said(), [[new Passage(System.Text.Encoding.UTF8.GetBytes(sample), "it, sample 0", 0)]], true, null, Cancel);

    private static ICloseReader<Passage> Open(string view) => new TextReading(threads: 2, new ExtractionPlan()).Open(
        new RealItems<Passage>(Texts(Known, 8).Entries, Texts(HeldOut, 8).Entries, Texts(HeldOut, 4).Entries), TextViews.Parse(view), null, Cancel);

    private static TextList Texts(string text, int times) => new(300, string.Concat(Enumerable.Repeat(text, times)));

    private sealed class Said : ICompressed<Passage>
    {
        public long? DescriptionBytes => null;
    }
}
