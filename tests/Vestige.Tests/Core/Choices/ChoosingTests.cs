using Vestige.Choices;
using Vestige.Conclusions;
using Vestige.Expressions;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core.Choices;

/// <summary>What is chosen of rows whose figures are given, and what is said of it.</summary>
public sealed class ChoosingTests
{
    private static readonly Row s_yardstick = Given.Row("yardstick", null, .01, .00, named: false, codec: false);
    private static readonly Row s_parrot = Given.Row("parrot", 9, 0, 0, named: false);

    private static AuditResult Choose(string? condition, params Row[] rows)
    {
        AuditResult result = Given.Result([s_yardstick, s_parrot, .. rows]);
        ChoiceRule? rule = condition is null ? null : new ChoiceRule(condition, ConditionParser.Parse(condition, Columns.Of("pixel", [("ssimulacra2", "score")])));
        return Conclude.With(result with { Choice = Choosing.Of(result, rule) });
    }

    private static string[] Said(AuditResult result) => [.. result.Findings.Where(f => f.Part == FindingPart.Choice).Select(f => f.Text)];

    private static Row Photo(string name, double rate, double mean, double worst, double halfWidth = 1) =>
        Given.Row(name, rate, .03, .02) with { Paired = Given.Paired(("ssimulacra2", mean, halfWidth, worst)) };

    [Fact]
    public void Of_photographs_the_cheapest_setting_whose_mean_and_whose_worst_are_good_is_chosen()
    {
        AuditResult result = Choose(null, Photo("jpeg:q=90", 2.6, 88, 82), Photo("jpeg:q=70", 1.6, 83, 74), Photo("jpeg:q=50", 1.0, 76, 60),
            Photo("webp:q=60", 1.2, 82, 72), Photo("webp:q=80", 2, 86, 80));
        Assert.Equal(["jpeg:q=70", "webp:q=60"], result.Choice!.Families.Select(f => f.Row));
        Assert.Equal("webp:q=60", result.Choice.Best);
        Assert.True(result.Choice.IsDefault);
        Assert.Equal(
        [
            "The cheapest setting whose mean SSIMULACRA 2 is at least 80 and whose worst 5 % are at least 70 is webp:q=60 at 1.200 bits a pixel, 50 % "
                + "smaller than the files as they are and 90 % smaller than the best lossless code. It loses .03 [.02 .04] and hallucinates .02 [.01 .03] more than "
                + "fresh real images.",
            "jpeg: jpeg:q=70 at 1.600 bits a pixel, 50 % smaller than the files as they are and 90 % smaller than the best lossless code.",
            "webp: webp:q=60 at 1.200 bits a pixel, 50 % smaller than the files as they are and 90 % smaller than the best lossless code; nothing cheaper was tried.",
        ], Said(result));
    }

    [Fact]
    public void The_near_end_of_the_interval_counts_and_what_straddles_says_how_many_images_would_tell()
    {
        // 80.5 +- 1: four times the images halve it to +- .5; the worst, 71 +- 1, is no question.
        AuditResult result = Choose(null, Photo("jpeg:q=60", 1.3, 80.5, 71.5), Photo("jpeg:q=70", 1.6, 83, 74), Photo("webp:q=50", 1, 80, 72));
        Assert.Equal(("jpeg:q=70", "jpeg:q=60", 400), (result.Choice!.Families[0].Row, result.Choice.Families[0].Undecided, result.Choice.Families[0].Needed));
        Assert.Equal(
            "jpeg: jpeg:q=70 at 1.600 bits a pixel, 50 % smaller than the files as they are and 90 % smaller than the best lossless code; whether the "
                + "cheaper jpeg:q=60 would do cannot be told with 100 images; about 400 would do (ssimulacra2 80.5 [79.5 81.5], asked for: >= 80).",
            Said(result)[1]);
        // Exactly between: no number would do.
        Assert.Equal("webp: webp:q=50: cannot be told with 100 images; 10000 would not do (ssimulacra2 80.0 [79.0 81.0], asked for: >= 80).", Said(result)[2]);
    }

