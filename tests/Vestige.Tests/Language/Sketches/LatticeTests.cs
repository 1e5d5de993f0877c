using System.Text;
using Vestige.Language.Sketches;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Sketches;

/// <summary>Fillings against all that there are: of so few pieces that each place has all of them proposed.</summary>
public sealed class LatticeTests
{
    private static readonly Vocabulary s_vocabulary = new([.. new[] { " a", " b", " c", " d", " e" }.Select(Encoding.ASCII.GetBytes)]);
    private static readonly TrigramCounts s_counts = Counts();
    private static readonly Trigrams s_model = new(s_counts, null);
    private static readonly Company s_nothing = new([], s_counts.Ones, 0);

    // Known pieces as letters, gaps as underscores.
    [Theory]
    [InlineData("a__d", true)]
    [InlineData("_b_e__", true)]
    [InlineData("___", true)]
    [InlineData("a_d", false)]
    [InlineData("_c", false)]
    [InlineData("abcde", true)]
    [InlineData("", true)]
    public void TheMostProbableFillingIsTheBestOfAll(string sketch, bool exact)
    {
        int[] found = new Lattice(s_model, s_nothing, s_vocabulary, Places(sketch), exact).MostProbable();
        double best = All(sketch, exact).Max(Probability);
        // Sums of the same terms in another order.
        Assert.Equal(best, Probability(found), best * 1e-9);
    }

    [Theory]
    [InlineData("a__d", true)]
    [InlineData("_c", false)]
    public void FillingsAreDrawnAsOftenAsTheyAreProbable(string sketch, bool exact)
    {
        const int draws = 20_000;
        var lattice = new Lattice(s_model, s_nothing, s_vocabulary, Places(sketch), exact);
        Dictionary<string, int> counts = [];
        var rng = new Rng(5);
        for (int i = 0; i < draws; i++)
        {
            string text = string.Join(' ', lattice.Draw(ref rng));
            counts[text] = counts.GetValueOrDefault(text) + 1;
        }
        (string Text, double P)[] all = [.. All(sketch, exact).Select(text => (string.Join(' ', text), Probability(text)))];
        double total = all.Sum(text => text.P);
        foreach ((string text, double p) in all.OrderByDescending(text => text.P).Take(8))
        {
            double share = p / total, seen = (double)counts.GetValueOrDefault(text) / draws;
            // Five standard errors: of 16 comparisons none is out by chance.
            Assert.Equal(share, seen, 5 * Math.Sqrt(share * (1 - share) / draws));
        }
    }

    [Fact]
    public void WhatKeepsCompanyIsMoreLikelyBesideIt()
    {
        int a = Number('a'), e = Number('e'), d = Number('d');
        ulong pair = ((ulong)a << 32) | (uint)e;
        var company = new Company([(pair, 200)], s_counts.Ones, 1000);
        Assert.True(company.Weight(e, [a]) > 1);
        Assert.True(company.Weight(d, [a]) < 1);
        double mean = s_counts.Ones.Select((count, symbol) => count * company.Weight(symbol, [a])).Sum() / s_counts.Ones.Sum();
        Assert.Equal(1, mean, 1e-9);
    }

    [Fact]
    public void ProbabilitiesAddUpToOneBehindAnything()
    {
        foreach (int first in Enumerable.Range(0, s_vocabulary.Count))
        {
            foreach (int second in Enumerable.Range(0, s_vocabulary.Count))
            {
                Assert.Equal(1, Enumerable.Range(0, s_vocabulary.Count).Sum(symbol => s_model.Three(first, second, symbol)), 1e-9);
                Cumulative all = s_model.Behind(first, second);
                for (int symbol = 0; symbol < s_vocabulary.Count; symbol++)
                {
                    uint frequency = all.Below(symbol + 1) - all.Below(symbol);
                    // A unit for every symbol, and one for rounding at either end.
                    Assert.Equal(s_model.Three(first, second, symbol), frequency / (double)Cumulative.Total, (s_vocabulary.Count + 3.0) / Cumulative.Total);
                    Assert.Equal(symbol, all.At(all.Below(symbol)));
                    Assert.Equal(symbol, all.At(all.Below(symbol + 1) - 1));
                }
            }
        }
    }

    private static int Number(char letter) => s_vocabulary.NumberOf(Encoding.ASCII.GetBytes(" " + letter));

    private static Known?[] Places(string sketch) => [.. sketch.Select(c => c == '_' ? (Known?)null : s_vocabulary.Known[Number(c)])];

    /// <summary>Two documents of random words that like their right neighbours.</summary>
    private static TrigramCounts Counts()
    {
        var rng = new Rng(11);
        var texts = new List<(int[], int)>();
        for (int document = 0; document < 2; document++)
        {
            for (int text = 0; text < 60; text++)
            {
                int[] symbols = new int[6];
                for (int i = 0; i < symbols.Length; i++)
                    symbols[i] = Vocabulary.First + (i > 0 && rng.NextInt(2) == 0 ? (symbols[i - 1] - Vocabulary.First + 1) % 5 : rng.NextInt(5));
                texts.Add((symbols, document));
            }
        }
        return TrigramCounts.Of(texts, s_vocabulary.Count);
    }

    private static double Probability(int[] text)
    {
        double p = 1;
        (int first, int second) = (Vocabulary.Start, Vocabulary.Start);
        foreach (int symbol in text.Append(Vocabulary.End))
        {
            p *= s_model.Three(first, second, symbol);
            (first, second) = (second, symbol);
        }
        return p;
    }

    private static IEnumerable<int[]> All(string sketch, bool exact)
    {
        int[] every = [.. Enumerable.Range(Vocabulary.First, 5)];
        IEnumerable<int[]> texts = [[]];
        foreach (char c in sketch)
        {
            List<int[]> parts = c == '_' ? [.. every.Select(piece => new[] { piece })] : [[Number(c)]];
            for (int from = 0; c == '_' && !exact && parts[^1].Length < Lattice.LongestFilling;)
            {
                int to = parts.Count;
                for (; from < to; from++) parts.AddRange(every.Select(piece => (int[])[.. parts[from], piece]));
            }
            texts = [.. texts.SelectMany(text => parts.Select(part => (int[])[.. text, .. part]))];
        }
        return texts;
    }
}
