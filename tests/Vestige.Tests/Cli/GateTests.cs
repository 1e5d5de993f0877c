using Vestige.Cli.Faults;
using Vestige.Cli.Gates;
using Vestige.Expressions;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Tests.Core;

namespace Vestige.Tests.Cli;

/// <summary>Conditions on a row with lost .2, hallucinated .3, each +-.05 with a floor of .05 and .04, rate 1 +-.1.</summary>
public sealed class GateTests
{
    private static readonly IReadOnlyList<Column> s_columns = Columns.Of("pixel", [("ssimulacra2", "score"), ("psnr", "dB"), ("lost", "share"), ("visibleLost", "share")]);

    private static readonly Row s_row = Given.Row("jpeg:q=50", 1, .2, .3, halfWidth: .05);

    private static GateOutcome Judge(string gate, Row? row = null) => Assert.Single(Gate.Parse(gate, s_columns).Judge(Given.Result(row ?? s_row)));

    [Theory]
    [InlineData("lost>0.14", true)]
    [InlineData("lost>0.16", false)] // The interval reaches down to .15.
    [InlineData("lost<0.26", true)]
    [InlineData("lost<0.24", false)]
    [InlineData("0.14<lost", true)]
    [InlineData("rate>=0.9", true)]
    [InlineData("rate>0.9", false)]
    [InlineData("kept<=0.86", true)]
    [InlineData("hallucinated.floor>=0.04", true)]
    [InlineData("lost.floor>0.05", false)]
    [InlineData("hallucinated>lost", false)] // .25 is not above .25.
    [InlineData("hallucinated>=lost", true)]
    [InlineData("memorized > .5 and generalized > .5", false)]
    [InlineData("memorized > .5 or generalized > .5", true)]
    [InlineData("lost>1 and lost>1 or lost>0", true)] // "and" binds first.
    [InlineData("lost>1 and (lost>1 or lost>0)", false)]
    [InlineData("  ( lost>-1e-3 )  ", true)]
    [InlineData("lost>14%", true)]
    [InlineData("lost > 14 % and rate>0.5 bits/pixel", true)]
    [InlineData("rate>1.2bits/pixel", false)]
    [InlineData("saved>48% and saved.lossless>.88 and lossless<.2", true)]
    [InlineData("stored>=1000000 bytes", true)]
    public void It_falls_only_if_the_whole_interval_is_beyond(string gate, bool fell) =>
        Assert.Equal(fell, Judge(gate, s_row with { Bits = s_row.Bits with { DescriptionBytes = 1_250_000 } }).Fell);

    [Fact]
    public void A_fallen_gate_tells_row_value_interval_and_gate()
    {
        GateOutcome outcome = Judge("lost>0.1 and hallucinated>0.2");
        Assert.Equal(new GateOutcome("lost>0.1 and hallucinated>0.2", "jpeg:q=50", true,
            "lost 0.2 [0.15 0.25] > 0.1 and hallucinated 0.3 [0.25 0.35] > 0.2"), outcome);
        Assert.Equal("hallucinated 0.3 [0.25 0.35] > 0.2", Judge("lost>0.9 or hallucinated>0.2").Why);
        Assert.Null(Judge("lost>0.9").Why);
    }

    [Fact]
    public void A_share_without_an_interval_is_judged_by_nobody()
    {
        Row row = s_row with { Ledgers = [s_row.Ledgers[0] with { Lost = new Figure { Value = .2, Why = Jackknife.NoInterval("7 documents in the smallest sample (G)") } }] };
        foreach (string gate in new[] { "lost>0.9", "lost<0.9" })
        {
            GateOutcome outcome = Judge(gate, row);
            Assert.True(outcome.Fell);
            Assert.StartsWith("lost 0.2, no interval: 7 documents in the smallest sample (G)", outcome.Why, StringComparison.Ordinal);
        }
        // What was measured of the files at hand is judged as it was measured, and said to be.
        var bare = new Figure { Value = 72, Unit = "score", Why = "no interval: of 24 images one is the worst" };
        Row few = s_row with { Paired = new PairedReport(24, [Given.Paired(("ssimulacra2", 81, 1.5, 72)).Measures[0] with { Worst = bare }]) };
        const string said = "ssimulacra2.worst has no interval: of 24 images one is the worst";
        Assert.Equal((true, "ssimulacra2.worst 72.0 (no interval) < 75", said), Told("ssimulacra2.worst<75"));
        Assert.Equal((false, null, said), Told("ssimulacra2.worst<70"));
        // Where the mean alone decides, by its interval, nothing rests on it.
        Assert.Equal((true, "ssimulacra2 81.0 [79.5 82.5] > 79", null), Told("ssimulacra2>79 or ssimulacra2.worst>79"));
        (bool, string?, string?) Told(string gate) => Judge(gate, few) is var outcome ? (outcome.Fell, outcome.Why, outcome.NoInterval) : default;
        // A size has none and needs none.
        Assert.True(Judge("stored>1000 bytes", s_row with { Bits = s_row.Bits with { DescriptionBytes = 1_250_000 } }).Fell);
    }

