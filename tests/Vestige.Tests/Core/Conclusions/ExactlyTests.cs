using Vestige.Conclusions;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core.Conclusions;

/// <summary>Sentences over exact ledgers that are given.</summary>
public sealed class ExactlyTests
{
    private static Figure Sure(double value) => new() { Value = value };

    private static ExactReport Exact(double lost, double memorized, double generalized, double hallucinated, params (string Name, double Share)[] originals) => new()
    {
        View = "sentences",
        How = "enumerated",
        Resolution = 8,
        Lost = Sure(lost),
        Memorized = Sure(memorized),
        Generalized = Sure(generalized),
        Hallucinated = Sure(hallucinated),
        GeneralizedParts = originals.Length > 0 ? [] : [new("inferable", Sure(generalized / 2)), new("lucky", Sure(generalized / 4))],
        HallucinatedParts = originals.Length > 0 ? [] : [new("confabulated", Sure(hallucinated / 2)), new("garbled", Sure(hallucinated / 4))],
        Originals = [.. originals.Select(part => new SharePart(part.Name, Sure(part.Share)))],
        SupportLoss = Sure(0),
        EntropyP = Sure(10),
        Agreements = [new Agreement("lost", lost, lost + .01, .01, true), new Agreement("hallucinated", hallucinated, hallucinated - .07, -.07, false)],
    };

    private static readonly AuditResult s_images = Given.Result(
        Given.Row("jpeg:q=5", 3, .5, .4) with { Exact = Exact(.5, .4, .1, .5, ("itself", .2), ("another", .4)) },
        Given.Row("jpeg:q=80", 9, .0, .0) with { Exact = Exact(.0, 1, 0, .0, ("itself", .99), ("another", .01)) });

    private static readonly AuditResult s_text = Given.Result(
        Given.Row("ngram:order=8", 2, .2, .5, codec: false) with { Exact = Exact(.2, .1, .3, .6) },
        Given.Row("transformer", 2, .1, .3, codec: false) with { Exact = Exact(.3, .08, .42, .5) });

    [Fact]
    public void Where_all_is_made_up_a_last_bit_above_1_leaves_no_room()
    {
        Assert.Equal(0, Vestige.Audits.Exact.WorldAccount.Memorized(.25, 1 + 2e-15).Value);
        Assert.Equal(0, Vestige.Audits.Exact.WorldAccount.Generalized(.25, 1 + 2e-15).Value);
        Assert.Equal(.5, Vestige.Audits.Exact.WorldAccount.Generalized(.25, .25).Value);
    }

    [Fact]
    public void A_ladder_is_one_sentence_and_a_model_one()
    {
        string[] Said(AuditResult result) => [.. Conclude.With(result).Findings.Where(f => f.Id is "exact" or "lost").Select(f => f.Text)];
        Assert.Equal(["Of what jpeg from q=5 to q=80 give exactly .50 to .00 is hallucinated, and exactly .50 to .00 of the source is lost; .40 to "
            + ".01 of the images that are put in come back as another of their kind."],
            Said(s_images));
        Assert.Equal("Of what ngram:order=8 says exactly .60 is hallucinated (confabulated .30, garbled .15), .30 generalized (inferable .15, lucky "
            + ".08) and .10 memorized; it loses .20.", Said(s_text)[0]);
        Assert.Equal("2 of 4 exact figures lie inside the 95 % interval of the estimate, which saw samples only; the furthest off is hallucinated of jpeg:q=5, by 0.070.",
            Conclude.With(s_images).Findings.Single(f => f.Id == "agreement").Text);
    }

    [Fact]
    public void An_interval_is_said_where_a_digit_shows_it()
    {
        ExactReport exact = Exact(.2, .1, .3, .6);
        exact = exact with
        {
            Hallucinated = exact.Hallucinated with { Low = .598, High = .604 },
            Generalized = exact.Generalized with { Low = .28, High = .32 },
        };
        AuditResult result = Given.Result(Given.Row("ngram:order=8", 2, .2, .5, codec: false) with { Exact = exact });
        Assert.StartsWith("Of what ngram:order=8 says exactly .60 is hallucinated (confabulated .30, garbled .15), .30 [.28 .32] generalized",
            Conclude.With(result).Findings.First(f => f.Id == "exact").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Worlds_side_by_side_say_how_each_forgets()
    {
        string[] said = [.. SideBySide.With([s_images, s_text]).Findings.Select(f => f.Text)];
        Assert.StartsWith("A codec forgets by merging: from jpeg:q=80 to jpeg:q=5 the share of images that come back as themselves falls from 99 % to "
            + "20 %; 40 % come back as another", said[0], StringComparison.Ordinal);
        Assert.StartsWith("A language model forgets by blending: of what ngram:order=8 says 60 % is hallucinated (30 % confabulated), 30 % true and "
            + "not owed to its own training sample (15 % inferable), and 10 % memorized; of what transformer",
            said[1], StringComparison.Ordinal);
        Assert.Equal("transformer makes up least and loses 30 % of what is true, ngram:order=8 20 %: less is made up where less is said.", said[2]);
        Assert.StartsWith("The instrument itself: 4 of 8 exact figures", said[3], StringComparison.Ordinal);
        Assert.Equal("No exact ledger could be made, so that there is nothing to compare.",
            Assert.Single(SideBySide.With([Given.Result(Given.Row("jpeg", 1, 0, 0))]).Findings).Text);
    }

    [Fact]
    public void A_codec_that_saves_nothing_says_so()
    {
        Row Large(Row row) => row with { Bits = row.Bits with { SavingLossless = Given.Figure(-2.4, .1, null) } };
        Assert.Contains("Here jpeg:q=5 and every finer setting are no smaller than what loses nothing.",
            SideBySide.With([s_images with { Rows = [.. s_images.Rows.Select(Large)] }]).Findings[0].Text, StringComparison.Ordinal);
    }
}
