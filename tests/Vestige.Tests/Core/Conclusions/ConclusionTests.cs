using Vestige.Conclusions;
using Vestige.Conclusions.Wording;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core.Conclusions;

/// <summary>Sentences over results whose figures are given: none claims what its interval does not.</summary>
public sealed class ConclusionTests
{
    private static readonly Row s_yardstick = Given.Row("yardstick", null, .00, .00, named: false, codec: false);

    private static Finding[] Of(AuditResult result, params string[] ids) => [.. Conclude.With(result).Findings.Where(f => ids.Contains(f.Id))];

    private static string[] Said(AuditResult result, params string[] ids) => [.. Of(result, ids).Select(f => f.Text)];

    private static Row Generator(string name, double lost, double madeUp, double? halfWidth = .01) => Given.Row(name, null, lost, madeUp, codec: false, halfWidth: halfWidth);

    private static Row Told(Row row, Func<Ledger, Ledger> change) => row with { Ledgers = [change(row.Ledgers[0])] };

    private static AuditResult Text(params Row[] rows) => Given.Result([s_yardstick, .. rows]) with { Source = Given.Source with { Items = "passages", SizeUnit = "byte" } };

    [Fact]
    public void Text_that_lacks_a_language_does_not_lose_nothing_for_its_phrases_recur()
    {
        static Figure Share(double value, double floor) => new() { Value = value, Low = value - .005, High = value + .005, Floor = floor };
        Row half = Told(Generator("samples:half", -.01, .00), ledger => ledger with { Lost = Share(-.01, .97), Invented = Share(.9, .9) });
        Ledger words = half.Ledgers[0] with { View = "words:1", Element = "word", Lost = Share(.34, .2), Hallucinated = Share(.06, 0) };
        AuditResult seen = Text(half with { Ledgers = [half.Ledgers[0], words] });
        Assert.Empty(Of(seen, "faithful"));
        Assert.Contains("loses .34 [.34 .34] of the words", Assert.Single(Said(seen, "beside")), StringComparison.Ordinal);
        // Not of what is by chance above nothing.
        Assert.Empty(Of(Text(half with { Ledgers = [half.Ledgers[0], words with { Lost = Share(.04, .2), Hallucinated = Share(.04, 0) }] }), "beside"));
    }

    [Fact]
    public void A_ladder_is_one_sentence()
    {
        AuditResult result = Given.Result(s_yardstick, Given.Row("jpeg:q=30", .8, .19, .21), Given.Row("jpeg:q=10", .4, .59, .56),
            Given.Row("jpeg:q=50", 1.1, .17, .12), Given.Row("webp:q=10", .3, .6, .5));
        Assert.Equal(
        [
            "jpeg from q=10 to q=50 lose .59 to .17 of the textures of unseen images, and .56 to .12 of what they give are farther from every one of "
                + "the 25 images kept back than the originals are.",
            "webp:q=10 loses .60 [.59 .61] of the textures of unseen images, and .50 [.49 .51] of what it gives is farther from every one of the 25 "
                + "images kept back than the originals are.",
        ], Said(result, "lost"));
        Assert.Equal([null, "webp:q=10"], Of(result, "lost").Select(f => f.Row));
    }

    [Fact]
    public void No_more_than_real_needs_an_upper_end_below_a_twentieth()
    {
        AuditResult result = Given.Result(s_yardstick, Given.Row("jpeg:q=90", 3, .02, .01, halfWidth: .02),
            Given.Row("webp:q=90", 2, .01, .015, halfWidth: .02), Given.Row("avif:q=90", 2, .02, .01, halfWidth: .04));
        Assert.Equal(["jpeg:q=90 and webp:q=90 lose and make up no more textures than coding without loss: lost is under .04, hallucinated under .04."], Said(result, "faithful"));
        Assert.Equal(["Whether avif:q=90 loses or makes up more textures than coding without loss cannot be told with 100 documents (lost .02 [-.02 "
            + ".06], hallucinated .01 [-.03 .05])."], Said(result, "untold"));
    }

