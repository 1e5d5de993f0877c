using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.NGrams;
using Vestige.Language.Strings;
using Vestige.Results;
using Vestige.Specs;

namespace Vestige.Tests.Language.Strings;

public sealed class CanariesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_is_planted_as_often_as_it_is_said()
    {
        string[] planted = [.. Canaries.Of(3, 1).Documents.Select(entry => entry.Source.Read(entry.Document)[0].ToString())];
        Assert.Equal(3 * (1 + 2 + 4 + 8), planted.Length);
        Assert.Equal([3, 3, 3, 3], planted.CountBy(text => text).CountBy(pair => pair.Value).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.All(planted, text => Assert.Equal(Canaries.Length + 1, text.Length));
        Assert.Equal(planted, Canaries.Of(3, 1).Documents.Select(entry => entry.Source.Read(entry.Document)[0].ToString()));
        Assert.Empty(planted.Intersect(Canaries.Of(3, 2).Documents.Select(entry => entry.Source.Read(entry.Document)[0].ToString())));
    }

    /// <summary>An n-gram model holds what it has seen: all are told from fresh ones, at the most that 512 of them can tell, and come out whole.</summary>
    [Fact]
    public void A_model_that_holds_its_text_knows_them_all()
    {
        CanaryReport report = Canaries.Of(5, 1).Judge(Train([.. Canaries.Of(5, 1).Documents]), Cancel)!;
        Assert.Equal([1, 2, 4, 8], report.Groups.Select(group => group.Times));
        Assert.All(report.Groups, group =>
        {
            Assert.Equal((5, 1.0, 5), (group.Count, group.Auc, group.Extracted));
            Assert.Equal(Math.Log2(513), group.Exposure, 1e-9);
            Assert.InRange(group.P, 0, 0.001);
        });
    }

    /// <summary>First of 513 is one order of 513; by the normal law it was .042.</summary>
    [Fact]
    public void The_chance_of_few_ranks_is_exact()
    {
        double[] fresh = [.. Enumerable.Range(0, 512).Select(i => (double)i)];
        Assert.Equal(1.0 / 513, RankSum.P([1000], fresh), 1e-12);
        Assert.Equal(1, RankSum.P([-1], fresh), 1e-12);
        // A tie is lost.
        Assert.Equal(2.0 / 513, RankSum.P([511], fresh), 1e-12);
        Assert.Equal(1.0 / (514 * 513 / 2), RankSum.P([1000, 1001], fresh), 1e-12);
        // 2 of 4, one pair lost: 2 of the 6 orders.
        Assert.Equal(2.0 / 6, RankSum.P([1.5, 3], [1, 2]), 1e-12);
        // Where counting ends the normal law goes on.
        double[] some = [.. Enumerable.Range(0, 20).Select(i => 100.5 + (20 * i))], more = [.. some, 300.5];
        Assert.Equal(RankSum.P(more, fresh), RankSum.P(some, fresh), 0.02);
    }

    [Fact]
    public void A_model_that_never_saw_them_is_not_judged() => Assert.Null(Canaries.Of(5, 2).Judge(Train([.. Canaries.Of(5, 1).Documents]), Cancel));

    private static ITextModel Train(IReadOnlyList<Vestige.Sources.Entry<Passage>> planted)
    {
        TextList text = new(100, [.. Enumerable.Range(0, 20).Select(i => string.Concat(Enumerable.Repeat($"the quick brown fox number {i} jumps over it all. ", 20)))]);
        Spec spec = Spec.Parse("ngram:order=8", [NGramCompressor.Row])[0];
        return (ITextModel)NGramCompressor.Row.Create(spec).Compress(new Training<Passage>([.. text.Entries, .. planted], 1), null, Cancel);
    }
}
