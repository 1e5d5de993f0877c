using System.Text;
using System.Text.RegularExpressions;
using Vestige.Language;
using Vestige.Language.Views;
using Vestige.Numerics;
using Vestige.Specs;
using Vestige.Views;

namespace Vestige.Tests.Language.Views;

public sealed class TextViewTests
{
    [Fact]
    public void Characters_up_to_eight_are_atoms_themselves()
    {
        Assert.Equal([0x6162UL, 0x6263UL], Atoms("chars:2", "abcbc"u8.ToArray()).Order().Where(a => a != 0x6362));
        Assert.Equal([0x4142434445464748UL], Atoms("chars:8", "ABCDEFGH"u8.ToArray()));
        Assert.Equal([0UL, 255UL], Atoms("chars:1", [0, 255, 0]).Order());
    }

    /// <summary>The judge compares strings: as many atoms as there are different strings, and the same atom for the same string elsewhere.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    public void Different_strings_are_different_atoms_and_equal_ones_are_equal(int n)
    {
        var rng = new Rng(3);
        byte[] text = new byte[600];
        // Zeros among few letters: a hash that loses its length or its trailing zeros would merge some of them.
        for (int i = 0; i < text.Length; i++) text[i] = (byte)rng.NextInt(2);
        HashSet<string> strings = [];
        Dictionary<string, ulong> atoms = [];
        for (int i = 0; i + n <= text.Length; i++)
        {
            string gram = Convert.ToHexString(text, i, n);
            strings.Add(gram);
            ulong atom = Assert.Single(Atoms($"chars:{n}", text[i..(i + n)]));
            Assert.Equal(atom, atoms.TryAdd(gram, atom) ? atom : atoms[gram]);
        }
        Assert.Equal(strings.Count, atoms.Values.Distinct().Count());
        Assert.Equal(atoms.Values.Order(), Atoms($"chars:{n}", text).Order());
    }

    [Fact]
    public void A_passage_shorter_than_the_order_has_no_atoms()
    {
        foreach (string view in new[] { "chars:4", "chars:9", "words:2" }) Assert.Empty(Atoms(view, "abc"u8.ToArray()));
    }

    [Theory]
    [InlineData("xx the cat xx", "The CAT")]
    [InlineData("xx don't xx", "DON’T")]
    [InlineData("xx 'quoted words' xx", "quoted, words")]
    [InlineData("xx ''' and xx", "and")]
    [InlineData("xx ÉTÉ ñandú 1904 xx", "été — Ñandú\n1904")]
    public void Words_are_the_same_whatever_their_case_quotes_and_what_stands_between_them(string one, string other)
    {
        foreach (string view in new[] { "words:1", "words:2", "words:3" })
            Assert.Equal(Atoms(view, Encoding.UTF8.GetBytes(one)), Atoms(view, Encoding.UTF8.GetBytes($"- {other}.")));
    }

    [Fact]
    public void Words_in_another_order_are_other_atoms()
    {
        Assert.Equal(Words(1, " a b "), Words(1, " b a "));
        Assert.Empty(Words(2, " a b ").Intersect(Words(2, " b a ")));
        Assert.Empty(Words(1, " ab c ").Intersect(Words(1, " a bc ")));
    }

    [Fact]
    public void Words_that_the_passage_may_have_cut_are_left_out()
    {
        Assert.Equal(Words(1, " one two "), Words(1, "cut one two cut"));
        Assert.Empty(Words(1, "alone"));
        // é cut in two at both ends.
        Assert.Equal(Words(1, " one "), Atoms("words:1", [0xA9, (byte)'t', .. " one "u8, (byte)'t', 0xC3]));
    }

    [Fact]
    public void A_word_with_a_broken_character_is_a_word_that_nobody_wrote()
    {
        HashSet<ulong> broken = Atoms("words:1", [.. " caf"u8, 0xC3, .. "s "u8]);
        Assert.Single(broken);
        Assert.Empty(broken.Intersect(Words(1, " caf cafs cafés s ")));
    }

