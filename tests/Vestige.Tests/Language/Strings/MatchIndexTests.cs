using System.Text;
using Vestige.Language;
using Vestige.Language.Strings;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Strings;

public sealed class MatchIndexTests
{
    [Fact]
    public void The_longest_match_from_each_position_is_found_with_its_place()
    {
        MatchIndex index = Index("the cat sat", "on the mat");
        (int[] lengths, (string, long)[] sources) = Match(index, "the mats at");
        Assert.Equal([7, 6, 5, 4, 3, 2, 1, 1, 1, 2, 1], lengths);
        Assert.Equal(("document 1", 3), sources[0]);
        Assert.Equal(("document 1", 7), sources[4]);
    }

    [Fact]
    public void No_match_crosses_from_one_document_into_the_next_and_none_holds_a_zero_byte()
    {
        MatchIndex index = Index("abc", "def", "", "x\0y");
        Assert.Equal([3, 2, 1, 3, 2, 1], Match(index, "abcdef").Lengths);
        Assert.Equal([1, 0, 1, 0], Match(index, "x\0y\0").Lengths);
        Assert.Equal([3, 2, 1, 0, 3, 2, 1], Match(index, "abc\0def").Lengths);
    }

    [Fact]
    public void In_no_text_nothing_is_found()
    {
        Assert.Equal([0, 0, 0], Match(Index(), "abc").Lengths);
        Assert.Equal([0], Match(Index("", ""), "a").Lengths);
        Assert.Empty(Match(Index("abc"), "").Lengths);
    }

    /// <summary>The judge looks everywhere.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(256)]
    public void Matches_are_those_that_a_search_of_every_place_finds(int symbols)
    {
        var rng = new Rng((ulong)symbols);
        string Draw(int most) => string.Concat(Enumerable.Range(0, rng.NextInt(most)).Select(_ => (char)(rng.NextInt(symbols) * 255 / (symbols - 1))));
        for (int round = 0; round < 200; round++)
        {
            string[] documents = [.. Enumerable.Range(0, rng.NextInt(4)).Select(_ => Draw(60))];
            // Half of it quoted.
            string query = Draw(20) + (documents.Length > 0 ? documents[0][(documents[0].Length / 2)..] : "") + Draw(20);
            (int[] lengths, (string Document, long Offset)[] sources) = Match(Index(documents), query);
            for (int i = 0; i < query.Length; i++)
            {
                int longest = 0;
                while (i + longest < query.Length && query[i + longest] != 0
                    && documents.Any(d => d.AsSpan().IndexOf(query.AsSpan(i, longest + 1), StringComparison.Ordinal) >= 0)) longest++;
                Assert.Equal(longest, lengths[i]);
                if (longest == 0) continue;
                string source = documents[int.Parse(sources[i].Document["document ".Length..], System.Globalization.CultureInfo.InvariantCulture)];
                Assert.Equal(query.AsSpan(i, longest), source.AsSpan((int)sources[i].Offset, longest));
            }
        }
    }

    private static MatchIndex Index(params string[] documents) =>
        new(documents.Select((text, i) => new DocumentText($"document {i}", 0, Encoding.Latin1.GetBytes(text))));

    private static (int[] Lengths, (string Document, long Offset)[] Sources) Match(MatchIndex index, string query)
    {
        int[] lengths = new int[query.Length], places = new int[query.Length];
        index.Match(Encoding.Latin1.GetBytes(query), lengths, places);
        return (lengths, [.. places.Select((place, i) => lengths[i] > 0 ? index.Places.Find(place) : ("", 0))]);
    }
}