    [Theory]
    [InlineData("hallucinated>50", "hallucinated is a share, at most 1, and 50 is beyond it; 50 per cent are 0.5 or 50%")]
    [InlineData("2.5<copied", "2.5 per cent are 0.025 or 2.5%")]
    public void A_share_is_held_against_no_more_than_all(string gate, string said) =>
        Assert.Contains(said, Assert.ThrowsAny<Exception>(() => Gate.Parse(gate, s_columns)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_cannot_be_judged_falls_and_says_why()
    {
        Row row = s_row with { Ledgers = [s_row.Ledgers[0] with { Hallucinated = Figure.NotMeasurable("too few points") }] };
        GateOutcome outcome = Judge("hallucinated>0.9", row);
        Assert.True(outcome.Fell);
        Assert.Equal("hallucinated is not measurable: too few points", outcome.Why);
        Assert.True(Judge("lost>0.9", s_row with { Ledgers = [], Why = "too few images" }).Fell);
        Assert.Equal("at-most is not measurable: the view 'texture' does not give it", Judge("at-most>0.9").Why);
        Assert.Equal("psnr is not measurable: nothing was compared with its original", Judge("psnr<20").Why);
    }

    [Fact]
    public void What_cannot_be_judged_does_not_matter_where_the_rest_decides()
    {
        Row row = s_row with { Ledgers = [s_row.Ledgers[0] with { Hallucinated = Figure.NotMeasurable("too few points") }] };
        Assert.False(Judge("hallucinated>0.9 and lost>0.9", row).Fell);
        Assert.Equal("lost 0.2 [0.15 0.25] > 0.1", Judge("hallucinated>0.9 or lost>0.1", row).Why);
    }

    [Fact]
    public void Without_an_interval_the_value_is_compared()
    {
        Row row = Given.Row("jpeg:q=50", 1, .2, .3, halfWidth: null);
        Assert.True(Judge("lost>0.19", row).Fell);
        Assert.False(Judge("lost>0.21", row).Fell);
    }

    [Fact]
    public void Only_rows_that_the_user_named_are_judged()
    {
        AuditResult result = Given.Result(Given.Row("yardstick", null, .9, .9, named: false, codec: false), s_row);
        Assert.Equal(["jpeg:q=50"], Gate.Parse("lost>0.1", s_columns).Judge(result).Select(o => o.Row));
    }

    [Fact]
    public void Reconstructions_beside_their_originals_have_their_mean_and_their_worst()
    {
        Row row = s_row with { Paired = Given.Paired(("ssimulacra2", 81, 1.5, 72), ("lost", .1, .01, .3), ("visibleLost", .05, .01, .2)) };
        Assert.True(Judge("ssimulacra2>=79 and ssimulacra2.worst>=70", row).Fell);
        Assert.False(Judge("ssimulacra2>=80", row).Fell); // It reaches down to 79.5.
        Assert.True(Judge("detail.lost<0.2 and detail.lost.worst>0.2 and visible-lost<5.5% or lost>0.9", row).Fell == false);
        Row same = s_row with
        {
            Paired = new PairedReport(9, [new PairedSummary("psnr", Figure.NotMeasurable("infinite: nothing was changed"),
            Figure.NotMeasurable("infinite"), "a", null)])
        };
        Assert.Equal("psnr infinite > 90dB", Judge("psnr>90dB", same).Why);
    }

    [Fact]
    public void Rows_are_compared_by_their_joint_interval()
    {
        Row other = Given.Row("jpeg:q=90", 3, .12, .2, halfWidth: .1);
        AuditResult result = Given.Result(s_row, other) with { Differences = [Given.Difference("jpeg:q=50", "jpeg:q=90", .08, .02)] };
        GateOutcome[] Of(string gate) => [.. Gate.Parse(gate, s_columns).Judge(result)];
        Assert.Equal([true, false], Of("diff(jpeg:q=90).lost>0.05").Select(o => o.Fell));
        Assert.Equal("diff(jpeg:q=90).lost 0.08 [0.06 0.1] > 0.05", Of("diff(jpeg:q=90).lost>0.05")[0].Why);
        Assert.Equal([false, true], Of("diff(jpeg:q=50).lost<-0.05").Select(o => o.Fell));
        Assert.Contains("there is no row webp:q=9", Of("diff(webp:q=9).lost>0")[0].Why, StringComparison.Ordinal);
        Assert.Equal(["exec:enc=\"a (b)\",q=1", "jpeg"], Gate.Parse("diff(exec:enc=\"a (b)\",q=1).lost>0 or 0<diff(jpeg).lost", s_columns).Condition.Compared);
    }

    [Theory]
    [InlineData("halucinated>0.1", 1, "there is no column \"halucinated\". Did you mean hallucinated?")]
    [InlineData("lost>0.1 and rate.floor>1", 14, "there is no column \"rate.floor\"")]
    [InlineData("lost", 5, "expected >, <, >= or <=")]
    [InlineData("lost=0.1", 5, "expected >, <, >= or <=")]
    [InlineData("lost>", 6, "expected a column or a number")]
    [InlineData("", 1, "expected a column or a number")]
    [InlineData("(lost>0.1", 10, "expected ')'")]
    [InlineData("lost>0.1 lost<2", 10, "expected 'and', 'or' or the end")]
    [InlineData("lost>0.1 andrate>2", 10, "expected 'and', 'or' or the end")]
    [InlineData("1>2", 4, "compares two numbers")]
    [InlineData("lost>1e999", 6, "there is no column \"1e999\"")]
    [InlineData("psnr>4OdB", 7, "there is no unit \"OdB\"")]
    [InlineData("psnr>40 bytes", 6, "psnr is counted in dB, not in bytes")]
    [InlineData("psnr>40%", 6, "psnr is counted in dB, not in shares")]
    [InlineData("diff(jpeg:q=50)>0", 16, "expected what differs: .lost, .memorized, .generalized, .hallucinated")]
    [InlineData("diff(jpeg:q=50", 6, "expected the name of a row and ')'")]
    public void What_is_no_gate_is_refused_with_its_place(string gate, int character, string words)
    {
        UsageException error = Assert.Throws<UsageException>(() => Gate.Parse(gate, s_columns));
        Assert.Contains($"--fail-if \"{gate}\", character {character}: {words}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parentheses_have_an_end() =>
        Assert.Contains("more than 100 parentheses", Assert.Throws<UsageException>(() => Gate.Parse(new string('(', 60_000), s_columns)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_column_is_told_all_that_there_are()
    {
        // Beside a suggestion they would hide it.
        Assert.DoesNotContain("the columns are", Assert.Throws<UsageException>(() => Gate.Parse("halucinated>0.1", s_columns)).Message, StringComparison.Ordinal);
        Assert.Contains("the columns are rate", Assert.Throws<UsageException>(() => Gate.Parse("?", s_columns)).Message, StringComparison.Ordinal);
        UsageException error = Assert.Throws<UsageException>(() => Gate.Parse("colour<30", s_columns));
        Assert.Contains("the columns are rate, saved, saved.lossless, lossless, stored, training, held-out, files, gap, bits-memorized, "
            + "lost, kept, memorized, generalized, hallucinated, in-t, at-most,",
            error.Message, StringComparison.Ordinal);
        Assert.Contains("ssimulacra2, ssimulacra2.worst, psnr, psnr.worst, detail.lost, detail.lost.worst, visible-lost, visible-lost.worst and diff(ROW).lost",
            error.Message, StringComparison.Ordinal);
    }
}