    /// <summary>The judge is a regular expression over random English-like text.</summary>
    [Fact]
    public void Words_are_those_that_a_regular_expression_finds()
    {
        var rng = new Rng(5);
        const string letters = "aB1'’ -.éÉ\n";
        for (int round = 0; round < 500; round++)
        {
            string text = string.Concat(Enumerable.Range(0, 40).Select(_ => letters[rng.NextInt(letters.Length)]));
            string folded = text.Replace('’', '\'').ToLowerInvariant();
            HashSet<string> words = [];
            foreach (Match match in Regex.Matches(folded, @"[\p{L}\p{N}']+"))
            {
                string word = match.Value.Trim('\'');
                if (match.Index > 0 && match.Index + match.Length < text.Length && word.Length > 0) words.Add(word);
            }
            Assert.Equal(words.SelectMany(w => Words(1, $" {w} ")).ToHashSet(), Words(1, text));
        }
    }

    /// <summary>A character is what a reader counts: letters of several bytes, with accents set on them, emoji that are put together.</summary>
    [Theory]
    [InlineData("日本語の", 4)]
    [InlineData("naïve", 5)]
    [InlineData("e\u0301t\u0301e\u0301", 3)]
    [InlineData("कि", 1)]
    [InlineData("👩‍👩‍👧👍🏽!", 3)]
    [InlineData("привет", 6)]
    public void Characters_are_those_of_Unicode(string text, int characters)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Single(Atoms($"chars:{characters}", bytes));
        Assert.Empty(Atoms($"chars:{characters + 1}", bytes));
    }

    [Fact]
    public void A_character_that_the_passage_cuts_is_left_out_and_a_byte_that_is_none_is_one_by_itself()
    {
        byte[] text = Encoding.UTF8.GetBytes("日本語");
        Assert.Equal(Atoms("chars:1", "本"u8.ToArray()), Atoms("chars:1", text[1..^1]));
        Assert.Equal(3, Atoms("chars:1", [.. "a"u8, 0xFF, .. "b"u8]).Count);
    }

    /// <summary>In scripts without spaces a clause is no word.</summary>
    [Theory]
    [InlineData("我们都是人", 5)]
    [InlineData("ไทย", 3)]
    [InlineData("カタカナ", 1)]
    [InlineData("これは本です", 6)]
    [InlineData("한국어 문장", 2)]
    [InlineData("GPT是模型", 4)]
    public void Words_are_cut_as_the_script_has_them(string text, int words)
    {
        List<ulong> read = [];
        List<(int Start, int End)> places = [];
        Vestige.Language.Views.Words.Read(Encoding.UTF8.GetBytes(text), read, places, whole: true);
        Assert.Equal(words, read.Count);
        Assert.Equal(words, places.Count);
        // Nothing is lost at the ends of a passage that are no ends of words only by chance.
        Assert.Equal(words, Words(1, $" {text} ").Count);
    }

    [Fact]
    public void A_passage_is_one_atom()
    {
        Assert.Equal(Atoms("passages", "abc"u8.ToArray()), Atoms("passages", "abc"u8.ToArray()));
        Assert.Empty(Atoms("passages", "abc"u8.ToArray()).Intersect(Atoms("passages", "abd"u8.ToArray())));
        Assert.Empty(Atoms("passages", [1]).Intersect(Atoms("passages", [1, 0])));
    }

    [Theory]
    [InlineData("chars")]
    [InlineData("chars:0")]
    [InlineData("chars:257")]
    [InlineData("chars:x")]
    [InlineData("words:-1")]
    [InlineData("words:17")]
    [InlineData("passages:2")]
    [InlineData("texture")]
    [InlineData("")]
    public void A_view_that_does_not_exist_is_refused_with_what_does(string text)
    {
        SpecException error = Assert.Throws<SpecException>(() => TextViews.Parse(text));
        Assert.StartsWith($"\"{text}\": ", error.Message, StringComparison.Ordinal);
        Assert.Contains("1..", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_is_named_as_it_is_written()
    {
        Assert.All(TextViews.Default, view => Assert.Equal(view.Name, TextViews.Parse(view.Name).Name));
        Assert.All(TextViews.Default, view => Assert.True(view.Splits));
        Assert.Equal(["word", "word pair", "3-word phrase"], new[] { "words:1", "words:2", "words:3" }.Select(v => TextViews.Parse(v).Element));
        Assert.Equal("8-character string", TextViews.Parse("chars:8").Element);
    }

    private static HashSet<ulong> Words(int n, string text) => Atoms($"words:{n}", Encoding.UTF8.GetBytes(text));

    private static HashSet<ulong> Atoms(string view, byte[] text)
    {
        HashSet<ulong> atoms = [];
        IAtomView<Passage> parsed = TextViews.Parse(view);
        parsed.Atoms(new Passage(text, "test", 0), atoms);
        return atoms;
    }
}
