using System.Text.Json;
using Vestige.Figures;
using Vestige.Language;
using Vestige.Language.Strings;
using Vestige.Numerics;
using Vestige.Results;

namespace Vestige.Tests.Language.Strings;

public sealed class CopyIndexTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void T_itself_is_all_copied_and_text_over_other_letters_is_not()
    {
        var training = new TextList(200, [.. Enumerable.Range(0, 10).Select(i => Letters((ulong)i, 1000, 'a'))]);
        CopyIndex index = CopyIndex.Of(training.Entries, threads: 2);
        CopyReport itself = index.Measure(training.Passages, null, Cancel);
        Assert.Equal(1, itself.Copied.Value);
        Assert.Equal((1, 1), (itself.Copied.Low, itself.Copied.High));
        // Passages that follow each other are one text again: the longest match is all of it.
        Assert.Equal(1000, itself.LongestMatch);
        // From the last character of a text only one is left: the mean of 1000, 999, …, 1.
        Assert.Equal(500.5, itself.MeanMatch);
        Assert.Equal(1 - (49 / 1000.0), itself.Matches.Single(m => m.Length == 50).Share, 15);

        CopyReport other = index.Measure(new TextList(200, Letters(1, 1000, 'A')).Passages, null, Cancel);
        Assert.Equal((0, 0, 0), (other.Copied.Value, other.MeanMatch, other.LongestMatch));
        Assert.Empty(other.LongestCopies);
        Assert.All(other.Matches, match => Assert.Equal(0, match.Share));
    }

    /// <summary>60 and 80 bytes of T in 1,000 others, and 49, which are too few; the 80 twice in overlapping passages of T.</summary>
    [Fact]
    public void Copied_bytes_are_those_in_long_matches_and_the_longest_are_quoted_with_their_source()
    {
        string known = Letters(3, 400, 'a');
        CopyIndex index = CopyIndex.Of(new TextList(100, known).Entries, threads: 2);
        string Other(int length) => Letters(5, length, 'A');
        string sample = Other(100) + known[150..210] + Other(140) + known[20..100] + Other(120) + known[300..349] + Other(251);
        CopyReport report = index.Measure(new TextList(400, sample).Passages, null, Cancel);
        Assert.Equal(800, report.Bytes);
        Assert.Equal((60 + 80) / 800.0, report.Copied.Value!.Value, 15);
        Assert.Equal(
        [
            new Copy(known[20..100], 80, "document 0", 300, "document 0", 20),
            new Copy(known[150..210], 60, "document 0", 100, "document 0", 150),
        ], report.LongestCopies);
        Assert.Equal(80, report.LongestMatch);
        // One document: no interval.
        Assert.Null(report.Copied.Low);
        Assert.Equal(report.LongestCopies, JsonSerializer.Deserialize<CopyReport>(JsonSerializer.Serialize(report))!.LongestCopies);
    }

    [Fact]
    public void The_five_longest_copies_are_of_different_texts_and_do_not_overlap()
    {
        string known = Letters(3, 700, 'a');
        CopyIndex index = CopyIndex.Of(new TextList(100, known).Entries, threads: 2);
        string[] samples = [.. Enumerable.Range(0, 8).Select(i => known[(80 * i)..((80 * i) + 60 + i)].PadRight(100, 'Z'))];
        // The longest once more, and one that T has in two overlapping parts.
        samples = [.. samples, samples[7], "Z" + (known[500..560] + known[540..580]).PadRight(99, 'Z')];
        CopyReport report = index.Measure(new TextList(100, samples).Passages, null, Cancel);
        Assert.Equal([67, 66, 65, 64, 63], report.LongestCopies.Select(copy => copy.Length));
        Assert.Equal(5, report.LongestCopies.Select(copy => copy.Text).Distinct().Count());
    }

    /// <summary>50 characters of Chinese are 150 bytes; 49 are under the threshold, though they are 147.</summary>
    [Fact]
    public void Lengths_are_characters_and_none_is_torn_apart()
    {
        string Han(ulong seed, int length)
        {
            var rng = new Rng(seed);
            return string.Concat(Enumerable.Range(0, length).Select(_ => (char)(0x4E00 + rng.NextInt(5000))));
        }

        string known = Han(1, 300);
        CopyIndex index = CopyIndex.Of([Text(known)], threads: 1);
        CopyReport copied = index.Measure([[Passage(Han(2, 20) + known[100..150] + Han(3, 30))]], null, Cancel);
        Assert.Equal((100, 300, 50), (copied.Characters, copied.Bytes, copied.LongestMatch));
        Assert.Equal(0.5, copied.Copied.Value);
        Copy copy = Assert.Single(copied.LongestCopies);
        Assert.Equal((known[100..150], 60L, 300L), (copy.Text, copy.Offset, copy.SourceOffset));
        Assert.Equal(0, index.Measure([[Passage(Han(2, 20) + known[100..149] + Han(3, 31))]], null, Cancel).Copied.Value);
    }

    [Fact]
    public void Texts_under_the_threshold_are_not_measured_rather_than_free_of_copies()
    {
        CopyIndex index = CopyIndex.Of(new TextList(100, Letters(3, 400, 'a')).Entries, threads: 1);
        Figure none = index.Measure([[Passage(Letters(3, 49, 'a'))]], null, Cancel).Copied;
        Assert.False(none.IsMeasured);
        Assert.Contains("50 characters", none.Why, StringComparison.Ordinal);
        // Beside a long one they do not thin it out.
        CopyReport beside = index.Measure([[Passage("short")], [Passage(Letters(3, 60, 'a'))]], null, Cancel);
        Assert.Equal((1.0, 5 / 65.0), (beside.Copied.Value, beside.TooShort));
    }

    /// <summary>What does not fit into one index is searched in several, with the same result.</summary>
    [Fact]
    public void All_of_T_is_searched_in_parts_where_it_is_large()
    {
        var training = new TextList(200, [.. Enumerable.Range(0, 10).Select(i => Letters((ulong)i, 1000, 'a'))]);
        string sample = string.Concat(Enumerable.Range(0, 10).Select(i => Letters((ulong)i, 1000, 'a')[(100 * (i % 9))..((100 * (i % 9)) + 60 + i)]
            + Letters((ulong)i + 50, 40, 'A')));
        string Of(CopyIndex index) => JsonSerializer.Serialize(index.Measure([[Passage(sample)], [Passage(sample[333..])]], null, Cancel));
        string whole = Of(CopyIndex.Of(training.Entries, threads: 2));
        Assert.Equal(whole, Of(CopyIndex.InParts(training.Entries, partBytes: 2500)));
        Assert.Contains("69", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_was_copied_is_listed_with_where_it_is_from()
    {
        string known = Letters(3, 2000, 'a');
        CopyIndex index = CopyIndex.Of(new TextList(100, known).Entries, threads: 1);
        string sample = Letters(5, 30, 'A') + known[1200..1300] + Letters(6, 30, 'A') + known[100..160] + Letters(7, 30, 'A');
        (_, IReadOnlyList<CopiedSpan> copies) = index.Measure("row", [[Passage(sample)]], null, Cancel);
        Assert.Equal([(30L, 100, 1200L), (160L, 60, 100L)], copies.Select(copy => (copy.Offset, copy.Characters, copy.SourceOffset)));
        Assert.All(copies, copy => Assert.Equal(("row", "verbatim", "sample", "document 0"), (copy.Row, copy.Kind, copy.Document, copy.Source)));
    }

    private static Passage Passage(string text) => new(System.Text.Encoding.UTF8.GetBytes(text), "sample", 0);

    private static Vestige.Sources.Entry<Passage> Text(string text) => new PassageList([Passage(text)]).Entries[0];

    [Fact]
    public void An_empty_sample_has_nothing_to_measure()
    {
        CopyReport report = CopyIndex.Of(new TextList(100, Letters(3, 400, 'a')).Entries, threads: 1).Measure([], null, Cancel);
        Assert.False(report.Copied.IsMeasured);
        Assert.Equal((0, 0.0, 0), (report.Bytes, report.MeanMatch, report.LongestMatch));
    }

    // Ten letters: strings of 50 do not repeat by chance.
    private static string Letters(ulong seed, int length, char first)
    {
        var rng = new Rng(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)(first + rng.NextInt(10))));
    }
}