    [Fact]
    public void What_is_larger_than_what_loses_nothing_is_never_chosen()
    {
        Row large = Photo("webp:q=99", 9.5, 95, 90);
        AuditResult result = Choose(null, large, Photo("jpeg:q=10", .4, 40, 20));
        Assert.Null(result.Choice!.Best);
        Assert.StartsWith("No setting whose mean SSIMULACRA 2 is at least 80 and whose worst 5 % are at least 70 is smaller than what loses nothing: keep the files as they are.", Said(result)[0], StringComparison.Ordinal);
        Assert.EndsWith("store without loss.", Said(Conclude.With(result with { Source = result.Source with { LosslessBytes = result.Source.CurrentBytes / 2 } }))[0], StringComparison.Ordinal);
        Assert.Contains("webp:q=99 would do, but is no smaller than what loses nothing at 9.500 bits a pixel", Said(result)[1], StringComparison.Ordinal);
        Assert.Equal("jpeg: none; the nearest is jpeg:q=10 (ssimulacra2 40.0 [39.0 41.0], asked for: >= 80; "
            + "ssimulacra2.worst 20.0 [19.0 21.0], asked for: >= 70).", Said(result)[2]);
        // Larger than the user's own files, though smaller than the lossless code.
        Row grown = Photo("jpeg:q=99", 5, 95, 90);
        Assert.Null(Choose(null, grown with { Bits = grown.Bits with { Saving = Given.Figure(-.2, .01, null) } }).Choice!.Best);
        // As large as a lossless row that was named.
        var unchanged = new PairedSummary("psnr", Figure.NotMeasurable("infinite: nothing was changed"), Figure.NotMeasurable("infinite"), "a", null);
        var perfect = new PairedSummary("ssimulacra2", Given.Figure(100, 0, null), Given.Figure(100, 0, null), "a", 100);
        Row exact = Given.Row("jxl:transcode", 4, 0, 0) with { Paired = new PairedReport(9, [unchanged, perfect]) };
        Assert.Equal("jxl:transcode", Choose(null, grown, exact).Choice!.Best);
    }

