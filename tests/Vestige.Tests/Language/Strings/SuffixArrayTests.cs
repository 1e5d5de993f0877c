using System.Text;
using Vestige.Language.Strings;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Strings;

public sealed class SuffixArrayTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("ba")]
    [InlineData("banana")]
    [InlineData("mississippi")]
    [InlineData("abracadabra")]
    [InlineData("\0\0\0\0a\0\0")]
    [InlineData("ÿþýÿþýÿ\0ÿ")]
    public void Short_texts_are_sorted(string text) => Check(Encoding.Latin1.GetBytes(text));

    /// <summary>Every string of a length over one, two and three symbols, as far as there are not too many.</summary>
    [Fact]
    public void All_strings_over_few_symbols_are_sorted()
    {
        foreach ((int symbols, int longest) in new[] { (1, 40), (2, 12), (3, 8) })
        {
            for (int length = 0; length <= longest; length++)
            {
                byte[] text = new byte[length];
                do Check(text);
                while (Next(text, symbols));
            }
        }
    }

    [Fact]
    public void Random_strings_of_every_length_are_sorted_over_small_and_large_alphabets()
    {
        var rng = new Rng(1);
        for (int length = 0; length <= 300; length++)
        {
            foreach (int symbols in new[] { 2, 3, 4, 20, 256 })
            {
                byte[] text = new byte[length];
                for (int i = 0; i < length; i++) text[i] = (byte)(rng.NextInt(symbols) * (255 / (symbols - 1)));
                Check(text);
            }
        }
    }

    [Fact]
    public void Periodic_strings_of_every_length_are_sorted()
    {
        foreach (string period in new[] { "a", "ab", "ba", "aab", "abb", "abc", "cba", "abaab", "aaaaaaab", "abcabd" })
            for (int length = 0; length <= 300; length++)
                Check([.. Enumerable.Range(0, length).Select(i => (byte)period[i % period.Length])]);
    }

    [Fact]
    public void Strings_that_are_hard_for_sorters_are_sorted()
    {
        // Fibonacci words and their images, Thue-Morse words, powers of a word, a run broken once at each place.
        (string a, string b) = ("b", "a");
        while (b.Length < 3000)
        {
            Check(Encoding.ASCII.GetBytes(b));
            Check(Encoding.ASCII.GetBytes(string.Concat(b.Reverse())));
            Check(Encoding.ASCII.GetBytes(b.Replace('a', 'c')));
            (a, b) = (b, b + a);
        }
        Check([.. Enumerable.Range(0, 4096).Select(i => (byte)(System.Numerics.BitOperations.PopCount((uint)i) & 1))]);
        for (int at = 0; at <= 100; at += 5)
        {
            byte[] run = new byte[101];
            Array.Fill(run, (byte)'m');
            foreach (byte other in "az"u8)
            {
                run[at] = other;
                Check(run);
            }
        }
    }

    /// <summary>Long enough for several levels of names, and for both ways to sort them.</summary>
    [Fact]
    public void Longer_texts_are_sorted()
    {
        var rng = new Rng(2);
        string[] words = [.. Enumerable.Range(0, 200).Select(_ => string.Concat(Enumerable.Range(0, 1 + rng.NextInt(8)).Select(_ => (char)('a' + rng.NextInt(20)))))];
        Check(Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, 8000).Select(_ => words[rng.NextInt(1 + rng.NextInt(200))]))));
        byte[] bytes = new byte[40_000];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)rng.Next();
        Check(bytes);
        // Repeated once: every suffix of the first half is told from one of the second at the very end.
        Check([.. bytes[..3000], .. bytes[..3000]]);
    }

    /// <summary>Both ways to sort substrings on the same strings of names, whichever the sorter would have chosen.</summary>
    [Fact]
    public void Both_ways_to_name_substrings_give_the_same_names()
    {
        var rng = new Rng(3);
        for (int round = 0; round < 2000; round++)
        {
            int symbols = 1 + rng.NextInt(12), length = 2 + rng.NextInt(80);
            int[] text = new int[length];
            for (int i = 0; i < length; i++) text[i] = rng.NextInt(symbols);
            (int names, int[] ranks) = Named(text, symbols, quick: true);
            (int Names, int[] Result) plain = Named(text, symbols, quick: false);
            Assert.Equal(plain.Names, names);
            Assert.Equal(plain.Result, ranks);
        }
    }

    private static (int Names, int[] Result) Named(int[] text, int symbols, bool quick)
    {
        int[] suffixes = new int[text.Length];
        int m = SuffixSorter.GatherLms(new NameSymbols(text), suffixes);
        if (m < 2) return (0, []);
        int names = quick
            ? SubstringSorter.Sort(new NameSymbols(text), symbols, suffixes, m)
            : PlainSubstringSorter.Sort(new NameSymbols(text), symbols, suffixes, m);
        return (names, names == m ? suffixes[..m] : suffixes[^m..]);
    }

    private static bool Next(byte[] text, int symbols)
    {
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (++text[i] < symbols) return true;
            text[i] = 0;
        }
        return false;
    }

    private static void Check(byte[] text)
    {
        int[] expected = [.. Enumerable.Range(0, text.Length)];
        Array.Sort(expected, (a, b) => text.AsSpan(a).SequenceCompareTo(text.AsSpan(b)));
        Assert.Equal(expected, SuffixArray.Of(text));
    }
}
