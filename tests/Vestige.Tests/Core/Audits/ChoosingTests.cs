using Vestige.Audits;
using Vestige.Results;

namespace Vestige.Tests.Core.Audits;

/// <summary>The ladder's answer on rows whose figures are given.</summary>
public sealed class ChoosingTests
{
    private static readonly Row s_yardstick = Given.Row("yardstick", null, .01, .00, named: false, codec: false);

    private static Choice? Choose(double tolerance, params Row[] rows) => Choosing.Of(Given.Source, [s_yardstick, .. rows], tolerance);

    private static Choice Ladder(double tolerance) => Choose(tolerance,
        Given.Row("jpeg:q=90", 2.6, .01, .01), Given.Row("jpeg:q=50", 1.0, .03, .02), Given.Row("jpeg:q=10", .3, .5, .6),
        Given.Row("webp:q=50", .8, .02, .03), Given.Row("nearest:scale=4", .9, .9, .9))!;

    [Fact]
    public void Each_codec_s_cheapest_setting_within_the_tolerance_is_chosen_and_the_cheapest_of_all()
    {
        Choice choice = Ladder(.025);
        Assert.Equal(["jpeg:q=50", null, null], choice.Codecs.Select(c => c.Row));
        Assert.Equal("jpeg:q=50", choice.Best);
        choice = Ladder(.03);
        Assert.Equal(["jpeg:q=50", "webp:q=50", null], choice.Codecs.Select(c => c.Row));
        Assert.Equal("webp:q=50", choice.Best);
        Assert.Contains("webp:q=50 at 0.800 bits a pixel, 50 % smaller than the files as they are", choice.Text, StringComparison.Ordinal);
        Assert.Equal(.8, choice.Codecs[1].Rate);
        Assert.Equal(.5, choice.Codecs[1].Saving);
    }

    [Fact]
    public void The_tolerance_is_counted_from_the_yardstick()
    {
        Assert.Equal("jpeg:q=50", Ladder(.02).Best);
        Assert.Equal("jpeg:q=90", Ladder(.019).Best);
    }

    [Fact]
    public void Where_none_stays_within_the_nearest_is_named()
    {
        Choice choice = Ladder(0);
        Assert.Null(choice.Best);
        Assert.StartsWith("No setting that was tried stays within 0 of the yardstick's lost and hallucinated.", choice.Text, StringComparison.Ordinal);
        Assert.Equal("none of its settings; the nearest is jpeg:q=90 (lost 0.01, hallucinated 0.01)", choice.Codecs[0].Text);
        Assert.Equal("not nearest:scale=4 (lost 0.90, hallucinated 0.90)", choice.Codecs[2].Text);
    }

    [Fact]
    public void The_lowest_setting_tried_says_that_nothing_cheaper_was()
    {
        Choice choice = Choose(1, Given.Row("jpeg:q=90", 2.6, 0, 0), Given.Row("jpeg:q=50", 1, 0, 0))!;
        Assert.EndsWith("; nothing cheaper was tried", choice.Codecs[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Wide_intervals_are_said_to_make_it_unsure()
    {
        Assert.False(Ladder(.02).Unsure);
        Choice choice = Choose(.02, Given.Row("jpeg:q=90", 2.6, 0, 0, halfWidth: .05))!;
        Assert.True(choice.Unsure);
        Assert.Contains("more images would make the choice surer", choice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_nothing_to_choose_without_codecs_or_ledgers()
    {
        Assert.Null(Choose(.02));
        Assert.Null(Choose(.02, Given.Row("samples:made", null, 0, 0, codec: false)));
        Assert.Null(Choose(.02, Given.Row("jpeg:q=50", 1, 0, 0) with { Ledgers = [] }));
    }
}
