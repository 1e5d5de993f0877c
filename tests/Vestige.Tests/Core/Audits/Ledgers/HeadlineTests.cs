using Vestige.Audits.Ledgers;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core.Audits.Ledgers;

public sealed class HeadlineTests
{
    [Fact]
    public void The_view_is_chosen_that_tells_nonsense_from_sense_best_for_its_error()
    {
        // Told apart by .3, .8 and .9; the last with an error so large that the second tells more.
        Assert.Equal(1, Headline.Choose([Of(0, .02), Of(.05, .02), Of(0, .2)], [Of(.3, .02), Of(.85, .02), Of(.9, .2)]));
    }

    [Fact]
    public void What_is_audited_does_not_change_it()
    {
        Ledger[] yardstick = [Of(0, .02), Of(0, .02)];
        Assert.Equal(0, Headline.Choose(yardstick, [Of(.5, .02), Of(.4, .02)]));
        Assert.Equal(0, Headline.Choose(yardstick, [Of(.5, .02), Of(.5, .02)]));
    }

    [Fact]
    public void One_that_cannot_be_split_is_never_chosen()
    {
        Ledger none = Of(.5, .02) with { Hallucinated = Figure.NotMeasurable("too few hits") };
        Assert.Equal(1, Headline.Choose([none, Of(0, .02)], [Of(.9, .02), Of(.1, .02)]));
        Assert.Equal(1, Headline.Choose([Of(0, .02), Of(0, .02)], [none, Of(.1, .02)]));
        Assert.Equal(-1, Headline.Choose([none], [none]));
    }

    [Fact]
    public void Without_a_shuffled_row_it_is_the_view_in_which_fresh_real_items_are_about_half_new()
    {
        Assert.Equal(2, Headline.Choose([Known(.95), Known(.8), Known(.55), Known(.4)], null));
        Assert.Equal(0, Headline.Choose([Known(.45), Known(.55)], null));
    }

    private static Ledger Known(double share) => Of(0, .02) with { InTraining = Given.Figure(share, .01, share) };

    /// <summary>A ledger of a hallucinated share whose replicates over G spread so much.</summary>
    private static Ledger Of(double hallucinated, double spread)
    {
        double[] point = [0, 0, 1 - hallucinated, hallucinated];
        double[][] leave = [.. Enumerable.Range(0, 25).Select(j => new[] { 0, 0, 1 - hallucinated, hallucinated + (spread / 25 * (j % 2 == 0 ? 1 : -1)) })];
        return Given.Row("row", null, 0, hallucinated).Ledgers[0] with { Replicates = new Replicates(point, [[], [], [], leave]) };
    }
}
