using Vestige.Conclusions;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core.Conclusions;

/// <summary>What is said of copies and of what a source shares with itself, beside what fresh items show.</summary>
public sealed class CopyFindingTests
{
    private static readonly Row s_yardstick = Given.Row("yardstick", null, 0, 0, named: false, codec: false);

    private static Row Generator(string name)
    {
        Row row = Given.Row(name, null, .2, .1, codec: false);
        return row with { Ledgers = [row.Ledgers[0] with { Memorized = Given.Figure(.5, .1), Generalized = Given.Figure(.4, .1) }] };
    }

    private static string[] Said(AuditResult result, string id) => [.. Conclude.With(result).Findings.Where(finding => finding.Id == id).Select(finding => finding.Text)];

    private static Overlap Found(string sample, string within, int copies, int items, double? floor = null)
    {
        double share = (double)copies / items;
        return new Overlap(sample, within, items, new Figure { Value = share, Low = share, High = share, Floor = floor }, copies == 0 ? [] : [new NearCopy("a.png", "b.png", .9)])
        {
            Copies = copies,
        };
    }

    private static AuditResult Audit(Row row, bool named, bool text, params Overlap[] overlaps)
    {
        AuditResult result = Given.Result(s_yardstick, row) with { Contamination = new Contamination { How = "a grid", Overlaps = overlaps } };
        SourceInfo source = result.Source with { Deal = result.Source.Deal with { IsTrainingNamed = named }, SizeUnit = text ? "byte" : result.Source.SizeUnit };
        return result with { Source = source };
    }

