using System.Text;
using Vestige.Copies;
using Vestige.Language;
using Vestige.Language.Strings;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Strings;

public sealed class NearTextsTests
{
    private static readonly string[] s_words = Vocabulary();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is done to copies, and how much of them must still be found: one word in eight is hit by a letter in 45.</summary>
    [Theory]
    [InlineData("same", 1)]
    [InlineData("upper case", 1)]
    [InlineData("curly quotes", 1)]
    [InlineData("unwrapped", 1)]
    [InlineData("a byte in 4 kB", 0.999)]
    [InlineData("a letter in 45", 0.95)]
    public void Copies_are_found_whatever_was_done_to_them(string how, double least)
    {
        INearIndex<Passage> index = Index(new RunTable());
        for (int i = 0; i < 20; i++)
        {
            NearMatch match = index.Find([Passage(Change(Document(i), how))]);
            Assert.InRange(match.Share, least, 1);
            Assert.Equal($"document {i}", match.Of);
            Assert.True(match.IsCopy);
            Assert.All(match.Spans, span => Assert.Equal($"document {i}", span.Source));
        }
    }

    [Fact]
    public void Fresh_text_of_the_same_words_has_no_copies()
    {
        INearIndex<Passage> index = Index(new RunTable());
        for (int i = 100; i < 140; i++) Assert.Equal((0, null), (index.Find([Passage(Document(i))]) is var match ? (match.Share, match.Of) : default));
    }

    [Fact]
    public void A_quotation_is_found_with_its_place_and_the_rest_is_not()
    {
        string source = Document(7), quoted = string.Join(' ', source.Split(' ')[100..130]);
        NearMatch match = Index(new RunTable()).Find([Passage(Document(200) + " " + quoted.ToUpperInvariant() + " " + Document(201))]);
        NearSpan span = Assert.Single(match.Spans);
        Assert.Equal(quoted.ToUpperInvariant().Trim('"', ',', '\n'), span.Text);
        Assert.Equal(("document 7", 1.0), (span.Source, span.Similarity));
        Assert.Equal(source.IndexOf(quoted, StringComparison.Ordinal), span.SourceOffset, tolerance: 1.0);
        Assert.Equal(30.0 / 830, match.Share, 0.002);
        Assert.False(match.IsCopy);
    }

    /// <summary>12 words are no copy and 13 are; of a text of 12 nothing can be told.</summary>
    [Fact]
    public void Copies_begin_at_thirteen_words()
    {
        INearIndex<Passage> index = Index(new RunTable());
        string[] words = Document(3).Split(' ');
        Assert.Equal(0, index.Find([Passage(Document(300) + " " + string.Join(' ', words[50..62]) + " " + Document(301))]).Share);
        Assert.True(index.Find([Passage(Document(300) + " " + string.Join(' ', words[50..63]) + " " + Document(301))]).Share > 0);
        NearMatch unknown = index.Find([Passage(string.Join(' ', words[50..62]))]);
        Assert.Equal((0, 0), (unknown.Share, unknown.Length));
    }

    /// <summary>A table that is 16 times too small keeps one run in 16 or 32, of all documents, and finds whole copies all the same.</summary>
    [Fact]
    public void Where_memory_is_short_whole_copies_are_still_found()
    {
        var table = new RunTable(most: 500);
        INearIndex<Passage> index = Index(table);
        Assert.InRange(table.Level, 4, 6);
        int found = Enumerable.Range(0, 20).Count(i => index.Find([Passage(Change(Document(i), "upper case"))]) is { IsCopy: true } match && match.Of == $"document {i}");
        Assert.InRange(found, 19, 20);
        Assert.All(Enumerable.Range(100, 40), i => Assert.Equal(0, index.Find([Passage(Document(i))]).Share));
    }

    [Fact]
    public void Sections_of_a_document_are_one_text_again_in_whatever_order_they_were_dealt()
    {
        byte[] text = Encoding.UTF8.GetBytes(Document(0));
        Passage[] cut = [.. Enumerable.Range(0, text.Length / 500).Select(i => new Passage(text.AsMemory(500 * i, 500), "book", 500 * i)).Reverse()];
        var source = new PassageList([.. cut.Reverse()]);
        DocumentText joined = Assert.Single(DocumentText.Joined([.. source.Entries.Reverse()], 1 << 20));
        Assert.Equal(text[..(text.Length / 500 * 500)], joined.Bytes.ToArray());
        INearIndex<Passage> index = NearTexts.Index([.. source.Entries.Reverse()], new RunTable(), null, Cancel);
        Assert.InRange(index.Find([new Passage(text.AsMemory(0, text.Length / 500 * 500), "copy", 0)]).Share, 0.999, 1);
    }

    /// <summary>Twenty documents.</summary>
    private static INearIndex<Passage> Index(RunTable table) =>
        NearTexts.Index(new PassageList([.. Enumerable.Range(0, 20).Select(i
            => new Passage(Encoding.UTF8.GetBytes(Document(i)), $"document {i}", 0))]).Entries, table, null, Cancel);

    private static Passage Passage(string text) => new(Encoding.UTF8.GetBytes(text), "sample", 0);

    /// <summary>400 words with quotes and line ends; words by rank, as in texts.</summary>
    private static string Document(int number)
    {
        var rng = new Rng((ulong)number);
        var text = new StringBuilder();
        for (int i = 0; i < 400; i++)
        {
            string word = s_words[(int)(s_words.Length * Math.Pow(rng.NextDouble(), 3))];
            text.Append(i % 29 == 5 ? $"\"don't {word},\"" : word).Append(i == 399 ? "" : i % 12 == 11 ? "\n" : " ");
        }
        return text.Replace("\n", " \n").ToString();
    }

    private static string Change(string text, string how)
    {
        var rng = new Rng(9);
        return how switch
        {
            "upper case" => text.ToUpperInvariant(),
            "curly quotes" => text.Replace('\'', '’').Replace('"', '”'),
            "unwrapped" => text.Replace(" \n", " ", StringComparison.Ordinal),
            "a byte in 4 kB" => string.Concat(text.Select((c, i) => i % 4096 == 1000 ? '#' : c)),
            "a letter in 45" => string.Concat(text.Select((c, i) => i % 45 == 20 && char.IsLetter(c) ? (char)('a' + rng.NextInt(26)) : c)),
            _ => text,
        };
    }

    private static string[] Vocabulary()
    {
        var rng = new Rng(1);
        return [.. Enumerable.Range(0, 3000).Select(_ => string.Concat(Enumerable.Range(0, 2 + rng.NextInt(7)).Select(_ => (char)('a' + rng.NextInt(26)))))];
    }
}