    [Fact]
    public void Lost_and_hallucinated_of_the_chosen_stand_as_their_difference_to_no_loss()
    {
        AuditResult result = Choose(null, Photo("jpeg:q=70", 1.6, 83, 74));
        result = Conclude.With(result with { Differences = [Given.Difference("jpeg:q=70", "parrot", .03, .01, RowDifferenceKind.Lossless)] });
        Assert.EndsWith("It loses .03 [.01 .05] more than no loss at all; whether it hallucinates more than no loss at all cannot be told with 100 documents (.01 [-.01 .03]).",
            Said(result)[0], StringComparison.Ordinal);
        string Of(double lost, double madeUp) => Said(Conclude.With(result with { Differences = [Given.Difference("jpeg:q=70", "parrot", lost, madeUp)] }))[0];
        Assert.EndsWith("It loses .04 [.02 .06] and hallucinates .05 [.03 .07] more than no loss at all.", Of(.04, .05), StringComparison.Ordinal);
        Assert.EndsWith("Whether it loses or hallucinates more than no loss at all cannot be told with 100 documents (lost .01 [-.01 .03], hallucinated .00 [-.02 .02]).",
            Of(.01, 0), StringComparison.Ordinal);
        Assert.EndsWith("It loses no more than no loss at all (-.03 [-.05 -.01]); it hallucinates .05 [.03 .07] more than no loss at all.",
            Of(-.03, .05), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_interval_is_not_said_of_the_chosen()
    {
        var none = new Figure { Value = .01, Why = "no interval: 6 documents in the smallest sample, 8 are needed" };
        AuditResult result = Choose(null, Photo("jpeg:q=70", 1.6, 83, 74));
        result = Conclude.With(result with { Differences = [Given.Difference("jpeg:q=70", "parrot", 0, 0) with { Lost = none, Hallucinated = none }] });
        Assert.EndsWith("Whether it loses or hallucinates more than no loss at all cannot be told with 100 documents (lost .01, hallucinated .01; "
            + "no interval: 6 documents in the smallest sample, 8 are needed).", Said(result)[0], StringComparison.Ordinal);
    }

    /// <summary>24 images have one that is the worst 5 %: what it is like is known of these images and no others.</summary>
    [Fact]
    public void What_so_few_images_give_no_interval_is_chosen_as_measured_and_said_to_be()
    {
        Row Few(string name, double rate, double mean, double worst) => Photo(name, rate, mean, worst) is var row && row.Paired!.Of("ssimulacra2") is { } summary
            ? row with { Paired = new PairedReport(24, [summary with { Worst = Unsure(worst) }]) } : row;
        static Figure Unsure(double worst) => new() { Value = worst, Unit = "score", Why = "no interval: of 24 images one is the worst" };
        AuditResult result = Choose(null, Few("webp:q=80", 1.2, 83, 72.5), Few("webp:q=70", 1, 82, 69), Few("jpeg:q=50", 1, 60, 40));
        Assert.Equal(("webp:q=80", "ssimulacra2.worst has no interval: of 24 images one is the worst"), (result.Choice!.Best, result.Choice.Families[0].NoInterval));
        Assert.StartsWith("The cheapest setting whose mean SSIMULACRA 2 is at least 80 and whose worst 5 % are at least 70, as measured on these 24 images, is webp:q=80 at 1.200 "
            + "bits a pixel, 50 % smaller than the files as they are and 90 % smaller than the best lossless code. Of others it cannot be told: ssimulacra2.worst has no "
            + "interval: of 24 images one is the worst.", Said(result)[0], StringComparison.Ordinal);
        Assert.EndsWith("; as measured.", Said(result)[1], StringComparison.Ordinal);
        // Whose mean falls short surely falls short surely.
        Assert.Null(result.Choice.Families[1].NoInterval);
        Assert.Equal("jpeg: none; the nearest is jpeg:q=50 (ssimulacra2 60.0 [59.0 61.0], asked for: >= 80; "
            + "ssimulacra2.worst 40.0 (no interval), asked for: >= 70).", Said(result)[2]);
        // Whose worst alone falls short does so as measured.
        AuditResult failed = Choose(null, Few("webp:q=70", 1, 82, 69));
        Assert.Equal("No setting that was tried is one whose mean SSIMULACRA 2 is at least 80 and whose worst 5 % are at least 70, as measured on these 24 images. Of others it "
            + "cannot be told: ssimulacra2.worst has no interval: of 24 images one is the worst.", Said(failed)[0]);
        // With an interval nothing of this is said.
        Assert.DoesNotContain("as measured", string.Concat(Said(Choose(null, Photo("webp:q=80", 1.2, 83, 72.5)))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_of_the_user_replaces_the_default()
    {
        AuditResult result = Choose("lost<0.05 and rate<2 bits/pixel", Given.Row("jpeg:q=90", 2.6, .01, .01), Given.Row("jpeg:q=50", 1.0, .03, .02),
            Given.Row("jpeg:q=10", .3, .5, .6));
        Assert.Equal(("jpeg:q=50", false), (result.Choice!.Best, result.Choice.IsDefault));
        Assert.StartsWith("The cheapest setting for which lost<0.05 and rate<2 bits/pixel holds is jpeg:q=50", Said(result)[0], StringComparison.Ordinal);
        Assert.Equal("No setting that was tried is one for which lost<0 holds.", Said(Choose("lost<0", Given.Row("jpeg:q=10", .3, .5, .6)))[0]);
        Assert.Contains("at-most is not measurable", Said(Choose("at-most<.2", Given.Row("jpeg:q=10", .3, .5, .6)))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_paired_figures_codecs_are_chosen_by_the_ledger()
    {
        AuditResult result = Choose(null, Given.Row("jpeg:q=90", 2.6, .01, .01), Given.Row("jpeg:q=50", 1.0, .03, .02), Given.Row("jpeg:q=10", .3, .5, .6));
        Assert.Equal("jpeg:q=50", result.Choice!.Best);
        Assert.StartsWith("The cheapest setting that loses and makes up less than .05 is jpeg:q=50", Said(result)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Generators_are_held_against_each_other_by_what_surely_differs()
    {
        Row Model(string name, double lost, double madeUp, double halfWidth = .01) => Given.Row(name, 2, lost, madeUp, codec: false, halfWidth: halfWidth);
        AuditResult result = Choose(null, Model("ngram:order=3", .19, .86), Model("ngram:order=8", .06, .55), Model("transformer", .06, .35));
        Assert.Equal("transformer", result.Choice!.Best);
        Assert.Equal("transformer is surely beaten by none in lost or hallucinated; every other is by some; ngram:order=3 by ngram:order=8 in lost "
            + "and hallucinated; ngram:order=8 by transformer in hallucinated.", Said(result)[0]);
        // The joint interval decides where the two apart cannot.
        AuditResult close = Given.Result(s_yardstick, Model("a", .1, .30, .1), Model("b", .1, .36, .1)) with { Differences = [Given.Difference("a", "b", 0, -.06)] };
        Assert.Equal("a", Choosing.Of(close, null)!.Best);
        Assert.Null(Choosing.Of(close with { Differences = [] }, null)!.Best);
        Assert.Null(Choose(null, Model("alone", .1, .2)).Choice);
    }

    [Fact]
    public void A_trade_off_is_said_of_generators_only_where_it_was_measured()
    {
        Row Model(string name, double lost, double madeUp, double? halfWidth = .01) => Given.Row(name, 2, lost, madeUp, codec: false, halfWidth: halfWidth);
        Assert.Equal("None of a and b surely beats another in both lost and hallucinated: which to choose is a matter of which of the two is worse.",
            Said(Choose(null, Model("a", .1, .5), Model("b", .3, .2)))[0]);
        Assert.Equal("Which of a and b loses or hallucinates less cannot be told with 100 documents.", Said(Choose(null, Model("a", .1, .5, .4), Model("b", .3, .2, .4)))[0]);
        Row bare = Model("c", .1, .5, null);
        bare = bare with { Ledgers = [bare.Ledgers[0] with { Lost = bare.Ledgers[0].Lost with { Why = "no interval: 6 documents, 8 are needed" } }] };
        Assert.Equal("Which of c and b loses or hallucinates less cannot be told with 100 documents (no interval: 6 documents, 8 are needed).",
            Said(Choose(null, bare, Model("b", .3, .2, null)))[0]);
        Assert.Equal("None of a and b surely beats another in both lost and hallucinated: which to choose is a matter of which of the two is worse; "
            + "how c stands among them cannot be told with 100 documents.", Said(Choose(null, Model("a", .1, .5), Model("b", .3, .2), bare))[0]);
    }

    [Fact]
    public void There_is_nothing_to_choose_without_rows_or_figures()
    {
        Assert.Null(Choose(null).Choice);
        Assert.Null(Choose(null, Given.Row("samples:made", null, 0, 0, codec: false)).Choice);
        Assert.Null(Choose(null, Given.Row("jpeg:q=50", 1, 0, 0) with { Ledgers = [] }).Choice);
    }
}