    /// <summary>All of 20 are copies and so are 51 of 53 fresh ones: both without an error of their own, and it tells nothing.</summary>
    [Theory]
    [InlineData(20, 20, 51, 53, 0)]
    [InlineData(20, 20, 30, 53, 1)]
    [InlineData(3, 50, 0, 53, 1)]
    [InlineData(44, 60, 15, 54, 1)]
    public void A_kind_of_which_all_is_alike_is_not_copied(int copies, int items, int fresh, int of, int said)
    {
        Overlap near = Found("samples:made", "T", copies, items, (double)fresh / of);
        Row row = Generator("samples:made") with { NearCopies = new NearCopyReport(items, copies, near.Share, near.Pairs) };
        string[] found = Said(Audit(row, true, false, Found("A", "T", fresh, of)), "near-copies");
        Assert.Equal(said, found.Length);
        if (said > 0) Assert.Equal(fresh > 0, found[0].Contains("of fresh real ones", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 1, 1, "The only image of the held-out sample has a near-copy in the training sample")]
    [InlineData(false, 2, 2, "All 2 images of the held-out sample have near-copies in the training sample")]
    [InlineData(false, 1, 2, "1 of 2 images of the held-out sample has a near-copy in the training sample")]
    [InlineData(false, 2, 3, "2 of 3 images of the held-out sample have near-copies in the training sample")]
    [InlineData(true, 1, 1, "The only document of the held-out sample stands word for word, or nearly so, in the training sample")]
    [InlineData(true, 1, 4, "1 of 4 documents (25 % of the text) of the held-out sample stands word for word, or nearly so, in the training sample")]
    [InlineData(true, 2, 2, "All 2 documents of the held-out sample stand word for word, or nearly so, in the training sample")]
    public void What_samples_share_is_one_or_several(bool text, int copies, int items, string words) =>
        Assert.StartsWith(words, Assert.Single(Said(Audit(Generator("samples:made"), false, text, Found("H", "T", copies, items)), "contaminated")), StringComparison.Ordinal);

    /// <summary>A little of every document: what scatters hardly is told, however few draws of whole documents would tell it.</summary>
    [Fact]
    public void A_part_of_every_document_is_told_by_its_own_error()
    {
        Overlap near = Found("samples:made", "T", 0, 800) with
        {
            Share = new Figure { Value = .01, Low = .0095, High = .0105, Floor = .002 },
            Pairs = [new NearCopy("g.txt", "t.txt", .1)],
        };
        Row row = Generator("samples:made") with { NearCopies = new NearCopyReport(800, 0, near.Share, near.Pairs) };
        Assert.Single(Said(Audit(row, true, true, Found("A", "T", 1, 666)), "near-copies"));
    }

    /// <summary>Whole documents of T leaked into H are not explained by parts that fresh ones share.</summary>
    [Theory]
    [InlineData(0, "what is measured on that part as new is not.")]
    [InlineData(2, "look at the pairs.")]
    public void A_leak_is_no_likeness_where_no_fresh_document_is_a_copy_of_another(int among, string ends)
    {
        Overlap alike = Found("A", "H", among, 666) with { Share = new Figure { Value = .0022, Low = .001, High = .0035 } };
        Overlap leak = Found("H", "T", 3, 2000) with { Share = new Figure { Value = .002, Low = 0, High = .004 } };
        string said = Assert.Single(Said(Audit(Generator("samples:made"), true, true, Found("A", "T", 1, 666), leak, alike), "contaminated"));
        Assert.EndsWith(ends, said, StringComparison.Ordinal);
    }

    /// <summary>Sixty mirrored photographs of T are near-copies, of which a view of patches has sixty per cent by heart.</summary>
    [Theory]
    [InlineData(60, 0, true)]
    [InlineData(30, 0, false)]
    [InlineData(60, 60, false)]
    public void More_near_copies_than_memory_is_said(int copies, int fresh, bool said)
    {
        Overlap near = Found("samples:made", "T", copies, 60, fresh / 60.0);
        Row row = Generator("samples:made") with { NearCopies = new NearCopyReport(60, copies, near.Share, near.Pairs) };
        string memorized = Assert.Single(Said(Audit(row, true, false, Found("A", "T", fresh, 60)), "memorized"));
        Assert.Equal(said, memorized.EndsWith(
            "Yet 60 of 60 images are near-copies of training ones: what a changed copy has that its original has not is not memorized here.", StringComparison.Ordinal));
    }

    /// <summary>One footer in all records: what H has of T is what A has of H, whose error is that of fewer records.</summary>
    [Fact]
    public void What_all_have_is_no_leak_where_fewer_fresh_ones_have_as_much_within_their_error()
    {
        Overlap alike = Found("A", "H", 26, 300) with { Share = new Figure { Value = .4790, Low = .4775, High = .4805 } };
        Overlap held = Found("H", "T", 196, 2000) with { Share = new Figure { Value = .4800, Low = .4793, High = .4807 } };
        string said = Assert.Single(Said(Audit(Generator("samples:made"), true, true, Found("A", "T", 27, 300), held, alike), "contaminated"));
        Assert.EndsWith("look at the pairs.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("as new is not", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_memory_nothing_is_said_where_what_is_held_out_stands_in_T_or_samples_are_what_is_held_out()
    {
        Row row = Generator("samples:made");
        Assert.Single(Said(Audit(row, true, false, Found("A", "T", 1, 40), Found("H", "T", 4, 40), Found("A", "H", 0, 40)), "memorized"));
        Assert.Empty(Said(Audit(row, true, false, Found("A", "T", 36, 40), Found("H", "T", 37, 40), Found("A", "H", 0, 40)), "memorized"));
        Assert.Empty(Said(Audit(row, true, false, Found("A", "T", 1, 40), Found("A", "H", 0, 40), Found("samples:made", "H", 39, 40, 0)), "memorized"));
        // Of a kind of which all is alike it is a question still.
        Assert.Single(Said(Audit(row, true, false, Found("A", "T", 36, 40), Found("H", "T", 37, 40), Found("A", "H", 36, 40)), "memorized"));
    }

    [Fact]
    public void Shots_of_one_scene_are_told()
    {
        Row row = Generator("samples:made");
        string only = Assert.Single(Said(Audit(row, true, false, Found("A", "T", 0, 40), Found("A", "H", 39, 40)), "several-times"));
        Assert.StartsWith("39 of 40 images kept back are near-copies of others kept back (a.png is b.png), 0 of training images: ", only, StringComparison.Ordinal);
        Assert.Contains("not from the source", only, StringComparison.Ordinal);
        Assert.Contains("or all of this source is alike", Assert.Single(Said(Audit(row, true, false, Found("A", "T", 36, 40), Found("A", "H", 38, 40)), "several-times")),
            StringComparison.Ordinal);
        Assert.StartsWith("27 of 50 fresh images are near-copies of training images", Assert.Single(Said(Audit(row, false, false, Found("A", "T", 27, 50)), "several-times")),
            StringComparison.Ordinal);
        Assert.Empty(Said(Audit(row, false, false, Found("A", "T", 2, 50)), "several-times"));
        Assert.Empty(Said(Audit(row, true, false, Found("A", "T", 2, 50), Found("A", "H", 2, 50)), "several-times"));
    }

    [Theory]
    [InlineData(0.0, true, "samples:made says stands word for word")]
    [InlineData(0.8, true, "samples:made says in documents of 50 characters or more (20 % of its text) stands word for word")]
    [InlineData(0.0, false, "samples:made says stands word for word")]
    public void What_stands_word_for_word_is_told_and_of_what(double tooShort, bool interval, string said)
    {
        Figure copied = Given.Figure(.5, .02, .0);
        Row row = Generator("samples:made") with
        {
            Copying = new CopyReport
            {
                Bytes = 1000,
                Matches = [],
                MeanMatch = 9,
                LongestMatch = 321,
                Copied = interval ? copied : copied with { Low = null, High = null, Why = "1 document" },
                TooShort = tooShort,
                LongestCopies = [],
            },
        };
        Assert.Contains(said, Assert.Single(Said(Audit(row, true, true), "copied")), StringComparison.Ordinal);
    }

    /// <summary>T in one language and H in another: T lacks all that fresh text has of H.</summary>
    [Theory]
    [InlineData(true, .03, .97, 1)]
    [InlineData(true, .01, .97, 0)]
    [InlineData(true, .03, .5, 0)]
    [InlineData(false, .03, .97, 0)]
    public void A_training_set_that_lacks_what_all_fresh_text_has_is_of_another_source(bool named, double lost, double floor, int said)
    {
        Row parrot = Given.Row("parrot", null, .2, .1, named: false, codec: false) with { Kind = RowKind.Parrot };
        parrot = parrot with { Ledgers = [parrot.Ledgers[0] with { Lost = Given.Figure(lost, .001, floor), InTraining = Given.Figure(1, 0) }] };
        AuditResult result = Audit(Generator("samples:made"), named, true);
        string[] found = Said(result with { Rows = [.. result.Rows, parrot] }, "two-sources");
        Assert.Equal(said, found.Length);
        if (said > 0) Assert.Contains("hold .03, and the training set lacks .03 [.03 .03] of these: the two are not of one source", found[0], StringComparison.Ordinal);
    }
}
