using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Tests.Files;

/// <summary>Which documents of a source that is too large are kept.</summary>
public sealed class ContentSampleTests
{
    /// <summary>What a sample keeps of contents that it sees in an order.</summary>
    private static (ContentSample Sample, List<UInt128> Kept) Of(int most, IEnumerable<UInt128> contents)
    {
        var sample = new ContentSample(most);
        List<UInt128> kept = [];
        foreach (UInt128 content in contents)
        {
            if (!sample.Takes(content)) continue;
            kept.Add(content);
            if (!sample.Add()) continue;
            sample.Thin([.. kept]);
            kept.RemoveAll(one => one > sample.Limit);
        }
        return (sample, kept);
    }

    private static UInt128[] Contents(int count, ulong seed)
    {
        var rng = Rng.For(seed, "contents");
        return [.. Enumerable.Range(0, count).Select(_ => new UInt128(rng.Next(), rng.Next()))];
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(123_456)]
    public void The_least_hashes_stay_between_half_and_all_of_what_may(int count)
    {
        UInt128[] contents = Contents(count, 1);
        (ContentSample sample, List<UInt128> kept) = Of(1000, contents);
        Assert.Equal(contents.Where(content => content <= sample.Limit), kept);
        Assert.Equal((count, kept.Count), (sample.Seen, sample.Kept));
        Assert.InRange(kept.Count, Math.Min(count, 500), 1000);
        Assert.Equal(count > 1000, sample.Notice("images") is not null);
    }

    [Fact]
    public void Copies_stay_or_go_together()
    {
        UInt128[] contents = [.. Contents(3000, 2).SelectMany((content, i) => Enumerable.Repeat(content, 1 + (i % 3)))];
        Rng.For(3, "order").Shuffle<UInt128>(contents);
        (_, List<UInt128> kept) = Of(1000, contents);
        Assert.All(kept.Distinct(), content => Assert.Equal(contents.Count(one => one == content), kept.Count(one => one == content)));
    }

    [Fact]
    public void A_source_that_grows_by_one_in_a_hundred_keeps_what_it_had_but_for_so_much()
    {
        UInt128[] contents = Contents(20_200, 4);
        HashSet<UInt128> before = [.. Of(1000, contents[..20_000]).Kept], after = [.. Of(1000, contents).Kept];
        // One is a part of the other but for what was added.
        Assert.Empty(after.Intersect(contents[..20_000]).Except(before));
    }

    [Fact]
    public void What_cannot_be_thinned_stays_whole_and_what_is_taken_back_was_never_seen()
    {
        (ContentSample sample, List<UInt128> kept) = Of(1000, Enumerable.Repeat((UInt128)7, 5000));
        Assert.Equal(5000, kept.Count);
        sample.TakeBack(5000, 5000);
        Assert.Equal((0, 0), (sample.Seen, sample.Kept));
    }
}
