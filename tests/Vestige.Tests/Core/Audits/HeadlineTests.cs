using Vestige.Audits;
using Vestige.Results;

namespace Vestige.Tests.Core.Audits;

public sealed class HeadlineTests
{
    [Fact]
    public void The_order_is_chosen_in_which_fresh_real_items_are_about_half_new()
    {
        Assert.Equal(2, Headline.Choose([Of(.95), Of(.8), Of(.55), Of(.4)]));
        Assert.Equal(0, Headline.Choose([Of(.45), Of(.55)]));
    }

    [Fact]
    public void One_that_cannot_be_split_is_never_chosen()
    {
        Ledger none = Of(.5) with { Hallucinated = Figure.NotMeasurable("too few hits") };
        Assert.Equal(1, Headline.Choose([none, Of(.9)]));
        Assert.Equal(-1, Headline.Choose([none]));
    }

    private static Ledger Of(double floor)
    {
        Ledger ledger = Given.Row("yardstick", null, 0, 0).Ledgers[0];
        return ledger with { Memorized = ledger.Memorized with { Floor = floor } };
    }
}