    [Fact]
    public void What_whole_images_show_and_textures_do_not_is_said_once()
    {
        static Row With(Row row, double lost, double halfWidth, bool atoms = false)
        {
            Ledger scene = Given.Row("other", null, lost, .01, halfWidth: halfWidth).Ledgers[0] with { View = "scene", Element = "scene" };
            return row with { Ledgers = [row.Ledgers[0], atoms ? scene with { Invented = scene.Lost } : scene] };
        }

        AuditResult result = Given.Result(s_yardstick, With(Generator("samples:a", .02, .01, .03), .31, .1), With(Generator("samples:b", .2, .01), .31, .1),
            With(Generator("samples:c", .02, .01, .03), .05, .1), With(Generator("samples:d", .02, .01, .03), .14, .1, atoms: true));
        Assert.Equal(["samples:a loses .31 [.21 .41] of the scenes of unseen images (view 'scene'), which its textures do not show."], Said(result, "beside"));
    }

    [Fact]
    public void A_generator_is_held_against_fresh_real_items()
    {
        AuditResult result = Given.Result(s_yardstick, Generator("samples:a", .00, .3), Generator("samples:b", .2, .01), Generator("samples:c", .2, .03, .1));
        Assert.Equal(["samples:a loses no more textures than fresh real images (under .01), and .30 [.29 .31] of what it gives is farther from every "
            + "one of the 25 images kept back than fresh ones are."], Said(result, "hallucinated"));
        Assert.Equal(
        [
            "samples:b loses .20 [.19 .21] of the textures of unseen images, and makes up no more than fresh real images (under .02, of what lies farther out than real ones do).",
            "samples:c loses .20 [.10 .30] of the textures of unseen images, and may or may not make any up (hallucinated .03 [-.07 .13]).",
        ], Said(result, "lost"));
    }

