using System.Text;
using Vestige.Language;
using Vestige.Language.Worlds;
using Vestige.Numerics;
using Vestige.Tests.Core.Worlds;

namespace Vestige.Tests.Language.Worlds;

public sealed class FactsTests
{
    private static readonly Facts s_facts = new(new FactsOptions(), 1);

    private static Passage Said(string text) => new(Encoding.ASCII.GetBytes(text), "", 0);

    [Fact]
    public void About_four_thousand_sentences_are_true_at_the_default_size()
    {
        Assert.InRange(s_facts.Sentences.Length, 3500, 4500);
        Assert.Equal(s_facts.Sentences.Length * 12, s_facts.WellFormed.Count);
        // A sum of 4,096 doubles near 1/4096 is 1 to 4,096 half units in the last place.
        Assert.Equal(1, s_facts.Probabilities.Sum(), 1e-12);
        Assert.Equal(s_facts.Probabilities.OrderDescending(), s_facts.Probabilities);
    }

    [Fact]
    public void Sentences_are_drawn_as_p_says()
    {
        long[] counts = new long[s_facts.Sentences.Length];
        var rng = new Rng(5);
        for (int i = 0; i < 200_000; i++) counts[s_facts.Draw(ref rng)]++;
        Statistics.AssertFollow(counts, s_facts.Probabilities);
    }

    [Fact]
    public void Every_sentence_that_can_be_said_is_true_or_confabulated_and_read_in_one_way()
    {
        int[] numbers = [.. s_facts.WellFormed.Texts.Select(text => s_facts.NumberOf(new Passage(text, "", 0)))];
        Assert.Equal(s_facts.NumberOfWellFormed, numbers);
        Assert.Equal(Enumerable.Range(0, s_facts.Sentences.Length), numbers.Where(number => number >= 0).Order());
        Assert.All(numbers.Where(number => number < 0), number => Assert.Equal(~Facts.Confabulated, number));
    }

    [Fact]
    public void All_phrasings_of_a_fact_say_the_same()
    {
        for (int number = 0; number < s_facts.Sentences.Length; number++)
        {
            int relation = s_facts.FactOf[number] % FactsGrammar.Relations.Length;
            string[] Said(int at) => [.. FactsGrammar.Relations[relation].Values.Where(value => s_facts.Sentences[at].ToString().Contains(value, StringComparison.Ordinal))];
            int first = s_facts.FactOf[number] * s_facts.Options.Phrasings;
            // "ham" is in no other word of its relation's phrasings, and so on: at least the true value is common to all.
            Assert.NotEmpty(Said(number).Intersect(Said(first)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("Nobody Nowhere was born in Oslo.\n")]
    [InlineData("was born in Oslo.\n")]
    public void What_is_no_sentence_of_the_world_is_garbled(string text) => Assert.Equal(~Facts.Garbled, s_facts.NumberOf(Said(text)));

    [Fact]
    public void A_sentence_without_its_end_is_garbled_and_what_follows_its_end_does_not_count()
    {
        string sentence = s_facts.Sentences[7].ToString();
        Assert.Equal(~Facts.Garbled, s_facts.NumberOf(Said(sentence.TrimEnd('\n'))));
        Assert.Equal(7, s_facts.NumberOf(Said(sentence + "Ada")));
    }

    [Fact]
    public void The_seed_draws_names_and_facts()
    {
        var small = new FactsOptions(people: 9, values: 4);
        string[] Of(ulong seed) => [.. new Facts(small, seed).Sentences.Select(sentence => sentence.ToString())];
        Assert.Equal(Of(3), Of(3));
        Assert.NotEqual(Of(3), Of(4));
    }

    [Fact]
    public void Every_size_that_is_allowed_has_different_names()
    {
        foreach (int people in new[] { 2, 7, 63, 257, 960 })
            Assert.Equal(people, new Facts(new FactsOptions(people, relations: 1, phrasings: 1, values: 2), 1).Sentences.Length);
    }

    [Fact]
    public void A_world_too_large_to_enumerate_names_the_limit()
    {
        Statistics.AssertRefused("500000 can be enumerated", () => new FactsOptions(people: 960, relations: 8, phrasings: 8, values: 16));
        Statistics.AssertRefused("people (people, by Zipf's law) takes a whole number from 2 to 960", () => new FactsOptions(people: 961));
        Assert.Equal("world:facts:people=50", new FactsOptions(people: 50).Name);
        Assert.Equal(FactsOptions.Table.Owner, new FactsOptions().Name);
    }
}