    [Fact]
    public void Without_an_interval_nothing_is_claimed()
    {
        AuditResult result = Given.Result(s_yardstick, Given.Row("jpeg:q=10", .4, .59, .56, halfWidth: null));
        Assert.Empty(Of(result, "lost", "hallucinated", "faithful"));
        Assert.StartsWith("Whether jpeg:q=10 loses or makes up more", Assert.Single(Said(result, "untold")), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_not_of_this_source_and_not_made_up()
    {
        Row model = Told(Generator("ngram:order=3", .2, .4), l => l with
        {
            View = "words:2",
            Element = "word pair",
            InTraining = Given.Figure(.3, .01, .4),
            AtMost = new Figure { Value = .55 }
        });
        Assert.Equal(["ngram:order=3 loses .20 [.19 .21] of the word pairs of unseen passages, and .40 [.39 .41] of what it gives is not of this "
            + "source (at most .55, whatever it favours)."], Said(Text(model), "lost"));
        Assert.Contains("what other authors write counts as well", Assert.Single(Said(Text(model), "of-this-source")), StringComparison.Ordinal);
        Assert.Empty(Of(Text(Told(model, l => l with { Hallucinated = Given.Figure(.0, .01) })), "of-this-source"));
    }

    [Fact]
    public void What_a_model_says_rightly_is_generalized_or_memorized()
    {
        Row Model(string name, double memorized, double generalized, double halfWidth = .03) => Told(Generator(name, .1, .5), l => l with
        {
            Element = "word pair",
            Memorized = Given.Figure(memorized, halfWidth, 0),
            Generalized = Given.Figure(generalized, halfWidth, 1),
            InTraining = Given.Figure(.32, .01, .40),
        });
        Assert.Equal("transformer has .08 [.05 .11] of the word pairs it gives by heart: another sample of the same source would not have taught "
            + "them. Most of what it says rightly is generalized, not memorized: .27 [.24 .30]. In T stands .32 [.31 .33] of it; of fresh real passages .40.",
            Assert.Single(Said(Text(Model("transformer", .08, .27)), "memorized")));
        Assert.Contains("Most of what it says rightly is memorized, not generalized (.10 [.07 .13])",
            Assert.Single(Said(Text(Model("a", .5, .1)), "memorized")), StringComparison.Ordinal);
        Assert.StartsWith("a has hardly any word pairs by heart (memorized .01 [-.02 .04]).",
            Assert.Single(Said(Text(Model("a", .01, .1)), "not-memorized")), StringComparison.Ordinal);
        Assert.StartsWith("Whether a has any word pairs by heart cannot be told (memorized .04 [-.05 .13]).",
            Assert.Single(Said(Text(Model("a", .04, .1, .09)), "memorized-untold")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_yardstick_that_is_off_says_by_how_much_and_one_that_prints_as_nothing_does_not()
    {
        Assert.Equal(["The yardstick, which is real, reads lost .03 [.02 .04] where 0 is right: figures of other rows may be off by as much."],
            Said(Given.Result(Given.Row("yardstick", null, .03, .00, named: false, codec: false)), "yardstick"));
        Assert.Empty(Of(Given.Result(Given.Row("yardstick", null, .004, .00, named: false, codec: false, halfWidth: .001)), "yardstick"));
    }

    [Fact]
    public void Where_nonsense_reads_little_a_row_may_make_up_more_than_it_reads()
    {
        AuditResult With(double hallucinated) => Given.Result(s_yardstick, Given.Row("shuffled", null, .7, hallucinated, named: false, codec: false) with { Kind = RowKind.Shuffled });
        Assert.StartsWith("The shuffled row is nonsense by the way it is made and reads hallucinated .28 [", Assert.Single(Said(With(.28), "nonsense")), StringComparison.Ordinal);
        Assert.Empty(Of(With(.85), "nonsense"));
    }

    [Fact]
    public void What_cannot_be_measured_says_why_once()
    {
        Row White(string name) => Told(Generator(name, 0, 0), l => l with
        {
            Lost = Figure.NotMeasurable("all of its items are equal"),
            Hallucinated = Figure.NotMeasurable("all of its items are equal")
        });
        AuditResult result = Given.Result(s_yardstick, White("samples:white"), White("samples:black"), Generator("samples:good", .2, .3));
        Assert.Equal(["Lost and hallucinated of samples:white and samples:black cannot be measured: all of its items are equal."], Said(result, "not-measurable"));
        Assert.Equal(["samples:good"], Of(result, "lost").Select(f => f.Row));
    }

    [Fact]
    public void What_another_view_measures_is_said_where_the_first_cannot()
    {
        Row row = Generator("samples:one", .2, .3);
        Ledger other = row.Ledgers[0] with { View = "other", Element = "pair" };
        Row Unmeasured(params Ledger[] others) => row with { Ledgers = [row.Ledgers[0] with { Hallucinated = Figure.NotMeasurable("too few") }, .. others] };
        string Of(Row of) => Assert.Single(Said(Given.Result(s_yardstick, of, Generator("samples:good", .2, .3)), "not-measurable"));
        Assert.Equal("Hallucinated of samples:one cannot be measured: too few.", Of(Unmeasured(other with { Hallucinated = Figure.NotMeasurable("nor here") })));
        Assert.Equal($"Hallucinated of samples:one cannot be measured: too few. Its pairs (view 'other') read hallucinated {Words.Share(other.Hallucinated)}.", Of(Unmeasured(other)));
    }

    [Fact]
    public void An_interval_that_is_wide_for_a_reason_says_which()
    {
        const string why = "one picture is 18 % of what it gives";
        Row wide = Told(Generator("samples:one", .2, .3), l => l with { Memorized = l.Memorized with { Why = why }, Hallucinated = l.Hallucinated with { Why = why } });
        AuditResult result = Given.Result(s_yardstick, wide, Generator("samples:good", .2, .3));
        Assert.Equal([$"samples:one: {why}."], Said(result, "wide-interval"));
        Assert.Empty(Of(result, "no-interval"));
    }

    [Fact]
    public void A_secret_comes_before_every_figure()
    {
        ExtractionReport Of4(int training, int heldOut, double low) => new()
        {
            TrainingTried = 200,
            TrainingExact = training,
            HeldOutTried = 200,
            HeldOutExact = heldOut,
            Difference = new Figure { Value = (training - heldOut) / 200.0, Low = low, High = .05 },
        };
        Finding first = Conclude.With(Text(Generator("model:a", .2, .3) with { Extraction = Of4(4, 0, -.001) })).Findings[0];
        Assert.Equal(("extracted", FindingPart.Warning), (first.Id, first.Part));
        Assert.Equal("4 of 200 training passages come out of model:a word for word when their start is given; of held-out ones 0 of 200: too few to "
            + "tell memory from chance, read what came out.", first.Text);
        Assert.EndsWith("of held-out ones 2 of 200.", Assert.Single(Said(Text(Generator("model:a", .2, .3) with { Extraction = Of4(40, 2, .1) }),
            "extracted")), StringComparison.Ordinal);
        // What anybody says is no secret.
        Assert.Empty(Of(Text(Generator("model:a", .2, .3) with { Extraction = Of4(4, 3, -.02) }), "extracted"));
    }

    [Fact]
    public void Samples_that_are_the_held_out_text_and_a_held_out_text_that_is_the_training_text_come_first()
    {
        Figure all = new() { Value = 1, Low = .99, High = 1, Floor = .01 };
        AuditResult result = Text(Generator("samples:held", .2, .3)) with
        {
            Contamination = new Contamination
            {
                How = "runs of words in order",
                Overlaps = [new Overlap("H", "T", 40, all with { Value = .9 }, [new NearCopy("h.txt", "t.txt", .99)]) { Copies = 36 },
                    new Overlap("samples:held", "H", 20, all, [new NearCopy("s.txt", "h.txt", 1)]) { Copies = 20 }],
            },
        };
        result = result with { Source = result.Source with { Deal = result.Source.Deal with { IsTrainingNamed = true } } };
        Finding[] warnings = [.. Conclude.With(result).Findings.TakeWhile(f => f.Part == FindingPart.Warning)];
        Assert.Equal(
        [
            "All 20 documents of samples:held stand word for word, or nearly so, in the held-out sample (s.txt is h.txt): no figure of this row says how new it is.",
            "36 of 40 documents (90 % of the text) of the held-out sample stand word for word, or nearly so, in the training sample (h.txt is t.txt): "
                + "what is measured on it as new is not.",
        ], warnings.Select(f => f.Text));
        Assert.StartsWith(warnings[0].Text, Conclude.With(result).Findings.Single(f => f.Id == "answer").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_shared_is_said_in_proportion_and_the_worst_first()
    {
        Figure Share(double share) => new() { Value = share, Low = 0, High = 2 * share };
        AuditResult result = Text(Generator("samples:a", .2, .3) with
        {
            NearCopies = new NearCopyReport(80, 0, Share(.001), [new NearCopy("g.txt", "t.txt", .1)]),
        }) with
        {
            Contamination = new Contamination
            {
                How = "runs of words in order",
                Overlaps = [new Overlap("H", "T", 40, Share(.7), [new NearCopy("h.txt", "t.txt", .99)]) { Copies = 30 },
                    new Overlap("samples:a", "H", 180, Share(.0004), [new NearCopy("s.txt", "h.txt", .1)]),
                    new Overlap("samples:b", "H", 180, Share(.002), [.. Enumerable.Repeat(new NearCopy("s.txt", "h.txt", .1), NearCopy.MostListed)])],
            },
        };
        result = result with
        {
            Rows = [.. result.Rows, Generator("samples:b", .2, .3)],
            Source = result.Source with { Deal = result.Source.Deal with { IsTrainingNamed = true } },
        };
        Assert.Equal(
        [
            "30 of 40 documents (70 % of the text) of the held-out sample stand word for word, or nearly so, in the training sample (h.txt is t.txt): "
                + "what is measured on it as new is not.",
            "Parts of at least 20 of 180 documents (0.2 % of the text) of samples:b stand word for word, or nearly so, in the held-out sample (s.txt is h.txt): "
                + "no figure says of that part how new it is.",
            "Parts of 1 of 180 documents (under 0.1 % of the text) of samples:a stand word for word, or nearly so, in the held-out sample (s.txt is h.txt): "
                + "no figure says of that part how new it is.",
        ], Said(result, "contaminated"));
        Assert.EndsWith("the list is in copies.csv under --out.", Assert.Single(Said(result, "near-copies")), StringComparison.Ordinal);
        // Equal files were never in H.
        result = result with { Source = result.Source with { Deal = result.Source.Deal with { SharedWithTraining = 30 } } };
        Assert.EndsWith("these were taken out of H, A and B.", Said(result, "contaminated")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_is_read_beside_what_there_is_to_lose()
    {
        Row Of(string name, double lost, double halfWidth, double floor) => Told(Generator(name, lost, .5), l => l with
        {
            Element = "word pair",
            Lost = Given.Figure(lost, halfWidth, floor),
            Invented = Given.Figure(.1, .01, floor),
            InTraining = Given.Figure(.3, .01, .4),
        });
        // Fresh text holds .03 of unseen text, and this holds none of it.
        Assert.Equal(["ngram:order=3 loses .03 [.03 .03] of the word pairs of unseen passages, where fresh ones hold .03, and .50 [.49 .51] of what it gives is not of this source."],
            Said(Text(Of("ngram:order=3", .03, .001, .97)), "lost"));
        Assert.Equal(["ngram:order=3 loses no more word pairs than fresh real passages (under .04 of what those hold), and .50 [.49 .51] of what it gives is not of this source."],
            Said(Text(Of("ngram:order=3", .0, .001, .97)), "hallucinated"));
        Assert.Contains("loses no more word pairs than fresh real passages (under .03), and", Said(Text(Of("ngram:order=3", .0, .03, .2)), "hallucinated")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(.0, .01, "samples:a loses no more textures than fresh real images (under .01).")]
    [InlineData(.1, .2, "Whether samples:a loses more textures than fresh real images cannot be told with 100 documents (lost .10 [-.10 .30]).")]
    public void Where_one_figure_has_no_value_the_other_is_all_there_is_to_say(double lost, double halfWidth, string said)
    {
        Row row = Told(Generator("samples:a", lost, .5, halfWidth), l => l with { Hallucinated = Figure.NotMeasurable("too little") });
        Assert.Equal([said], Said(Given.Result(s_yardstick, row), halfWidth < .05 ? "faithful" : "untold"));
    }

    [Fact]
    public void Of_records_without_a_group_it_is_said_that_each_stands_alone()
    {
        AuditResult result = Text(Generator("samples:a", .2, .3));
        Assert.Empty(Of(result, "records-alone"));
        result = result with { Source = result.Source with { Document = "record", Deal = result.Source.Deal with { By = "document" } } };
        Assert.Contains("--group FIELD", Assert.Single(Said(result, "records-alone")), StringComparison.Ordinal);
        Assert.Empty(Of(result with { Source = result.Source with { Deal = result.Source.Deal with { By = "group" } } }, "records-alone"));
    }

    [Fact]
    public void Copies_above_what_fresh_text_shows_are_told()
    {
        CopyReport Copying(double copied) => new() { Bytes = 1000, Matches = [], MeanMatch = 9, LongestMatch = 321, Copied = Given.Figure(copied, .02, .05), LongestCopies = [] };
        Assert.Equal([".30 [.28 .32] of what ngram:order=8 says stands word for word in the training passages, 50 characters or more on end; of fresh "
            + "real text .05. The longest copy has 321 characters."],
            Said(Text(Generator("ngram:order=8", .2, .3) with { Copying = Copying(.30) }), "copied"));
        Assert.Empty(Of(Text(Generator("ngram:order=8", .2, .3) with { Copying = Copying(.06) }), "copied"));
        var near = new NearCopyReport(50, 12, Given.Figure(.24, .1, .01), [new NearCopy("a\u001b.png", "b.png", 1)]);
        Assert.Equal(["12 of 50 images of samples:made are near-copies of training images (a\\u001b.png is b.png); of fresh real ones 1 % "
            + "would be; the list is in items.csv under --out."],
            Said(Given.Result(s_yardstick, Generator("samples:made", .2, .3) with { NearCopies = near }), "near-copies"));
    }

    [Fact]
    public void Codecs_with_nothing_in_common_are_one_sentence()
    {
        MatchedComparison Apart(string family) => new("jpeg", family, "ssimulacra2", 0, Figure.NotMeasurable("none"), 0, []);
        var matched = new MatchedComparison("jpeg", "webp", "ssimulacra2", 60, Given.Figure(.8, .05, null) with { Unit = "ratio" }, 60,
            [new MatchedDifference("lost", Given.Figure(-.012, .002, null))]);
        Assert.Equal(
        [
            "avif and jxl have no quality and no size in common with jpeg on any image: give them and jpeg more settings.",
            "webp beside jpeg: at the same ssimulacra2 it takes 0.80 [0.75 0.85] times the bytes (60 images); at the same bytes (60 images): lost -0.012 [-0.014 -0.010].",
        ], Said(Given.Result(s_yardstick) with { Matched = [Apart("avif"), matched, Apart("jxl")] }, "matched"));
    }

    [Fact]
    public void Of_what_changes_nothing_nothing_is_said()
    {
        Row exact = Given.Row("jxl:transcode", 3, .01, .02, halfWidth: .1) with
        {
            Paired = new PairedReport(9,
            [new PairedSummary("psnr", Figure.NotMeasurable("infinite: nothing was changed"), Figure.NotMeasurable("infinite"), "a", null)])
        };
        var apart = new MatchedComparison("jpeg", "jxl", "ssimulacra2", 0, Figure.NotMeasurable("none"), 0, []);
        Assert.True(exact.IsLossless);
        Assert.Empty(Of(Given.Result(s_yardstick, exact) with { Matched = [apart] }, "untold", "lost", "matched"));
        // Nor beside it, nor of what took no file.
        Assert.Empty(Of(Given.Result(s_yardstick, exact) with { Matched = [apart with { Baseline = "jxl", Family = "jpeg" }] }, "matched"));
        Row none = Given.Row("jxl:q=50", 3, .1, .2);
        none = none with { Bits = none.Bits with { Failures = Given.Source.Usable } };
        Assert.Empty(Of(Given.Result(s_yardstick, none) with { Matched = [apart] }, "matched"));
        // One document that it could not take is not as it was.
        Assert.NotEmpty(Of(Given.Result(s_yardstick, exact with { Bits = exact.Bits with { Failures = 1 } }), "untold"));
    }

    [Fact]
    public void Of_jpeg_files_it_is_said_that_jpeg_is_favoured()
    {
        AuditResult result = Given.Result(s_yardstick, Given.Row("jpeg:q=50", 1, .1,
            .1)) with
        { Source = Given.Source with { Formats = new Dictionary<string, int> { ["jpeg"] = 98 } } };
        Assert.StartsWith("98 of 100 images are JPEG files: coded once more, JPEG at their own settings is favoured",
            Assert.Single(Said(result, "recoded")), StringComparison.Ordinal);
        Assert.Empty(Of(result with { Source = result.Source with { Altered = "reduced to 1/2" } }, "recoded"));
        Assert.Contains("jxl:transcode stores", Said(result, "recoded")[0], StringComparison.Ordinal);
        Row none = Given.Row("jxl:transcode", 1, 0, 0);
        none = none with { Bits = none.Bits with { Failures = Given.Source.Usable } };
        Assert.DoesNotContain("jxl:transcode", Said(result with { Rows = [.. result.Rows, none] }, "recoded")[0], StringComparison.Ordinal);
        result = result with { Source = result.Source with { Formats = new Dictionary<string, int> { ["webp"] = 100, ["png16"] = 1 } } };
        Assert.StartsWith("All 100 images are WebP files coded with loss: coded once more, WebP at", Assert.Single(Said(result, "recoded")), StringComparison.Ordinal);
        Assert.StartsWith("1 of 100 images is a PNG file of 16 bits a sample, of which 8 are read", Assert.Single(Said(result, "deep")), StringComparison.Ordinal);
        Assert.Empty(Of(Given.Result(s_yardstick, Given.Row("jpeg:q=50", 1, .1, .1)), "recoded"));
    }

    [Fact]
    public void One_document_is_and_two_are()
    {
        AuditResult With(Func<SourceInfo, SourceInfo> change) => Given.Result(s_yardstick) with { Source = change(Given.Source) };
        Assert.Equal(["1 of 100 documents could not be used and is in no figure."], Said(With(s => s with { Usable = 99 }), "unusable"));
        Assert.Equal(["2 of 100 documents could not be used and are in no figure."], Said(With(s => s with { Usable = 98 }), "unusable"));
        Assert.StartsWith("1 document is a copy of another", Assert.Single(Said(With(s => s with { Copies = 1 }), "copies")), StringComparison.Ordinal);
        Row failed = Given.Row("jpeg:q=50", 1, .1, .1);
        failed = failed with { Bits = failed.Bits with { Failures = 3 } };
        Assert.Equal(["jpeg from q=50 to q=60 could not take 3 of 100 documents: each with its reason at the end."],
            Said(Given.Result(s_yardstick, failed, failed with { Name = "jpeg:q=60", Bits = failed.Bits }), "failures"));
    }

    [Fact]
    public void A_reason_that_all_rows_have_is_told_once()
    {
        Row none = Generator("samples:a", 0, 0) with { Ledgers = [], Why = "too few documents for a ledger" };
        Assert.Equal(["Too few documents for a ledger."], Said(Given.Result(s_yardstick with { Ledgers = [], Why = none.Why }, none), "no-ledger"));
        Assert.Equal(["samples:a and samples:b: too few documents for a ledger."], Said(Given.Result(s_yardstick, none, none with { Name = "samples:b" }), "no-ledger"));
    }

    [Fact]
    public void The_page_s_question_and_answer_say_nothing_of_their_own()
    {
        AuditResult result = Conclude.With(Given.Result(s_yardstick, Given.Row("jpeg:q=10", .4, .59, .56), Generator("samples:made", .2, .3)));
        Assert.Equal("What do jpeg and samples keep of these images, and what do they make up?", result.Findings.Single(f => f.Id == "question").Text);
        Finding answer = result.Findings.Single(f => f.Id == "answer");
        Assert.Equal(string.Join(' ', result.Findings.Where(f => f.Id == "lost").Select(f => f.Text)), answer.Text);
        Assert.Equal(FindingPart.Answer, answer.Part);
    }
}
